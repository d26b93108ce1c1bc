"""What a head is shown before handing in: what looks odd, against last time and in itself. Reads
only."""

from fractions import Fraction

from scoring.models import Dossier, Score
from scoring.rules.answers import parse_answer, parse_rule
from scoring.rules.oddities import Before, Entry, Oddity, oddities


def odd_things(dossier: Dossier) -> list[Oddity]:
    """Everything that looks odd in the dossier as it is, in the order of its rows. Three queries.

    The dossier needs its period.
    """
    then = time_before(dossier)
    return oddities(_entry(score, then) for score in dossier.scores.for_proof())


def time_before(dossier: Dossier) -> dict[str, Before]:
    """Lineage key → what the component came to the time before (`Dossier.objects.time_before`).

    Where a unit succeeds several, the best of them counts, so that nobody is reproached with a
    rise over the weakest. Two queries.
    """
    dossiers = {one.pk: one for one in Dossier.objects.time_before(dossier)}
    rows = Score.objects.filter(dossier__in=dossiers).exclude(criterion__key="")
    found: dict[str, Before] = {}
    for row in rows.select_related("criterion"):
        earlier = dossiers[row.dossier_id]
        succeeded = earlier.unit_id != dossier.unit_id
        before = Before(
            year=earlier.period.year,
            points=row.approved_points,
            maximum=row.maximum,
            unit=earlier.unit.name if succeeded else "",
            answer=_answer_words(row),
        )
        known = found.get(row.criterion.key)
        if known is None or (before.share or Fraction(-1)) > (known.share or Fraction(-1)):
            found[row.criterion.key] = before
    return found


def _answer_words(score: Score) -> str:
    """What was found then, by its own rule; empty where points were given without an answer."""
    if score.verified_answer is None:
        return ""
    rule = parse_rule(score.criterion.rule)
    answer = parse_answer(rule, score.verified_answer)
    return answer.words(rule) if answer else ""


def _entry(score: Score, then: dict[str, Before]) -> Entry:
    rule = parse_rule(score.criterion.rule)
    return Entry(
        code=score.criterion.code,
        group=score.criterion.parent_id,
        rule=rule,
        maximum=score.maximum,
        claim=score.claim(score.pieces),
        answer=None if score.self_answer is None else parse_answer(rule, score.self_answer),
        before=then.get(score.criterion.key),
    )
