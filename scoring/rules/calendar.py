"""What the dates of a period mean on a given day. No clock: today is an argument."""

from dataclasses import dataclass
from datetime import date, timedelta

from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workdays import working_days_after


class Phase(Worded):
    """Where a period stands by its dates alone; its state says what has really been done."""

    BEFORE = "before", "Chưa đến ngày mở"
    SELF_ASSESSMENT = "self_assessment", "Tự đánh giá"
    VERIFICATION = "verification", "Thẩm định"
    REPLY = "reply", "Giải trình"
    APPROVAL = "approval", "Phê duyệt, công bố"
    AFTER = "after", "Hết lịch"


@dataclass(frozen=True)
class Step:
    """One phase with its first and last day, both included."""

    phase: Phase
    first: date
    last: date


class When(Worded):
    """Whether a span of days lies before today, holds it, or is still to come."""

    PAST = "past", "đã xong"
    NOW = "now", "đang diễn ra"
    NEXT = "next", "chưa đến"


@dataclass(frozen=True)
class Station:
    """One line of the calendar as people read it: the data period, then the phases."""

    label: str
    first: date
    last: date
    when: When


@dataclass(frozen=True)
class Calendar:
    """The dates of a period. Every deadline includes its own day."""

    data_from: date
    data_until: date
    opens_on: date
    submit_by: date
    verify_by: date
    reply_by: date
    publish_on: date

    def steps(self) -> tuple[Step, ...]:
        """The phases that have at least one day, in order."""
        lasts = (
            (Phase.SELF_ASSESSMENT, self.submit_by),
            (Phase.VERIFICATION, self.verify_by),
            (Phase.REPLY, self.reply_by),
            (Phase.APPROVAL, self.publish_on),
        )
        steps, first = [], self.opens_on
        for phase, last in lasts:
            if first <= last:
                steps.append(Step(phase, first, last))
            first = max(first, last + timedelta(days=1))
        return tuple(steps)

    def stations(self, today: date) -> list[Station]:
        """The days whose figures count, then every phase, each told whether it is over."""
        spans = [("Kỳ số liệu", self.data_from, self.data_until)]
        spans += [(step.phase.label, step.first, step.last) for step in self.steps()]
        return [
            Station(
                label,
                first,
                last,
                When.PAST if last < today else When.NOW if first <= today else When.NEXT,
            )
            for label, first, last in spans
        ]

    def phase(self, today: date) -> Phase:
        """The phase that holds the day."""
        if today < self.opens_on:
            return Phase.BEFORE
        return next((step.phase for step in self.steps() if today <= step.last), Phase.AFTER)

    def last_day_to_write(self, *, returned: bool, extended_until: date | None) -> date:
        """The last day, to its end, on which a unit may write in its dossier and hand it in.

        The day for handing in; for a dossier sent back, the day of verification, since it is mended
        as long as it can still be verified; the day of an extension where that is later.
        """
        usual = self.verify_by if returned else self.submit_by
        return max(usual, extended_until or usual)

    def why_not_extended(self, until: date, *, last_day: date, today: date) -> str:
        """Why a dossier whose last day is `last_day` cannot be extended until the day, as a
        sentence; empty where it can. An extension lengthens, and ends before the results are due.
        """
        if until <= last_day:
            return f"Ngày gia hạn phải sau hạn hiện nay của hồ sơ ({written_day(last_day)})."
        if until < today:
            return f"Ngày gia hạn đã qua: hôm nay là {written_day(today)}."
        if until >= self.publish_on:
            return (
                "Ngày gia hạn phải trước ngày dự kiến công bố kết quả "
                f"({written_day(self.publish_on)})."
            )
        return ""

    def days_left(self, today: date) -> int | None:
        """Days until the next turn: the opening, else the end of the phase (0 on its last day)."""
        if today < self.opens_on:
            return (self.opens_on - today).days
        return next(((step.last - today).days for step in self.steps() if today <= step.last), None)

    def days_overdue(self, today: date) -> int:
        """Whole days since the deadline for handing in; 0 up to and on that day."""
        return max(0, (today - self.submit_by).days)

    def words(self, today: date) -> str:
        """Where the period stands, in one Vietnamese sentence."""
        phase, left = self.phase(today), self.days_left(today)
        if phase == Phase.BEFORE:
            return f"Mở tự đánh giá ngày {written_day(self.opens_on)}, còn {left} ngày."
        if left is None:
            late, due = grouped((today - self.publish_on).days), written_day(self.publish_on)
            return f"Đã quá ngày dự kiến công bố ({due}) {late} ngày."
        last = written_day(today + timedelta(days=left))
        if not left:
            return f"{phase.label}: hôm nay {last} là ngày cuối."
        return f"{phase.label}: còn {left} ngày, đến hết ngày {last}."


def written_day(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def usual_calendar(year: int) -> Calendar:
    """The dates proposed for the index of a year; all of them may be changed.

    No regulation was found. The year of the index ends in autumn so that its result can serve the
    emulation review of December; published results (29/10/2021 … 18/11/2025) agree with that.
    """
    verify_by = date(year, 10, 20)
    return Calendar(
        data_from=date(year - 1, 9, 16),
        data_until=date(year, 9, 15),
        opens_on=date(year, 9, 16),
        submit_by=date(year, 9, 25),
        verify_by=verify_by,
        reply_by=working_days_after(verify_by, 5),
        publish_on=date(year, 11, 15),
    )
