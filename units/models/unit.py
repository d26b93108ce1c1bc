"""Units: who there was on any day, under which name, below whom."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models import CheckConstraint, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import Contains

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.lifetimes import last_day, lifetime, on_day
from cchc_portal.kit.logbook import LogEntry
from units.kinds import CERTAINTY, UnitKind, UnitVerb
from units.names import TIDY


class Plain(Func):
    """Lower case without diacritics, đ as d: how people type when they search."""

    function = "vn_plain"
    output_field = models.TextField()


def speaks_of(words: str, *columns: str | Combinable) -> Q:
    """Rows in which every word stands in one of the columns or expressions, diacritics and case
    ignored."""
    wanted = Q()
    for word in words.split():
        plain = Plain(Value(word))
        somewhere = Q()
        for column in columns:
            somewhere |= Q(Contains(Plain(F(column) if isinstance(column, str) else column), plain))
        wanted &= somewhere
    return wanted


def tidy_name(name: str) -> CheckConstraint:
    """The column `name` holds composed letters and single spaces, also when written by SQL."""
    composed = Func(F("name"), function="normalize", output_field=models.TextField())
    return CheckConstraint(
        name=name,
        condition=Q(name__regex=TIDY) & Q(name=composed),
        violation_error_message="Tên đơn vị có khoảng trắng thừa hoặc dấu chưa ghép với chữ.",
    )


class UnitQuerySet(models.QuerySet):
    def hold(self, *keys: int) -> list["Unit"]:
        """Locks the whole tree against other changes until the end of the transaction, then
        reads these units in the order given. A tree changes seldom and what keeps it sound
        (no circle, no child without a parent, one bearer of a code) reaches over many rows."""
        with connection.cursor() as cursor:
            cursor.execute("lock table units_unitspell in share row exclusive mode")
        held = self.in_bulk(keys)
        return [held[key] for key in keys]

    def in_force_on(self, day: date):
        """Units that existed on the day."""
        return self.filter(on_day(day))

    def in_force_in(self, year: int):
        """Units that existed on some day of the year."""
        return self.filter(in_force__overlap=lifetime(date(year, 1, 1), date(year, 12, 31)))

    def children_on(self, parent: "Unit", day: date):
        """Units directly below the parent on the day, by the spells of that day."""
        below = UnitSpell.objects.filter(on_day(day), parent=parent)
        return self.in_force_on(day).filter(pk__in=below.values("unit"))

    def as_on(self, day: date):
        """Adds name_then, parent_then, handles_then: what held on the day (one query)."""
        spell = UnitSpell.objects.filter(on_day(day), unit=OuterRef("pk"))
        return self.annotate(
            name_then=Subquery(spell.values("name")[:1]),
            parent_then=Subquery(spell.values("parent")[:1]),
            handles_then=Subquery(spell.values("handles_procedures")[:1]),
        )

    def matching(self, words: str):
        """Units whose latest name, or whose code, holds all the words, diacritics and case ignored.

        Each of the two columns has its index, so a few words are found without reading the table.
        """
        return self.filter(speaks_of(words, "name") | speaks_of(words, "code"))


class Unit(models.Model):
    """A unit from its founding to its end. Columns hold its latest name, parent and function;
    `UnitSpell` holds them for every day of its life."""

    code = models.CharField("mã đơn vị", max_length=32)
    name = models.CharField("tên đơn vị", max_length=200)
    kind = models.CharField("loại đơn vị", max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="đơn vị cấp trên trực tiếp",
    )
    handles_procedures = models.BooleanField(
        "trực tiếp giải quyết thủ tục hành chính", default=False
    )
    position = models.PositiveIntegerField("thứ tự", default=0)
    gso_code = models.CharField("mã thống kê", max_length=10, blank=True)
    in_force = DateRangeField("thời gian tồn tại")
    basis = models.TextField("căn cứ", blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ("position", "code")
        constraints = (
            ExclusionConstraint(
                name="unit_code_borne_by_one_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
                violation_error_message="Mã đơn vị này đang được đơn vị khác sử dụng.",
            ),
            models.CheckConstraint(
                name="unit_not_its_own_parent",
                condition=~Q(parent=F("id")),
                violation_error_message="Đơn vị không thể trực thuộc chính mình.",
            ),
            models.CheckConstraint(
                name="unit_lifetime_not_empty", condition=Q(in_force__isempty=False)
            ),
            one_of("kind", UnitKind, "unit_kind_known"),
            tidy_name("unit_name_is_tidy"),
            models.CheckConstraint(
                name="unit_code_is_one_word",
                condition=Q(code__regex=r"^\S+$"),
                violation_error_message="Mã đơn vị không được để trống hoặc có khoảng trắng.",
            ),
        )
        indexes = (
            GinIndex(OpClass(Plain("name"), name="gin_trgm_ops"), name="unit_name_plain"),
            GinIndex(OpClass(Plain("code"), name="gin_trgm_ops"), name="unit_code_plain"),
        )

    def __str__(self):
        return self.name

    @property
    def last_on(self) -> date | None:
        """The last day of its life, or None while it exists."""
        return last_day(self.in_force)

    @property
    def certainty(self) -> str:
        """How sure the facts loaded from a file are, in words; empty for others."""
        first_word = self.basis.replace(":", " ").partition(" ")[0]
        return CERTAINTY.get(first_word, "")


class UnitSpellQuerySet(models.QuerySet):
    def in_force_on(self, day: date):
        """What held on the day: one row for each unit that existed."""
        return self.filter(on_day(day))

    def matching(self, words: str):
        """Stretches whose name, or the code of the unit, holds all the words."""
        by_name = UnitSpell.objects.filter(speaks_of(words, "name")).values("pk")
        by_code = Unit.objects.filter(speaks_of(words, "code")).values("pk")
        return self.filter(Q(pk__in=by_name) | Q(unit__in=by_code))

    def in_tree_order(self):
        """As units stand among their neighbours."""
        return self.order_by("unit__position", "unit__code", "in_force")


class UnitSpell(models.Model):
    """One stretch of a unit's life under one name, one parent and one function."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="spells")
    name = models.CharField("tên đơn vị", max_length=200)
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="spells_below"
    )
    handles_procedures = models.BooleanField(
        "trực tiếp giải quyết thủ tục hành chính", default=False
    )
    in_force = DateRangeField("thời gian")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)

    objects = UnitSpellQuerySet.as_manager()

    class Meta:
        verbose_name = "giai đoạn của đơn vị"
        verbose_name_plural = "giai đoạn của đơn vị"
        ordering = ("unit", "in_force")
        constraints = (
            ExclusionConstraint(
                name="unit_has_one_spell_a_day",
                expressions=[("unit", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(name="spell_not_below_itself", condition=~Q(parent=F("unit"))),
            models.CheckConstraint(name="spell_not_empty", condition=Q(in_force__isempty=False)),
            tidy_name("spell_name_is_tidy"),
        )
        indexes = (GinIndex(OpClass(Plain("name"), name="gin_trgm_ops"), name="spell_name_plain"),)

    def __str__(self):
        return self.name

    @property
    def last_on(self) -> date | None:
        """The last day of the spell, or None while it goes on."""
        return last_day(self.in_force)


class SuccessionQuerySet(models.QuerySet):
    def origins_of(self, units: Iterable[int], day: date) -> dict[int, dict[int, str]]:
        """Unit → key and last name of each one it had succeeded by the day (one query)."""
        told = self.filter(successor__in=units, happened_on__lte=day)
        columns = ("successor", "predecessor", "predecessor__name")
        found: dict[int, dict[int, str]] = {}
        for successor, predecessor, name in told.values_list(*columns):
            found.setdefault(successor, {})[predecessor] = name
        return found


class Succession(models.Model):
    """Into whom a unit went when it ended: one or several successors."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    happened_on = models.DateField("ngày kế thừa")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        ordering = ("happened_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"), name="succession_told_once"
            ),
            models.CheckConstraint(
                name="nobody_succeeds_themselves", condition=~Q(predecessor=F("successor"))
            ),
        )

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"


class UnitEvent(LogEntry):
    """Founded, renamed, moved, closed, merged: by whom, on which decision, from which day.

    Loading a file of units knows neither a decision nor one day."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="events")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    effective_on = models.DateField("có hiệu lực từ ngày", null=True, blank=True)

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký đơn vị"
        verbose_name_plural = "nhật ký đơn vị"
        constraints = (one_of("verb", UnitVerb, "unit_event_verb_known"),)

    def __str__(self):
        return f"{self.unit}: {self.words}"

    @property
    def words(self) -> str:
        """What happened, in words."""
        return UnitVerb(self.verb).label
