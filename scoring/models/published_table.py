"""Result tables published before the portal existed: kept as printed, ranked by our rules."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from scoring.models.ranking_rules import RankingRules
from units.models import Unit
from units.models.unit import speaks_of


def as_printed(label: str, **options) -> models.DecimalField:
    """A figure as a table prints it, to its last decimal."""
    return models.DecimalField(label, max_digits=30, decimal_places=15, **options)


class PublishedTableQuerySet(models.QuerySet):
    def of(self, assessor: Unit, year: int):
        """Tables of the assessor and the year, in the order they were brought in."""
        return self.filter(assessor=assessor, year=year).order_by("pk")

    def matching(self, words: str):
        """Those whose title, source or assessor hold all the words, diacritics and case ignored."""
        return self.filter(speaks_of(words, "title", "source_name", "assessor__name"))

    def for_page(self):
        """With the assessor's name and how many rows there are, newest year first."""
        counted = self.select_related("assessor").annotate(row_count=models.Count("rows"))
        return counted.order_by("-year", "title", "pk")


class PublishedTable(RankingRules):
    """One imported table, told apart by assessor, year and title."""

    assessor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="published_tables", verbose_name="cơ quan"
    )
    year = models.PositiveSmallIntegerField("năm đánh giá")
    title = models.CharField("tên bảng kết quả", max_length=200)
    source_name = models.CharField("tệp nguồn", max_length=200)
    source_digest = models.CharField(max_length=64)
    part_names = ArrayField(
        models.CharField(max_length=200), verbose_name="điểm thành phần", default=list, blank=True
    )
    band_words = models.JSONField("xếp loại in bằng lời khác", default=dict, blank=True)
    imported_at = models.DateTimeField("thời điểm nhập", auto_now_add=True)

    objects = PublishedTableQuerySet.as_manager()

    class Meta(RankingRules.Meta):
        verbose_name = "bảng kết quả nhập từ tài liệu"
        verbose_name_plural = "bảng kết quả nhập từ tài liệu"
        ordering = ("-year", "title")
        constraints = (
            *RankingRules.Meta.constraints,
            models.UniqueConstraint(
                fields=("assessor", "year", "title"), name="published_table_title_once_a_year"
            ),
        )

    def __str__(self):
        return self.title


class PublishedRowQuerySet(models.QuerySet):
    def of_units(self, units: Iterable[int]):
        """Percentages printed for the units, oldest first, with table and assessor (one query)."""
        told = self.filter(unit__in=units, printed_percent__isnull=False)
        return told.select_related("table__assessor").order_by("table__year", "table", "line")

    def before(self, unit: int, period, *, first: int):
        """Percentages printed for the unit by the period's assessor, from the first year until the
        one before, newest first (one query)."""
        return (
            self.filter(
                unit=unit,
                table__assessor=period.assessor_id,
                table__year__gte=first,
                table__year__lt=period.year,
                printed_percent__isnull=False,
            )
            .select_related("table")
            .order_by("-table__year", "pk")
        )

    def of_the_last_year_before(self, period):
        """The rows with a percentage that the period's assessor printed for the newest earlier
        year, each with its table (one query)."""
        known = self.filter(unit__isnull=False, printed_percent__isnull=False)
        earlier = known.filter(table__assessor=period.assessor_id, table__year__lt=period.year)
        newest = earlier.order_by("-table__year").values("table__year")[:1]
        return earlier.filter(table__year=models.Subquery(newest)).select_related("table")


class PublishedRow(models.Model):
    """One line of the table. Empty cells are unknown, not zero; `parts` holds figures as text."""

    table = models.ForeignKey(PublishedTable, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("dòng")
    block = models.CharField("khối", max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="published_rows"
    )
    unit_name = models.CharField("đơn vị", max_length=200)
    points = as_printed("điểm", null=True, blank=True)
    maximum = as_printed("điểm tối đa")
    printed_percent = as_printed("tỷ lệ đã công bố (%)", null=True, blank=True)
    printed_rank = models.PositiveIntegerField("hạng đã công bố", null=True, blank=True)
    printed_band = models.CharField("xếp loại đã công bố", max_length=60, blank=True)
    parts = models.JSONField("điểm thành phần", default=dict, blank=True)

    objects = PublishedRowQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng kết quả"
        verbose_name_plural = "dòng kết quả"
        ordering = ("table", "line")
        constraints = (
            models.UniqueConstraint(fields=("table", "line"), name="published_row_line_once"),
            models.CheckConstraint(
                name="published_row_maximum_positive", condition=Q(maximum__gt=0)
            ),
        )

    def __str__(self):
        return self.unit_name
