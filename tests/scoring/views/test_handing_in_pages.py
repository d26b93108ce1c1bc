"""The pages around handing in: what is missing, what looks odd, what changed since."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.rules.workflow import DossierState
from scoring.services import dossiers, evidence
from tests.factories import PASSWORD
from tests.scoring.papers import a_document
from tests.scoring.views.of_a_dossier import address, returned, shown
from tests.scoring.views.test_dossier_page import a_large_year, fill_all
from tests.worlds import (
    a_draft_dossier,
    a_filled_dossier,
    a_submitted_dossier,
    an_open_period,
    fill,
    hand_in,
)

pytestmark = pytest.mark.django_db


def test_what_wants_evidence_or_words_is_listed_with_links(client):
    work = a_filled_dossier()
    fill(work, "1.1.1", note="")
    fill(work, "2.1.1", {"numerator": "0", "denominator": "0"}, note="")

    said = shown(client, "dossier-submit", work, work.head)

    assert "Còn 1 dòng có điểm nhưng không có minh chứng, cần giải trình" in said
    assert "Còn 1 dòng đề nghị không áp dụng, cần ghi lý do" in said
    for code in ("1.1.1", "2.1.1"):
        assert f"?dong={work.score(code).pk}#dong-{work.score(code).pk}" in said
    assert "Xác nhận trình nộp" not in said


def test_handing_in_what_wants_words_is_refused_with_their_number(client):
    work = a_filled_dossier()
    fill(work, "1.1.1", note="")
    client.force_login(work.head)

    answer = client.post(
        address("dossier-submit", work),
        {"password": PASSWORD, "seen": work.dossier.scores.stamp()},
    )

    assert answer.status_code == 409
    assert "Còn 1 dòng (1.1.1) có điểm nhưng chưa có minh chứng" in answer.content.decode()
    assert work.now().state == DossierState.DRAFT


def test_what_looks_odd_is_told_and_keeps_nobody_from_handing_in(client):
    work = a_filled_dossier()

    said = shown(client, "dossier-submit", work, work.head)

    assert "dòng đủ điểm mà không có minh chứng" in said
    assert "Tự chấm đủ 5,00 điểm, không gắn tài liệu kiểm chứng nào." in said
    assert "Xác nhận trình nộp" in said


def test_the_report_is_opened_from_the_page(client):
    work = a_filled_dossier()

    said = shown(client, "dossier-submit", work, work.head)

    assert reverse("reports:self-assessment", args=[work.dossier.pk]) in said


def test_after_a_return_the_head_sees_what_changed_before_handing_in_again(client):
    work = returned(a_submitted_dossier(), "1.1.1")
    fill(work, "1.1.1", note="đã bổ sung")

    said = shown(client, "dossier-submit", work, work.head)

    assert "1 dòng thay đổi so với lần trình nộp trước" in said


def test_the_page_costs_the_same_for_eleven_rows_and_for_sixty_five(client):
    def queries(work) -> int:
        client.force_login(work.head)
        client.get(address("dossier-submit", work))
        with CaptureQueriesContext(connection) as captured:
            client.get(address("dossier-submit", work))
        return len(captured)

    many = a_draft_dossier(a_large_year())
    few = a_filled_dossier(an_open_period(many.year.province, title="Kỳ nhỏ"))
    fill_all(many)

    assert queries(few) == queries(many) <= 20


def resubmitted():
    """Returned for one row, mended with other words and a document, handed in again."""
    work = returned(a_submitted_dossier(), "1.1.1")
    fill(work, "1.1.1", {"yes": False}, note="Kế hoạch ban hành sau kỳ.")
    evidence.attach(work.score("1.1.1"), by=work.editor, document=a_document(work))
    return hand_in(work)


def test_the_assessor_sees_what_changed_since_the_last_handing_in(client):
    work = resubmitted()
    key = work.score("1.1.1").pk

    said = shown(client, "verification-desk", work, work.verifier, f"?dong={key}")

    assert "Trình nộp lần 2" in said
    assert "1 dòng thay đổi so với lần trước" in said
    assert said.count("đơn vị đã sửa") == 1
    for words in ("<del>Có</del>", "<ins>Không</ins>", "<del>5,00</del>", "thêm: Báo cáo kết quả"):
        assert words in said


def test_the_desk_says_nothing_of_changes_after_the_first_handing_in(client):
    work = a_submitted_dossier()

    said = shown(client, "verification-desk", work, work.verifier)

    assert "Trình nộp lần" not in said
    assert "đơn vị đã sửa" not in said


def test_the_desk_costs_the_same_with_one_changed_row_and_with_all(client, assert_flat_queries):
    work = resubmitted()
    client.force_login(work.verifier)

    def more():
        returned(work)
        for code in ("1.1.2", "1.1.3", "1.2.1", "2.1.1"):
            fill(work, code, note="khác")
        hand_in(work)
        look()  # the middles of the block are kept for as long as nobody hands in

    def look():
        client.get(address("verification-desk", work))

    assert_flat_queries(look, grow=more)


def test_any_two_handings_in_can_be_compared(client):
    work = resubmitted()
    returned(work)
    fill(work, "1.1.1", note="Đã ban hành.")
    hand_in(work)

    last_two = shown(client, "dossier-submissions", work, work.editor)
    first_and_last = shown(client, "dossier-submissions", work, work.editor, "?tu=1&den=3")
    turned = shown(client, "dossier-submissions", work, work.editor, "?tu=3&den=1")

    assert "1 dòng khác nhau giữa lần 2 và lần 3" in last_two
    assert "giữa lần 1 và lần 3" in first_and_last
    assert "giữa lần 1 và lần 3" in turned
    assert "<del>Không</del>" in last_two
    assert "<del>Không</del>" not in first_and_last
    assert "?lan=3" in last_two


def test_what_the_unit_is_writing_is_compared_with_what_it_handed_in(client):
    work = returned(a_submitted_dossier())
    dossiers.save_words(
        work.dossier, by=work.editor, difficulties="Ít người", proposals="", seen_version=1
    )

    said = shown(client, "dossier-submissions", work, work.editor)

    assert "giữa lần 1 và bản đang soạn" in said
    assert "Khó khăn, vướng mắc" in said
    assert "<ins>Ít người</ins>" in said


@pytest.mark.parametrize("asked", ["?tu=x&den=9", "?tu=99999999999999999999", "?tu=nay&den=nay"])
def test_a_comparison_of_nonsense_is_still_the_page(client, asked):
    work = resubmitted()

    assert "Các lần trình nộp" in shown(client, "dossier-submissions", work, work.editor, asked)


def test_a_dossier_that_was_never_handed_in_says_so(client):
    work = a_draft_dossier()

    assert "chưa trình nộp lần nào" in shown(client, "dossier-submissions", work, work.editor)


def test_the_history_costs_the_same_for_two_handings_in_and_for_four(client, assert_flat_queries):
    work = resubmitted()
    client.force_login(work.editor)

    def more():
        for turn in range(2):
            returned(work)
            for code in ("1.1.1", "1.1.3", "1.2.1"):
                fill(work, code, note=f"lần {turn}")
            hand_in(work)

    assert_flat_queries(lambda: client.get(address("dossier-submissions", work)), grow=more)


def test_the_assessor_sees_what_it_asked_for_and_that_nothing_was_done(client):
    work = returned(a_submitted_dossier(), "1.1.1", "1.1.3")
    fill(work, "1.1.1", note="đã bổ sung")
    hand_in(work)

    done, undone, other = (
        shown(client, "verification-desk", work, work.verifier, f"?dong={work.score(code).pk}")
        for code in ("1.1.1", "1.1.3", "1.2.1")
    )

    assert "Bổ sung 1.1.1." in done
    assert "không sửa gì ở dòng này" not in done
    assert "Bổ sung 1.1.3." in undone
    assert "không sửa gì ở dòng này" in undone
    assert "Đã trả lại dòng này" not in other


def test_rows_whose_text_was_not_accepted_are_told_to_the_head(client):
    work = a_filled_dossier()
    score = work.score("1.2.1")
    client.force_login(work.editor)
    typed = {"version": score.version, "numerator": "bốn mươi", "denominator": "47", "note": ""}
    client.post(reverse("scoring:score-save", args=[score.pk]), typed)

    page = shown(client, "dossier-submit", work, work.head)

    assert "1 dòng còn bản nháp chưa được nhận" in page
    assert "vẫn trình nộp được" in page
