"""A year's assessment: its rules, its dates, its blocks and who is in them."""

from dataclasses import fields

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cchc_portal.kit.constraints import in_order, one_of
from cchc_portal.kit.logbook import LogEntry
from scoring.models.frozen import (
    OF_A_BLOCK_ROW,
    FrozenOnceOpened,
    FrozenWithPeriod,
    NotLockedOverAnOpenMark,
    NotLockedOverAnOpenReply,
)
from scoring.models.ranking_rules import RankingRules
from scoring.rules.calendar import Calendar
from scoring.rules.kinds import PeriodKind, Preparation
from scoring.rules.reply import LONGEST_LIMIT, MOST_DAYS, MOST_ROUNDS, SHORTEST_LIMIT, Terms
from scoring.rules.workflow import (
    BESIDE_THE_STATES,
    NOT_YET_ASSESSING,
    OF_THE_PUBLICATION,
    PeriodState,
    PeriodVerb,
)
from units.access import units_where
from units.kinds import UnitKind
from units.models import Unit
from units.permissions import Permission

PERIOD_WORDS = (
    dict(Preparation.choices) | dict(PeriodVerb.choices) | BESIDE_THE_STATES | OF_THE_PUBLICATION
)


class PeriodQuerySet(models.QuerySet):
    def run_by(self, user):
        """Periods of the units at which the person organises the assessment."""
        return self.filter(assessor__in=units_where(user, Permission.RUN_PERIOD))

    def overseen_by(self, user):
        """Periods of the units whose subordinates the person may see."""
        return self.filter(assessor__in=units_where(user, Permission.SEE_BELOW))

    def led_by(self, user):
        """Periods of the units whose figures the person sees summed up."""
        return self.filter(assessor__in=units_where(user, Permission.SEE_DASHBOARD))

    def visible_to(self, user):
        """Periods the person has to do with: overseen by them, or assessing a unit of theirs."""
        overseen = Q(assessor__in=units_where(user, Permission.SEE_BELOW))
        own = Q(dossiers__unit__in=units_where(user, Permission.SEE_UNIT))
        return self.filter(overseen | own).distinct()

    def assessing(self):
        """Periods that have been opened: their units have dossiers."""
        return self.exclude(state__in=NOT_YET_ASSESSING)

    def published_before(self, period: "Period"):
        """The assessor's published ones of the same kind and of earlier years, newest first."""
        return self.filter(
            assessor=period.assessor_id,
            kind=period.kind,
            year__lt=period.year,
            state=PeriodState.PUBLISHED,
        ).order_by("-year", "-publish_on", "-pk")

    def for_list(self):
        """With assessor, and how many units are chosen (one query)."""
        chosen = BlockUnit.objects.filter(period=OuterRef("pk")).order_by().values("period")
        return self.select_related("assessor").annotate(
            unit_count=Coalesce(Subquery(chosen.annotate(n=Count("pk")).values("n")), 0)
        )

    def hold(self, pk: int) -> "Period":
        """The period's row, locked until the transaction ends."""
        return (
            self.select_related("assessor").select_for_update(of=("self",), no_key=True).get(pk=pk)
        )


class Period(RankingRules):
    """Kỳ đánh giá. Everything here may be edited while preparing and is frozen once opened."""

    assessor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="periods", verbose_name="cơ quan đánh giá"
    )
    year = models.PositiveSmallIntegerField(
        "năm đánh giá", validators=[MinValueValidator(2010), MaxValueValidator(2100)]
    )
    title = models.CharField("tên kỳ đánh giá", max_length=200)
    kind = models.CharField(
        "nội dung đánh giá", max_length=10, choices=PeriodKind.choices, default=PeriodKind.INDEX
    )
    data_from = models.DateField("số liệu từ ngày")
    data_until = models.DateField("số liệu đến ngày")
    opens_on = models.DateField("mở tự đánh giá")
    submit_by = models.DateField("hạn nộp hồ sơ")
    verify_by = models.DateField("hạn thẩm định")
    reply_by = models.DateField("hạn giải trình")
    publish_on = models.DateField("dự kiến công bố")
    reply_rounds = models.PositiveSmallIntegerField(
        "số lần giải trình",
        default=1,
        db_default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_ROUNDS)],
    )
    reply_length = models.PositiveSmallIntegerField(
        "độ dài giải trình (ký tự)",
        default=2000,
        db_default=2000,
        validators=[MinValueValidator(SHORTEST_LIMIT), MaxValueValidator(LONGEST_LIMIT)],
    )
    reply_days = models.PositiveSmallIntegerField(
        "ít nhất (ngày làm việc)",
        default=3,
        db_default=3,
        validators=[MaxValueValidator(MOST_DAYS)],
    )
    state = models.CharField(
        "trạng thái", max_length=12, choices=PeriodState.choices, default=PeriodState.PREPARING
    )
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = PeriodQuerySet.as_manager()

    class Meta(RankingRules.Meta):
        verbose_name = "kỳ đánh giá"
        verbose_name_plural = "kỳ đánh giá"
        ordering = ("-year", "title")
        constraints = (
            *RankingRules.Meta.constraints,
            models.UniqueConstraint(
                fields=("assessor", "year", "title"),
                name="period_title_once_a_year",
                violation_error_message="Cơ quan này đã có kỳ đánh giá cùng tên trong năm.",
            ),
            in_order(
                "data_from",
                "data_until",
                name="period_data_dates_in_order",
                message="Ngày cuối của số liệu phải sau ngày đầu.",
            ),
            in_order(
                "opens_on",
                "submit_by",
                "verify_by",
                "reply_by",
                "publish_on",
                name="period_steps_in_order",
                message="Các mốc phải theo thứ tự: mở, nộp, thẩm định, giải trình, công bố.",
            ),
            one_of("state", PeriodState, "period_state_known"),
            one_of("kind", PeriodKind, "period_kind_known"),
            models.CheckConstraint(
                name="period_reply_within",
                condition=Q(
                    reply_rounds__range=(1, MOST_ROUNDS),
                    reply_length__range=(SHORTEST_LIMIT, LONGEST_LIMIT),
                    reply_days__lte=MOST_DAYS,
                ),
                violation_error_message="Số lần, độ dài hoặc số ngày giải trình ngoài giới hạn.",
            ),
        )
        triggers = (FrozenOnceOpened(), NotLockedOverAnOpenReply(), NotLockedOverAnOpenMark())

    def __str__(self):
        return self.title

    @property
    def calendar(self) -> Calendar:
        """Its dates as the rules of the calendar take them."""
        return Calendar(**{day.name: getattr(self, day.name) for day in fields(Calendar)})

    @property
    def reply_terms(self) -> Terms:
        """What it says of replying, as the rules of replying take it."""
        return Terms(self.reply_by, self.reply_rounds, self.reply_days)


class BlockQuerySet(models.QuerySet):
    def for_page(self):
        """With period, assessor and set; how many units are in it (one query)."""
        units = BlockUnit.objects.filter(block=OuterRef("pk")).order_by().values("block")
        return self.select_related("period__assessor", "criteria_set__copied_from").annotate(
            unit_count=Coalesce(Subquery(units.annotate(n=Count("pk")).values("n")), 0)
        )


class Block(models.Model):
    """Khối: the units that are ranked among themselves, by one set of criteria."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="blocks")
    name = models.CharField("tên khối", max_length=200)
    position = models.PositiveSmallIntegerField("thứ tự")
    kinds = ArrayField(
        models.CharField(max_length=20, choices=UnitKind.choices),
        verbose_name="loại đơn vị",
        default=list,
        blank=True,
    )
    handles_procedures = models.BooleanField(
        "trực tiếp giải quyết thủ tục hành chính", null=True, blank=True
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = "khối"
        verbose_name_plural = "khối"
        ordering = ("period", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("period", "name"),
                name="block_name_once_in_a_period",
                violation_error_message="Kỳ đánh giá đã có khối cùng tên.",
            ),
            models.UniqueConstraint(
                fields=("period", "position"),
                name="block_position_once_in_a_period",
                violation_error_message="Thứ tự này đã có khối khác; đề nghị tải lại.",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )
        triggers = (FrozenWithPeriod(OF_A_BLOCK_ROW),)

    def __str__(self):
        return self.name

    @property
    def whom(self) -> str:
        """Which units it is for, in words."""
        kinds = ", ".join(UnitKind(kind).label for kind in self.kinds) or "Đơn vị chọn từng tên"
        if self.handles_procedures is None:
            return kinds
        not_ = "" if self.handles_procedures else "không "
        return f"{kinds} {not_}trực tiếp giải quyết thủ tục hành chính"


class BlockUnitQuerySet(models.QuerySet):
    def waiting(self, period: int):
        """Those chosen in the period for whom no dossier has been made yet."""
        made = Unit.objects.filter(dossiers__period=period, pk=OuterRef("unit"))
        return self.filter(~Exists(made), period=period)


class BlockUnit(models.Model):
    """A unit chosen into a block. `period` repeats the block's, so that no unit is in two."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="chosen")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    objects = BlockUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị trong khối"
        verbose_name_plural = "đơn vị trong khối"
        ordering = ("block", "unit__position", "unit__code")
        constraints = (
            models.UniqueConstraint(
                fields=("period", "unit"),
                name="unit_in_one_block_of_a_period",
                violation_error_message="Đơn vị đã thuộc một khối khác của kỳ này.",
            ),
        )
        triggers = (FrozenWithPeriod(OF_A_BLOCK_ROW),)

    def __str__(self):
        return f"{self.unit} – {self.block}"


class PeriodEvent(LogEntry):
    """Opened, locked, unlocked, published: by whom, when, why."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="events")

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký kỳ đánh giá"
        verbose_name_plural = "nhật ký kỳ đánh giá"

    def __str__(self):
        return f"{self.period}: {self.verb}"

    @property
    def words(self) -> str:
        """What was done, in words."""
        return PERIOD_WORDS.get(self.verb, self.verb)
