"""The periodic report of a unit: its states and moves, and when an earlier text is kept."""

from datetime import date
from typing import Any

from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workflow import Move, Workflow
from units.permissions import Permission

Content = dict[str, Any]
"""What a report says, live or frozen: heading, sections, figures, units below."""
LONGEST_TEXT = 30_000
FORGIVEN = 40
"""So many letters may go, one after the other, before the text that had them is kept."""


class ReportState(Worded):
    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã gửi, chờ tiếp nhận"
    RETURNED = "returned", "Bị trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    ISSUED = "issued", "Đã ban hành"
    CANCELLED = "cancelled", "Đã hủy"


class ReportVerb(Worded):
    """The moves, and what else leaves a line."""

    SEND = "send", "Gửi báo cáo"
    ACCEPT = "accept", "Tiếp nhận"
    RETURN = "return", "Trả lại"
    ISSUE = "issue", "Ban hành báo cáo"
    REOPEN = "reopen", "Mở lại để sửa"
    CANCEL = "cancel", "Hủy đợt báo cáo"


class RoundVerb(Worded):
    """What is changed about a round after it was opened."""

    DUE = "due", "Dời hạn gửi"
    CANCEL = "cancel", "Hủy đợt báo cáo"


OPENED, OPENED_WORDS = "opened", "Mở đợt báo cáo"
"""The opening leaves no line: the round itself tells who opened it, and when."""


WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)
"""The text is in the hands of the unit."""

NEVER_SENT = (ReportState.DRAFT, ReportState.CANCELLED)
"""Nothing of it went anywhere, though a draft may have been sent before."""

SETTLED = (ReportState.ACCEPTED, ReportState.ISSUED)
"""What may be taken over into the report of the level above."""

UNIT, RECEIVER = "unit", "receiver"
OWN = (ReportVerb.ISSUE, ReportVerb.REOPEN)
"""Moves of the summary that a level writes of its own round: nobody above it receives it here."""

PERIODIC = Workflow(
    name="periodic_report",
    title="báo cáo",
    states=ReportState,
    moves=(
        Move(ReportVerb.SEND, WRITABLE, ReportState.SENT, UNIT, Permission.SUBMIT_DOSSIER),
        Move(
            ReportVerb.ACCEPT,
            (ReportState.SENT,),
            ReportState.ACCEPTED,
            RECEIVER,
            Permission.RUN_PERIOD,
        ),
        Move(
            ReportVerb.RETURN,
            (ReportState.SENT, ReportState.ACCEPTED),
            ReportState.RETURNED,
            RECEIVER,
            Permission.RUN_PERIOD,
            needs_comment=True,
        ),
        Move(
            ReportVerb.ISSUE,
            (ReportState.DRAFT,),
            ReportState.ISSUED,
            UNIT,
            Permission.SUBMIT_DOSSIER,
        ),
        Move(
            ReportVerb.REOPEN,
            (ReportState.ISSUED,),
            ReportState.DRAFT,
            UNIT,
            Permission.SUBMIT_DOSSIER,
            needs_comment=True,
        ),
        Move(
            ReportVerb.CANCEL,
            (ReportState.DRAFT,),
            ReportState.CANCELLED,
            RECEIVER,
            Permission.RUN_PERIOD,
            needs_comment=True,
        ),
    ),
)


def gone(before: str, after: str) -> int:
    """How many letters of the first text the second no longer has around its one change."""
    most = min(len(before), len(after))
    start = 0
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return len(before) - start - end


def must_keep(lost: int, lost_before: int, *, same_hand: bool) -> bool:
    """Whether the earlier text is kept beside the new one. `lost`: letters that go now;
    `lost_before`: those that went since a text was kept."""
    return bool(lost) and (not same_hand or lost + lost_before > FORGIVEN)


def is_late(due_on: date, first_sent_on: date | None, today: date) -> bool:
    """Not handed in by the end of the last day; one that came back is not late again."""
    return (first_sent_on or today) > due_on
