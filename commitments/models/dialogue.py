"""What was raised at a conference: opinions, questions, proposals, and where each went."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from cchc_portal.kit.constraints import one_of
from commitments.models.conference import Conference, seen_through
from commitments.rules.areas import ReformArea
from commitments.rules.conference import (
    AT_WORK,
    IN_HAND,
    IN_TRANSIT,
    EscalationState,
    ItemKind,
    ItemState,
    Source,
    Speaker,
    TaskState,
)
from commitments.rules.dialogue import COLUMNS, ItemWords, Standing, Tally, standing
from units.access import units_where
from units.models.unit import Plain, speaks_of
from units.permissions import Permission

LONGEST = 2000
LONGEST_ANSWER = 10_000


def _account():
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


class DialogueItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Items of the conferences that the person may see, and those sent up to one's units."""
        reached = self.model.objects.filter(
            escalations__to_unit__in=units_where(user, Permission.SEE_UNIT)
        )
        return self.filter(seen_through(user, "conference__") | Q(pk__in=reached.values("pk")))

    def matching(self, words: str):
        """Those whose text holds all the words, diacritics and case ignored; never the speaker."""
        return self.filter(speaks_of(words, "text"))

    def raised(self):
        """Those that count: whatever was not turned away as no matter of the dialogue."""
        return self.exclude(state=ItemState.DISCARDED)

    def in_hand(self):
        """Those on which the unit itself has to act, while it is followed up."""
        return self.filter(state__in=IN_HAND, conference__state__in=AT_WORK)

    def for_table(self):
        """With all that a row shows: conference, unit, steps up, tasks (two queries more)."""
        return self.select_related("conference__unit").prefetch_related(
            "escalations__to_unit", "escalations__from_unit", "tasks__owner"
        )

    def overdue(self, today: date):
        """The same as `Standing.OVERDUE` of the rules, asked of the database."""
        late_here = Q(state__in=IN_HAND, conference__answer_by__lt=today)
        late_above = Q(
            state=ItemState.ESCALATED,
            escalations__state__in=IN_TRANSIT,
            escalations__passed_from=None,
            escalations__due_on__lt=today,
        )
        late_task = Q(
            state=ItemState.ACCEPTED, tasks__state=TaskState.UNDER_WAY, tasks__due_on__lt=today
        )
        running = Q(conference__state__in=AT_WORK)
        found = self.filter(running, late_here | late_above | late_task)
        return self.filter(pk__in=found.values("pk"))

    def tally(self) -> Tally:
        """How many of each kind were raised, and in which state they are. One query."""
        rows = self.order_by().values_list("kind", "state").annotate(number=Count("pk"))
        return Tally({(kind, state): number for kind, state, number in rows})


class DialogueItem(models.Model):
    """One matter, with its answer. A statement that held several was split into several of these.

    `key` is made by the page or form that sends it, so that a statement sent twice arrives once.
    The speaker's name is for the unit alone: no list for others and no public paper shows it.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField("số thứ tự")
    key = models.UUIDField("khóa gửi", default=uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=8, choices=ItemKind.choices)
    text = models.TextField("nội dung", max_length=LONGEST)
    area = models.CharField("lĩnh vực", max_length=20, choices=ReformArea.choices, blank=True)
    speaker = models.CharField("người nêu", max_length=14, choices=Speaker.choices)
    speaker_name = models.CharField("họ tên, nơi công tác", max_length=160, blank=True)
    source = models.CharField("nguồn", max_length=5, choices=Source.choices, default=Source.LIVE)
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    kept_private = models.BooleanField("không công khai nội dung", default=False)
    state = models.CharField(
        "kết quả", max_length=10, choices=ItemState.choices, default=ItemState.RECEIVED
    )
    answer = models.TextField("nội dung trả lời", max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.CharField("người trả lời", max_length=160, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    entered_at = models.DateTimeField("thời điểm ghi", auto_now_add=True)
    entered_by = _account()

    objects = DialogueItemQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến tại hội nghị"
        verbose_name_plural = "ý kiến tại hội nghị"
        ordering = ("conference", "number")
        indexes = (GinIndex(OpClass(Plain("text"), name="gin_trgm_ops"), name="item_text_plain"),)
        constraints = (
            models.UniqueConstraint(
                fields=("conference", "number"), name="item_number_once_in_a_conference"
            ),
            one_of("kind", ItemKind, "item_kind_known"),
            one_of("speaker", Speaker, "item_speaker_known"),
            one_of("source", Source, "item_source_known"),
            one_of("state", ItemState, "item_state_known"),
            models.CheckConstraint(
                name="item_area_known", condition=Q(area__in=("", *ReformArea.values))
            ),
            models.CheckConstraint(
                name="item_says_something",
                condition=Q(text__regex=r"\S"),
                violation_error_message="Đề nghị ghi nội dung ý kiến.",
            ),
            models.CheckConstraint(
                name="item_typed_by_somebody",
                condition=Q(entered_by__isnull=False) | Q(source=Source.SENT),
            ),
            models.CheckConstraint(
                name="item_answer_is_whole",
                condition=Q(answer="", answered_by="", answered_on=None)
                | ~Q(answer="") & ~Q(answered_by="") & Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="item_answered_has_an_answer",
                condition=~Q(state=ItemState.ANSWERED) | ~Q(answer=""),
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def said(self) -> ItemWords:
        """What was said, as the rules read it."""
        return ItemWords(**{column: getattr(self, column) for column in COLUMNS})

    @property
    def sent_before(self) -> bool:
        """Whether it came before the conference."""
        return self.source == Source.SENT

    @property
    def step_up(self):
        """The step by which it lies above now, or None. Reads `escalations`."""
        for step in self.escalations.all():
            if step.passed_from_id is None and step.state in IN_TRANSIT:
                return step
        return None

    @property
    def replies(self) -> list:
        """What came down to the unit from above, oldest first. Reads `escalations`."""
        return [
            step
            for step in self.escalations.all()
            if step.passed_from_id is None and step.state == EscalationState.REPLIED
        ]

    @property
    def task(self):
        """The task it became, or None. Reads `tasks`."""
        standing = [task for task in self.tasks.all() if task.state != TaskState.REMOVED]
        return standing[0] if standing else None

    @property
    def due_on(self) -> date | None:
        """Until when the next thing has to come of it."""
        if self.state == ItemState.ESCALATED:
            return self.step_up.due_on
        if self.state == ItemState.ACCEPTED:
            return self.task.due_on
        return self.conference.answer_by if self.state in IN_HAND else None

    @property
    def standing(self) -> Standing:
        """How it stands today, for a badge."""
        running = self.conference.state in AT_WORK
        return standing(self.state, self.due_on if running else None, timezone.localdate())

    @property
    def looks(self) -> str:
        """The state whose badge it bears: as a task it is under way."""
        standing = self.standing
        return "under_way" if standing == Standing.ACCEPTED else standing.value

    @property
    def late_since(self) -> date | None:
        """The day that has passed without what was due."""
        return self.due_on if self.standing == Standing.OVERDUE else None

    @property
    def handling(self) -> list[str]:
        """What was answered and done, in sentences, as the table shows it."""
        return self.handled(names=True)

    def handled(self, *, names: bool) -> list[str]:
        """The same; without `names` nobody is named who does the task."""
        lines = [
            f"Chuyển {step.to_unit}, văn bản số {step.number} ngày {step.sent_on:%d/%m/%Y}."
            for step in self.escalations.all()
            if step.state in IN_TRANSIT
        ]
        if self.state == ItemState.REPLIED:
            lines += [f"{step.to_unit} trả lời: {step.reply}" for step in self.replies[-1:]]
        if self.task:
            lines.append(self.task.tell(names=names))
        if self.answer:
            lines.append(self.answer)
        return lines
