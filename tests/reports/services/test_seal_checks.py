"""Whether a seal holds is found out once for the rows as they are, before a reader asks."""

import pgtrigger
import pytest

from reports import seal
from reports.models import EditionResult
from reports.services import seal_checks
from tests.reports.situations import an_edition
from tests.worlds import a_province

pytestmark = pytest.mark.django_db


def test_the_clock_finds_it_out_for_long_editions_and_another_letter_is_found_at_the_next_look(
    monkeypatch, django_assert_num_queries
):
    edition = an_edition(a_province(departments=2)).edition
    taken = []
    for name in ("holds", "fault_of"):
        real = getattr(seal, name)
        monkeypatch.setattr(seal, name, lambda *said, real=real: taken.append(said) or real(*said))

    seal_checks.check_long_ones()
    assert not taken
    monkeypatch.setattr(seal_checks, "MOST_AT_A_LOOK", 1)
    seal_checks.check_long_ones()
    with django_assert_num_queries(1):
        kept = seal_checks.checked(edition)
    with django_assert_num_queries(1):
        fault = seal_checks.fault_checked(edition).fault
    assert (kept.holds, fault, len(taken)) == (True, "", 2)

    with pgtrigger.ignore("reports.EditionResult:append_only"):
        EditionResult.objects.filter(edition=edition, rank=1).update(unit_name="Phòng khác")
    assert not seal_checks.checked(edition).holds
    assert "mã niêm phong" in seal_checks.fault_checked(edition).fault
