"""Sets of criteria: the catalogue, and the copy that a block of a period owns."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Q, Value
from django.db.models.functions import Concat

from cchc_portal.kit.constraints import one_of
from scoring.models.frozen import OF_A_CRITERION, OF_A_SET, FrozenWithPeriod
from scoring.rules.answers import RuleFault, parse_rule
from scoring.rules.kinds import Level, Source
from scoring.rules.workflow import DossierState
from units.models.unit import Plain

CALLED = Concat("code", Value(" "), "title", output_field=models.TextField())
"""Code and title of a node in one text: it has one index."""


class CriteriaSetQuerySet(models.QuerySet):
    def catalogue(self):
        """Sets to copy from: those that no block owns, newest version first."""
        return self.filter(block=None).order_by("code", "-version")

    def newest(self):
        """The newest version of each catalogue set."""
        return self.filter(block=None).order_by("code", "-version").distinct("code")


class CriteriaSet(models.Model):
    """A tree of areas, criteria and components whose maxima sum to the set's own."""

    code = models.CharField("mã bộ tiêu chí", max_length=40)
    version = models.PositiveIntegerField("phiên bản", default=1)
    title = models.CharField("tên bộ tiêu chí", max_length=300)
    legal_basis = models.TextField("căn cứ", blank=True)
    source_note = models.TextField("nguồn", blank=True)
    maximum = models.DecimalField("tổng điểm tối đa", max_digits=7, decimal_places=3)
    digest = models.CharField(max_length=64, blank=True)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    block = models.OneToOneField(
        "scoring.Block",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="criteria_set",
    )

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ("code", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("code", "version"),
                condition=Q(block=None),
                name="criteria_set_version_once_in_the_catalogue",
            ),
            models.CheckConstraint(
                name="criteria_set_maximum_positive", condition=Q(maximum__gt=0)
            ),
        )
        triggers = (FrozenWithPeriod(OF_A_SET),)

    def __str__(self):
        return self.title


class CriterionQuerySet(models.QuerySet):
    def components(self):
        """The leaves, which bear answers and points."""
        return self.filter(level=Level.COMPONENT)

    def from_outside(self, **where):
        """Components that units do not assess themselves, with how many `units` they are of and
        for how many there is a figure, `settled` (one query). Excused units count for nothing."""
        assessed = ~Q(scores__dossier__state=DossierState.ABSENT) & Q(scores__isnull=False)
        told = Q(scores__verified_points__isnull=False) | Q(scores__not_applicable=True)
        return (
            self.components()
            .filter(**where)
            .exclude(source=Source.SELF)
            .annotate(
                units=Count("scores", filter=assessed),
                settled=Count("scores", filter=assessed & told),
            )
            .order_by("position")
        )

    def drawn(self):
        """Components that units assess themselves out of reported figures, in order: those whose
        rule names indicators (`drawn_from`)."""
        named = models.Q(rule__has_any_keys=["figure_numerator", "figure_items"])
        return self.components().filter(named, source=Source.SELF).order_by("position")

    def areas(self):
        """The top of the tree, in order."""
        return self.filter(level=Level.AREA)

    def at_desks(self, units):
        """Those of which some unit's row may be verified at one of the units: by owner, and by the
        assessor, whose are the owners' own."""
        return self.filter(
            models.Q(parent__ownership__unit__in=units)
            | models.Q(criteria_set__block__period__assessor__in=units)
        )

    def to_own(self, period):
        """The criteria of all blocks of the period, with owner and area, in the order of the tree
        (one query)."""
        nodes = self.filter(criteria_set__block__period=period, level=Level.CRITERION)
        return nodes.select_related("ownership__unit", "parent", "criteria_set__block").order_by(
            "criteria_set__block__position", "position"
        )

    def branches(self, block: int) -> dict[int, "Criterion"]:
        """Areas and criteria of the set a block owns, by key (one query)."""
        return self.exclude(level=Level.COMPONENT).filter(criteria_set__block=block).in_bulk()


class Criterion(models.Model):
    """One node: an area, a criterion, or a component with its answer rule."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    code = models.CharField("mã", max_length=20)
    key = models.CharField("khóa nối các năm", max_length=60, blank=True)
    title = models.CharField("tên", max_length=400)
    maximum = models.DecimalField("điểm tối đa", max_digits=7, decimal_places=3)
    position = models.PositiveIntegerField("thứ tự")
    source = models.CharField(
        "nguồn điểm", max_length=10, choices=Source.choices, default=Source.SELF
    )
    rule = models.JSONField("cách chấm", null=True, blank=True, encoder=DjangoJSONEncoder)
    evidence_expected = models.JSONField("minh chứng cần có", default=list, blank=True)
    not_applicable_allowed = models.BooleanField("có thể không áp dụng", default=False)
    assumed = models.BooleanField("điểm giả định", default=False)
    source_note = models.TextField("nguồn", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ("criteria_set", "position")
        indexes = (
            GinIndex(OpClass(Plain(CALLED), name="gin_trgm_ops"), name="criterion_called_plain"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("criteria_set", "code"), name="criterion_code_once_in_a_set"
            ),
            models.UniqueConstraint(
                fields=("criteria_set", "position"),
                name="criterion_position_once_in_a_set",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=("criteria_set", "key"),
                condition=~Q(key=""),
                name="criterion_key_once_in_a_set",
            ),
            models.CheckConstraint(
                name="criterion_maximum_positive",
                condition=Q(maximum__gt=0),
                violation_error_message="Điểm tối đa phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                name="criterion_rule_on_components_only",
                condition=Q(level=Level.COMPONENT, rule__isnull=False)
                | ~Q(level=Level.COMPONENT) & Q(rule__isnull=True),
            ),
            models.CheckConstraint(
                name="criterion_area_has_no_parent",
                condition=Q(level=Level.AREA, parent=None)
                | ~Q(level=Level.AREA) & Q(parent__isnull=False),
            ),
            one_of("level", Level, "criterion_level_known"),
            one_of("source", Source, "criterion_source_known"),
        )
        triggers = (FrozenWithPeriod(OF_A_CRITERION),)

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def rule_words(self) -> str:
        """Cách chấm, in words; empty for an area or a criterion, and for a rule that is faulty."""
        try:
            return parse_rule(self.rule).words(self.maximum) if self.rule else ""
        except RuleFault:
            return ""
