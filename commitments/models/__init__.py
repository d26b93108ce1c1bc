"""Commitments and their annexes, their tasks, reports on these, their log."""

from commitments.models.commitment import Commitment, CommitmentEvent
from commitments.models.report import TaskReport
from commitments.models.task import CommitmentTask

__all__ = ["Commitment", "CommitmentEvent", "CommitmentTask", "TaskReport"]
