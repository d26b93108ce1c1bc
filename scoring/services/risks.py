"""How risky components are: of one unit, or one of them across units. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Count

from cchc_portal.kit.numerals import as_fraction
from scoring.models import Dossier, Period, Score
from scoring.rules.risk import Assessed, Middle, Past, assess, middle_counted
from scoring.rules.workflow import DECIDED, SUBMITTED_ONCE, DossierState
from scoring.services.drawn_figures import Drawn, offered

KEPT_FOR = 24 * 3600
"""Seconds for which the middles of a block are kept."""


@dataclass(frozen=True)
class Risky:
    """What is known of one score: its reasons, the time before if there was one, and what the
    unit's own reports offer it."""

    risk: Assessed
    past: Past | None
    drawn: Drawn | None = None


def risks_of(scores: Iterable[Score], period: Period) -> Mapping[int, Risky]:
    """Score key → what is known of it, for scores of one block. Three queries, however many; one
    more where a component takes its answer from reported figures.

    The scores need their criterion, their dossier and their evidence. The middle of the block is
    that of everything handed in, whoever looks.
    """
    scores = list(scores)
    before = times_before(
        period,
        units={score.dossier.unit_id for score in scores},
        keys={score.criterion.key for score in scores},
    )
    middles = _middles_of_block(scores[0].dossier.block_id) if scores else {}
    found, reported = {}, offered(scores, period)
    for score in scores:
        past = before.get((score.dossier.unit_id, score.criterion.key))
        claim = score.claim(len(score.evidence.all()))
        middle = middles.get(score.criterion_id)
        drawn = reported.get(score.pk)
        other = drawn.answer_words if drawn and drawn.differs_from(score) else ""
        silent = drawn is not None and drawn.wants_reason_of(score)
        risk = assess(
            claim, score.maximum, past=past, middle=middle, reported=other, unreasoned=silent
        )
        found[score.pk] = Risky(risk, past, drawn)
    return found


def times_before(
    period: Period, *, units: Collection[int], keys: Collection[str]
) -> Mapping[tuple[int, str], Past]:
    """Unit and lineage key → the newest decided score of both, at the same assessor (one query)."""
    rows = (
        Score.objects.filter(
            criterion__key__in=[key for key in keys if key],
            dossier__unit__in=units,
            dossier__state=DossierState.VERIFIED,
            dossier__period__assessor=period.assessor_id,
            dossier__period__kind=period.kind,
            dossier__period__year__lt=period.year,
            dossier__period__state__in=DECIDED,
        )
        .order_by("dossier__period__year", "dossier__period__opens_on")
        .values_list(
            "dossier__unit",
            "criterion__key",
            "dossier__period__year",
            "self_points",
            "approved_points",
            "maximum",
        )
    )
    return {(unit, key): Past(*figures) for unit, key, *figures in rows}


def _middles_of_block(block: int) -> Mapping[int, Middle | None]:
    """Component key → the middle of what the units of the block give themselves.

    One query. What is handed in does not change at the desk, so that the middles are reckoned once
    for each set of dossiers that lie there (a second query) and then kept.
    """
    dossiers = Dossier.objects.filter(block=block, state__in=SUBMITTED_ONCE).order_by("pk")
    handed_in = list(dossiers.values_list("pk", "submitted_at"))
    key = f"middles:{block}:{sha256(repr(handed_in).encode()).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        kept = _reckoned(block)
        cache.set(key, kept, KEPT_FOR)
    return kept


def _reckoned(block: int) -> dict[int, Middle | None]:
    rows = (
        Score.objects.filter(
            dossier__block=block, dossier__state__in=SUBMITTED_ONCE, self_points__isnull=False
        )
        .order_by()
        .values_list("criterion", "self_points", "maximum")
        .annotate(units=Count("pk"))
    )
    shares: dict[int, Counter] = defaultdict(Counter)
    for component, points, maximum, units in rows:
        shares[component][points / as_fraction(maximum)] += units
    return {component: middle_counted(counted) for component, counted in shares.items()}
