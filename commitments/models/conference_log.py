"""What happened to a conference, its items and its tasks, line by line."""

from django.db import models

from cchc_portal.kit.logbook import LogEntry
from commitments.models.conference import Conference
from commitments.rules.conference import ConferenceVerb


class ConferenceEventQuerySet(models.QuerySet):
    def for_page(self):
        """With the person of each line (one query)."""
        return self.select_related("by")


class ConferenceEvent(LogEntry):
    """One thing that was done: the move or the edit, about which item or task, by whom, why."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="events")
    item = models.ForeignKey(
        "DialogueItem", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    task = models.ForeignKey(
        "ConferenceTask", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    about = models.CharField("về việc", max_length=520, blank=True)

    objects = ConferenceEventQuerySet.as_manager()

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký hội nghị"
        verbose_name_plural = "nhật ký hội nghị"

    def __str__(self):
        return f"{self.conference}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return str(ConferenceVerb(self.verb).label)
