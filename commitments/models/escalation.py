"""A matter on its way up from the unit that held the conference, and its answer on the way down."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from cchc_portal.kit.constraints import one_of, together
from commitments.models.dialogue import LONGEST, LONGEST_ANSWER, DialogueItem
from commitments.rules.conference import AT_WORK, IN_TRANSIT, EscalationState
from units.access import units_where
from units.models import Unit
from units.permissions import Permission


class EscalationQuerySet(models.QuerySet):
    def reaching(self, user):
        """Those that came to units whose papers the person may see, or that these sent on."""
        return self.filter(to_unit__in=units_where(user, Permission.SEE_UNIT))

    def waiting_at(self, desks):
        """Those that one of these units has to answer."""
        running = self.filter(item__conference__state__in=AT_WORK)
        return running.filter(state=EscalationState.WAITING, to_unit__in=desks)

    def waiting_first(self):
        """What waits, by its day; then what is done, newest first."""
        waits = Case(When(state=EscalationState.WAITING, then=0), default=1)
        return self.order_by(waits, "due_on", "-pk")

    def for_page(self):
        """With item, conference and units (the same query)."""
        return self.select_related(
            "item__conference__unit", "to_unit", "from_unit", "passed_from", "replied_by"
        )


class Escalation(models.Model):
    """One step up: from a unit to one above it, by a document, until a day; then its answer.

    The unit above may pass it on to its own superior (`passed_from` is then its own step); the
    answer comes down the same steps.
    """

    item = models.ForeignKey(DialogueItem, on_delete=models.PROTECT, related_name="escalations")
    from_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị chuyển"
    )
    to_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="escalations_received",
        verbose_name="chuyển đến đơn vị",
    )
    passed_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_to"
    )
    number = models.CharField("số văn bản", max_length=60)
    sent_on = models.DateField("ngày văn bản")
    due_on = models.DateField("hạn trả lời")
    reason = models.TextField("lý do chuyển", max_length=LONGEST, blank=True)
    state = models.CharField(
        "trạng thái",
        max_length=11,
        choices=EscalationState.choices,
        default=EscalationState.WAITING,
    )
    reply = models.TextField("nội dung trả lời", max_length=LONGEST_ANSWER, blank=True)
    reply_number = models.CharField("số văn bản trả lời", max_length=60, blank=True)
    replied_on = models.DateField("ngày trả lời", null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến chuyển cấp trên"
        verbose_name_plural = "ý kiến chuyển cấp trên"
        ordering = ("item", "pk")
        constraints = (
            one_of("state", EscalationState, "escalation_state_known"),
            models.UniqueConstraint(
                fields=("item",),
                condition=Q(passed_from=None, state__in=IN_TRANSIT),
                name="escalation_under_way_once_for_an_item",
            ),
            models.UniqueConstraint(
                fields=("passed_from",),
                condition=Q(state__in=IN_TRANSIT),
                name="escalation_passed_on_once_at_a_time",
            ),
            models.CheckConstraint(
                name="escalation_is_sent_to_another", condition=~Q(from_unit=F("to_unit"))
            ),
            models.CheckConstraint(name="escalation_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="escalation_days_in_order",
                condition=Q(due_on__gte=F("sent_on")),
                violation_error_message="Hạn trả lời không thể trước ngày văn bản.",
            ),
            together("replied_on", "replied_by", name="escalation_reply_is_whole"),
            models.CheckConstraint(
                name="escalation_reply_agrees_with_state",
                condition=Q(state=EscalationState.REPLIED, replied_on__isnull=False) & ~Q(reply="")
                | ~Q(state=EscalationState.REPLIED) & Q(reply="", replied_on=None),
            ),
        )

    def __str__(self):
        return f"{self.item}, văn bản {self.number}"

    @property
    def overdue(self) -> bool:
        """Whether its last day has passed without an answer."""
        return self.state in IN_TRANSIT and self.due_on < timezone.localdate()
