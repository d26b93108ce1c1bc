"""The units of a campaign: by which name they are told, and which of them anybody rated."""

from datetime import timedelta

import pytest
from django.utils import timezone

from scoring.services import measurements
from tests.factories import a_decision
from tests.scoring.campaigns import a_campaign, bring_in, rows_of, the_year_before
from units.services import units

pytestmark = pytest.mark.django_db

MANY, NONE = (60, 30, 8, 1, 1), (0, 0, 0, 0, 0)


def test_a_campaign_that_has_ended_is_told_by_the_names_of_its_time():
    made = a_campaign()
    unit = made.province.departments[0]
    before = unit.name
    earlier = the_year_before(made)
    for campaign in (earlier, made):
        bring_in(campaign, rows_of(unit, MANY, MANY))
    earlier.close()
    renamed_on = earlier.campaign.until + timedelta(days=1)
    by = made.province.administrator
    units.rename(unit, name="Phòng Mới", decision=a_decision(renamed_on), by=by)

    told = [measurements.measure(one.campaign).lines[0].unit.name for one in (earlier, made)]

    assert told == [before, "Phòng Mới"]


def test_a_name_that_holds_from_tomorrow_on_is_not_told_today():
    made = a_campaign()
    unit = made.province.departments[0]
    bring_in(made, rows_of(unit, MANY, MANY))
    tomorrow = timezone.localdate() + timedelta(days=1)
    before = unit.name
    by = made.province.administrator
    units.rename(unit, name="Phòng Mới", decision=a_decision(tomorrow), by=by)

    (line,) = measurements.measure(made.campaign).lines

    assert line.unit.name == before


def test_a_unit_of_which_a_file_says_nothing_but_its_dealings_was_rated_by_nobody():
    made = a_campaign()
    first, second = made.province.departments
    bring_in(made, rows_of(first, MANY, MANY) + rows_of(second, NONE, NONE, dealings=900))

    assert measurements.rated_in(made.close()) == {first.pk}
