"""The lines of an edition: one unit's result each, frozen with the names of its day."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.db.models import Q

from cchc_portal.kit.constraints import together
from cchc_portal.kit.fractions import LongFractionField
from cchc_portal.kit.logbook import AppendOnly, NoTruncate
from reports.models.edition import Edition
from scoring.rules.campaign import LONGEST_TITLE
from scoring.rules.kinds import PeriodKind
from scoring.rules.points import percent
from scoring.rules.satisfaction import share_interval
from units.models import Unit
from units.models.unit import speaks_of

LONGEST_SURVEY = LONGEST_TITLE + 40
"""A campaign as `Campaign.named` names it: its title, its year and its days."""


class EditionResultQuerySet(models.QuerySet):
    def matching(self, words: str):
        """Lines whose unit is meant, by its name of the day or its code; diacritics ignored."""
        return self.filter(speaks_of(words, "unit_name", "unit_code"))

    def of_units(self, units: Iterable[int], kind: str):
        """What stands published about the units in years of the kind, not what was corrected since;
        oldest first, with edition and assessor (one query)."""
        standing = self.filter(unit__in=units, rank__isnull=False, edition__corrected_by=None)
        found = standing.filter(edition__kind=kind).select_related("edition__period__assessor")
        return found.defer("edition__criteria").order_by("edition__year", "edition", "position")

    def latest_of_each_unit(self):
        """What stands published last of the index of each unit, by issuer and in the order of
        its edition, with the edition (one query)."""
        standing = self.filter(edition__corrected_by=None, edition__kind=PeriodKind.INDEX)
        newest = standing.order_by("unit_id", "-edition__year", "-edition__published_at", "-pk")
        found = self.filter(pk__in=newest.distinct("unit_id").values("pk"))
        found = found.select_related("edition").defer("edition__criteria")
        return found.order_by("edition__issuer_name", "-edition__year", "edition", "position")

    def before(self, result: "EditionResult"):
        """What was published about the same unit for earlier years by the same assessor, of the
        same kind, newest first (one query)."""
        period = result.edition.period
        return (
            self.filter(
                unit=result.unit_id,
                edition__period__assessor=period.assessor_id,
                edition__period__kind=period.kind,
                edition__year__lt=result.edition.year,
                rank__isnull=False,
            )
            .select_related("edition")
            .defer("edition__criteria")
            .order_by("-edition__year", "-edition__published_at")
        )


class EditionResult(models.Model):
    """One unit's frozen line: names and block of the day, exact figures, rank, class, areas."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="results")
    position = models.PositiveIntegerField("thứ tự trong bản công bố")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="results")
    unit_code = models.CharField("mã đơn vị", max_length=32)
    unit_name = models.CharField("tên đơn vị", max_length=200)
    block_position = models.PositiveSmallIntegerField("thứ tự khối")
    block_name = models.CharField("khối", max_length=200)
    points = LongFractionField("điểm", null=True, blank=True)
    maximum = models.DecimalField("điểm tối đa", max_digits=7, decimal_places=3, null=True)
    percent = models.DecimalField("chỉ số (%)", max_digits=9, decimal_places=4, null=True)
    rank = models.PositiveIntegerField("xếp hạng", null=True)
    band = models.CharField("xếp loại", max_length=60, blank=True)
    areas = models.JSONField("điểm theo lĩnh vực", default=list)
    satisfied = models.PositiveIntegerField("số lượt hài lòng", null=True)
    rated = models.PositiveIntegerField("số lượt đánh giá", null=True)
    people = models.PositiveIntegerField("số người đánh giá, ít nhất", null=True)
    survey = models.CharField("đợt đo lường", max_length=LONGEST_SURVEY, blank=True)
    unranked_reason = models.CharField("vì sao không xếp hạng", max_length=120, blank=True)
    detail_digest = models.CharField("mã của chi tiết", max_length=64, blank=True)

    objects = EditionResultQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả đã công bố"
        verbose_name_plural = "kết quả đã công bố"
        ordering = ("edition", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "unit"), name="result_once_for_a_unit_in_an_edition"
            ),
            models.UniqueConstraint(
                fields=("edition", "position"), name="result_position_once_in_an_edition"
            ),
            # No ceiling: bonus points stand outside the maximum and may lift a unit above it.
            models.CheckConstraint(
                name="result_points_not_below_nought",
                condition=Q(points__isnull=True)
                | Q(points__numerator__gte=0, points__denominator__gt=0),
            ),
            models.CheckConstraint(
                name="result_is_whole",
                condition=Q(points=None, maximum=None, percent=None, rank=None, band="")
                & ~Q(unranked_reason="")
                | Q(
                    points__isnull=False,
                    maximum__isnull=False,
                    percent__isnull=False,
                    rank__gte=1,
                    unranked_reason="",
                )
                & ~Q(band=""),
            ),
            together("satisfied", "rated", name="result_satisfaction_is_whole"),
            models.CheckConstraint(
                name="result_people_are_those_who_rated",
                condition=Q(people=None)
                | Q(rated__isnull=False, people__gte=1, people__lte=models.F("rated")),
            ),
            models.CheckConstraint(
                name="result_survey_tells_how_many_people",
                condition=Q(survey="") | Q(people__isnull=False),
            ),
            models.CheckConstraint(
                name="result_detail_of_ranked_lines_only",
                condition=Q(detail_digest="")
                | Q(rank__isnull=False, detail_digest__regex="^[0-9a-f]{64}$"),
            ),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.unit_name}: {self.percent}"

    @property
    def satisfaction(self) -> Fraction | None:
        """Share of satisfied ratings in percent, exact; None where nobody was asked."""
        return percent(Decimal(self.satisfied), Decimal(self.rated)) if self.rated else None

    @property
    def satisfaction_interval(self) -> tuple[Decimal, Decimal] | None:
        """The 95 % interval around it in percent; None where it is not told how many people rated,
        as in editions of a form before the third."""
        if self.people is None or self.satisfied is None or self.rated is None:
            return None
        return share_interval(self.satisfied, self.rated, self.people)
