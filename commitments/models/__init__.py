"""Commitments and their annexes, their tasks, reports on these, yearly plans, and their logs."""

from commitments.models.commitment import Commitment, CommitmentEvent
from commitments.models.plan import Plan, PlanEvent, PlannedTask
from commitments.models.report import TaskReport
from commitments.models.task import CommitmentTask

__all__ = [
    "Commitment",
    "CommitmentEvent",
    "CommitmentTask",
    "Plan",
    "PlanEvent",
    "PlannedTask",
    "TaskReport",
]
