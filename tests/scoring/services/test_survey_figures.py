"""A closed campaign gives a survey component its points, and an edition its figure."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Criterion
from scoring.services import measurements, standings, survey_figures
from tests.scoring.campaigns import a_campaign, a_period_that_asks_partners, bring_in, rows_of
from tests.worlds import (
    Year,
    a_draft_dossier,
    a_submitted_dossier,
    an_answer,
    settle,
)
from units.permissions import Role

pytestmark = pytest.mark.django_db

GIA_LAI = (1300, 1218, 150, 60, 28)
NONE = (0, 0, 0, 0, 0)


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def test_a_closed_campaign_gives_the_survey_component_its_points_and_the_edition_its_figure():
    work = a_draft_dossier()
    made = a_campaign(work.year.province)
    first, second = made.province.departments
    bring_in(made, rows_of(first, GIA_LAI, NONE) + rows_of(second, (25, 2, 2, 0, 0), NONE))
    period, organiser = work.year.period, work.year.organiser
    component = Criterion.objects.get(criteria_set__block=work.year.block, code="3.1.1")
    score = work.score("3.1.1")

    def fill(chosen: dict[int, int]) -> int:
        return survey_figures.fill(
            work.year.block,
            component,
            chosen=chosen,
            campaign=made.campaign.pk,
            by=organiser,
        )

    assert measurements.campaigns_for(period) == []
    with pytest.raises(MoveRefused, match="tải lại"):
        fill({score.pk: score.version})
    made.close()
    (table,) = standings.standings(period)
    beside = {
        row.unit.code: (row.satisfaction.satisfied, row.satisfaction.rated) for row in table.rows
    }
    assert beside == {"TN-P01": (2518, 2756), "TN-P02": (None, None)}
    other = component.scores.exclude(pk=score.pk).get()
    with pytest.raises(MoveRefused, match="quá ít người"):
        fill({score.pk: score.version, other.pk: other.version})
    assert work.score("3.1.1").verified_points is None

    assert fill({score.pk: score.version}) == 1

    filled = work.score("3.1.1")
    assert filled.verified_points == Fraction(score.maximum) * 2518 / 2756
    assert filled.verified_answer == {"satisfied": "2518", "rated": "2756"}
    assert "2.518/2.756 lượt đánh giá “hài lòng” và “rất hài lòng” = 91,36 %" in (
        filled.verified_source
    )
    with pytest.raises(PermissionDenied):
        survey_figures.fill(
            work.year.block,
            component,
            chosen={score.pk: filled.version},
            campaign=made.campaign.pk,
            by=made.province.a_person(Role.HEAD, made.province.police),
        )


def told_of(year: Year) -> dict[str, tuple]:
    (table,) = standings.standings(year.period)
    asked = {row.unit.code: row.satisfaction for row in table.rows}
    return {code: (one.satisfied, one.rated, one.people) for code, one in asked.items()}


def test_what_partner_units_say_gives_points_and_is_no_satisfaction_of_citizens():
    work = a_submitted_dossier(a_period_that_asks_partners())
    score = work.score("3.1.1")

    settle(work, "3.1.1", answer=an_answer(score), reason="Khảo sát nội bộ.")

    assert work.score("3.1.1").verified_points == Fraction(score.maximum) * 2518 / 2756
    assert told_of(work.year)["TN-P01"] == (None, None, None)


def test_beside_the_answers_of_partner_units_a_campaign_says_what_citizens_said():
    work = a_submitted_dossier(a_period_that_asks_partners())
    settle(work, "3.1.1", answer=an_answer(work.score("3.1.1")), reason="Khảo sát nội bộ.")
    made = a_campaign(work.year.province)
    bring_in(made, rows_of(made.province.departments[0], (50, 20, 30, 0, 0), NONE))
    made.close()

    assert told_of(work.year)["TN-P01"] == (70, 100, 100)


def test_ratings_of_citizens_are_never_taken_as_those_of_partner_units():
    work = a_draft_dossier(a_period_that_asks_partners())
    made = a_campaign(work.year.province)
    bring_in(made, rows_of(made.province.departments[0], GIA_LAI, NONE))
    made.close()
    score = work.score("3.1.1")

    with pytest.raises(MoveRefused, match="không lấy số liệu"):
        survey_figures.fill(
            work.year.block,
            score.criterion,
            chosen={score.pk: score.version},
            campaign=made.campaign.pk,
            by=work.year.organiser,
        )

    assert work.score("3.1.1").verified_answer is None


@pytest.mark.parametrize(("rated", "told"), [(3, None), (29, None), (30, 30)])
def test_few_ratings_that_were_typed_give_points_and_are_not_told(rated, told):
    work = a_submitted_dossier()
    answer = an_answer(work.score("3.1.1"), {"satisfied": "2", "rated": str(rated)})

    settle(work, "3.1.1", answer=answer, reason="Kết quả đo lường.")

    assert work.score("3.1.1").verified_points > 0
    assert told_of(work.year)["TN-P01"] == (told and 2, told, None)


def test_what_a_campaign_of_the_year_holds_back_is_not_told_by_typing_it():
    work = a_submitted_dossier()
    made = a_campaign(work.year.province, minimum=50)
    bring_in(made, rows_of(made.province.departments[0], (30, 10, 5, 0, 0), NONE))
    made.close()

    answer = an_answer(work.score("3.1.1"), {"satisfied": "40", "rated": "45"})
    settle(work, "3.1.1", answer=answer, reason="Kết quả đo lường.")

    assert told_of(work.year)["TN-P01"] == (None, None, None)


def test_no_column_of_a_block_is_put_together_from_two_campaigns():
    work = a_draft_dossier()
    province = work.year.province
    first, second = province.departments
    for title, days, counts in (
        ("Đợt I", 1, ((90, 0, 10, 0, 0), (80, 0, 20, 0, 0))),
        ("Đợt II", 8, ((50, 0, 50, 0, 0), (60, 0, 40, 0, 0))),
    ):
        today = timezone.localdate()
        until = today + timedelta(days=days)
        made = a_campaign(province, title=title, begins=today, until=until)
        bring_in(made, rows_of(first, counts[0], NONE) + rows_of(second, counts[1], NONE))
        campaign = made.close()
        if title == "Đợt I":
            chosen = campaign

    def beside() -> dict[str, tuple]:
        (table,) = standings.standings(work.year.period)
        return {
            row.unit.code: (row.satisfaction.satisfied, row.satisfaction.rated)
            for row in table.rows
        }

    assert beside() == {"TN-P01": (50, 100), "TN-P02": (60, 100)}  # that which ended last
    component = Criterion.objects.get(criteria_set__block=work.year.block, code="3.1.1")
    score = work.score("3.1.1")
    survey_figures.fill(
        work.year.block,
        component,
        chosen={score.pk: score.version},
        campaign=chosen.pk,
        by=work.year.organiser,
    )
    assert beside() == {"TN-P01": (90, 100), "TN-P02": (80, 100)}
