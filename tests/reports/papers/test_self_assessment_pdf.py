"""Báo cáo tự đánh giá: its words, its form after Decree 30, who may read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.papers.self_assessment import self_assessment_paper, self_assessment_pdf
from scoring.services import dossiers, evidence
from tests.factories import a_user
from tests.reports import reading
from tests.scoring.papers import a_document
from tests.scoring.views.test_dossier_page import a_large_year, fill_all
from tests.worlds import (
    Work,
    a_draft_dossier,
    a_filled_dossier,
    a_submitted_dossier,
    an_open_period,
    fill,
    hand_in,
)

pytestmark = pytest.mark.django_db


def a_told_dossier(**columns) -> Work:
    """Filled, with a document, an explanation, a proposal of not applicable, and words."""
    work = a_filled_dossier(an_open_period(**columns))
    document = a_document(work, title="Kế hoạch cải cách hành chính", number="12/KH-PV01")
    evidence.attach(work.score("1.1.1"), by=work.editor, document=document, page=1)
    fill(work, "1.1.3", {"level": 1}, note="Mới ghi rõ một trong hai nội dung.")
    fill(work, "2.1.1", {"numerator": "0", "denominator": "0"}, note="Không phát sinh hồ sơ.")
    dossiers.save_words(
        work.dossier,
        by=work.head,
        difficulties="Thiếu biên chế.\nMáy quét hỏng.",
        proposals="Đề nghị bổ sung máy quét.",
        seen_version=1,
    )
    work.dossier = work.now()
    return work


def latest(work: Work):
    return work.dossier.submissions.order_by("number").last()


def drawn(work: Work) -> bytes:
    return self_assessment_pdf(work.now(), latest(work))


def words_of(paper: bytes) -> str:
    return reading.text(paper).replace("\N{NO-BREAK SPACE}", " ")


def test_the_report_has_all_that_a_report_upward_must_have():
    work = hand_in(a_told_dossier())

    said = words_of(drawn(work))

    for words in (
        "CÔNG AN TỈNH THỬ NGHIỆM PHÒNG NGHIỆP VỤ 1",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "BÁO CÁO",
        f"Tự đánh giá Chỉ số cải cách hành chính năm {work.dossier.period.year}",
        "Kính gửi: Công an tỉnh Thử Nghiệm.",
        "I. Kết quả tự chấm điểm",
        "II. Giải trình",
        "III. Khó khăn, vướng mắc",
        "Thiếu biên chế. Máy quét hỏng.",
        "IV. Kiến nghị, đề xuất Đề nghị bổ sung máy quét.",
        "Nơi nhận: - Như trên; - Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Phụ lục BẢNG TỔNG HỢP ĐIỂM TỰ CHẤM",
    ):
        assert words in said, words
    assert work.head.full_name in said


def test_number_and_symbol_are_left_to_the_records_office():
    paper = self_assessment_paper(a_draft_dossier().dossier, None)

    assert paper.number.replace("\N{NO-BREAK SPACE}", " ") == "        /BC-        "


def test_a_report_is_a_draft_until_it_is_handed_in():
    work = a_told_dossier()

    draft, signed = drawn(work), drawn(hand_in(work))

    assert "DỰ THẢO" in words_of(draft)
    assert "DỰ THẢO" not in words_of(signed)
    assert "chưa trình nộp" in words_of(draft)
    assert "Trình nộp lần 1" in words_of(signed)
    assert work.head.full_name not in words_of(draft)


def test_points_are_exact_sums_rounded_once():
    work = a_told_dossier()

    paper = self_assessment_paper(work.dossier, None)

    exact = sum(row.self_points or 0 for row in work.dossier.scores.all())
    assert paper.own.points == exact
    assert [line.points for line in paper.lines if line.code == "1.1.3"] == ["5,00"]
    assert sum(1 for line in paper.lines if line.level == "area") == len(paper.sums)


def test_explanations_stand_by_sort_and_empty_sorts_are_left_out():
    work = a_told_dossier()

    sorts = self_assessment_paper(work.dossier, None).explanations

    assert [sort.heading for sort in sorts] == [
        "Tiêu chí thành phần có điểm, chưa có tài liệu kiểm chứng",
        "Tiêu chí thành phần đề nghị không áp dụng",
        "Nội dung giải trình khác",
    ]
    assert [line.code for line in sorts[1].lines] == ["2.1.1"]
    assert [line.code for line in sorts[2].lines] == ["1.1.1"]


def test_what_the_unit_does_not_score_is_told_and_not_summed():
    paper = self_assessment_paper(a_told_dossier().dossier, None)

    survey = next(line for line in paper.lines if line.code == "3.1.1")
    assert (survey.points, survey.answer) == ("–", "Điều tra, đo lường sự hài lòng")


def test_documents_are_cited_by_number_and_page():
    paper = self_assessment_paper(a_told_dossier().dossier, None)

    cited = next(line for line in paper.lines if line.code == "1.1.1")
    assert cited.evidence == ("12/KH-PV01, trang 1",)


def test_a_report_that_was_handed_in_stays_as_it_was():
    work = hand_in(a_told_dossier())
    dossiers.send_back(work.dossier, by=work.verifier, comment="Sửa")
    fill(work, "1.1.3", {"level": 0}, note="Đã bổ sung nội dung còn thiếu.")

    first = self_assessment_paper(work.now(), latest(work))
    now = self_assessment_paper(work.now(), None)

    assert [line.points for line in first.lines if line.code == "1.1.3"] == ["5,00"]
    assert [line.points for line in now.lines if line.code == "1.1.3"] == ["10,00"]
    assert (first.draft, now.draft) == (False, True)


def test_a_deputy_signs_for_the_head():
    work = a_told_dossier()
    work.head.post = "Phó Trưởng phòng"
    work.head.save(update_fields=["post"])

    signature = self_assessment_paper(hand_in(work).dossier, latest(work)).signature

    assert signature.lines == ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")


def test_one_family_of_letters_and_headings_repeated_on_every_page_of_the_table():
    work = a_draft_dossier(a_large_year())
    fill_all(work)

    file = self_assessment_pdf(work.now(), None)

    assert reading.families(file) == {"Portal-Tinos"}
    annex = [page for page in reading.pages(file) if "Tài liệu" in page and "1.1." in page]
    assert len(annex) > 1
    assert all("Điểm" in page for page in annex)


def test_made_up_figures_say_so():
    said = words_of(drawn(a_told_dossier(made_up=True)))

    assert "Dữ liệu minh họa, không có giá trị pháp lý" in said


def test_a_dossier_with_nothing_in_it_is_still_a_paper():
    said = words_of(self_assessment_pdf(a_draft_dossier().dossier, None))

    assert "II. Giải trình Không có." in said
    assert "Chưa chấm" in said


def test_signs_the_font_lacks_do_not_bring_another_font():
    work = a_filled_dossier()
    fill(work, "1.1.1", note="Đã xong 🎉 ✔ 第一")

    assert reading.families(self_assessment_pdf(work.now(), None)) == {"Portal-Tinos"}


def test_the_report_asks_the_database_the_same_for_few_rows_and_for_many():
    def queries(work: Work) -> int:
        dossier = work.now()
        with CaptureQueriesContext(connection) as captured:
            self_assessment_paper(dossier, None)
        return len(captured)

    many = a_draft_dossier(a_large_year())
    fill_all(many)
    few = a_filled_dossier(an_open_period(many.year.province, title="Kỳ nhỏ"))

    assert queries(few) == queries(many) <= 8


def address(work: Work) -> str:
    return reverse("reports:self-assessment", args=[work.dossier.pk])


def test_whoever_sees_the_dossier_reads_its_report(client):
    work = a_submitted_dossier()

    for reader in (work.editor, work.head, work.verifier, work.year.organiser):
        client.force_login(reader)
        answer = client.get(address(work))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_stranger_meets_nothing_and_nobody_unsigned_comes_in(client):
    work = a_submitted_dossier()
    neighbour = work.year.province.a_person(
        role=work.editor.memberships.get().role, at=work.year.province.departments[1]
    )

    assert client.get(address(work)).status_code == 302
    for stranger in (a_user(), neighbour):
        client.force_login(stranger)
        assert client.get(address(work)).status_code == 404


@pytest.mark.parametrize(("asked", "status"), [("1", 200), ("2", 404), ("x", 404), ("9" * 30, 404)])
def test_an_earlier_report_is_asked_for_by_its_number(client, asked, status):
    work = a_submitted_dossier()
    client.force_login(work.head)

    assert client.get(f"{address(work)}?lan={asked}").status_code == status


def test_the_day_of_the_report_is_the_day_it_was_handed_in(time_machine):
    work = a_told_dossier()
    day = timezone.localdate() + timedelta(days=1)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    hand_in(work)

    assert self_assessment_paper(work.now(), latest(work)).signed_on == day
