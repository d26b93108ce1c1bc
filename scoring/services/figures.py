"""The organiser sets what units do not assess themselves: survey, central points, bonus, penalty.

Rows are held as in services/scores.py: the dossier before the score.
"""

from collections.abc import Mapping
from typing import Protocol

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from scoring import figure_access
from scoring.models import Block, Criterion, Dossier, Score
from scoring.rules.answers import Answer, parse_rule
from scoring.rules.figure import Figure, why_ungrounded
from scoring.rules.kinds import Door, Source
from scoring.rules.stroke import Stroke
from scoring.services.columns import write_columns
from scoring.services.scores import NO_GROUND, UNJUDGED
from units.models import User


@transaction.atomic
def put(
    score: Score,
    *,
    by: User,
    figure: Figure | None,
    source: str,
    reason: str,
    seen_version: int,
    stroke: Stroke | None = None,
) -> Score:
    """One figure with its source and reason; with nothing said at all, it is taken back.

    `figure` is one that the component's rule has read. A `stroke` is recognised as in
    services/scores.py. Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier = Dossier.objects.hold(score.dossier_id)
    held = Score.objects.hold(score.pk)
    if stroke and stroke.repeats(held.last_stroke):
        figure_access.require_organiser(by, dossier)
        return held
    figure_access.require_figure(by, dossier)
    return write_figure(
        held,
        by=by,
        figure=figure,
        source=source,
        reason=reason,
        seen_version=seen_version,
        stroke=stroke,
    )


def write_figure(
    held: Score,
    *,
    by: User,
    figure: Figure | None,
    source: str,
    reason: str,
    seen_version: int,
    stroke: Stroke | None = None,
    door: Door = Door.PAGE,
) -> Score:
    """The same for a service that holds dossier and score and has asked who, where and when."""
    source, reason = " ".join(source.split()), reason.replace("\r\n", "\n").strip()
    if held.criterion.source == Source.SELF:
        raise MoveRefused("Dòng này đơn vị tự chấm; kết quả thẩm định ghi ở bàn thẩm định.")
    if figure is None and (source or reason):
        raise MoveRefused("Chưa ghi số liệu hoặc điểm.")
    columns = {**UNJUDGED, **NO_GROUND, "verified_reason": reason, "verified_source": source}
    if figure is not None:
        found = figure.comes_to(parse_rule(held.criterion.rule), held.maximum)
        if refusal := why_ungrounded(held.criterion.source, found, source=source, reason=reason):
            raise MoveRefused(refusal)
        columns["verified_answer"] = figure.answer.as_json() if figure.answer else None
        columns["verified_points"] = found.points
        columns["not_applicable"] = found.not_applicable
    return write_columns(held, columns, by=by, seen_version=seen_version, door=door, stroke=stroke)


class Offer(Protocol):
    """A figure that something else makes for a unit, and where it comes from in words."""

    @property
    def answer(self) -> Answer: ...

    @property
    def words(self) -> str: ...


@transaction.atomic
def take_offered(
    block: Block,
    component: Criterion,
    *,
    chosen: Mapping[int, int],
    offered: Mapping[int, Offer],
    without: str,
    by: User,
) -> int:
    """What is offered to the chosen rows of a component is written, all or none; how many.

    chosen: key of the score to the version that was on the screen; offered: by key of the unit;
    without: what is said of a unit that is offered none. Raises PermissionDenied, MoveRefused,
    ChangedMeanwhile.
    """
    if not chosen:
        raise MoveRefused("Đề nghị chọn ít nhất một đơn vị.")
    rows = Score.objects.filter(dossier__block=block, criterion=component, pk__in=chosen)
    found = list(rows.select_related("dossier__unit", "criterion").order_by("dossier_id", "pk"))
    if len(found) != len(chosen):
        raise MoveRefused("Trang này đã cũ, đề nghị tải lại.")
    for row in found:
        one = offered.get(row.dossier.unit_id)
        if one is None:
            raise MoveRefused(f"{row.dossier.unit}: {without}")
        put(
            row,
            by=by,
            figure=Figure(answer=one.answer),
            source=one.words,
            reason="",
            seen_version=chosen[row.pk],
        )
    return len(found)
