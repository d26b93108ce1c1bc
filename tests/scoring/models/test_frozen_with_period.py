"""What the database itself refuses once a period has been opened, asked by raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.worlds import a_prepared_period, an_open_period

pytestmark = pytest.mark.django_db

OF_THE_PERIOD = (
    "update scoring_period set title = 'Tên khác'",
    "update scoring_period set submit_by = submit_by + 1",
    "update scoring_period set scale_total = 10",
    "update scoring_period set band_floors = '{90}', band_labels = '{A,B}'",
    "update scoring_period set made_up = not made_up",
    "update scoring_period set state = 'preparing'",
    "delete from scoring_period",
)
OF_ITS_PARTS = (
    "update scoring_block set name = 'Khối khác'",
    "delete from scoring_block",
    """insert into scoring_block (period_id, name, position, kinds, version)
       select id, 'Khối thêm', 9, '{}', 1 from scoring_period""",
    "update scoring_blockunit set unit_id = unit_id",
    "delete from scoring_blockunit",
    """insert into scoring_blockunit (period_id, block_id, unit_id)
       select period_id, id, (select min(id) from units_unit) from scoring_block""",
    "update scoring_criteriaset set maximum = 99 where block_id is not null",
    "update scoring_criteriaset set block_id = null where block_id is not null",
    """update scoring_criteriaset set block_id = (select id from scoring_block)
       where id = {catalogue}""",
    "delete from scoring_criteriaset where block_id is not null",
    "update scoring_criterion set maximum = maximum + 1 where criteria_set_id = {owned}",
    "update scoring_criterion set criteria_set_id = {catalogue} where criteria_set_id = {owned}",
    "update scoring_criterion set criteria_set_id = {owned} where criteria_set_id = {catalogue}",
    "delete from scoring_criterion where criteria_set_id = {owned} and level = 'component'",
    """insert into scoring_criterion (criteria_set_id, level, code, key, title, maximum, position,
         source, evidence_expected, not_applicable_allowed, assumed, source_note, version)
       values ({owned}, 'area', '9', '', 'Thêm', 1, 999, 'self', '[]', false, false, '', 1)""",
)


def run(year, statement: str) -> None:
    owned = year.block.criteria_set
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(owned=owned.pk, catalogue=owned.copied_from_id)
            if "{owned}" in statement or "{catalogue}" in statement
            else statement
        )


@pytest.mark.parametrize("statement", [*OF_THE_PERIOD, *OF_ITS_PARTS])
def test_an_opened_period_is_frozen_for_everybody(statement):
    year = an_open_period()

    with (
        pytest.raises(IntegrityError, match="frozen with its period"),
        transaction.atomic(),
    ):
        run(year, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "update scoring_period set title = 'Tên khác'",
        "update scoring_block set name = 'Khối khác'",
        "delete from scoring_blockunit",
        "update scoring_criterion set maximum = maximum + 1 where criteria_set_id = {owned}",
    ],
)
def test_a_period_that_is_being_prepared_is_not(statement):
    run(a_prepared_period(), statement)


def test_the_catalogue_is_not_frozen_by_any_period():
    year = an_open_period()

    run(year, "update scoring_criterion set title = 'Khác' where criteria_set_id = {catalogue}")


def test_the_state_of_an_opened_period_may_go_on():
    year = an_open_period()

    run(year, "update scoring_period set state = 'locked'")
