"""What happened to a commitment and its tasks, line by line."""

from django.db import models

from cchc_portal.kit.logbook import LogEntry
from commitments.models.commitment import Commitment
from commitments.rules.workflow import WRITING, CommitmentVerb


class CommitmentEventQuerySet(models.QuerySet):
    def of(self, verb: CommitmentVerb):
        """The lines of one verb, newest first."""
        return self.filter(verb=verb)

    def for_page(self):
        """With the person of each line (one query)."""
        return self.select_related("by")


class CommitmentEvent(LogEntry):
    """One thing that was done: the move or the edit, about which task, by whom, when, why."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="events")
    about = models.CharField("nhiệm vụ", max_length=520, blank=True)

    objects = CommitmentEventQuerySet.as_manager()

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký cam kết"
        verbose_name_plural = "nhật ký cam kết"

    def __str__(self):
        return f"{self.commitment}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return str(CommitmentVerb(self.verb).label)

    @property
    def of_the_writing(self) -> bool:
        """Whether the line tells how the draft was written, and not its story."""
        return self.verb in WRITING
