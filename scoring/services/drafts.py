"""What was typed and not accepted: kept as a draft, taken up by a later save, or dropped by hand.

A draft never counts. One is left for each pen; the words of one that somebody drops stay in the
log, so that nothing typed is ever gone without a trace.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from scoring.access import require_pen
from scoring.models import Dossier, DossierEvent, Draft, Score, ScoreChange
from scoring.rules.answers import parse_rule
from scoring.rules.kinds import Hindrance
from scoring.rules.stroke import Stroke
from scoring.rules.typed import Typed, in_one, lines_of_a_dossier, lines_of_a_score
from units.models import User

DROPPED = "self_draft"
NO_PEN = Stroke(UUID(int=0), 0)
"""Of a page without script, which sends each text once and numbers nothing."""


@transaction.atomic
def keep(
    place: Score | Dossier,
    *,
    by: User,
    typed: Typed,
    hindrance: Hindrance,
    sentence: str,
    seen_version: int,
    stroke: Stroke | None,
) -> None:
    """Keeps what the person typed for a score, or for the words of the dossier.

    The pen's earlier draft, and the one it went on from, are what it has typed on: they give way.
    A text that comes late, after a newer one of its pen, is not taken. Raises PermissionDenied.
    """
    dossier, score = _held(place)
    require_pen(by, dossier)
    stroke = stroke or NO_PEN
    before = Draft.objects.gone_on_from(stroke, by=by, dossier=dossier, score=score)
    later = before.filter(pen=stroke.pen, stroke__gt=stroke.number)
    if stroke.repeats((score or dossier).last_stroke) or later.exists():
        return
    before.delete()
    Draft.objects.create(
        dossier=dossier,
        score=score,
        by=by,
        pen=stroke.pen,
        stroke=stroke.number,
        seen_version=seen_version,
        fields={name: [_printable(text) for text in texts] for name, texts in typed.items()},
        hindrance=hindrance,
        sentence=sentence,
        typed_at=timezone.now(),
    )


def let_go(dossier: Dossier, score: Score | None, *, by: User, stroke: Stroke | None) -> None:
    """The pen's draft has become what is stored. For the service that stores it."""
    gone = Draft.objects.gone_on_from(stroke or NO_PEN, by=by, dossier=dossier, score=score)
    gone.delete()


@transaction.atomic
def drop(draft: Draft, *, by: User) -> None:
    """The person does without a draft of their own. Raises PermissionDenied."""
    dossier, score = _held(draft.score or draft.dossier)
    require_pen(by, dossier)
    for held in Draft.objects.filter(pk=draft.pk, by=by):
        _drop(held, dossier, score, by=by)


@transaction.atomic
def take_theirs(place: Score | Dossier, *, by: User, typed: Typed, stroke: Stroke | None) -> None:
    """The person chose what somebody else has stored: their own text goes into the log.

    Raises PermissionDenied.
    """
    dossier, score = _held(place)
    require_pen(by, dossier)
    waiting = Draft.objects.gone_on_from(stroke or NO_PEN, by=by, dossier=dossier, score=score)
    left = [draft.fields for draft in waiting]
    if not left:
        return  # chosen already: the answer was lost on its way
    waiting.delete()
    for words in [dict(typed), *(fields for fields in left if fields != typed)]:
        _log(dossier, score, words, by=by)


def _held(place: Score | Dossier) -> tuple[Dossier, Score | None]:
    if isinstance(place, Score):
        return Dossier.objects.hold(place.dossier_id), Score.objects.hold(place.pk)
    return Dossier.objects.hold(place.pk), None


def _drop(draft: Draft, dossier: Dossier, score: Score | None, *, by: User) -> None:
    _log(dossier, score, draft.fields, by=by)
    draft.delete()


def _log(dossier: Dossier, score: Score | None, typed: Typed, *, by: User) -> None:
    said = {name: [_printable(text) for text in texts] for name, texts in typed.items()}
    if score is None:
        words = in_one(lines_of_a_dossier(said))
        DossierEvent.objects.create(dossier=dossier, verb=DROPPED, by=by, comment=words)
    else:
        words = in_one(lines_of_a_score(parse_rule(score.criterion.rule), said))
        ScoreChange.objects.create(
            score=score, column=DROPPED, before=words, after="", changed_by=by
        )


def _printable(text: str) -> str:
    """PostgreSQL keeps no NUL in text: its picture stands for it."""
    return text.replace("\r\n", "\n").replace("\0", "\N{SYMBOL FOR NULL}")
