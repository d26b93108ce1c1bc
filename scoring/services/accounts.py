"""Why a figure is what it is: the scores of a dossier through the rules, and who set each. Reads
only."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.models import Dossier, Score, ScoreChange
from scoring.rules.account import Account, Entry, account_of
from scoring.rules.answers import parse_answer, parse_rule
from scoring.rules.history import OF_THE_ASSESSOR
from scoring.rules.kinds import Side, Source
from scoring.services.standings import BlockStanding, UnitStanding, standings_of

COLUMNS: dict[Side, tuple[str, ...]] = {
    Side.SELF: ("self_answer", "self_points", "self_not_applicable"),
    Side.VERIFIED: OF_THE_ASSESSOR,
}
COLUMNS[Side.PROVISIONAL] = COLUMNS[Side.SELF] + COLUMNS[Side.VERIFIED]
"""What makes up the figure of each side in the log of a score."""


@dataclass(frozen=True)
class Explained:
    """The account of one dossier on one side, its row in the table of its block, and by code of
    component the last change that made its figure."""

    account: Account
    table: BlockStanding
    row: UnitStanding
    set_by: Mapping[str, ScoreChange]


def account(dossier: Dossier, side: Side) -> Explained:
    """The same figure as the standings, step by step. Eight queries, however many components.

    The dossier needs its period and block.
    """
    table = standings_of(dossier.block, side=side)
    row = table.row_of(dossier)
    return Explained(
        account=account_of(
            entries(dossier, side),
            scale=dossier.period.scale,
            placing=row.placing,
            among=len(table.ranked),
            places=dossier.period.places,
        ),
        table=table,
        row=row,
        set_by=_last_changes(dossier, side),
    )


def entries(dossier: Dossier, side: Side) -> list[Entry]:
    """The components as that side scored them; the unit's own side leaves out what it does not
    assess itself, the provisional one what nobody has scored that could. One query."""
    found = []
    for score in dossier.scores.for_page():
        chosen = Side.VERIFIED if side == Side.PROVISIONAL and score.settled else side
        if chosen == Side.VERIFIED or score.criterion.source == Source.SELF:
            found.append(entry_of(score, chosen))
    return found


def entry_of(score: Score, side: Side) -> Entry:
    """One component; the score needs its criterion with the two above it."""
    node = score.criterion
    area = node.parent.parent
    own = side != Side.VERIFIED
    rule = parse_rule(node.rule)
    answer = score.self_answer if own else score.verified_answer
    return Entry(
        code=node.code,
        title=node.title,
        area_code=area.code,
        area_title=area.title,
        maximum=score.maximum,
        rule=rule,
        answer=None if answer is None else parse_answer(rule, answer),
        points=score.self_points if own else score.verified_points,
        not_applicable=score.self_not_applicable if own else score.not_applicable,
        source=Source(node.source),
        reason=score.self_note if own else score.verified_reason,
        excusable=node.not_applicable_allowed or score.self_not_applicable or score.not_applicable,
        drawn_from="" if own else score.verified_source,
    )


def _last_changes(dossier: Dossier, side: Side) -> Mapping[str, ScoreChange]:
    changes = ScoreChange.objects.filter(score__dossier=dossier).newest_of_each(COLUMNS[side])
    named = changes.select_related("changed_by", "score__criterion")
    return {change.score.criterion.code: change for change in named}
