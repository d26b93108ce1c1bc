"""A conference of a unit: when, where, what for, how it stands."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cchc_portal.kit.constraints import in_order, one_of
from commitments.rules.conference import (
    MINUTED,
    OPEN_ITEMS,
    WRITABLE,
    Attending,
    ConferenceKind,
    ConferenceState,
    ItemKind,
)
from commitments.rules.conference_terms import (
    COLUMNS,
    ConferenceTerms,
    attendance_words,
    kinds_words,
)
from units.access import units_where
from units.models import Document, Unit
from units.models.unit import speaks_of
from units.permissions import Permission

KINDS = [kind.value for kind in ConferenceKind]


def seen_through(user, way: str) -> Q:
    """Conferences of one's own units and of those one oversees; `way` leads to the conference."""
    own = Q(**{f"{way}unit__in": units_where(user, Permission.SEE_UNIT)})
    below = Q(**{f"{way}above__in": units_where(user, Permission.SEE_BELOW)})
    return own | below


def _count(rows) -> Coalesce:
    """How many of these there are of the conference, as a column of another query."""
    counted = rows.order_by().values("conference").annotate(number=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


class ConferenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own units, and of the units below where one oversees."""
        return self.filter(seen_through(user, ""))

    def matching(self, words: str):
        """Those whose title holds all the words, diacritics and case ignored."""
        return self.filter(speaks_of(words, "title"))

    def with_counts(self, today):
        """Adds opinions, questions, proposals, conclusions, unsettled, overdue, as on the day."""
        items = self.model._meta.get_field("items").related_model.objects.raised()
        tasks = self.model._meta.get_field("tasks").related_model.objects.standing()
        mine = {"conference": OuterRef("pk")}
        of_kind = {f"{kind.value}s": _count(items.filter(**mine, kind=kind)) for kind in ItemKind}
        return self.annotate(
            **of_kind,
            conclusions=_count(tasks.conclusions().filter(**mine)),
            unsettled=_count(items.filter(**mine, state__in=OPEN_ITEMS)),
            overdue=_count(items.overdue(today).filter(**mine)),
            tasks_overdue=_count(tasks.overdue(today).filter(**mine)),
        )

    def newest_first(self):
        """By day; said here, for counting forgets `Meta.ordering`."""
        return self.order_by("-held_on", "-pk")

    def for_page(self):
        """With both units (the same query) and who took part (one query more)."""
        return self.select_related("unit", "above", "release").prefetch_related("attendance")

    def hold(self, pk: int) -> "Conference":
        """The conference's row, locked until the transaction ends: whatever belongs to it is
        written behind this lock, so that counts and numbers are never taken twice."""
        held = self.select_related("unit", "above").select_for_update(of=("self",), no_key=True)
        return held.get(pk=pk)


class Conference(models.Model):
    """Hội nghị of a unit; one may be review, announcement, pledge, dialogue, training at once.

    `above` is the superior on the day, which sees it and to which matters are escalated.
    `version` moves with everything that the minutes say, `heading_version` with the heading alone.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="conferences", verbose_name="đơn vị tổ chức"
    )
    above = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="conferences_below",
        verbose_name="cấp trên trực tiếp",
    )
    title = models.CharField("tên hội nghị", max_length=300)
    kinds = ArrayField(
        models.CharField(max_length=14, choices=ConferenceKind.choices), verbose_name="hội nghị để"
    )
    plan_number = models.CharField("số kế hoạch", max_length=60, blank=True)
    plan_on = models.DateField("ngày kế hoạch", null=True, blank=True)
    held_on = models.DateField("ngày họp")
    starts = models.TimeField("bắt đầu", null=True, blank=True)
    ends = models.TimeField("kết thúc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    online = models.BooleanField("có họp trực tuyến", default=False)
    points = models.TextField("các điểm cầu", max_length=2000, blank=True)
    chair = models.CharField("chủ trì", max_length=160, blank=True)
    chair_post = models.CharField("chức vụ người chủ trì", max_length=120, blank=True)
    secretary = models.CharField("thư ký", max_length=160, blank=True)
    answer_by = models.DateField("hạn trả lời các ý kiến", null=True, blank=True)
    proceedings = models.TextField("diễn biến hội nghị", max_length=20000, blank=True)
    conclusion = models.TextField("kết luận chung", max_length=10000, blank=True)
    papers = models.ManyToManyField(
        Document, related_name="conferences", blank=True, verbose_name="tài liệu"
    )
    state = models.CharField(
        "trạng thái",
        max_length=10,
        choices=ConferenceState.choices,
        default=ConferenceState.PLANNED,
    )
    version = models.PositiveIntegerField("phiên bản", default=1)
    heading_version = models.PositiveIntegerField("phiên bản thông tin chung", default=1)
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    signed_at = models.DateTimeField("thời điểm ký biên bản", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes = models.JSONField("biên bản đã ký", null=True, blank=True)
    collect_key = models.CharField("khóa liên kết nhận ý kiến", max_length=32, blank=True)
    collect_until = models.DateField("nhận ý kiến đến ngày", null=True, blank=True)
    release = models.ForeignKey(
        "DialogueRelease",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bảng đang công khai",
    )

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị"
        verbose_name_plural = "hội nghị"
        ordering = ("-held_on", "-pk")
        constraints = (
            one_of("state", ConferenceState, "conference_state_known"),
            models.CheckConstraint(
                name="conference_has_kinds",
                condition=Q(kinds__len__gt=0, kinds__contained_by=KINDS),
                violation_error_message="Đề nghị chọn ít nhất một loại hội nghị.",
            ),
            models.CheckConstraint(
                name="conference_has_a_title",
                condition=~Q(title=""),
                violation_error_message="Đề nghị ghi tên hội nghị.",
            ),
            models.CheckConstraint(
                name="conference_is_somewhere",
                condition=~Q(place="") | Q(online=True),
                violation_error_message="Đề nghị ghi địa điểm, hoặc chọn họp trực tuyến.",
            ),
            models.CheckConstraint(
                name="conference_points_are_online",
                condition=Q(points="") | Q(online=True),
                violation_error_message="Có điểm cầu thì đề nghị chọn họp trực tuyến.",
            ),
            in_order(
                "plan_on",
                "held_on",
                "answer_by",
                name="conference_days_in_order",
                message="Ngày kế hoạch không thể sau ngày họp, hạn trả lời không thể trước ngày "
                "họp.",
            ),
            in_order(
                "starts",
                "ends",
                name="conference_hours_in_order",
                message="Giờ kết thúc không thể trước giờ bắt đầu.",
            ),
            models.CheckConstraint(
                name="conference_signature_agrees_with_state",
                condition=Q(
                    state__in=MINUTED,
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    minutes__isnull=False,
                )
                | ~Q(state__in=MINUTED) & Q(signed_at=None, signed_by=None, minutes__isnull=True),
            ),
            models.CheckConstraint(
                name="conference_minutes_have_chair_and_secretary",
                condition=~Q(state__in=MINUTED) | ~Q(chair="") & ~Q(secretary=""),
            ),
            models.CheckConstraint(
                name="conference_collecting_is_whole",
                condition=Q(collect_until=None)
                | ~Q(collect_key="") & Q(collect_until__lte=F("held_on")),
                violation_error_message="Ngày ngừng nhận không thể sau ngày họp.",
            ),
            models.UniqueConstraint(
                fields=("collect_key",),
                condition=~Q(collect_key=""),
                name="conference_collect_key_once",
            ),
            models.CheckConstraint(
                name="conference_released_is_minuted",
                condition=Q(release=None) | Q(state__in=MINUTED),
            ),
        )

    def __str__(self):
        return f"{self.title}, {self.held_on:%d/%m/%Y}"

    @property
    def terms(self) -> ConferenceTerms:
        """What is said of it, as the rules read it. Reads `attendance`."""
        said = {column: getattr(self, column) for column in COLUMNS} | {"kinds": self.in_kinds}
        return ConferenceTerms(**said, attendance=self.attended)

    @property
    def in_kinds(self) -> tuple[str, ...]:
        """What it is held for, in the order of the list."""
        return tuple(kind for kind in KINDS if kind in self.kinds)

    @property
    def kinds_words(self) -> str:
        """The same in words."""
        return kinds_words(self.in_kinds)

    @property
    def attended(self) -> tuple[tuple[str, int], ...]:
        """Kinds of participants and how many of each. Reads `attendance`."""
        counted = {row.kind: row.number for row in self.attendance.all()}
        return tuple((kind.value, counted[kind]) for kind in Attending if kind in counted)

    @property
    def attendance_words(self) -> str:
        """The same in words."""
        return attendance_words(self.attended)

    @property
    def plan_words(self) -> str:
        """ "Số 317/KH-CAT-PV01 ngày 06/12/2019"."""
        day = f"ngày {self.plan_on:%d/%m/%Y}" if self.plan_on else ""
        number = f"Số {self.plan_number}" if self.plan_number else ""
        return " ".join(filter(None, (number, day)))

    @property
    def point_lines(self) -> list[str]:
        """The points of connection, one a line."""
        return [line.strip() for line in self.points.splitlines() if line.strip()]

    @property
    def writable(self) -> bool:
        """Whether what the minutes say may still be written."""
        return self.state in WRITABLE

    @property
    def minuted(self) -> bool:
        """Whether the minutes are signed."""
        return self.state in MINUTED

    def collects_on(self, day) -> bool:
        """Whether its link takes opinions on the day."""
        open_until = self.collect_until
        return (
            self.state == ConferenceState.PLANNED and open_until is not None and day <= open_until
        )
