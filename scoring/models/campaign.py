"""Campaigns of measuring satisfaction, their units, and the ratings brought in by file."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from cchc_portal.kit.constraints import in_order, one_of
from cchc_portal.kit.logbook import LogEntry, Sealed
from scoring.rules.campaign import (
    LONGEST_ASPECT,
    LONGEST_TITLE,
    MOST_ASPECTS,
    MOST_MINIMUM,
    USUAL_MARGIN,
    USUAL_MINIMUM,
    CampaignState,
    CampaignVerb,
)
from scoring.rules.satisfaction import Formula
from units.access import units_where
from units.models import Unit
from units.permissions import Permission

STEP_COLUMNS = ("very_good", "good", "fair", "bad", "very_bad")
BRINGS_IN = "bring_in"
CAMPAIGN_WORDS = dict(CampaignVerb.choices) | {BRINGS_IN: "Nhập số liệu từ tệp"}


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of units whose subordinates the person may see, and, once begun, those in which a
        unit of theirs is measured."""
        overseen = Q(assessor__in=units_where(user, Permission.SEE_BELOW))
        measured = CampaignUnit.objects.filter(unit__in=units_where(user, Permission.SEE_UNIT))
        own = Q(pk__in=measured.values("campaign"))
        return self.filter(overseen | own)

    def for_page(self):
        """With the assessor; newest first."""
        return self.select_related("assessor").order_by("-until", "-pk")

    def closed(self):
        """Those whose figures stand."""
        return self.filter(state=CampaignState.CLOSED)

    def of_shares(self, assessor: int, year: int):
        """Those of an assessor and year by shares: a mean of the scale is no share, so a survey
        component does not take it."""
        return self.filter(assessor=assessor, year=year, formula=Formula.SHARE)

    def before(self, campaign: "Campaign"):
        """The closed ones of the same assessor that ended before this one began, newest first."""
        earlier = self.closed().filter(assessor=campaign.assessor_id, until__lt=campaign.begins)
        return earlier.order_by("-until", "-pk")

    def state_kept(self, pk: int) -> str:
        """Its state, which nobody changes until the transaction ends; readers do not wait for one
        another (FOR SHARE, which the mapper does not know)."""
        with connection.cursor() as cursor:
            cursor.execute("select state from scoring_campaign where id = %s for share", [pk])
            return cursor.fetchone()[0]

    def hold(self, pk: int) -> "Campaign":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Campaign(models.Model):
    """Đợt đo lường: whose units, when, by which formula, of which aspects, and from how many people
    on a figure is shown. All but its state is fixed once it has begun (by the service)."""

    assessor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="campaigns", verbose_name="cơ quan đo lường"
    )
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(2010), MaxValueValidator(2100)]
    )
    title = models.CharField("tên đợt", max_length=LONGEST_TITLE)
    begins = models.DateField("từ ngày")
    until = models.DateField("đến ngày")
    formula = models.CharField(
        "công thức", max_length=10, choices=Formula.choices, default=Formula.SHARE
    )
    aspects = ArrayField(
        models.CharField(max_length=LONGEST_ASPECT), size=MOST_ASPECTS, verbose_name="khía cạnh"
    )
    minimum = models.PositiveSmallIntegerField(
        "số người tối thiểu để hiện kết quả",
        default=USUAL_MINIMUM,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINIMUM)],
    )
    margin = models.DecimalField(
        "sai số cho phép (%)", max_digits=4, decimal_places=2, default=Decimal(USUAL_MARGIN)
    )
    state = models.CharField(
        "trạng thái", max_length=12, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt đo lường sự hài lòng"
        verbose_name_plural = "đợt đo lường sự hài lòng"
        ordering = ("-until", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("assessor", "year", "title"),
                condition=~Q(state=CampaignState.CANCELLED),
                name="campaign_once",
                violation_error_message="Năm này đã có đợt đo lường cùng tên.",
            ),
            models.CheckConstraint(name="campaign_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="campaign_has_aspects",
                condition=Q(aspects__len__gte=1, aspects__len__lte=MOST_ASPECTS),
            ),
            models.CheckConstraint(
                name="campaign_minimum_in_range",
                condition=Q(minimum__gte=1, minimum__lte=MOST_MINIMUM),
            ),
            models.CheckConstraint(
                name="campaign_margin_in_range", condition=Q(margin__gt=0, margin__lte=50)
            ),
            in_order(
                "begins",
                "until",
                name="campaign_days_in_order",
                message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            one_of("state", CampaignState, "campaign_state_known"),
            one_of("formula", Formula, "campaign_formula_known"),
        )

    def __str__(self):
        return self.title

    @property
    def named(self) -> str:
        """Its title, year and days, as they are written beside a figure that is taken from it."""
        when = "" if str(self.year) in self.title else f" năm {self.year}"
        return f"“{self.title}”{when} ({self.begins:%d/%m/%Y} – {self.until:%d/%m/%Y})"

    def over_on(self, day: date) -> bool:
        """Whether its last day has passed on that day; its state may still be open."""
        return day > self.until

    def ahead_on(self, day: date) -> bool:
        """Whether its first day is still to come on that day; slips may have been printed."""
        return day < self.begins

    @property
    def closed_on(self) -> date | None:
        """The day on which it was ended for good, where it was."""
        closed = self.events.filter(verb=CampaignVerb.CLOSE).order_by("-pk").first()
        return timezone.localdate(closed.happened_at) if closed else None


class CampaignUnit(models.Model):
    """A unit that is measured. `dealings` is how many dealings it finished, where told."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="measured")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    dealings = models.PositiveIntegerField("số hồ sơ đã giải quyết", null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "đơn vị được đo lường"
        verbose_name_plural = "đơn vị được đo lường"
        constraints = (
            models.UniqueConstraint(fields=("campaign", "unit"), name="measured_once_a_campaign"),
        )

    def __str__(self):
        return f"{self.unit_id} – {self.campaign_id}"


class RatingCount(models.Model):
    """How often each step was given to one aspect of a unit, as a file said."""

    measured = models.ForeignKey(CampaignUnit, on_delete=models.CASCADE, related_name="counts")
    aspect = models.PositiveSmallIntegerField("khía cạnh thứ")
    very_good = models.PositiveIntegerField("rất hài lòng", default=0)
    good = models.PositiveIntegerField("hài lòng", default=0)
    fair = models.PositiveIntegerField("bình thường", default=0)
    bad = models.PositiveIntegerField("không hài lòng", default=0)
    very_bad = models.PositiveIntegerField("rất không hài lòng", default=0)

    class Meta:
        verbose_name = "số lượt đánh giá"
        verbose_name_plural = "số lượt đánh giá"
        constraints = (
            models.UniqueConstraint(fields=("measured", "aspect"), name="count_once_an_aspect"),
        )

    def __str__(self):
        return f"{self.measured_id}.{self.aspect}"


class RatingUpload(models.Model):
    """What an uploaded table says, as it was read: `rows` of `scoring/rules/ratings_file.py`."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField("tên tệp", max_length=200)
    rows = models.JSONField("các đơn vị", encoder=DjangoJSONEncoder)
    uploaded_at = models.DateTimeField("thời điểm đưa lên", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "tệp lượt đánh giá"
        verbose_name_plural = "tệp lượt đánh giá"
        ordering = ("-pk",)
        triggers = (Sealed(),)

    def __str__(self):
        return f"{self.file_name} – {self.campaign_id}"


class CampaignEvent(LogEntry):
    """One move of a campaign, or figures brought into it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="events")

    class Meta(LogEntry.Meta):
        verbose_name = "sự kiện của đợt đo lường"
        verbose_name_plural = "sự kiện của đợt đo lường"

    def __str__(self):
        return f"{self.verb} – {self.campaign_id}"

    @property
    def words(self) -> str:
        """What happened."""
        return str(CAMPAIGN_WORDS.get(self.verb, self.verb))
