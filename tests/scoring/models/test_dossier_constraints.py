"""What a dossier and its scores may never be, refused by the database itself."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from scoring.models import Dossier, DossierEvent, Evidence, Score, ScoreChange
from scoring.services import evidence
from tests.scoring.marked import unrecorded
from tests.scoring.papers import a_document
from tests.worlds import a_draft_dossier, a_submitted_dossier, a_verified_dossier, fill

pytestmark = pytest.mark.django_db


def refused(name: str):
    """The database refuses by the constraint of this name, and the test goes on."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"self_points": Fraction(6)}, "score_self_within"),
        ({"self_points": Fraction(-1, 3)}, "score_self_within"),
        ({"verified_points": Fraction(51, 10), "verified_reason": "x"}, "score_verified_within"),
        (
            {"self_points": Fraction(1), "self_not_applicable": True},
            "score_self_points_or_not_applicable",
        ),
        (
            {"verified_points": Fraction(1), "not_applicable": True, "verified_reason": "x"},
            "score_verified_points_or_not_applicable",
        ),
        (
            {"approved_points": Fraction(1), "verified_points": None},
            "score_approved_is_the_verified",
        ),
        ({"verified_points": Fraction(1)}, "score_difference_has_a_reason"),
        ({"not_applicable": True}, "score_difference_has_a_reason"),
        ({"updated_at": timezone.now()}, "score_update_is_whole"),
    ],
)
def test_a_score_is_never(columns, constraint):
    score = a_draft_dossier().score("1.1.1")

    with refused(constraint), unrecorded(), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(**columns)


def test_verified_points_equal_to_the_units_own_need_no_reason():
    score = fill(a_draft_dossier(), "1.2.1")

    with unrecorded():
        Score.objects.filter(pk=score.pk).update(verified_points=score.self_points)

    assert Score.objects.get(pk=score.pk).verified_points == Fraction(460, 47)


def test_a_component_has_one_score_in_a_dossier():
    score = a_draft_dossier().score("1.1.1")

    with refused("score_once_for_a_criterion"), transaction.atomic():
        Score.objects.create(dossier=score.dossier, criterion=score.criterion, maximum=Decimal(5))


def test_a_unit_has_one_dossier_in_a_period():
    dossier = a_draft_dossier().dossier

    with refused("dossier_once_in_a_period"), transaction.atomic():
        Dossier.objects.create(period=dossier.period, block=dossier.block, unit=dossier.unit)


@pytest.mark.parametrize(
    ("build", "columns", "constraint"),
    [
        (a_draft_dossier, {"state": "submitted"}, "dossier_submission_agrees_with_state"),
        (a_draft_dossier, {"submitted_at": timezone.now()}, "dossier_submission"),
        (a_submitted_dossier, {"submitted_by": None}, "dossier_submission_is_whole"),
        (a_submitted_dossier, {"state": "returned"}, "dossier_submission_agrees_with_state"),
        (a_submitted_dossier, {"state": "verified"}, "dossier_verification_agrees_with_state"),
        (a_verified_dossier, {"verified_by": None}, "dossier_verification_is_whole"),
        (a_verified_dossier, {"state": "submitted"}, "dossier_verification_agrees_with_state"),
        (a_draft_dossier, {"state": "lost"}, "dossier_state_known"),
    ],
)
def test_a_dossier_is_never(build, columns, constraint):
    dossier = build().dossier

    with refused(constraint), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**columns)


def test_a_document_proves_a_component_once_and_from_page_one():
    work = a_draft_dossier()
    document = a_document(work)
    attached = evidence.attach(work.score("1.1.1"), by=work.editor, document=document)

    with refused("evidence_document_once_for_a_score"), transaction.atomic():
        Evidence.objects.create(score=attached.score, document=document, added_by=work.editor)
    with refused("evidence_page_from_one"), transaction.atomic():
        Evidence.objects.filter(pk=attached.pk).update(page=0)


@pytest.mark.parametrize("log", [ScoreChange, DossierEvent])
def test_the_log_is_neither_rewritten_nor_thinned(log):
    a_submitted_dossier()
    line = log.objects.first()

    with refused("append-only"), transaction.atomic():
        log.objects.filter(pk=line.pk).update(**{"column" if log is ScoreChange else "verb": "x"})
    with refused("append-only"), transaction.atomic():
        log.objects.filter(pk=line.pk).delete()
