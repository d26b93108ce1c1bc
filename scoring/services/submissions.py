"""Every handing in, kept as it was: written once, read back, compared."""

from collections.abc import Iterable, Mapping
from typing import Any

from scoring.models import Criterion, Dossier, Evidence, Submission, SubmittedScore
from scoring.rules.answers import parse_answer, parse_rule
from scoring.rules.changes import Change, Piece, Said, changes
from scoring.rules.kinds import Source


def keep(dossier: Dossier) -> Submission:
    """Freezes all that the unit says in a dossier that has just been handed in and is held.

    For the service that hands in, inside its transaction. Documents are kept by their words of
    this moment, since a pointer may be taken off later.
    """
    submission = Submission.objects.create(
        dossier=dossier,
        number=dossier.submissions.count() + 1,
        submitted_at=dossier.submitted_at,
        submitted_by=dossier.submitted_by,
        difficulties=dossier.difficulties,
        proposals=dossier.proposals,
    )
    own = dossier.scores.filter(criterion__source=Source.SELF)
    SubmittedScore.objects.bulk_create(
        SubmittedScore(
            submission=submission,
            score=score,
            answer=score.self_answer,
            points=score.self_points,
            not_applicable=score.self_not_applicable,
            note=score.self_note,
            evidence=[_line(piece) for piece in score.evidence.all()],
        )
        for score in own.for_sheet()
    )
    return submission


def said_in(submission: Submission) -> dict[int, Said]:
    """Score → what was said of it in one handing in, in order. One query."""
    rows = submission.scores.select_related("score__criterion")
    return {
        row.score_id: Said(
            answer=_words(row.score.criterion, row.answer),
            points=row.points,
            not_applicable=row.not_applicable,
            note=row.note,
            pieces=_pieces(row.evidence),
        )
        for row in rows.order_by("score__criterion__position")
    }


def said_now(dossier: Dossier) -> dict[int, Said]:
    """Score → what the dossier says of it at this moment, in order. Three queries."""
    own = dossier.scores.filter(criterion__source=Source.SELF)
    return {
        score.pk: Said(
            answer=_words(score.criterion, score.self_answer),
            points=score.self_points,
            not_applicable=score.self_not_applicable,
            note=score.self_note,
            pieces=_pieces(_line(piece) for piece in score.evidence.all()),
        )
        for score in own.for_sheet()
    }


def changes_of(latest: Submission, before: Submission) -> Mapping[int, Change]:
    """Score → what changed in it with a handing in, against an earlier one. Two queries."""
    return changes(said_in(before), said_in(latest))


def changes_since(dossier: Dossier) -> Mapping[int, Change]:
    """Score → what has changed since a dossier was handed in last; nothing where it never was."""
    latest = dossier.submissions.order_by("number").last()
    return {} if latest is None else changes(said_in(latest), said_now(dossier))


def _words(criterion: Criterion, answer: Mapping[str, Any] | None) -> str:
    if answer is None:
        return ""
    rule = parse_rule(criterion.rule)
    return parse_answer(rule, answer).words(rule)


def _pieces(lines: Iterable[Mapping[str, Any]]) -> tuple[Piece, ...]:
    return tuple(_piece(line) for line in lines)


def _piece(line: Mapping[str, Any]) -> Piece:
    page = f"trang {line['page']}" if line["page"] else ""
    passage = f"“{line['passage']}”" if line["passage"] else ""
    return Piece(
        document=line["document"],
        words=_listed(line["title"], line["reference"], page, passage),
        cited=_listed(line["number"] or line["title"], page),
    )


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _line(piece: Evidence) -> dict[str, Any]:
    return {
        "evidence": piece.pk,
        "document": piece.document_id,
        "title": piece.document.title,
        "number": piece.document.number,
        "reference": piece.document.reference,
        "page": piece.page,
        "passage": piece.passage,
    }
