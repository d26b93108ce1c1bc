"""The right of reply (giải trình): what a unit may say of a changed component, until when, and what
follows from it. No clock: the moment is an argument."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from cchc_portal.kit.numerals import exactly
from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workdays import working_days_after
from scoring.rules.verdict import Finding
from scoring.rules.workflow import ExplanationState

HERE = ZoneInfo("Asia/Ho_Chi_Minh")

MOST_ROUNDS = 2
SHORTEST_LIMIT, LONGEST_LIMIT = 200, 10_000
"""Between them a period sets how long an explanation may be, in characters."""
MOST_DAYS = 20


class Stance(Worded):
    """What the unit says of a changed component."""

    AGREE = "agree", "Đồng ý"
    PARTLY = "partly", "Đồng ý một phần"
    OBJECT = "object", "Không đồng ý"


OBJECTIONS = (Stance.PARTLY, Stance.OBJECT)
"""What somebody has to decide."""


class Outcome(Worded):
    """What the assessor decides."""

    ACCEPTED = "accepted", "Chấp nhận"
    PARTLY = "partly", "Chấp nhận một phần"
    REFUSED = "refused", "Không chấp nhận"


class Standing(Worded):
    """How a changed component stands between unit and assessor."""

    UNSAID = "unsaid", "Chưa có ý kiến"
    SENT = "sent", "Chờ kết luận"
    AGREED = "agreed", "Đã đồng ý"
    DECIDED = "decided", "Đã kết luận"
    SILENT = "silent", "Hết hạn, coi là đồng ý"


OPEN = (Standing.UNSAID, Standing.SENT)
"""While a component stands so, its period cannot be locked."""


@dataclass(frozen=True)
class Terms:
    """What a period says of replying: its day, how many rounds, how many working days a unit has
    in any case after it was told."""

    reply_by: date
    rounds: int
    days: int

    def last_day(self, told_at: datetime) -> date:
        """The last day to reply to what was told at the moment: the period's day, or later where
        it was told so late that the unit would not have its working days."""
        told_on = told_at.astimezone(HERE).date()
        return max(self.reply_by, working_days_after(told_on, self.days))

    def closes_at(self, told_at: datetime) -> datetime:
        """The first instant at which it is too late: midnight after that day, Vietnamese time."""
        return datetime.combine(self.last_day(told_at) + timedelta(days=1), time(), HERE)


@dataclass(frozen=True)
class Said:
    """The last explanation about a verdict: which one it is, how it stands, what was decided."""

    number: int
    state: str
    outcome: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Thread:
    """A changed component between unit and assessor: told when, said what last."""

    terms: Terms
    told_at: datetime
    said: Said | None = None

    @property
    def number(self) -> int:
        """Which explanation the next one would be, or the one being written is."""
        if self.said is None:
            return 1
        return self.said.number + (self.said.state == ExplanationState.DECIDED)

    @property
    def closes_at(self) -> datetime:
        """When it is too late to say more: counted from what the unit was told last."""
        return self.terms.closes_at(self._told_last)

    @property
    def last_day(self) -> date:
        """The last day on which the unit may say more."""
        return self.terms.last_day(self._told_last)

    def standing(self, now: datetime) -> Standing:
        """How it stands at the moment. Silence until the deadline counts as agreement; a decision
        that is not wholly for the unit may be replied to again, where the period has two rounds."""
        said = self.said
        if said and said.state == ExplanationState.SENT:
            return Standing.SENT
        if said and said.state == ExplanationState.AGREED:
            return Standing.AGREED
        if said and said.state == ExplanationState.DECIDED:
            final = said.outcome == Outcome.ACCEPTED or said.number >= self.terms.rounds
            return Standing.DECIDED if final or now >= self.closes_at else Standing.UNSAID
        return Standing.SILENT if now >= self.closes_at else Standing.UNSAID

    @property
    def _told_last(self) -> datetime:
        decided_at = self.said.decided_at if self.said else None
        return max(self.told_at, decided_at or self.told_at)


def why_not_sent(stance: str, text: str) -> str:
    """Why an explanation cannot be sent as it is, as a sentence; empty where it can."""
    if not stance:
        return "chưa chọn ý kiến"
    if stance in OBJECTIONS and not text.strip():
        return "chưa ghi nội dung giải trình"
    return ""


def follows(
    outcome: str, *, said: Finding, found: Finding, given: Fraction | None, maximum: Fraction
) -> Finding:
    """What the component comes to: as the unit said, as it was found, or the points given.

    Raises ValueError with a sentence where points are wanted and missing, beyond the maximum, or
    where a part is the whole.
    """
    if outcome == Outcome.ACCEPTED:
        return said
    if outcome == Outcome.REFUSED:
        return found
    if given is None:
        raise ValueError("Đề nghị ghi số điểm được chấp nhận.")
    if not 0 <= given <= maximum:
        raise ValueError(f"Số điểm phải nằm trong khoảng từ 0 đến {exactly(maximum, least=2)}.")
    if Finding(given) in (said, found):
        raise ValueError(
            "Chấp nhận một phần cần số điểm khác cả điểm tự chấm và điểm thẩm định; nếu không, "
            "đề nghị chọn chấp nhận hoặc không chấp nhận."
        )
    return Finding(given)
