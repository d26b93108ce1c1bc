"""The rules and the database refuse the same task, by the same name."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from commitments.models import CommitmentTask
from commitments.rules.progress import Aim
from commitments.rules.soundness import broken
from commitments.rules.terms import COLUMNS
from commitments.services.task_tables import SENTENCES
from tests.commitments.situations import TERMS

STRANGE = {
    "task_has_a_title": {"title": ""},
    "task_baseline_needs_a_target": {"baseline": Decimal(1)},
    "task_amount_is_positive": {"aim": Aim.CUT, "target": Decimal(0)},
    "task_span_is_in_order": {"due_from": date(2026, 1, 2), "due_on": date(2026, 1, 1)},
    "task_has_a_term": {"due_text": ""},
    "task_money_is_not_negative": {"money": Decimal(-1)},
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_the_rules_call_broken_the_database_refuses(draft, name):
    terms = replace(TERMS, **STRANGE[name])
    columns = {column: getattr(terms, column) for column in COLUMNS}

    assert broken(terms) == [name]
    assert SENTENCES[name].startswith(("Đề nghị", "Có ", "Chỉ tiêu", "Ghi ", "Kinh phí"))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CommitmentTask.objects.filter(commitment=draft).update(**columns)


def test_sound_terms_are_not_broken():
    assert broken(TERMS) == []
