"""What happened to a remark: every move and look, and every unit it was handed on to."""

from django.db import models
from django.db.models import F, Q

from cchc_portal.kit.logbook import AppendOnly, LogEntry, NoTruncate
from commitments.models.voice import Voice
from commitments.rules.voice import VoiceVerb
from units.models import Unit


class VoiceHand(models.Model):
    """A remark went from one unit to another of the force, with its number. Once."""

    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="hands")
    source = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField("ngày chuyển")
    due_on = models.DateField("hạn trả lời mới")

    class Meta:
        verbose_name = "lần chuyển phản ánh"
        verbose_name_plural = "lần chuyển phản ánh"
        ordering = ("pk",)
        triggers = (AppendOnly(), NoTruncate())
        constraints = (
            models.CheckConstraint(
                name="voice_hand_goes_elsewhere", condition=~Q(source=F("target"))
            ),
        )

    def __str__(self):
        return f"{self.voice_id}: {self.source_id} → {self.target_id}"


class VoiceEventQuerySet(models.QuerySet):
    def for_page(self):
        """With the person of each line (one query)."""
        return self.select_related("by")


class VoiceEvent(LogEntry):
    """One thing that was done with a remark, a look at whoever brought it forward among them.

    Holds no content of the remark and nothing of that person: it outlives both.
    """

    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="events")

    objects = VoiceEventQuerySet.as_manager()

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký phản ánh"
        verbose_name_plural = "nhật ký phản ánh"

    def __str__(self):
        return f"{self.voice}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return str(VoiceVerb(self.verb).label)
