"""The lines a decision is proposed in."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.papers import wording
from reports.papers.decision import UnrankedRow
from reports.rules.rated import SOME_WITHOUT, WITHOUT
from tests.reports.samples import CUA_LO, FLOORS, HA_TINH, LABELS, THE_MINISTRY, block, row

ISSUERS = [HA_TINH, CUA_LO, THE_MINISTRY]
MATTERS = [wording.INDEX, wording.ONE_STOP]


def draft(matter=wording.INDEX, issuer=HA_TINH, annexes=(), **changes):
    annexes = annexes or (block("Khối một", 6), block("Khối hai", 22))
    return wording.decision(
        matter, issuer=issuer, year=2022, annexes=annexes, proposer="Trưởng phòng", **changes
    )


def everything(lines: wording.Draft) -> str:
    clauses = [clause for article in lines.articles for clause in article.clauses]
    words = [article.text for article in lines.articles] + [clause.text for clause in clauses]
    points = [point for clause in clauses for point in clause.points]
    return " ".join([lines.subject, *lines.bases, *words, *points, *lines.recipients])


def test_the_bases_are_the_law_the_circular_by_name_and_the_proposal():
    law, circular, proposal = draft().bases

    assert law == "Căn cứ Luật Công an nhân dân ngày 20 tháng 11 năm 2018"
    assert circular.startswith("Căn cứ Thông tư số 27/2022/TT-BCA ngày 09 tháng 6 năm 2022 của")
    assert proposal == "Theo đề nghị của Trưởng phòng"


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("issuer", ISSUERS)
def test_no_article_of_another_paper_is_cited(matter, issuer):
    words = everything(draft(matter, issuer, limits=wording.class_limits(FLOORS, LABELS)))

    assert re.findall(r"(?:Điều|[Kk]hoản|[Đđ]iểm) \d+", words) == ["Điều 3"]
    assert "Như Điều 3" in words


def test_the_first_article_points_to_every_annex_with_its_count():
    annexes = (
        block("Khối một", 5, unranked=(UnrankedRow("Phòng Tham mưu", "chưa thẩm định"),)),
        block("Khối hai", 22),
    )
    first, _, _ = draft(annexes=annexes).articles
    points = [point.replace("\N{NO-BREAK SPACE}", " ") for point in first.clauses[0].points]

    assert "của 28 đơn vị thuộc Công an tỉnh Hà Tĩnh" in first.text
    assert points == ["Phụ lục I: Khối một (06 đơn vị)", "Phụ lục II: Khối hai (22 đơn vị)"]


def test_a_single_annex_is_pointed_to_without_a_number():
    first, _, _ = draft(annexes=(block("", 7),)).articles
    (clause,) = first.clauses

    assert clause.text.endswith("tại Phụ lục kèm theo Quyết định này.")
    assert clause.points == ()


def test_more_annexes_than_letters_are_pointed_to_in_one_sentence():
    first, _, _ = draft(annexes=tuple(block(f"Khối {n}", 1) for n in range(24))).articles

    assert first.clauses[0].text.endswith("tại Phụ lục I đến Phụ lục XXIV.")
    assert first.clauses[0].points == ()


def test_classes_are_stated_with_their_limits():
    limits = wording.class_limits(FLOORS, LABELS).replace("\N{NO-BREAK SPACE}", " ")
    first, _, _ = draft(limits=limits).articles

    assert limits == (
        "Xuất sắc từ 95 % trở lên; Tốt từ 80 % đến dưới 95 %; Khá từ 70 % đến dưới 80 %; "
        "Hoàn thành nhiệm vụ từ 50 % đến dưới 70 %; Không hoàn thành nhiệm vụ dưới 50 %"
    )
    assert first.clauses[-1].text == f"Xếp loại theo Chỉ số cải cách hành chính: {limits}."


def test_limits_with_decimals_keep_them_and_no_limits_leave_no_words():
    assert "từ 92,5" in wording.class_limits([Decimal("92.500")], ["Đạt", "Chưa đạt"])
    assert wording.class_limits([], []) == ""


def test_only_the_index_counts_for_emulation():
    assert "tiêu chuẩn xét thi đua năm 2022" in draft().articles[1].text
    assert "thi đua" not in everything(draft(wording.ONE_STOP, CUA_LO))


def test_the_one_stop_model_has_its_own_words_and_base():
    lines = draft(wording.ONE_STOP, CUA_LO, whose="Công an các phường thuộc Công an thị xã Cửa Lò")

    assert lines.subject == (
        "Phê duyệt và công bố kết quả chấm điểm mô hình bộ phận một cửa năm 2022 "
        "của Công an các phường thuộc Công an thị xã Cửa Lò"
    )
    assert not any("27/2022/TT-BCA" in base for base in lines.bases)


@pytest.mark.parametrize(
    ("issuer", "recipients"),
    [
        (HA_TINH, ("V03, Bộ Công an (để báo cáo)", "Lưu: VT, PV01")),
        (CUA_LO, ("Công an tỉnh Nghệ An (để báo cáo)", "Lưu: VT")),
        (THE_MINISTRY, ("Các đ/c Thứ trưởng (để chỉ đạo)", "Lưu: VT, V03")),
    ],
)
def test_recipients_begin_with_the_executors_and_end_in_the_archive(issuer, recipients):
    given = draft(issuer=issuer).recipients

    assert given[0] == "Như Điều 3"
    assert (given[1], given[-1]) == recipients


def test_equal_ranks_are_explained_by_the_rule_of_the_period():
    rows = [row(1), row(2), row(3, rank=2)]

    (skipping,) = wording.notes_under(rows, scale_total=Decimal(100))
    (dense,) = wording.notes_under(rows, scale_total=Decimal(100), ranks_skip=False)

    assert "đồng hạng (hạng 2: 02 đơn vị), hạng kế tiếp được bỏ qua." in skipping
    assert dense.endswith("hạng kế tiếp được tính liền sau.")


def test_many_equal_ranks_are_not_listed_one_by_one():
    rows = [row(position, rank=(position + 1) // 2) for position in range(1, 21)]
    (note,) = wording.notes_under(rows, scale_total=Decimal(100))

    assert "đồng hạng, hạng kế tiếp" in note


def test_a_smaller_maximum_and_a_missing_satisfaction_are_explained():
    rows = [row(1, maximum=Decimal(94)), row(2, satisfaction=Decimal("95.70"))]
    smaller, formula, dash, unsure = wording.notes_under(rows, scale_total=Decimal("100.00"))

    assert smaller.startswith("Điểm tối đa dưới 100 do")
    assert formula.endswith("lượt “hài lòng” và “rất hài lòng” trên tổng số lượt đánh giá.")
    assert dash.startswith("Dấu “–”: đơn vị không có, hoặc có quá ít lượt đánh giá của người dân")
    assert unsure == WITHOUT


def test_an_ordinary_table_needs_no_note():
    rows = [row(position) for position in (1, 2)]

    assert wording.notes_under(rows, scale_total=Decimal(100)) == ()


def test_an_interval_is_explained_and_so_is_a_missing_one():
    bare = replace(row(1), satisfaction=Decimal(95))
    sure = replace(row(2), satisfaction=Decimal(94), sure_from=Decimal(90), sure_to=Decimal(96))

    def notes(*rows):
        return wording.notes_under(rows, scale_total=Decimal(100))

    assert notes(sure) == (wording.SATISFIED, wording.INTERVALS)
    assert notes(sure, bare) == (wording.SATISFIED, wording.INTERVALS, SOME_WITHOUT)
    assert notes(bare) == (wording.SATISFIED, WITHOUT)
