"""A correction is a new edition beside the old one, which nobody touches; two at once are one."""

from datetime import timedelta

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from cchc_portal.kit.errors import MoveRefused
from reports import seal
from reports.models import Edition
from reports.papers.editions import edition_pdf
from reports.rules.differences import differences
from reports.services import editions
from scoring.models import Score
from scoring.rules.workflow import PeriodState
from tests.races import at_once
from tests.reports.reading import text
from tests.reports.situations import (
    CORRECTION,
    a_changed_period,
    a_correction,
    a_decision,
    a_locked_period,
    an_edition,
    publish,
)
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


def rows_of(edition: Edition) -> list[dict]:
    return list(edition.results.order_by("pk").values())


def fresh(edition: Edition) -> Edition:
    return Edition.objects.for_page().get(pk=edition.pk)


def test_a_correction_is_the_next_edition_linked_both_ways_and_the_old_one_stays_as_it_was():
    done = an_edition(verified=2)
    old = done.edition
    before = (Edition.objects.filter(pk=old.pk).values().get(), rows_of(old))

    a_correction(done)

    new = fresh(done.edition)
    assert (new.number, new.corrects, new.reason) == (2, old, CORRECTION)
    assert fresh(old).newer == new
    assert new.decision_number != old.decision_number
    assert (Edition.objects.filter(pk=old.pk).values().get(), rows_of(old)) == before
    assert (seal.fault_of(fresh(old), old.results.all()), fresh(old).digest) == ("", old.digest)
    assert seal.fault_of(new, new.results.all()) == ""
    assert done.period.state == PeriodState.PUBLISHED


def test_the_list_of_differences_names_points_rank_and_class_before_and_after():
    done = an_edition(a_province(departments=3), verified=2)
    old = done.edition
    new = a_correction(done).edition

    found = differences(old.results.order_by("position"), new.results.order_by("position"))

    best = old.results.get(rank=1)
    other = old.results.get(rank=2)
    assert [row.unit_name for row in found] == [other.unit_name, best.unit_name]
    risen, fallen = found
    assert (risen.ranks, fallen.ranks) == ((2, 1), (1, 2))
    assert risen.points == (other.points, other.points)
    assert fallen.points == (best.points, new.results.get(unit=best.unit).points)
    assert fallen.points[1] < fallen.points[0]
    assert fallen.bands == (best.band, new.results.get(unit=best.unit).band)
    assert fallen.beside == ("điểm theo lĩnh vực",)


def test_the_paper_of_a_correction_says_what_it_replaces_and_lists_what_changed():
    done = an_edition(verified=2)
    old = done.edition
    new = a_correction(done).edition

    said = text(edition_pdf(fresh(new)))

    assert f"và thay thế Quyết định số {old.decision_number}" in said
    assert f"Lý do công bố lại: {CORRECTION}" in said
    assert "PHỤ LỤC" not in said.split("Phụ lục II")[0]
    assert "NỘI DUNG THAY ĐỔI CỦA TỪNG ĐƠN VỊ" in said
    assert "Bản công bố số 2" in said
    assert "thay thế Quyết định" not in text(edition_pdf(fresh(old)))


def test_while_a_period_is_open_for_a_correction_nothing_in_it_is_approved():
    done = an_edition()
    scores = Score.objects.filter(dossier__period=done.period)
    assert scores.exclude(approved_points=None).exists()

    editions.open_for_correction(done.edition, by=done.head, comment=CORRECTION)

    assert done.period.state == PeriodState.OPEN
    assert not scores.exclude(approved_points=None).exists()
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HEAD])
def test_nobody_but_the_head_of_the_assessor_opens_a_published_period(role):
    done = an_edition()
    person = done.year.province.a_person(role, done.year.province.police)
    head_of_a_unit = done.year.province.a_person(Role.HEAD, done.year.province.departments[0])

    for refused in (person, head_of_a_unit):
        with pytest.raises(PermissionDenied):
            editions.open_for_correction(done.edition, by=refused, comment=CORRECTION)
    assert done.period.state == PeriodState.PUBLISHED


def test_a_correction_needs_a_reason_a_number_of_its_own_and_no_earlier_day():
    done = an_edition(verified=2)
    old = done.edition
    with pytest.raises(MoveRefused, match="ghi rõ lý do"):
        editions.open_for_correction(old, by=done.head, comment=" ")
    a_changed_period(done)

    for decision, sentence in (
        (a_decision(), "Đề nghị ghi rõ lý do đính chính"),
        (a_decision(number=old.decision_number, reason=CORRECTION), "cần số riêng"),
        (
            a_decision(old.decided_on - timedelta(days=1), reason=CORRECTION),
            "không thể trước ngày của quyết định được đính chính",
        ),
    ):
        with pytest.raises(MoveRefused, match=sentence):
            publish(done.period, by=done.head, decision=decision)
    assert Edition.objects.count() == 1
    assert done.period.state == PeriodState.LOCKED


def test_only_the_newest_edition_is_corrected():
    done = an_edition(verified=2)
    old = done.edition
    a_correction(done)

    with pytest.raises(MoveRefused, match="đã được đính chính"):
        editions.open_for_correction(old, by=done.head, comment=CORRECTION)
    assert done.period.state == PeriodState.PUBLISHED


def test_a_first_edition_bears_no_reason_even_if_one_was_handed_in():
    ready = a_locked_period()

    edition = publish(ready.period, by=ready.head, decision=a_decision(reason="thừa"))

    assert (edition.number, edition.reason, edition.corrects) == (1, "", None)


@pytest.mark.parametrize(
    "change", ["reason = ''", "corrects_id = null", "number = 1", "previous_id = null"]
)
def test_the_database_knows_what_a_correction_is(change):
    new = a_correction().edition

    with (
        pgtrigger.ignore("reports.Edition:sealed"),
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update reports_edition set {change} where id = {new.pk}")


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_are_one():
    done = a_changed_period(an_edition(verified=2))

    def press():
        decision = a_decision(reason=CORRECTION)
        return lambda: publish(done.period, by=done.head, decision=decision)

    refused = at_once(press(), press(), press())

    assert len(refused) == 2
    assert all("đã công bố" in sentence for sentence in refused)
    assert list(Edition.objects.order_by("pk").values_list("number", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_two_who_open_a_period_for_a_correction_at_once_open_it_once():
    done = an_edition()

    def reopen():
        return lambda: editions.open_for_correction(done.edition, by=done.head, comment=CORRECTION)

    assert len(at_once(reopen(), reopen())) == 1
    assert done.period.events.filter(verb="correct").count() == 1


@pytest.mark.django_db(transaction=True)
def test_periods_published_at_once_stand_in_one_chain_without_a_fork():
    ready = [a_locked_period(a_province(code)) for code in ("TN", "TM", "TP")]

    def press(one):
        return lambda: publish(one.period, by=one.head, decision=a_decision())

    assert at_once(*(press(one) for one in ready)) == []
    chain = list(Edition.objects.order_by("pk"))
    assert [edition.previous for edition in chain] == [None, *chain[:-1]]
    assert all(seal.fault_of(edition, edition.results.all()) == "" for edition in chain)
