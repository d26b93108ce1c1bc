"""What a dossier needs before it is handed in, and what is kept of every handing in."""

from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Submission, SubmittedScore
from scoring.rules.workflow import DossierState
from scoring.services import dossiers, evidence, submissions
from tests.scoring.papers import a_document
from tests.worlds import a_draft_dossier, a_filled_dossier, a_submitted_dossier, fill, hand_in

pytestmark = pytest.mark.django_db


def test_points_without_evidence_and_without_words_are_not_handed_in():
    work = a_filled_dossier()
    fill(work, "1.1.1", note="")
    fill(work, "1.1.3", note=" \n ")

    with pytest.raises(MoveRefused) as refused:
        hand_in(work)

    assert refused.value.sentence == (
        "Còn 2 dòng (1.1.1, 1.1.3) có điểm nhưng chưa có minh chứng, cũng chưa giải trình "
        "nên chưa trình nộp được."
    )
    assert work.now().state == DossierState.DRAFT


def test_a_proposal_of_not_applicable_without_a_reason_is_not_handed_in():
    work = a_filled_dossier()
    fill(work, "1.1.1", note="")
    fill(work, "2.1.1", {"numerator": "0", "denominator": "0"}, note="")

    with pytest.raises(MoveRefused) as refused:
        hand_in(work)

    assert refused.value.sentence == (
        "Còn 1 dòng (1.1.1) có điểm nhưng chưa có minh chứng, cũng chưa giải trình; "
        "1 dòng (2.1.1) đề nghị không áp dụng nhưng chưa ghi lý do nên chưa trình nộp được."
    )


def test_a_document_takes_the_place_of_words_and_no_points_need_neither():
    work = a_filled_dossier()
    fill(work, "1.1.1", note="")
    evidence.attach(work.score("1.1.1"), by=work.editor, document=a_document(work))
    fill(work, "1.1.3", {"level": 2}, note="")

    hand_in(work)

    assert work.now().state == DossierState.SUBMITTED


def test_a_document_taken_off_again_leaves_the_row_wanting():
    work = a_filled_dossier()
    fill(work, "1.1.1", note="")
    piece = evidence.attach(work.score("1.1.1"), by=work.editor, document=a_document(work))
    evidence.detach(piece, by=work.editor, reason="Nhầm tài liệu")

    with pytest.raises(MoveRefused, match=r"1 dòng \(1\.1\.1\)"):
        hand_in(work)


def test_handing_in_keeps_who_when_and_all_that_was_said():
    work = a_filled_dossier()
    fill(work, "1.2.1", {"numerator": "40", "denominator": "47"}, note="Hai nhiệm vụ chậm.")
    document = a_document(work, title="Kế hoạch năm", number="12/KH-PV01")
    piece = evidence.attach(
        work.score("1.1.1"), by=work.editor, document=document, page=1, passage="mục II"
    )
    dossiers.save_words(
        work.dossier, by=work.head, difficulties="Ít người", proposals="Thêm máy", seen_version=1
    )

    hand_in(work)

    kept = work.dossier.submissions.get()
    assert (kept.number, kept.submitted_by) == (1, work.head)
    assert kept.submitted_at == work.now().submitted_at
    assert (kept.difficulties, kept.proposals) == ("Ít người", "Thêm máy")
    assert kept.scores.count() == 9
    row = kept.scores.get(score__criterion__code="1.2.1")
    assert row.answer == {"numerator": "40", "denominator": "47"}
    assert row.points == work.score("1.2.1").self_points
    assert row.note == "Hai nhiệm vụ chậm."
    assert kept.scores.get(score__criterion__code="1.1.1").evidence == [
        {
            "evidence": piece.pk,
            "document": document.pk,
            "title": "Kế hoạch năm",
            "number": "12/KH-PV01",
            "reference": "12/KH-PV01",
            "page": 1,
            "passage": "mục II",
        }
    ]


def mended(work) -> None:
    """Returned, changed in three ways, handed in again."""
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")
    fill(work, "1.2.1", {"numerator": "47", "denominator": "47"}, note="Đã xong cả.")
    evidence.attach(work.score("1.1.1"), by=work.editor, document=a_document(work))
    hand_in(work)


def test_a_second_handing_in_leaves_the_first_as_it_was_and_tells_what_changed():
    work = a_submitted_dossier()

    mended(work)

    second, first = work.dossier.submissions.for_page()
    assert (first.number, second.number) == (1, 2)
    found = submissions.changes_of(second, first)
    codes = {score.pk: score.criterion.code for score in work.dossier.scores.for_page()}
    assert [codes[key] for key in found] == ["1.1.1", "1.2.1"]
    ratio = found[work.score("1.2.1").pk]
    assert (ratio.before.answer, ratio.after.answer) == ("46/47", "47/47")
    assert (ratio.before.points, ratio.after.points) == (Fraction(46 * 10, 47), 10)
    assert ratio.after.note == "Đã xong cả."
    assert [piece.words for piece in found[work.score("1.1.1").pk].come] == ["Báo cáo kết quả"]


def test_what_was_changed_and_changed_back_is_no_change():
    work = a_submitted_dossier()
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")
    fill(work, "1.1.1", {"yes": False})
    assert submissions.changes_since(work.dossier)

    fill(work, "1.1.1")

    assert submissions.changes_since(work.dossier) == {}


def test_before_anything_was_handed_in_there_is_nothing_to_compare():
    assert submissions.changes_since(a_draft_dossier().dossier) == {}


@pytest.mark.parametrize(("model", "column"), [(Submission, "proposals"), (SubmittedScore, "note")])
def test_the_database_lets_nobody_rewrite_what_was_handed_in(model, column):
    a_submitted_dossier()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.update(**{column: "khác"})


@pytest.mark.parametrize("model", [Submission, SubmittedScore])
def test_the_database_lets_nobody_delete_what_was_handed_in(model):
    a_submitted_dossier()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete("default")
