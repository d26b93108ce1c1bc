"""Commitments, their tasks, their log."""

from commitments.models.commitment import Commitment, CommitmentEvent
from commitments.models.task import CommitmentTask

__all__ = ["Commitment", "CommitmentEvent", "CommitmentTask"]
