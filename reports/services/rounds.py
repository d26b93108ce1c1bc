"""A level opens a round of periodic reports, and a report of its own that sums it up."""

from collections.abc import Collection, Iterable, Sequence

from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.worded import decapitalised
from reports.models import PeriodicReport, ReportRound, RoundSection, SectionText
from reports.periodic_access import require_writer
from reports.rules.outline import MOST_SECTIONS, USUAL, Heading, key_of
from scoring.rules.indicator import Days, Span
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

ROWS_AT_ONCE = 2000
CANCELLED = "Đợt báo cáo này đã hủy."


def offered_outline(owner: Unit) -> tuple[Heading, ...]:
    """The outline of the level's newest round, else of the newest of the level above, else the
    usual one. Three queries at most."""
    for level in (owner.pk, owner.parent_id):
        newest = ReportRound.objects.standing().filter(owner=level).first() if level else None
        if newest:
            return outline_of(newest)
    return USUAL


def outline_of(round_: ReportRound) -> tuple[Heading, ...]:
    """The sections of a round as the rules read them. One query."""
    return tuple(
        Heading(one.key, one.part, one.title, tuple(one.codes)) for one in round_.sections.all()
    )


@transaction.atomic
def open_(
    owner: Unit,
    *,
    by: User,
    year: int,
    span: str,
    days: Days,
    outline: Sequence[Heading],
    kinds: Collection[str] = (),
    title: str = "",
    made_up: bool = False,
) -> ReportRound:
    """Asks every unit that stands directly below on the last day of the figures, of these kinds
    (all, where none is named): a report each, with an empty text for every section.

    A section without a key gets one from its title. Raises PermissionDenied, MoveRefused.
    """
    require(by, Permission.RUN_PERIOD, at=owner)
    if not days.starts_on <= days.ends_on <= days.due_on:
        raise MoveRefused("Các ngày phải theo thứ tự: từ ngày, đến hết ngày, hạn gửi.")
    if not 0 < len(outline) <= MOST_SECTIONS:
        raise MoveRefused(f"Đề cương cần từ 1 đến {MOST_SECTIONS} mục.")
    units = Unit.objects.children_on(owner, days.ends_on).order_by("position", "code")
    asked = list(units.filter(kind__in=kinds) if kinds else units)
    if not asked:
        raise MoveRefused("Không có đơn vị trực thuộc nào phải báo cáo.")
    try:
        with transaction.atomic():
            opened = ReportRound.objects.create(
                owner=owner,
                year=year,
                span=span,
                title=title or usual_title(span, year),
                starts_on=days.starts_on,
                ends_on=days.ends_on,
                due_on=days.due_on,
                made_up=made_up,
                opened_by=by,
            )
    except IntegrityError as fault:
        if "report_round_once_for_a_span" in str(fault):
            raise MoveRefused("Kỳ báo cáo này của năm đã được mở.") from fault
        raise
    RoundSection.objects.bulk_create(_sections(opened, outline))
    _found(opened, asked)
    return opened


def usual_title(span: str, year: int) -> str:
    """ "Báo cáo công tác cải cách hành chính 6 tháng năm 2026"; the year alone for a year."""
    about = "" if span in (Span.YEAR, Span.OWN) else f"{decapitalised(Span(span).label)} "
    return f"Báo cáo công tác cải cách hành chính {about}năm {year}"


@transaction.atomic
def sum_up(round_: ReportRound, *, by: User) -> PeriodicReport:
    """The level's own report in its round, into which those below are merged.

    One for everybody who asks at once; what the level owes the level above for the same stretch
    where there is such a report. Raises PermissionDenied, MoveRefused (cancelled).
    """
    require_writer(by, round_.owner_id)
    if ReportRound.objects.hold(round_.pk).cancelled_at:
        raise MoveRefused(CANCELLED)
    if report := report_of_the_level(round_):
        return report
    _found(round_, [round_.owner])
    return round_.reports.get(unit=round_.owner_id)


def report_of_the_level(round_: ReportRound) -> PeriodicReport | None:
    """The level's report for the stretch: what it owes the level above, else its own. One query."""
    same = ReportRound.objects.standing().filter(round_.same_stretch())
    mine = PeriodicReport.objects.filter(unit=round_.owner_id, round__in=same).for_page()
    found = {report.own: report for report in mine}
    return found.get(False) or found.get(True)


def _found(round_: ReportRound, units: Iterable[Unit]) -> None:
    sections = list(round_.sections.all())
    reports = PeriodicReport.objects.bulk_create(
        [PeriodicReport(round=round_, unit=unit) for unit in units], batch_size=ROWS_AT_ONCE
    )
    SectionText.objects.bulk_create(
        (SectionText(report=report, section=one) for report in reports for one in sections),
        batch_size=ROWS_AT_ONCE,
    )


def _sections(round_: ReportRound, outline: Sequence[Heading]) -> list[RoundSection]:
    taken = {one.key for one in outline if one.key}
    rows = []
    for position, one in enumerate(outline, start=1):
        key = one.key or key_of(one.title, taken)
        taken.add(key)
        rows.append(
            RoundSection(
                round=round_,
                position=position,
                key=key,
                part=one.part,
                title=one.title,
                codes=list(one.codes),
            )
        )
    return rows
