"""What a conference decided to have done: its conclusions, and items accepted as tasks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cchc_portal.kit.constraints import one_of, together
from commitments.models.conference import Conference, seen_through
from commitments.models.dialogue import LONGEST, DialogueItem
from commitments.rules.conference import AT_WORK, MINUTED, TaskState
from units.access import units_where
from units.models import Document, Unit
from units.permissions import Permission


class ConferenceTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tasks of the conferences that the person may see, and those of one's own units."""
        own = Q(owner__in=units_where(user, Permission.SEE_UNIT))
        return self.filter(seen_through(user, "conference__") | own)

    def standing(self):
        """Those that were not taken out again."""
        return self.exclude(state=TaskState.REMOVED)

    def conclusions(self):
        """Those the conference itself decided, without the items accepted as tasks."""
        return self.standing().filter(item=None)

    def overdue(self, today):
        """Those whose day has passed while the conference is followed up."""
        running = self.filter(conference__state__in=AT_WORK)
        return running.filter(state=TaskState.UNDER_WAY, due_on__lt=today)

    def due_at(self, desks):
        """Those one of these units has to do: a conclusion binds once the minutes are signed."""
        binding = Q(conference__state__in=MINUTED) | Q(item__isnull=False)
        running = Q(conference__state__in=AT_WORK)
        return self.filter(binding, running, state=TaskState.UNDER_WAY, owner__in=desks)

    def for_page(self):
        """With conference, its unit, owner, item and reporter (the same query)."""
        return self.select_related("conference__unit", "owner", "item", "reported_by")


class ConferenceTask(models.Model):
    """Nội dung kết luận, or an item accepted as a task: owner, day, result with proof.

    Why it is no CommitmentTask: docs/decisions/0060-conclusions-are-tasks-of-their-own.md.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="tasks")
    item = models.ForeignKey(
        DialogueItem, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    number = models.PositiveSmallIntegerField("số thứ tự")
    text = models.TextField("nội dung", max_length=LONGEST)
    owner = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="conference_tasks",
        verbose_name="đơn vị chủ trì",
    )
    person = models.CharField("người phụ trách", max_length=160, blank=True)
    due_on = models.DateField("thời hạn")
    state = models.CharField(
        "tình trạng", max_length=10, choices=TaskState.choices, default=TaskState.UNDER_WAY
    )
    result = models.TextField("kết quả thực hiện", max_length=LONGEST, blank=True)
    done_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    reported_at = models.DateTimeField("thời điểm báo cáo", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proofs = models.ManyToManyField(Document, related_name="conference_tasks", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = ConferenceTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ của hội nghị"
        verbose_name_plural = "nhiệm vụ của hội nghị"
        ordering = ("conference", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("conference", "number"), name="conclusion_number_once_in_a_conference"
            ),
            models.UniqueConstraint(
                fields=("item",),
                condition=~Q(state=TaskState.REMOVED),
                name="conclusion_once_of_an_item",
            ),
            one_of("state", TaskState, "conclusion_state_known"),
            models.CheckConstraint(
                name="conclusion_says_something", condition=Q(text__regex=r"\S")
            ),
            together("reported_at", "reported_by", name="conclusion_report_is_whole"),
            models.CheckConstraint(
                name="conclusion_result_agrees_with_state",
                condition=Q(
                    state__in=(TaskState.UNDER_WAY, TaskState.REMOVED),
                    result="",
                    done_on=None,
                    reported_at=None,
                )
                | Q(state=TaskState.DONE, done_on__isnull=False, reported_at__isnull=False)
                & ~Q(result="")
                | Q(state=TaskState.NOT_DONE, done_on=None, reported_at__isnull=False)
                & ~Q(result=""),
            ),
        )

    def __str__(self):
        return f"Nhiệm vụ {self.number}"

    @property
    def standing(self) -> str:
        """How it stands today, for a badge: its state, or "overdue"."""
        late = self.state == TaskState.UNDER_WAY and self.due_on < timezone.localdate()
        return "overdue" if late else self.state

    @property
    def standing_words(self) -> str:
        """The same in words."""
        return "Quá hạn" if self.standing == "overdue" else str(TaskState(self.state).label)

    @property
    def told(self) -> str:
        """What is done, by whom, until when, and what came of it, in a sentence or two."""
        return self.tell(names=True)

    def tell(self, *, names: bool) -> str:
        """The same; without `names` only the unit is named."""
        person = f" ({self.person})" if self.person and names else ""
        result = f" {self.get_state_display()}: {self.result}" if self.result else ""
        return f"{self.text} {self.owner}{person}, hạn {self.due_on:%d/%m/%Y}.{result}"
