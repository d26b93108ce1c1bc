"""What can happen to a commitment, and at whose desk. The table; nothing else."""

from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workflow import Move, Workflow
from units.permissions import Permission


class CommitmentState(Worded):
    DRAFT = "draft", "Đang soạn"
    SIGNED = "signed", "Chờ bên nhận ký"
    IN_FORCE = "in_force", "Đang thực hiện"
    CLOSED = "closed", "Đã kết thúc"


class CommitmentVerb(Worded):
    """The moves, and below them what else leaves a line in the log."""

    SIGN = "sign", "Ký bản cam kết"
    COUNTERSIGN = "countersign", "Ký nhận bản cam kết"
    DECLINE = "decline", "Trả lại bản cam kết"
    CLOSE = "close", "Kết thúc bản cam kết"
    DRAFT = "draft", "Lập bản cam kết"
    REVISE = "revise", "Sửa thông tin chung"
    ADD_TASK = "add_task", "Thêm nhiệm vụ"
    EDIT_TASK = "edit_task", "Sửa nhiệm vụ"
    REMOVE_TASK = "remove_task", "Xóa nhiệm vụ"
    SHIFT_TASK = "shift_task", "Đổi thứ tự nhiệm vụ"
    WORKBOOK = "workbook", "Ghi từ tệp Excel"
    TAKE_TASKS = "take_tasks", "Lấy nhiệm vụ từ kế hoạch"
    REPORT_TASK = "report_task", "Báo cáo kết quả"
    JUDGE_TASK = "judge_task", "Nghiệm thu nhiệm vụ"
    AMEND = "amend", "Lập phụ lục"
    SCAN = "scan", "Gắn bản chụp đã ký"


class TaskOutcome(Worded):
    """What the unit says of a task."""

    UNDER_WAY = "under_way", "Đang thực hiện"
    DONE = "done", "Hoàn thành"
    PARTLY = "partly", "Hoàn thành một phần"
    NOT_DONE = "not_done", "Không hoàn thành"


class Verdict(Worded):
    """What the receiver says of a report."""

    ACCEPTED = "accepted", "Chấp nhận"
    PARTLY = "partly", "Chấp nhận một phần"
    REFUSED = "refused", "Không chấp nhận"


class Finding(Worded):
    """What the end of the year says of a task."""

    DONE = "done", "Hoàn thành"
    PARTLY = "partly", "Hoàn thành một phần"
    NOT_DONE = "not_done", "Không hoàn thành"
    CARRIED = "carried", "Chuyển tiếp sang năm sau"


class Change(Worded):
    """What a row of an annex does to what was signed before."""

    ADD = "add", "Bổ sung nhiệm vụ"
    ALTER = "alter", "Điều chỉnh nhiệm vụ"
    CANCEL = "cancel", "Không thực hiện nữa"


UNFINISHED = (Finding.PARTLY, Finding.NOT_DONE, Finding.CARRIED)
"""What a task of the next year may go on with."""

EDITABLE = (CommitmentState.DRAFT,)
REPORTABLE = (CommitmentState.IN_FORCE,)
COUNTERSIGNED = (CommitmentState.IN_FORCE, CommitmentState.CLOSED)

WRITING = (
    CommitmentVerb.REVISE,
    CommitmentVerb.ADD_TASK,
    CommitmentVerb.EDIT_TASK,
    CommitmentVerb.REMOVE_TASK,
    CommitmentVerb.SHIFT_TASK,
    CommitmentVerb.WORKBOOK,
    CommitmentVerb.TAKE_TASKS,
)
"""Lines of the log that tell how the draft was written, apart from its story."""

UNIT, RECEIVER = "unit", "receiver"

COMMITMENT = Workflow(
    name="commitment",
    title="bản cam kết",
    states=CommitmentState,
    moves=(
        Move(
            CommitmentVerb.SIGN,
            (CommitmentState.DRAFT,),
            CommitmentState.SIGNED,
            UNIT,
            Permission.SIGN_COMMITMENT,
        ),
        Move(
            CommitmentVerb.COUNTERSIGN,
            (CommitmentState.SIGNED,),
            CommitmentState.IN_FORCE,
            RECEIVER,
            Permission.SIGN_COMMITMENT,
        ),
        Move(
            CommitmentVerb.DECLINE,
            (CommitmentState.SIGNED,),
            CommitmentState.DRAFT,
            RECEIVER,
            Permission.SIGN_COMMITMENT,
            needs_comment=True,
        ),
        Move(
            CommitmentVerb.CLOSE,
            (CommitmentState.IN_FORCE,),
            CommitmentState.CLOSED,
            RECEIVER,
            Permission.SIGN_COMMITMENT,
        ),
    ),
)
