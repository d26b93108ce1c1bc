"""What can happen to a conference, to what was raised at it, to what was sent up, to its
conclusions; at whose desk. The tables; nothing else.

Source of the kinds, counts and ways: practice of Công an thị xã Thái Hòa at its dialogue of
02/01/2020; Nghị định 30/2020/NĐ-CP for the minutes.
"""

from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workflow import Move, Workflow
from units.permissions import Permission


class ConferenceKind(Worded):
    """What a conference is held for; one may be several."""

    REVIEW = "review", "Tổng kết"
    ANNOUNCEMENT = "announcement", "Công bố"
    PLEDGE = "pledge", "Ký cam kết"
    DIALOGUE = "dialogue", "Đối thoại"
    TRAINING = "training", "Tập huấn"


class Attending(Worded):
    """Who takes part."""

    GUEST = "guest", "Lãnh đạo, đại biểu mời"
    OFFICER = "officer", "Cán bộ, chiến sĩ"
    CITIZEN = "citizen", "Công dân"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    ORGANISATION = "organisation", "Cơ quan, đoàn thể"


class ConferenceState(Worded):
    PLANNED = "planned", "Dự kiến"
    HELD = "held", "Đã tổ chức"
    FOLLOWED = "followed", "Đang theo dõi kết luận"
    CLOSED = "closed", "Đã kết thúc"
    CANCELLED = "cancelled", "Không tổ chức"


class ConferenceVerb(Worded):
    """The moves, and below them what else leaves a line in the log of a conference."""

    HOLD = "hold", "Ghi nhận đã tổ chức"
    SIGN_MINUTES = "sign_minutes", "Ký biên bản"
    TAKE_BACK = "take_back", "Mở lại biên bản"
    CLOSE = "close", "Kết thúc theo dõi"
    CANCEL = "cancel", "Không tổ chức"
    PLAN = "plan", "Lập hội nghị"
    REVISE = "revise", "Sửa thông tin hội nghị"
    ATTACH = "attach", "Gắn tài liệu"
    DETACH = "detach", "Gỡ tài liệu"
    COLLECT = "collect", "Mở nhận ý kiến gửi trước"
    STOP_COLLECTING = "stop_collecting", "Ngừng nhận ý kiến gửi trước"
    RELEASE = "release", "Công khai bảng ý kiến"
    TAKE_DOWN = "take_down", "Gỡ bảng công khai"
    ENTER = "enter", "Ghi ý kiến"
    EDIT = "edit", "Sửa ý kiến"
    SPLIT = "split", "Tách ý kiến"
    ANSWER = "answer", "Trả lời"
    ACCEPT = "accept", "Giao thành nhiệm vụ"
    ESCALATE = "escalate", "Chuyển cấp trên"
    WITHDRAW = "withdraw", "Ghi nhận người nêu rút"
    DISCARD = "discard", "Không tiếp nhận"
    RETURN = "return", "Xem xét lại"
    REPLY = "reply", "Trả lời đơn vị"
    PASS_ON = "pass_on", "Chuyển tiếp lên cấp trên"
    TURN_BACK = "turn_back", "Trả lại đơn vị"
    RECALL = "recall", "Thôi chuyển cấp trên"
    COME_BACK = "come_back", "Câu trả lời về đến đơn vị"
    END = "end", "Kết thúc theo dõi ý kiến"
    CONCLUDE = "conclude", "Thêm nội dung kết luận"
    REWORD = "reword", "Sửa nhiệm vụ"
    REMOVE = "remove", "Bỏ nhiệm vụ"
    FINISH = "finish", "Báo cáo hoàn thành"
    GIVE_UP = "give_up", "Báo cáo không hoàn thành"
    RESUME = "resume", "Yêu cầu thực hiện tiếp"


class ItemKind(Worded):
    """Opinions, questions and proposals are separate counts in every report."""

    OPINION = "opinion", "Ý kiến"
    QUESTION = "question", "Câu hỏi"
    PROPOSAL = "proposal", "Kiến nghị"


class Speaker(Worded):
    OFFICER = "officer", "Cán bộ, chiến sĩ"
    CITIZEN = "citizen", "Công dân"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    ORGANISATION = "organisation", "Cơ quan, đoàn thể"


class Source(Worded):
    """By which way it came."""

    LIVE = "live", "Nêu tại hội nghị"
    SENT = "sent", "Gửi trước"


class ItemState(Worded):
    RECEIVED = "received", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    ACCEPTED = "accepted", "Thành nhiệm vụ"
    ESCALATED = "escalated", "Chuyển cấp trên"
    REPLIED = "replied", "Cấp trên đã trả lời"
    WITHDRAWN = "withdrawn", "Đã rút"
    DISCARDED = "discarded", "Không tiếp nhận"
    ENDED = "ended", "Đã kết thúc"


class EscalationState(Worded):
    WAITING = "awaiting", "Chờ cấp trên trả lời"
    PASSED_ON = "passed_on", "Đã chuyển tiếp"
    REPLIED = "replied", "Đã trả lời"
    TURNED_BACK = "turned_back", "Trả lại đơn vị"
    RECALLED = "recalled", "Đơn vị thôi chuyển"


class TaskState(Worded):
    UNDER_WAY = "under_way", "Đang thực hiện"
    DONE = "done", "Hoàn thành"
    NOT_DONE = "not_done", "Không hoàn thành"
    REMOVED = "removed", "Đã bỏ"


WRITABLE = (ConferenceState.PLANNED, ConferenceState.HELD)
"""Heading, items and conclusions may be written until the minutes are signed."""
AT_WORK = (ConferenceState.PLANNED, ConferenceState.HELD, ConferenceState.FOLLOWED)
"""Answers, and what comes of them, may be written until the following up ends."""
MINUTED = (ConferenceState.FOLLOWED, ConferenceState.CLOSED)
IN_HAND = (ItemState.RECEIVED, ItemState.REPLIED)
"""The unit itself has to act."""
ASIDE = (ItemState.WITHDRAWN, ItemState.DISCARDED)
"""What is followed no further."""
OPEN_ITEMS = (ItemState.RECEIVED, ItemState.ESCALATED, ItemState.REPLIED, ItemState.ACCEPTED)
"""Not settled yet: the following up cannot end."""
IN_TRANSIT = (EscalationState.WAITING, EscalationState.PASSED_ON)

UNIT, UPPER, OWNER = "unit", "upper", "owner"
HOLDING, SIGNING = Permission.HOLD_CONFERENCE, Permission.SIGN_MINUTES
_V, _C, _I, _E, _T = ConferenceVerb, ConferenceState, ItemState, EscalationState, TaskState

CONFERENCE = Workflow(
    name="conference",
    title="hội nghị",
    states=ConferenceState,
    moves=(
        Move(_V.HOLD, (_C.PLANNED,), _C.HELD, UNIT, HOLDING),
        Move(_V.SIGN_MINUTES, (_C.HELD,), _C.FOLLOWED, UNIT, SIGNING),
        Move(_V.TAKE_BACK, (_C.FOLLOWED,), _C.HELD, UNIT, SIGNING, needs_comment=True),
        Move(_V.CLOSE, (_C.FOLLOWED,), _C.CLOSED, UNIT, SIGNING),
        Move(_V.CANCEL, (_C.PLANNED,), _C.CANCELLED, UNIT, SIGNING, needs_comment=True),
    ),
)

ITEM = Workflow(
    name="item",
    title="ý kiến tại hội nghị",
    states=ItemState,
    moves=(
        Move(_V.ANSWER, IN_HAND, _I.ANSWERED, UNIT, HOLDING),
        Move(_V.ACCEPT, IN_HAND, _I.ACCEPTED, UNIT, HOLDING),
        Move(_V.ESCALATE, IN_HAND, _I.ESCALATED, UNIT, HOLDING),
        Move(_V.COME_BACK, (_I.ESCALATED,), _I.REPLIED, UPPER, HOLDING),
        Move(_V.WITHDRAW, IN_HAND, _I.WITHDRAWN, UNIT, HOLDING, needs_comment=True),
        Move(_V.DISCARD, (_I.RECEIVED,), _I.DISCARDED, UNIT, HOLDING, needs_comment=True),
        Move(
            _V.RETURN,
            (_I.ANSWERED, _I.ACCEPTED, _I.WITHDRAWN, _I.DISCARDED),
            _I.RECEIVED,
            UNIT,
            HOLDING,
            needs_comment=True,
        ),
        Move(_V.TURN_BACK, (_I.ESCALATED,), _I.RECEIVED, UPPER, HOLDING, needs_comment=True),
        Move(_V.RECALL, (_I.ESCALATED,), _I.RECEIVED, UNIT, HOLDING, needs_comment=True),
        Move(_V.END, (_I.ANSWERED, _I.ACCEPTED), _I.ENDED, UNIT, HOLDING),
        Move(_V.RESUME, (_I.ENDED, _I.RECEIVED), _I.ACCEPTED, UNIT, HOLDING, needs_comment=True),
    ),
)
"""END follows from a finished task, or from the end of the following up; RESUME from the task."""

BY_HAND = (_V.ANSWER, _V.ACCEPT, _V.ESCALATE, _V.WITHDRAW, _V.DISCARD, _V.RETURN, _V.RECALL)
"""The moves of an item that somebody of the unit makes on its page."""

ESCALATION = Workflow(
    name="escalation",
    title="ý kiến chuyển lên",
    states=EscalationState,
    moves=(
        Move(_V.REPLY, (_E.WAITING,), _E.REPLIED, UPPER, HOLDING),
        Move(_V.PASS_ON, (_E.WAITING,), _E.PASSED_ON, UPPER, HOLDING),
        Move(_V.TURN_BACK, (_E.WAITING,), _E.TURNED_BACK, UPPER, HOLDING, needs_comment=True),
        Move(_V.COME_BACK, (_E.PASSED_ON,), _E.WAITING, UPPER, HOLDING),
        Move(_V.RECALL, IN_TRANSIT, _E.RECALLED, UNIT, HOLDING, needs_comment=True),
    ),
)

CONCLUSION = Workflow(
    name="conclusion",
    title="nhiệm vụ của hội nghị",
    states=TaskState,
    moves=(
        Move(_V.FINISH, (_T.UNDER_WAY,), _T.DONE, OWNER, HOLDING),
        Move(_V.GIVE_UP, (_T.UNDER_WAY,), _T.NOT_DONE, OWNER, HOLDING, needs_comment=True),
        Move(_V.RESUME, (_T.DONE, _T.NOT_DONE), _T.UNDER_WAY, UNIT, HOLDING, needs_comment=True),
        Move(_V.REMOVE, (_T.UNDER_WAY,), _T.REMOVED, UNIT, HOLDING, needs_comment=True),
    ),
)
