"""Letters to people: which each of them wants, which were written, and what has been heard of."""

from datetime import date, datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from cchc_portal.kit.among import among
from cchc_portal.kit.constraints import one_of
from reports.rules.letters import (
    LONGEST_FAULT,
    LONGEST_SUBJECT,
    USUAL_HOUR,
    LetterKind,
    LetterState,
)
from units.access import units_where
from units.models import Membership, User
from units.models.tree import ids_overseen
from units.permissions import Permission, roles_granting

HEARING_LOCK = 0xED1720
"""Whoever hears of events holds this number in the database, so that each is heard once."""

LOOKS_AFTER = (Permission.RUN_PERIOD, Permission.MANAGE_PEOPLE)
"""Who sees that a letter could not be sent, and may have it tried again."""


class LetterChoice(models.Model):
    """What a person wants to be written; whoever has none is written everything at the usual hour,
    once there is an address."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="letter_choice",
    )
    digest = models.BooleanField("gửi thư nhắc việc mỗi ngày", default=True)
    hour = models.PositiveSmallIntegerField(
        "giờ gửi", default=USUAL_HOUR, validators=[MaxValueValidator(23)]
    )
    returned = models.BooleanField("hồ sơ bị trả lại", default=True)
    extended = models.BooleanField("thời hạn của hồ sơ được gia hạn", default=True)
    decided = models.BooleanField("giải trình đã có kết luận", default=True)
    published = models.BooleanField("kết quả đã được công bố", default=True)

    class Meta:
        verbose_name = "lựa chọn nhận thư"
        verbose_name_plural = "lựa chọn nhận thư"
        constraints = (
            models.CheckConstraint(
                name="letter_choice_hour_of_a_day",
                condition=Q(hour__lte=23),
                violation_error_message="Giờ gửi thư từ 0 đến 23 giờ.",
            ),
        )

    def __str__(self):
        return f"{self.person}"


def reachable(today: date):
    """Appointments in force of people who can be written to."""
    held = Membership.objects.in_force_on(today)
    return held.filter(user__is_active=True).exclude(user__email="")


FILLS = (Permission.FILL_DOSSIER, Permission.SUBMIT_DOSSIER)
"""Who fills in or hands in for a unit."""


def readers_at(
    units, kind: LetterKind, *, today: date, may: tuple[Permission, ...] = FILLS
) -> dict[int, set[int]]:
    """Of each unit the keys of the people who may do one of these there and want such letters."""
    roles = {role for permission in may for role in roles_granting(permission)}
    held = reachable(today).filter(unit__in=units, role__in=roles)
    wanted = held.exclude(**{f"user__letter_choice__{kind.value}": False})
    found: dict[int, set[int]] = {}
    for unit, person in wanted.values_list("unit", "user"):
        found.setdefault(unit, set()).add(person)
    return found


class LetterQuerySet(models.QuerySet):
    def still_without_digest(self, now: datetime):
        """People whose hour has come and who have no letter of today yet, by key."""
        today = now.date()
        written = self.filter(person=OuterRef("pk"), kind=LetterKind.DIGEST, event=f"{today}")
        hour = Coalesce("letter_choice__hour", USUAL_HOUR)
        return (
            User.objects.filter(pk__in=reachable(today).values("user"))
            .exclude(letter_choice__digest=False)
            .alias(asked_hour=hour)
            .filter(~Exists(written), asked_hour__lte=now.hour)
            .order_by("pk")
        )

    def due(self, now: datetime):
        """Those to be tried, or on their way for longer than any letter takes."""
        return self.filter(state=LetterState.WAITING, try_at__lte=now)

    def failed_at_desks_of(self, user):
        """Those that could not be sent to people of the units that the person looks after."""
        desks = {desk for one in LOOKS_AFTER for desk in units_where(user, one)}
        if not desks:
            return self.none()
        today = timezone.localdate()
        units = ids_overseen(desks, day=today)
        people = Membership.objects.in_force_on(today).filter(among("unit", units))
        return self.filter(state=LetterState.FAILED, person__in=people.values("user"))

    def hold_to_send(self, pk: int) -> "Letter | None":
        """The letter, its row locked until the transaction ends: None where it does not wait, or
        somebody else is sending it. A worker that is killed lets go of it."""
        free = self.select_for_update(of=("self",), skip_locked=True, no_key=True)
        return free.select_related("person").filter(pk=pk, state=LetterState.WAITING).first()

    def hold(self, pk: int) -> "Letter":
        """The letter, its row locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Letter(models.Model):
    """One letter to one person about one thing: `event` is the day of a digest, else the row that
    tells of what happened. `try_at`: when it is sent off again unless it has been sent by then."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters"
    )
    kind = models.CharField("loại thư", max_length=10, choices=LetterKind.choices)
    event = models.CharField("việc, ngày", max_length=40)
    subject = models.CharField("tiêu đề", max_length=LONGEST_SUBJECT, blank=True)
    said = models.JSONField("nội dung", default=dict, blank=True)
    state = models.CharField(
        "tình trạng", max_length=8, choices=LetterState.choices, default=LetterState.WAITING
    )
    written_at = models.DateTimeField("thời điểm viết", auto_now_add=True)
    try_at = models.DateTimeField("thử gửi lúc", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("số lần không gửi được", default=0)
    fault = models.CharField("vì sao không gửi được", max_length=LONGEST_FAULT, blank=True)
    sent_at = models.DateTimeField("thời điểm gửi", null=True, blank=True)
    address = models.EmailField("đã gửi đến", blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "thư"
        verbose_name_plural = "thư"
        ordering = ("-written_at", "-pk")
        indexes = (
            models.Index(
                fields=["try_at"],
                condition=Q(state=LetterState.WAITING),
                name="letter_waiting_by_moment",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "event"), name="letter_once_for_an_event"
            ),
            one_of("kind", LetterKind, "letter_kind_known"),
            one_of("state", LetterState, "letter_state_known"),
            models.CheckConstraint(
                name="letter_sending_agrees_with_state",
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | ~Q(state=LetterState.SENT) & Q(sent_at=None),
            ),
            models.CheckConstraint(
                name="letter_waiting_has_a_moment",
                condition=Q(state=LetterState.WAITING, try_at__isnull=False)
                | ~Q(state=LetterState.WAITING) & Q(try_at=None),
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display()}, {self.event}"

    @property
    def called(self) -> str:
        """What it tells, in words; of a daily one its kind."""
        told = "" if self.kind == LetterKind.DIGEST else self.said.get("opening", "")
        return told.rstrip(".") or str(self.get_kind_display())


class HeardEventQuerySet(models.QuerySet):
    def hold(self) -> None:
        """Nobody else hears of anything until the transaction ends."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [HEARING_LOCK])

    def new_among(self, source: str, rows):
        """Those of the rows that have not been heard of."""
        return rows.filter(~Exists(self.filter(source=source, row=OuterRef("pk"))))


class HeardEvent(models.Model):
    """A row of a table of events about which letters have been written, or nobody wanted any."""

    source = models.CharField("bảng", max_length=10)
    row = models.BigIntegerField("dòng")
    heard_at = models.DateTimeField(auto_now_add=True)

    objects = HeardEventQuerySet.as_manager()

    class Meta:
        verbose_name = "việc đã biết"
        verbose_name_plural = "việc đã biết"
        constraints = (
            models.UniqueConstraint(fields=("source", "row"), name="event_heard_of_once"),
        )

    def __str__(self):
        return f"{self.source} {self.row}"
