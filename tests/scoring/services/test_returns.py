"""A dossier comes back: why, for which components, and what is open to the unit then."""

import pytest
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Evidence, ReturnRemark
from scoring.rules.workflow import DossierState
from scoring.services import dossiers, evidence
from tests.scoring.papers import a_document
from tests.worlds import (
    a_draft_dossier,
    a_filled_dossier,
    a_settled_dossier,
    a_submitted_dossier,
    an_open_period,
    fill,
    hand_in,
)

pytestmark = pytest.mark.django_db

CLOSED = "chỉ trả lại 1 dòng để sửa; dòng này không bị trả lại"


def returned(work, *codes: str) -> None:
    """Sent back, with a remark on each of these components."""
    remarks = {work.score(code).pk: f"  Bổ sung {code}  " for code in codes}
    dossiers.send_back(work.dossier, by=work.verifier, comment="Đề nghị sửa", remarks=remarks)


def test_the_unit_is_told_why_each_component_came_back():
    work = a_submitted_dossier()

    returned(work, "1.1.1", "2.1.1")

    remarks = ReturnRemark.objects.standing(work.now())
    assert list(remarks.values_list("score__criterion__code", "remark")) == [
        ("1.1.1", "Bổ sung 1.1.1"),
        ("2.1.1", "Bổ sung 2.1.1"),
    ]


def test_only_the_components_that_were_named_are_open():
    work = a_submitted_dossier()
    returned(work, "1.1.1")

    assert fill(work, "1.1.1", note="đã bổ sung").self_note == "đã bổ sung"
    with pytest.raises(MoveRefused, match=CLOSED):
        fill(work, "1.1.2", note="chen vào")


def test_evidence_follows_its_component():
    work = a_filled_dossier()
    paper = a_document(work)
    kept = evidence.attach(work.score("1.1.2"), by=work.editor, document=paper)
    hand_in(work)
    returned(work, "1.1.1")

    evidence.attach(work.score("1.1.1"), by=work.editor, document=paper)
    with pytest.raises(MoveRefused, match=CLOSED):
        evidence.attach(work.score("1.1.3"), by=work.editor, document=paper)
    with pytest.raises(MoveRefused, match=CLOSED):
        evidence.detach(kept, by=work.editor, reason="Nhầm")

    assert set(Evidence.objects.values_list("score__criterion__code", flat=True)) == {
        "1.1.1",
        "1.1.2",
    }


def test_the_words_of_the_dossier_are_closed_where_components_were_named():
    work = a_submitted_dossier()
    returned(work, "1.1.1")

    with pytest.raises(MoveRefused, match="phần khó khăn, kiến nghị không bị trả lại"):
        dossiers.save_words(
            work.dossier, by=work.editor, difficulties="thêm", proposals="", seen_version=1
        )


def test_everything_is_open_where_no_component_was_named():
    work = a_submitted_dossier()
    returned(work)

    fill(work, "1.1.1", note="một")
    fill(work, "1.1.2", note="hai")
    dossiers.save_words(
        work.dossier, by=work.editor, difficulties="thêm", proposals="", seen_version=1
    )

    assert work.now().difficulties == "thêm"


def test_a_second_return_names_its_own_components():
    work = a_submitted_dossier()
    returned(work, "1.1.1")
    hand_in(work)
    returned(work, "1.1.2")

    fill(work, "1.1.2", note="lần hai")
    with pytest.raises(MoveRefused, match=CLOSED):
        fill(work, "1.1.1", note="lần hai")


def test_a_remark_that_says_nothing_names_nothing():
    work = a_submitted_dossier()

    dossiers.send_back(
        work.dossier,
        by=work.verifier,
        comment="Đề nghị sửa",
        remarks={work.score("1.1.1").pk: "  "},
    )

    assert not ReturnRemark.objects.exists()


def test_what_the_unit_does_not_assess_itself_is_not_returned():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="những dòng đơn vị tự chấm"):
        returned(work, "1.1.1", "3.1.1")

    assert work.now().state == DossierState.SUBMITTED


def test_the_component_of_another_dossier_is_not_returned():
    year = an_open_period()
    work = a_submitted_dossier(year)
    other = year.period.dossiers.exclude(pk=work.dossier.pk).get()
    stranger = other.scores.get(criterion__code="1.1.1").pk

    with pytest.raises(MoveRefused, match="của chính hồ sơ này"):
        dossiers.send_back(
            work.dossier, by=work.verifier, comment="Đề nghị sửa", remarks={stranger: "Sửa"}
        )


def test_verdicts_on_what_was_not_returned_stand():
    work = a_settled_dossier()
    returned(work, "1.1.1")
    fill(work, "1.1.1", {"yes": False})

    hand_in(work)

    assert not work.score("1.1.1").settled
    assert work.score("1.1.2").settled


def test_a_draft_has_no_standing_remarks():
    assert not ReturnRemark.objects.standing(a_draft_dossier().dossier).exists()


def test_the_database_keeps_a_remark_as_it_was_written():
    work = a_submitted_dossier()
    returned(work, "1.1.1")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ReturnRemark.objects.update(remark="khác")
