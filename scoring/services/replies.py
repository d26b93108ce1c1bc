"""How the replies of a dossier, and of a period, stand. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from scoring.models import Dossier, Explanation, Period, Score
from scoring.models.explanation import thread_of
from scoring.rules.reply import Standing, Thread
from scoring.rules.workflow import DossierState, ExplanationState


@dataclass
class Reply:
    """One changed component: how it stands, what was sent about it, what is being written."""

    score: Score
    thread: Thread
    standing: Standing
    sent: list[Explanation] = field(default_factory=list)
    writing: Explanation | None = None

    @property
    def begun(self) -> bool:
        """Whether something is written of it that would be sent."""
        return bool(self.writing and (self.writing.stance or self.writing.text))


def replies_of(dossier: Dossier, *, now: datetime) -> list[Reply]:
    """Every changed component of a verified dossier, in the order of the tree. Two queries.

    The dossier needs its period. A dossier that is not verified has none.
    """
    if dossier.state != DossierState.VERIFIED:
        return []
    rows = dossier.scores.changed().for_page()
    return _replies(dossier, rows, now)


def reply_of(score: Score, *, now: datetime) -> Reply | None:
    """One of them, where its verdict is told and differs. The score needs criterion and dossier."""
    dossier = score.dossier
    if dossier.state != DossierState.VERIFIED or not score.changed:
        return None
    return _replies(dossier, [score], now)[0]


def unsaid(period: Period, *, now: datetime) -> dict[Dossier, int]:
    """Dossiers whose units may still reply, each with the number of components. Three queries; of
    the components only the keys are read."""
    verified = period.dossiers.filter(state=DossierState.VERIFIED)
    dossiers = {one.pk: one for one in verified.select_related("unit").order_by("pk")}
    for dossier in dossiers.values():
        dossier.period = period
    sent = _sent(Explanation.objects.filter(score__dossier__period=period))
    rows = Score.objects.changed().filter(dossier__in=verified).order_by("dossier", "pk")
    counts = Counter(
        dossier
        for dossier, row in rows.values_list("dossier", "pk")
        if _thread(dossiers[dossier], sent.get(row, [])).standing(now) == Standing.UNSAID
    )
    return {dossiers[key]: number for key, number in counts.items()}


def waiting(period: Period) -> int:
    """How many explanations of the period wait for a decision."""
    return Explanation.objects.filter(
        score__dossier__period=period, state=ExplanationState.SENT
    ).count()


def _replies(dossier: Dossier, rows: Iterable[Score], now: datetime) -> list[Reply]:
    rows = list(rows)
    every = Explanation.objects.filter(score__in=[row.pk for row in rows])
    every = every.select_related("updated_by", "sent_by", "decided_by").order_by("number")
    sent = _sent(every)
    written = {one.score_id: one for one in every if one.state == ExplanationState.WRITING}
    found = []
    for row in rows:
        said = sent.get(row.pk, [])
        thread = _thread(dossier, said)
        found.append(Reply(row, thread, thread.standing(now), said, written.get(row.pk)))
    return found


def _thread(dossier: Dossier, said: list[Explanation]) -> Thread:
    current = [one for one in said if one.verified_at == dossier.verified_at]
    return thread_of(dossier, current[-1] if current else None)


def _sent(every: Iterable[Explanation]) -> dict[int, list[Explanation]]:
    """Score → what left the unit about it, oldest first."""
    found: dict[int, list[Explanation]] = defaultdict(list)
    for one in sorted(every, key=lambda one: (one.verified_at, one.number)):
        if one.state != ExplanationState.WRITING:
            found[one.score_id].append(one)
    return found
