"""The head shares a dossier out among the officers of the unit."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Criterion, DossierPart
from scoring.rules.workflow import SHARE
from scoring.services import scores
from scoring.services.parts import Share, last_share, officers_of, share_out
from tests.factories import a_user
from tests.races import at_once
from tests.worlds import a_draft_dossier, a_submitted_dossier, an_answer
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return a_draft_dossier()


def area(work, code: str = "1") -> Criterion:
    return Criterion.objects.get(criteria_set__block=work.dossier.block_id, code=code)


def share(work, officer, *, code: str = "1", due_on=None, by=None, seen=None):
    shares = {area(work, code).pk: Share(officer and officer.pk, due_on)}
    seen = last_share(work.dossier) if seen is None else seen
    return share_out(work.dossier, shares, by=by or work.head, seen=seen)


def test_the_head_gives_an_area_to_an_officer_until_a_day_and_the_log_tells(work):
    due_on = timezone.localdate() + timedelta(days=2)

    share(work, work.editor, due_on=due_on)

    part = DossierPart.objects.get()
    assert (part.dossier, part.officer, part.due_on) == (work.dossier, work.editor, due_on)
    event = work.dossier.events.get(verb=SHARE)
    assert (event.by, event.words) == (work.head, "Giao phần việc")
    assert event.comment == (f"1. {area(work).title}: {work.editor}, hạn {due_on:%d/%m/%Y}")


def test_an_area_is_given_to_somebody_else_and_taken_back(work):
    other = work.year.province.a_person(Role.EDITOR, work.dossier.unit)
    share(work, work.editor)

    share(work, other)
    assert DossierPart.objects.get().officer == other

    share(work, None)
    assert not DossierPart.objects.exists()
    assert work.dossier.events.filter(verb=SHARE).count() == 3


def test_what_stands_already_is_not_written_again_whatever_was_seen(work):
    share(work, work.editor)

    share(work, work.editor, seen=0)

    assert work.dossier.events.filter(verb=SHARE).count() == 1


def test_whoever_looked_at_an_older_sharing_out_is_told(work):
    share(work, work.editor)

    with pytest.raises(ChangedMeanwhile):
        share(work, work.head, seen=0)


def test_only_the_head_gives(work):
    with pytest.raises(PermissionDenied):
        share(work, work.editor, by=work.editor)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_has_passed_or_lies_after_the_last_is_refused(work, days):
    with pytest.raises(MoveRefused, match="Hạn của phần việc"):
        share(work, work.editor, due_on=timezone.localdate() + timedelta(days=days))


def test_a_day_needs_somebody(work):
    with pytest.raises(MoveRefused, match="cần có người được giao"):
        share(work, None, due_on=timezone.localdate())


def test_a_stranger_gets_no_part(work):
    with pytest.raises(MoveRefused, match="không phải là người nhập liệu"):
        share(work, a_user())


def test_an_area_of_another_set_cannot_be_given(work):
    elsewhere = Criterion.objects.areas().exclude(criteria_set__block=work.dossier.block_id)
    key = elsewhere.values_list("pk", flat=True).first()

    with pytest.raises(MoveRefused, match="Lĩnh vực không thuộc"):
        share_out(work.dossier, {key: Share(work.editor.pk)}, by=work.head, seen=0)


def test_nothing_is_given_once_the_dossier_is_handed_in():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused):
        share(work, work.editor)


def test_whoever_has_no_part_still_writes_in_every_area(work):
    share(work, work.head)
    score = work.score("1.1.1")

    scores.save_self(
        score,
        by=work.editor,
        answer=an_answer(score),
        note="",
        not_applicable=False,
        seen_version=score.version,
    )

    assert work.score("1.1.1").answered


def test_officers_are_those_who_fill_in_today(work):
    work.year.province.a_person(Role.STAFF, work.dossier.unit)
    gone = work.year.province.a_person(Role.EDITOR, work.dossier.unit)
    gone.is_active = False
    gone.save(update_fields=["is_active"])

    assert set(officers_of(work.dossier)) == {work.editor, work.head}


@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once_one_is_told_of_the_other():
    work = a_draft_dossier()
    deputy = work.year.province.a_person(Role.HEAD, work.dossier.unit)

    (refusal,) = at_once(
        lambda: share(work, work.editor, seen=0),
        lambda: share(work, deputy, by=deputy, seen=0),
    )

    assert "vừa được đồng chí khác sửa" in refusal
    assert DossierPart.objects.count() == 1
