"""What the log of a period is made of: one source for each table that keeps events.

To add one: subclass `LogSource`, and name it in `SOURCES` of scoring/services/log.py; that line is
all. The page, its filters and the two files ask every source the same and know none by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Value

from scoring.models.dossier import DossierEvent
from scoring.models.period import PERIOD_WORDS, Period, PeriodEvent
from scoring.models.score_change import ScoreChange
from scoring.models.second_mark_reads import accepted_among
from scoring.rules.answers import RuleFault, parse_rule
from scoring.rules.history import LABELS, OF_THE_ASSESSOR, told
from scoring.rules.kinds import Door
from scoring.rules.log import Asked, Entry
from scoring.rules.workflow import BESIDE_THE_MOVES, DossierVerb

LINE = ("log_at", "log_source", "log_key")
"""What every source is reduced to, so that they can be united and sorted."""

UNKNOWN = "Hệ thống"


class LogSource:
    """One table of events. Its fields are named as the table's lookups have them.

    `title`: the heading of its kinds in the filter; `kinds`: value of the field `kind` → words,
    other values are not part of the log; `unit` is empty where events are of no unit, `verdict_of`
    where they tell no verdict on a score, `accepted_of` (the way to the scores) where none of them
    tells of rows accepted together; `texts` are searched for words.
    """

    name: str
    title: str
    kinds: Mapping[str, str]
    model: type[Model]
    at, by, kind = "happened_at", "by", "verb"
    period: str
    unit = verdict_of = accepted_of = ""
    texts: tuple[str, ...] = ("comment",)

    def within(self, period: Period) -> QuerySet:
        """Every row of the period that the log may tell of."""
        of_the_period = {self.period: period, f"{self.kind}__in": list(self.kinds)}
        return self.model.objects.filter(**of_the_period).order_by()

    def entries(self, period: Period) -> QuerySet:
        """The rows that are an entry each."""
        return self.within(period)

    def tell(self, keys: Iterable[int]) -> dict[int, Entry]:
        """The entries of these rows, in as many queries whatever their number."""
        raise NotImplementedError

    def says(self, text: str) -> Q:
        """Which rows have the words: in their texts, the name of their kind, or their unit's."""
        named = [key for key, label in self.kinds.items() if text.casefold() in label.casefold()]
        found = Q(**{f"{self.kind}__in": named})
        for field in (*self.texts, *([f"{self.unit}__name"] if self.unit else [])):
            found |= Q(**{f"{field}__icontains": text})
        return found

    def key_of(self, kind: str) -> str:
        """A kind as the address of the page names it."""
        return f"{self.name}-{kind}"

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """The kinds for a filter."""
        return [(self.key_of(kind), label) for kind, label in self.kinds.items()]

    def narrowed(self, period: Period, asked: Asked) -> QuerySet | None:
        """What of the source answers to the filters; None where nothing can."""
        if asked.unit and not self.unit:
            return None
        if asked.kind and asked.kind not in map(self.key_of, self.kinds):
            return None
        where: dict[str, Any] = {
            self.kind: asked.kind.removeprefix(f"{self.name}-") or None,
            self.unit: asked.unit,
            self.by: asked.person,
            f"{self.at}__gte": asked.since,
            f"{self.at}__lt": asked.before,
        }
        found = self.entries(period).filter(**{key: v for key, v in where.items() if key and v})
        return found.filter(self.says(asked.text)) if asked.text else found

    def lines(
        self, period: Period, asked: Asked, number: int, kept: QuerySet | None = None
    ) -> QuerySet | None:
        """The same as `LINE`: moment, number of the source, key; without verdicts on the scores
        that are kept."""
        found = self.narrowed(period, asked)
        if found is None:
            return None
        if self.verdict_of and kept is not None:
            found = found.exclude(**{f"{self.verdict_of}__in": kept})
        if self.accepted_of and kept is not None:
            found = found.exclude(accepted_among(kept, self.accepted_of))
        named = found.annotate(
            log_at=F(self.at), log_source=Value(number, IntegerField()), log_key=F("pk")
        )
        return named.values_list(*LINE)


class PeriodLog(LogSource):
    """What was done to the period as a whole: prepared, opened, assigned, locked, published…"""

    name, title = "period", "Kỳ đánh giá"
    kinds = PERIOD_WORDS
    model, period = PeriodEvent, "period"
    accepted_of = "period__dossiers__scores"

    def tell(self, keys: Iterable[int]) -> dict[int, Entry]:
        rows = PeriodEvent.objects.filter(pk__in=keys).select_related("by")
        return {
            row.pk: Entry(row.happened_at, _named(row.by), row.words, "", "", row.comment)
            for row in rows
        }


class DossierLog(LogSource):
    """What was done to a dossier: handed in, returned, extended, verified, replied, decided…"""

    name, title = "dossier", "Hồ sơ"
    kinds = dict(DossierVerb.choices) | BESIDE_THE_MOVES
    model, period, unit = DossierEvent, "dossier__period", "dossier__unit"
    accepted_of = "dossier__scores"

    def tell(self, keys: Iterable[int]) -> dict[int, Entry]:
        rows = DossierEvent.objects.filter(pk__in=keys).select_related("by", "dossier__unit")
        return {row.pk: self._entry(row) for row in rows}

    def _entry(self, row: DossierEvent) -> Entry:
        place = ("scoring:dossier-submissions", row.dossier_id)
        unit = row.dossier.unit.name
        return Entry(row.happened_at, _named(row.by), row.words, unit, "", row.comment, place)


@dataclass(frozen=True)
class _Verdict:
    first: ScoreChange
    lines: list[ScoreChange]


class VerdictLog(LogSource):
    """Verdicts given, changed, taken back. One writing is several lines of a score's log: the
    entry is the first of them."""

    name, title = "verdict", "Kết quả thẩm định"
    kinds = {
        Door.PAGE.value: "Ghi kết quả thẩm định",
        Door.IMPORT.value: "Nhập kết quả từ tệp",
        Door.EXCEL.value: "Ghi kết quả từ tệp Excel",
        Door.REPORTED.value: "Kết quả thôi giữ vì lấy lại số liệu báo cáo",
        Door.OUTSIDE.value: "Kết quả đổi ngoài cổng",
    }
    model, period, unit = ScoreChange, "score__dossier__period", "score__dossier__unit"
    at, by, kind, verdict_of = "changed_at", "changed_by", "door", "score"
    texts = ("score__criterion__title", "score__criterion__code")

    def within(self, period: Period) -> QuerySet:
        return super().within(period).filter(column__in=OF_THE_ASSESSOR)

    def entries(self, period: Period) -> QuerySet:
        earlier = self._same_writing().filter(pk__lt=OuterRef("pk"))
        return self.within(period).filter(~Exists(earlier))

    def says(self, text: str) -> Q:
        words = Q(before__icontains=text) | Q(after__icontains=text)
        return super().says(text) | Q(Exists(self._same_writing().filter(words)))

    def tell(self, keys: Iterable[int]) -> dict[int, Entry]:
        firsts = ScoreChange.objects.filter(pk__in=keys).select_related(
            "changed_by", "score__criterion", "score__dossier__unit"
        )
        verdicts = {(row.score_id, row.transaction): _Verdict(row, []) for row in firsts}
        lines = ScoreChange.objects.filter(
            score__in={score for score, _ in verdicts},
            transaction__in={writing for _, writing in verdicts},
            column__in=OF_THE_ASSESSOR,
        )
        for line in lines.order_by("pk"):
            if found := verdicts.get((line.score_id, line.transaction)):
                found.lines.append(line)
        return {one.first.pk: self._entry(one) for one in verdicts.values()}

    def _entry(self, verdict: _Verdict) -> Entry:
        first, score = verdict.first, verdict.first.score
        order = list(LABELS)
        lines = sorted(verdict.lines, key=lambda line: order.index(line.column))
        return Entry(
            at=first.changed_at,
            by=_named(first.changed_by),
            kind=self.kinds[first.door],
            unit=score.dossier.unit.name,
            subject=f"{score.criterion.code} {score.criterion.title}",
            words="; ".join(_told(line, score.criterion.rule) for line in lines),
            place=("scoring:score-history", score.pk),
        )

    def _same_writing(self) -> QuerySet:
        return ScoreChange.objects.order_by().filter(
            score=OuterRef("score"),
            transaction=OuterRef("transaction"),
            column__in=OF_THE_ASSESSOR,
        )


def _told(line: ScoreChange, rule: Any) -> str:
    try:
        one = told(line.column, line.before, line.after, parse_rule(rule))
    except RuleFault:
        return f"{LABELS[line.column]}: {line.after}"
    if one.long:
        return f"{one.label}: {one.after or 'bỏ'}"
    return f"{one.label}: {one.before} → {one.after}"


def _named(person: object) -> str:
    return str(person) if person else UNKNOWN
