"""What happened to a remark: every move and look, every unit it was handed on to, every answer."""

from django.db import models
from django.db.models import F, Q

from cchc_portal.kit.logbook import AppendOnly, Kept, LogEntry, NoTruncate, OnlyErased, Sealed
from commitments.models.voice import LONGEST_ANSWER, Voice
from commitments.rules.voice import VoiceVerb, days_late
from units.models import Unit


class VoiceHand(models.Model):
    """A remark went from one unit to another of the force, with its number. Once."""

    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="hands")
    source = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField("ngày chuyển")
    was_due_on = models.DateField("hạn trả lời trước khi chuyển", null=True)
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

    @property
    def days_late(self) -> int:
        """How many days it was late already; of the oldest hands that is not known: 0."""
        return days_late(self.was_due_on, self.handed_on) if self.was_due_on else 0


class VoiceAnswer(models.Model):
    """What a person was told, and by which day it was due. Written once and kept when another
    answer follows; the words alone may be erased, where it turns out that the law forbids them."""

    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="answers")
    answer = models.TextField("nội dung trả lời", max_length=LONGEST_ANSWER, blank=True)
    answer_number = models.CharField("số văn bản trả lời", max_length=60, blank=True)
    answered_on = models.DateField("ngày trả lời")
    due_on = models.DateField("hạn trả lời khi đó")

    class Meta:
        verbose_name = "lần trả lời phản ánh"
        verbose_name_plural = "lần trả lời phản ánh"
        ordering = ("pk",)
        triggers = (Sealed(but=("answer",)), OnlyErased("answer"), Kept(), NoTruncate())

    def __str__(self):
        return f"{self.voice_id}: {self.answered_on}"


class VoiceEventQuerySet(models.QuerySet):
    def for_page(self):
        """With the person of each line (one query)."""
        return self.select_related("by")

    def refusal(self):
        """The line by which it was not taken up last, with the reason; None where it never was."""
        return self.filter(verb=VoiceVerb.DISCARD).first()


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
