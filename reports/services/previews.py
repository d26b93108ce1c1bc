"""What would be published if it were published now, to be read before it is. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.utils import timezone

from cchc_portal.kit.digest import digest
from cchc_portal.kit.errors import MoveRefused
from reports import seal
from reports.models import Edition, EditionResult
from reports.rules.issuers import Office, office_of
from reports.rules.remarks import Remark, remarks
from reports.services import frozen
from reports.services.frozen import Decision
from scoring.models import Period
from scoring.rules.workflow import PeriodVerb
from scoring.services.measurements import campaigns_for, shares_of, still_open_for
from scoring.services.standings import standings
from units.models import User

CHANGED = (
    "Số liệu của kỳ đã thay đổi, hoặc kỳ đã được mở rồi chốt lại, sau khi đồng chí xem trước. "
    "Đề nghị xem lại trước khi công bố."
)
NOT_TICKED = "Đề nghị đánh dấu đã xem từng điều cần lưu ý."


class Looked(NamedTuple):
    """What somebody had before their eyes: the code of the figures, the remarks they ticked."""

    seen: str
    ticked: frozenset[str]


@dataclass(frozen=True)
class Preview:
    """An edition that is not stored and has no number, its lines, what is remarkable in them, and
    the code by which a change of any figure is told."""

    edition: Edition
    results: list[EditionResult]
    remarks: list[Remark]
    seen: str
    mark: str = ""
    """Over the rows it was summed from, where it was kept (`kept_previews.py`)."""

    @cached_property
    def tables(self) -> list[tuple[str, list[EditionResult]]]:
        """Block by block: its name, its lines."""
        blocks = groupby(self.results, key=lambda line: (line.block_position, line.block_name))
        return [(name, list(lines)) for (_, name), lines in blocks]

    @property
    def all_seen(self) -> Looked:
        """For whoever has read it from beginning to end."""
        return Looked(self.seen, frozenset(remark.key for remark in self.remarks))


def preview_of(period: Period, *, by: User, decision: Decision | None = None) -> Preview:
    """The edition of a locked period as it would be published by this person, today.

    `decision` as far as it has been typed; else what is known beforehand. Nothing is written.
    """
    edition = edition_for(period, by, decision)
    results = frozen.lines_of(edition, standings(period))
    return Preview(edition, results, remarkable(edition, results), code_of(edition, results))


def summed(period: Period, day: date) -> tuple[Edition, list[EditionResult], str]:
    """The same before anybody has looked: an edition that nobody signs, its lines under the names
    of the day, their code."""
    edition = _edition(period, None, Decision("", day, "", "", "", "", ""))
    results = frozen.lines_of(edition, standings(period))
    return edition, results, code_of(edition, results)


def edition_for(
    period: Period,
    by: User,
    decision: Decision | None,
    criteria: list[dict[str, Any]] | None = None,
) -> Edition:
    """The edition without its lines; `decision` as far as it has been typed, `criteria` where they
    have been read already."""
    return _edition(period, by, decision or proposed_decision(period, by), criteria)


def _edition(
    period: Period,
    by: User | None,
    decision: Decision,
    criteria: list[dict[str, Any]] | None = None,
) -> Edition:
    edition = frozen.edition_of(period, by, decision, criteria)
    if corrected := newest_of(period):
        edition.corrects, edition.number = corrected, corrected.number + 1
        edition.reason = decision.reason
    return edition


def newest_of(period: Period) -> Edition | None:
    """What has been published of the period, its last edition."""
    return period.editions.order_by("-number").first()


def proposed_decision(period: Period, by: User) -> Decision:
    """What is known of a decision before the records office has numbered it; the reason of a
    correction is that for which the period was opened."""
    office = assessor_office(period)
    return Decision(
        number="",
        decided_on=timezone.localdate(),
        place=office.place,
        signer_authority="",
        signer_position=by.post or office.head,
        signer_rank=by.police_rank,
        signer_name=by.full_name,
        reason=period.events.filter(verb=PeriodVerb.CORRECT)
        .values_list("comment", flat=True)
        .first()
        or "",
    )


def assessor_office(period: Period) -> Office:
    """The office of the assessor as it is called today."""
    assessor = period.assessor
    superior = assessor.parent.name if assessor.parent else ""
    return office_of(assessor.name, assessor.kind, superior)


def remarkable(edition: Edition, results: list[EditionResult]) -> list[Remark]:
    """What must have been seen before these lines are published."""
    measured: dict[int, tuple[int, int]] = {}
    for campaign in reversed(campaigns_for(edition.period)):
        measured |= {unit: one[:2] for unit, one in shares_of(campaign).items()}
    unfinished = [(one.pk, one.named) for one in still_open_for(edition.period)]
    return remarks(results, edition.scale, edition.places, measured, unfinished)


def code_of(edition: Edition, results: list[EditionResult]) -> str:
    """One code over all that does not depend on the decision's day and number: rules, criteria,
    figures, the edition that is corrected, and by which locking the figures were approved."""
    said = seal.document(edition, results)
    lines = [
        {name: value for name, value in line.items() if name not in ("unit_name", "detail")}
        for line in said["results"]
    ]
    locked = edition.period.events.filter(verb=PeriodVerb.LOCK).order_by("-pk")
    return digest(
        {
            "rules": said["rules"],
            "criteria": said["criteria"],
            "results": lines,
            "corrects": said["corrects"],
            "locked": locked.values_list("pk", flat=True).first(),
        }
    )


def require_looked(edition: Edition, results: list[EditionResult], looked: Looked) -> str:
    """What was ticked, in sentences. Raises MoveRefused where the figures are not those that were
    looked at, or a remark was not ticked."""
    if looked.seen != code_of(edition, results):
        raise MoveRefused(CHANGED)
    found = remarkable(edition, results)
    if not_ticked(found, looked.ticked):
        raise MoveRefused(NOT_TICKED)
    return "\n".join(f"{remark.block}: {remark.sentence}" for remark in found)


def not_ticked(found: list[Remark], ticked: Collection[str]) -> list[Remark]:
    """The remarks that nobody has ticked."""
    return [remark for remark in found if remark.key not in ticked]
