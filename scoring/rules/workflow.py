"""What can happen to a period and to a dossier, and at whose desk. The tables; nothing else."""

from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workflow import Move, Workflow
from units.permissions import Permission


class PeriodState(Worded):
    PREPARING = "preparing", "Đang chuẩn bị"
    OPENING = "opening", "Đang mở kỳ"
    OPEN = "open", "Đang đánh giá"
    LOCKED = "locked", "Đã chốt"
    PUBLISHED = "published", "Đã công bố"


class PeriodVerb(Worded):
    OPEN = "open", "Mở kỳ đánh giá"
    START = "start", "Hoàn tất mở kỳ"
    LOCK = "lock", "Chốt kỳ đánh giá"
    UNLOCK = "unlock", "Mở lại kỳ đã chốt"
    PUBLISH = "publish", "Công bố kết quả"
    CORRECT = "correct", "Mở kỳ để đính chính"


class DossierState(Worded):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã trình nộp"
    RETURNED = "returned", "Bị trả lại"
    VERIFIED = "verified", "Đã thẩm định"
    ABSENT = "absent", "Không đánh giá"


class DossierVerb(Worded):
    SUBMIT = "submit", "Trình nộp"
    RETURN = "return", "Trả lại"
    VERIFY = "verify", "Hoàn thành thẩm định"
    EXCUSE = "excuse", "Không đánh giá kỳ này"
    REOPEN = "reopen", "Thẩm định lại"
    RECALL = "recall", "Đưa vào đánh giá lại"


class ExplanationState(Worded):
    WRITING = "writing", "Đang soạn"
    SENT = "sent", "Chờ kết luận"
    AGREED = "agreed", "Đã đồng ý"
    DECIDED = "decided", "Đã kết luận"


class ExplanationVerb(Worded):
    SEND = "send", "Gửi giải trình"
    AGREE = "agree", "Đồng ý kết quả"
    DECIDE = "decide", "Kết luận giải trình"


PREPARATION = (PeriodState.PREPARING,)
NOT_YET_ASSESSING = (PeriodState.PREPARING, PeriodState.OPENING)
DECIDED = (PeriodState.LOCKED, PeriodState.PUBLISHED)
FILLABLE = (DossierState.DRAFT, DossierState.RETURNED)
SUBMITTED_ONCE = (DossierState.SUBMITTED, DossierState.VERIFIED)
SETTLED = (DossierState.VERIFIED, DossierState.ABSENT)

ASSESSOR, UNIT = "assessor", "unit"

PERIOD = Workflow(
    name="period",
    title="kỳ đánh giá",
    states=PeriodState,
    moves=(
        Move(
            PeriodVerb.OPEN,
            (PeriodState.PREPARING,),
            PeriodState.OPENING,
            ASSESSOR,
            Permission.RUN_PERIOD,
        ),
        Move(
            PeriodVerb.START,
            (PeriodState.OPENING,),
            PeriodState.OPEN,
            ASSESSOR,
            Permission.RUN_PERIOD,
        ),
        Move(
            PeriodVerb.LOCK,
            (PeriodState.OPEN,),
            PeriodState.LOCKED,
            ASSESSOR,
            Permission.RUN_PERIOD,
        ),
        Move(
            PeriodVerb.UNLOCK,
            (PeriodState.LOCKED,),
            PeriodState.OPEN,
            ASSESSOR,
            Permission.UNLOCK_PERIOD,
            needs_comment=True,
        ),
        Move(
            PeriodVerb.PUBLISH,
            (PeriodState.LOCKED,),
            PeriodState.PUBLISHED,
            ASSESSOR,
            Permission.PUBLISH_INDEX,
        ),
        Move(
            PeriodVerb.CORRECT,
            (PeriodState.PUBLISHED,),
            PeriodState.OPEN,
            ASSESSOR,
            Permission.PUBLISH_INDEX,
            needs_comment=True,
        ),
    ),
)

SHARE = "share"
EXTEND = "extend"
REPLY = "reply"
DECIDE = "decide_reply"
ACCEPT = "accept_low"
SECOND_MARK = "second_mark"
DRAW = "draw_reported"
BESIDE_THE_MOVES = {
    SHARE: "Giao phần việc",
    EXTEND: "Gia hạn",
    REPLY: "Gửi ý kiến giải trình",
    DECIDE: "Kết luận giải trình",
    ACCEPT: "Nhận các dòng rủi ro thấp",
    SECOND_MARK: "Chấm lần hai",
    DRAW: "Lấy số liệu báo cáo vào tự đánh giá",
}
"""What the log of a dossier tells that moves it nowhere."""

OWN = "own"
ASSIGN = "assign"
MARK_TWICE = "mark_twice"
FIGURES = "figures"
BESIDE_THE_STATES = {
    OWN: "Giao tiêu chí",
    ASSIGN: "Phân công thẩm định",
    ACCEPT: BESIDE_THE_MOVES[ACCEPT],
    MARK_TWICE: "Chấm lần hai",
    FIGURES: "Nhập điểm ngoài tự đánh giá",
    DRAW: BESIDE_THE_MOVES[DRAW],
}
"""What the log of a period tells of its verification."""

READ = "read"
OF_THE_PUBLICATION = {READ: "Xác nhận đã xem các điều cần lưu ý trước khi công bố"}
"""What the log of a period tells of what was read before it was published."""

DOSSIER = Workflow(
    name="dossier",
    title="hồ sơ tự đánh giá",
    states=DossierState,
    moves=(
        Move(
            DossierVerb.SUBMIT,
            FILLABLE,
            DossierState.SUBMITTED,
            UNIT,
            Permission.SUBMIT_DOSSIER,
        ),
        Move(
            DossierVerb.RETURN,
            (DossierState.SUBMITTED,),
            DossierState.RETURNED,
            ASSESSOR,
            Permission.VERIFY_DOSSIER,
            needs_comment=True,
        ),
        Move(
            DossierVerb.VERIFY,
            (DossierState.SUBMITTED,),
            DossierState.VERIFIED,
            ASSESSOR,
            Permission.VERIFY_DOSSIER,
        ),
        Move(
            DossierVerb.EXCUSE,
            FILLABLE,
            DossierState.ABSENT,
            ASSESSOR,
            Permission.RUN_PERIOD,
            needs_comment=True,
        ),
        Move(
            DossierVerb.REOPEN,
            (DossierState.VERIFIED,),
            DossierState.SUBMITTED,
            ASSESSOR,
            Permission.RUN_PERIOD,
            needs_comment=True,
        ),
        Move(
            DossierVerb.RECALL,
            (DossierState.ABSENT,),
            DossierState.DRAFT,
            ASSESSOR,
            Permission.RUN_PERIOD,
            needs_comment=True,
        ),
    ),
)

EXPLANATION = Workflow(
    name="explanation",
    title="giải trình",
    states=ExplanationState,
    moves=(
        Move(
            ExplanationVerb.SEND,
            (ExplanationState.WRITING,),
            ExplanationState.SENT,
            UNIT,
            Permission.SUBMIT_DOSSIER,
        ),
        Move(
            ExplanationVerb.AGREE,
            (ExplanationState.WRITING,),
            ExplanationState.AGREED,
            UNIT,
            Permission.SUBMIT_DOSSIER,
        ),
        Move(
            ExplanationVerb.DECIDE,
            (ExplanationState.SENT,),
            ExplanationState.DECIDED,
            ASSESSOR,
            Permission.VERIFY_DOSSIER,
            needs_comment=True,
        ),
    ),
)
