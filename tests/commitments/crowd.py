"""Three hundred commitments of ten tasks: one built by the services, copied row by row to other
units and years, for counting queries and rows only."""

from copy import copy

from commitments.models import Commitment, CommitmentTask
from units.models import Unit

UNITS, YEARS = 6, range(2001, 2051)


def a_crowd(paper: Commitment) -> int:
    """Copies of a paper with its tasks, for other units of the receiver and fifty years each."""
    units = Unit.objects.filter(parent=paper.received_by_id).exclude(pk=paper.unit_id)[:UNITS]
    twins = [
        _twin(paper, unit=unit, year=year, countersigned_at=paper.countersigned_at)
        for unit in units
        for year in YEARS
    ]
    Commitment.objects.bulk_create(twins)
    tasks = list(paper.tasks.all())
    CommitmentTask.objects.bulk_create(
        [_twin(task, commitment=twin) for twin in twins for task in tasks], batch_size=1000
    )
    return len(twins)


def _twin(row, **columns):
    twin = copy(row)
    twin.pk, twin._state = None, copy(row._state)
    twin._state.adding = True
    for column, value in columns.items():
        setattr(twin, column, value)
    return twin
