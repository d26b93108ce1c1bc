"""What has happened is told at once: to the unit it is about, once, and only what is wanted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import HeardEvent, Letter
from reports.services import hearing, letters
from scoring.services import dossiers, extensions
from tests.reports.post import a_reader, sent_off
from tests.reports.situations import an_edition
from tests.scoring.replied import CHANGED, a_told_dossier
from tests.worlds import a_draft_dossier, a_province, a_submitted_dossier, an_open_period
from units.permissions import Role

pytestmark = pytest.mark.django_db


def written() -> list[tuple[str, str]]:
    """Kind and address of every letter that comes out now."""
    hearing.hear(timezone.now())
    kinds = {letter.person.email: letter.kind for letter in Letter.objects.select_related("person")}
    return [(kinds[message.to[0]], message.to[0]) for message in sent_off()]


def the_readers(work):
    """The editor and the head of the unit, and an editor of another one."""
    province, unit = work.year.province, work.dossier.unit
    a_reader(province, Role.EDITOR, unit, email="editor@x.vn")
    a_reader(province, Role.HEAD, unit, email="head@x.vn")
    a_reader(province, Role.EDITOR, province.departments[1], email="stranger@x.vn")


def test_a_returned_dossier_is_told_to_its_unit_and_once():
    work = a_submitted_dossier(an_open_period(a_province(departments=2)))
    the_readers(work)
    dossiers.send_back(work.dossier, by=work.verifier, comment="Thiếu số liệu.")

    assert written() == [("returned", "editor@x.vn"), ("returned", "head@x.vn")]
    assert written() == []


def test_more_time_is_told_with_the_day_until_which_it_runs_and_not_to_who_gave_it():
    work = a_draft_dossier(an_open_period(a_province(departments=2)))
    the_readers(work)
    last = work.dossier.last_day
    extensions.extend(
        work.dossier, by=work.year.organiser, until=last + timedelta(days=3), reason="Mưa lũ.",
        seen=last,
    )  # fmt: skip

    hearing.hear(timezone.now())

    told = {letter.said["parts"][0][1][0]["due"] for letter in Letter.objects.all()}
    assert told == {f"hạn {last + timedelta(days=3):%d/%m/%Y}"}
    assert {message.to[0] for message in sent_off()} == {"editor@x.vn", "head@x.vn"}


def test_replies_decided_together_are_told_in_one_letter():
    told = a_told_dossier(an_open_period(a_province(departments=2)))
    a_reader(told.work.year.province, Role.EDITOR, told.work.dossier.unit, email="editor@x.vn")
    for code in CHANGED:
        told.say(code)
    told.send()
    for one in told.work.dossier.scores.filter(explanations__state="sent"):
        told.decide(one.explanations.get())

    assert written() == [("decided", "editor@x.vn")]
    assert written() == []


def test_an_edition_is_told_to_the_units_it_ranks_unless_they_do_not_want_it():
    publication = an_edition(a_province(departments=2), verified=2)
    province = publication.year.province
    wants, does_not = (
        a_reader(province, Role.EDITOR, unit, email=email)
        for unit, email in zip(province.departments, ("yes@x.vn", "no@x.vn"), strict=True)
    )
    letters.choose(does_not, email="no@x.vn", published=False)
    letters.choose(wants, email="yes@x.vn", digest=False)

    assert written() == [("published", "yes@x.vn")]


def test_who_gives_an_address_later_is_not_told_of_what_was():
    work = a_submitted_dossier(an_open_period(a_province(departments=2)))
    dossiers.send_back(work.dossier, by=work.verifier, comment="Thiếu số liệu.")
    hearing.hear(timezone.now())
    the_readers(work)

    assert written() == []
    assert HeardEvent.objects.exists()


def test_what_happened_before_the_clock_stopped_for_days_is_not_told():
    work = a_submitted_dossier(an_open_period(a_province(departments=2)))
    the_readers(work)
    dossiers.send_back(work.dossier, by=work.verifier, comment="Thiếu số liệu.")

    hearing.hear(timezone.now() + timedelta(days=3))

    assert not Letter.objects.exists()
