"""People, and what they are at which unit for how long."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from cchc_portal.kit import one_row
from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.lifetimes import last_day, on_day
from cchc_portal.kit.logbook import LogEntry
from units.kinds import MembershipVerb
from units.models.unit import Unit, speaks_of
from units.permissions import Role

LONGEST_NAME, LONGEST_RANK = 120, 40
LONGEST_CALLED = LONGEST_RANK + 1 + LONGEST_NAME
"""So long may be what a person is called: a column that keeps that needs as much."""


class User(AbstractUser):
    """One person. Never deleted; an appointment ends instead."""

    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=LONGEST_NAME)
    police_rank = models.CharField("cấp bậc hàm", max_length=LONGEST_RANK, blank=True)
    post = models.CharField("chức vụ", max_length=120, blank=True)

    REQUIRED_FIELDS = ("full_name",)

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ("full_name", "username")

    def __str__(self):
        return f"{self.police_rank} {self.full_name}".strip()

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name


class MembershipQuerySet(models.QuerySet):
    def in_force_on(self, day: date):
        """Appointments that hold on the day."""
        return self.filter(on_day(day))

    def roles_on(self, day: date, user: int) -> Iterator[tuple[int, str]]:
        """Unit key and role of each that the person holds on the day: every page asks for it."""
        statement = f"""
            SELECT array_agg(unit_id), array_agg(role) FROM {self.model._meta.db_table}
            WHERE user_id = %(user)s AND in_force @> %(day)s
        """
        units, roles = one_row.ask(statement, {"user": user, "day": day})
        return zip(units or (), roles or (), strict=True)

    def begun_by(self, day: date):
        """Appointments that hold or have held until the day; none that was taken back before."""
        return self.filter(in_force__isempty=False, in_force__startswith__lte=day)

    def matching(self, words: str):
        """Those of people, or at units, whose names hold all the words."""
        return self.filter(speaks_of(words, "user__full_name", "user__username", "unit__name"))

    def for_page(self):
        """With the person and the unit, as a list shows them."""
        return self.select_related("user", "unit").order_by(
            "unit__position", "unit__code", "role", "user__full_name", "in_force"
        )

    def hold(self, pk: int) -> "Membership":
        """Locks the appointment until the end of the transaction."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Membership(models.Model):
    """A role at a unit for a stretch of days; empty where it was taken back before it held."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="người giữ vai trò",
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    in_force = DateRangeField("thời gian")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò tại đơn vị"
        verbose_name_plural = "vai trò tại đơn vị"
        ordering = ("unit", "role", "user")
        constraints = (
            ExclusionConstraint(
                name="membership_held_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Đồng chí này đã giữ vai trò đó tại đơn vị.",
            ),
            models.CheckConstraint(
                name="membership_has_a_first_day",
                condition=Q(in_force__isempty=True) | Q(in_force__startswith__isnull=False),
            ),
            one_of("role", Role, "membership_role_known"),
        )

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.unit}"

    @property
    def last_on(self) -> date | None:
        """The last day of the appointment, or None while it holds."""
        return last_day(self.in_force)

    def holds_on(self, day: date) -> bool:
        """Whether the role is held on the day."""
        return day in self.in_force

    @property
    def taken_back(self) -> bool:
        """Whether it was called off before it held for a day."""
        return self.in_force.isempty


class MembershipEventQuerySet(models.QuerySet):
    def for_page(self):
        """With who did it, to whom, and at which unit."""
        return self.select_related("by", "membership__user", "membership__unit")


class MembershipEvent(LogEntry):
    """Appointed or dismissed: by whom, when, from which day, on which ground."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="events")
    effective_on = models.DateField("có hiệu lực từ ngày")

    objects = MembershipEventQuerySet.as_manager()

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký phân công"
        verbose_name_plural = "nhật ký phân công"
        constraints = (one_of("verb", MembershipVerb, "membership_event_verb_known"),)

    def __str__(self):
        return f"{self.membership}: {self.words}"

    @property
    def words(self) -> str:
        """What happened, in words."""
        return MembershipVerb(self.verb).label
