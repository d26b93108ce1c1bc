"""What is frozen behind each ranked line: every component, with points, reason and objections."""

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from reports.models import Edition, EditionResult, ResultDetail
from reports.seal import detail_digest, plain
from scoring.models import Explanation, Period, Score
from scoring.rules.reply import OBJECTIONS
from scoring.rules.workflow import DossierState

COMPONENT = {
    "code": "criterion__code",
    "maximum": "maximum",
    "self_points": "self_points",
    "self_not_applicable": "self_not_applicable",
    "points": "approved_points",
    "not_applicable": "not_applicable",
    "reason": "verified_reason",
}
"""What is kept of a component, and where it stands in its score."""
OBJECTION = {
    "stance": "stance",
    "first_points": "first_points",
    "first_not_applicable": "first_not_applicable",
    "outcome": "outcome",
    "decision": "decision",
}
AT_ONCE = 200


def details_of(edition: Edition, results: Iterable[EditionResult]) -> list[ResultDetail]:
    """The details of the ranked lines, not yet stored; each line is given the digest of its own.

    Two queries, however many units. What stands in them is told to the unit and to those above it;
    a secret number in each keeps the digest, which is public, from being found by trying.
    """
    ranked = {line.unit_id: line for line in results if line.rank is not None}
    details = []
    for unit, components in _components(edition.period):
        if unit in ranked:
            line = ranked[unit]
            detail = ResultDetail(result=line, text=_text(line, components))
            line.detail_digest = detail_digest(detail)
            details.append(detail)
    return details


def store(details: list[ResultDetail]) -> None:
    """For the service that publishes, once the lines are stored."""
    ResultDetail.objects.bulk_create(details, batch_size=AT_ONCE)


def _components(period: Period) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Unit by unit its components, in the order of the tree."""
    objections = _objections(period)
    rows = Score.objects.filter(dossier__period=period, dossier__state=DossierState.VERIFIED)
    rows = rows.order_by("dossier", "criterion__position")
    found = rows.values_list("dossier__unit", "pk", *COMPONENT.values())
    for unit, scores in groupby(found.iterator(chunk_size=5000), key=lambda row: row[0]):
        yield (
            unit,
            [
                dict(zip(COMPONENT, map(plain, columns), strict=True))
                | {"objections": objections.get(pk, [])}
                for _, pk, *columns in scores
            ],
        )


def _objections(period: Period) -> dict[int, list[dict[str, Any]]]:
    """Score → what the unit objected to its verdict, and what was decided, oldest first."""
    said = Explanation.objects.standing().sent().filter(score__dossier__period=period)
    said = said.filter(stance__in=OBJECTIONS).order_by("score", "number")
    kept = defaultdict(list)
    for pk, *columns in said.values_list("score", *OBJECTION.values()):
        kept[pk].append(dict(zip(OBJECTION, map(plain, columns), strict=True)))
    return kept


def _text(line: EditionResult, components: list[dict[str, Any]]) -> str:
    """JSON, a line a component."""
    about = {
        "form": 1,
        "unit_code": line.unit_code,
        "unit_name": line.unit_name,
        "secret": secrets.token_hex(16),
    }
    head = "".join(f"{_json(name)}: {_json(value)},\n" for name, value in about.items())
    rows = ",\n".join(_json(component) for component in components)
    return f'{{{head}"components": [\n{rows}\n]}}\n'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
