"""The form of a verdict at a desk: as it stands, as it was typed, and what it would come to."""

from fractions import Fraction
from typing import Any

from scoring.forms.verification import VerdictForm
from scoring.models import Score, UsualReason
from scoring.rules.answers import parse_rule
from scoring.rules.verdict import Finding, difference, needs_reason
from scoring.services.verdicts import outcome
from scoring.views.rows import Row


def untouched(row: Row) -> dict[str, Any]:
    """The form of a row as it stands, before anything is typed into it."""
    return {
        "row": row,
        "boxes": row.verdict_boxes(None),
        "way": row.way,
        "given": row.given,
        "usual": UsualReason.objects.offered_for(row.score),
        "picked": str(row.score.usual_reason_id or ""),
        "form": None,
        "fault": "",
        "refusal": "",
        "overtaken": False,
    } | comparison(row.score, _standing(row.score))


def typed(row: Row, form: VerdictForm | None, sentence: str, *, overtaken: bool) -> dict[str, Any]:
    """The same after a refusal: the sentence, and what was typed."""
    said: dict[str, Any] = {"form": form, "refusal": sentence, "overtaken": overtaken}
    if form:
        said |= {
            "boxes": row.verdict_boxes(form.data),
            "fault": form.fault_field,
            "way": form.data.get("way", ""),
            "given": form.data.get("given", ""),
            "picked": form.data.get("usual", ""),
        }
    if form and not form.errors:
        said |= comparison(row.score, finding_of(row.score, form))
    return said


def verdict_form(score: Score, data: Any) -> VerdictForm:
    return VerdictForm(
        data,
        rule=parse_rule(score.criterion.rule),
        maximum=score.maximum,
        assessor=score.dossier.period.assessor_id,
    )


def finding_of(score: Score, form: VerdictForm) -> Finding:
    """What the typed verdict would be."""
    points = form.verdict.get("points")
    if form.verdict.get("not_applicable"):
        return Finding(None, True)
    if form.answer is not None:
        return Finding(*outcome(score, form.answer))
    return Finding(None if points is None else Fraction(points))


def _standing(score: Score) -> Finding:
    """What the form starts from: the verdict, or while there is none what the unit said."""
    return score.found if score.settled or not score.answered else score.said


def comparison(score: Score, finding: Finding) -> dict[str, Any]:
    return {
        "finding": finding,
        "change": difference(said=score.said, found=finding),
        "reason_needed": needs_reason(score.criterion.source, said=score.said, found=finding),
    }
