"""A draft begins with last year's tasks or a template, never twice."""

from datetime import date
from decimal import Decimal

import pytest

from cchc_portal.kit.errors import MoveRefused
from commitments.rules.templates import OF_KIND, OTHERS, template_of
from commitments.rules.terms import TaskTerms
from commitments.rules.workflow import Finding, TaskOutcome
from commitments.services import commitments, copying, reporting, tasks
from tests.commitments.situations import TERMS, a_draft, sign_both
from units.kinds import UnitKind


def test_what_was_not_finished_is_carried_over_from_where_it_stopped(who):
    before = a_draft(who, year=2025, number_of_tasks=1)
    measured = TaskTerms(
        area="digital",
        title="Nộp trực tuyến",
        measure_unit="%",
        baseline=Decimal(50),
        target=Decimal(80),
        due_on=date(2024, 5, 1),
    )
    half = tasks.add(before, terms=measured, by=who.editor)
    before = sign_both(who, before)
    reporting.report(
        half,
        seen=half.version,
        outcome=TaskOutcome.PARTLY,
        result="Được 70 %.",
        reached=Decimal(70),
        by=who.editor,
    )
    first = before.tasks.get(position=1)
    commitments.close(before, by=who.receiving_head, findings={first.pk: Finding.DONE})
    draft = a_draft(who, year=2026, number_of_tasks=0)

    assert copying.from_last_year(draft, by=who.editor) == 2

    anew, carried = draft.tasks.all()
    assert (anew.carried_from, anew.due_on) == (None, None)
    assert (carried.carried_from, carried.baseline) == (half, Decimal(70))
    assert carried.due_text == "trong năm"
    with pytest.raises(MoveRefused, match="còn trống"):
        copying.from_last_year(draft, by=who.editor)


def test_a_template_fits_the_kind_of_unit_and_there_must_be_a_year_before(who):
    draft = a_draft(who, number_of_tasks=0)
    with pytest.raises(MoveRefused, match="không có bản cam kết năm 2025"):
        copying.from_last_year(draft, by=who.editor)

    copying.from_template(draft, by=who.editor)

    assert [task.title for task in draft.tasks.all()] == [terms.title for terms in OTHERS]
    assert template_of(UnitKind.MASS_ORGANISATION) == OF_KIND[UnitKind.MASS_ORGANISATION]
    with pytest.raises(MoveRefused, match="còn trống"):
        copying.from_template(draft, by=who.editor)


def test_no_template_joins_what_is_signed(who, signed):
    with pytest.raises(MoveRefused, match="đã ký"):
        copying.from_template(signed, by=who.editor)
    assert TERMS.title not in {task.title for task in signed.tasks.all()}
