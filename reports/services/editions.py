"""Publishing: the decision is taken, results are frozen and sealed, the press is set going."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from reports import access
from reports.models import Edition, EditionResult, RenderState
from reports.rules.summary import why_unranked
from reports.seal import digest_of
from reports.tasks import render_edition
from scoring.models import Period
from scoring.models.ranking_rules import RankingRules
from scoring.rules.points import shown
from scoring.services import periods
from scoring.services.standings import BlockStanding, UnitStanding, standings
from units.models import Unit, User


class Decision(NamedTuple):
    """What the records office and the signer give: number with symbol, day, place, signature."""

    number: str
    decided_on: date
    place: str
    signer_authority: str
    signer_position: str
    signer_rank: str
    signer_name: str


@transaction.atomic
def publish(period: Period, *, by: User, decision: Decision) -> Edition:
    """The head of the assessor publishes a locked period, once.

    Freezes the standings under the names and blocks of the day, seals them by a digest, and after
    commit sends the paper to the press. Raises PermissionDenied (not the head of the assessor) or
    MoveRefused (not locked, published already, or decided on a day that cannot be).
    """
    held = periods.mark_published(period, by=by)
    if refusal := why_not_decided_on(decision.decided_on, held):
        raise MoveRefused(refusal)
    edition = _edition(held, by, decision)
    results = _lines(edition, standings(held))
    edition.digest = digest_of(edition, results)
    edition.save(force_insert=True)
    EditionResult.objects.bulk_create(results)
    _send_to_the_press(edition)
    return edition


def why_not_decided_on(day: date, period: Period) -> str:
    """Why a decision cannot bear this day, as a sentence; empty if it can."""
    if day > timezone.localdate():
        return "Ngày quyết định không thể sau ngày hôm nay."
    if day < period.data_until:
        last = f"{period.data_until:%d/%m/%Y}"
        return f"Ngày quyết định không thể trước ngày cuối của kỳ số liệu ({last})."
    return ""


@transaction.atomic
def print_again(edition: Edition, *, by: User) -> Edition:
    """Sends an edition whose paper failed to the press once more. The organiser or the head may.

    Raises PermissionDenied, or MoveRefused where the paper has not failed.
    """
    held = Edition.objects.hold(edition.pk)
    access.require_print(by, held)
    if held.render_state != RenderState.FAILED:
        raise MoveRefused("Bản công bố đang được kết xuất hoặc đã có tệp PDF.")
    return _sent_again(held)


@transaction.atomic
def send_lost_ones_again(*, waiting_since: datetime, rendering_since: datetime) -> list[Edition]:
    """For the clock: papers on their way since before these moments go to the press again."""
    lost = Edition.objects.lost(waiting_since=waiting_since, rendering_since=rendering_since)
    held = lost.select_for_update(skip_locked=True, no_key=True)
    return [_sent_again(edition) for edition in held]


def _sent_again(held: Edition) -> Edition:
    held.render_state, held.render_error = RenderState.WAITING, ""
    held.sent_at = timezone.now()
    held.save(update_fields=["render_state", "render_error", "sent_at"])
    _send_to_the_press(held)
    return held


def _send_to_the_press(edition: Edition) -> None:
    def send() -> None:
        render_edition.delay(edition.pk)

    # Robust: what is published stays so where no broker answers; the clock sends the paper later.
    transaction.on_commit(send, robust=True)


def _edition(period: Period, by: User, decision: Decision) -> Edition:
    now = timezone.now()
    issuer, superior = _names_on(decision.decided_on, period.assessor)
    rules = {field.name: getattr(period, field.name) for field in RankingRules._meta.fields}
    return Edition(
        period=period,
        title=period.title,
        year=period.year,
        decision_number=decision.number,
        decided_on=decision.decided_on,
        place=decision.place,
        superior_name=superior,
        issuer_name=issuer,
        signer_authority=decision.signer_authority,
        signer_position=decision.signer_position,
        signer_rank=decision.signer_rank,
        signer_name=decision.signer_name,
        made_up=period.made_up,
        published_at=now,
        published_by=by,
        sent_at=now,
        **rules,
    )


def _names_on(day: date, assessor: Unit) -> tuple[str, str]:
    """What the assessor and its superior were called on the day; no superior: an empty name.

    Outside a unit's life its latest name and superior stand in.
    """
    then = Unit.objects.as_on(day).get(pk=assessor.pk)
    above = then.parent_then or then.parent_id
    superior = Unit.objects.as_on(day).get(pk=above) if above else None
    return _name(then), _name(superior) if superior else ""


def _name(then: Unit) -> str:
    return then.name_then or then.name


def _lines(edition: Edition, tables: list[BlockStanding]) -> list[EditionResult]:
    rows = [(table.block, row) for table in tables for row in table.rows]
    units = Unit.objects.filter(pk__in=[row.unit.pk for _, row in rows])
    names = {then.pk: _name(then) for then in units.as_on(edition.decided_on)}
    return [
        EditionResult(
            edition=edition,
            position=position,
            unit=row.unit,
            unit_code=row.unit.code,
            unit_name=names[row.unit.pk],
            block_position=block.position,
            block_name=block.name,
            satisfied=row.satisfied,
            rated=row.rated,
            **_figures(row, edition.places),
        )
        for position, (block, row) in enumerate(rows, start=1)
    ]


def _figures(row: UnitStanding, places: int) -> dict[str, Any]:
    if row.placing is None:
        return {"unranked_reason": why_unranked(row.dossier.state, row.maximum)}
    return {
        "points": row.points,
        "maximum": row.maximum,
        "percent": row.placing.percent,
        "rank": row.placing.rank,
        "band": row.placing.band,
        "areas": [
            {
                "code": area.code,
                "title": area.title,
                "points": str(area.points),
                "maximum": str(Fraction(area.maximum)),
                "percent": str(shown(area.percent, places)),
            }
            for area in row.areas
        ],
    }
