"""Which role may do what. The whole table; `access.py` looks it up for a person at a unit."""

from cchc_portal.kit.worded import Worded


class Role(Worded):
    """What a person is at one unit for a stretch of time. One person may hold several."""

    STAFF = "staff", "Cán bộ của đơn vị"
    EDITOR = "editor", "Cán bộ nhập liệu"
    HEAD = "head", "Thủ trưởng đơn vị"
    VERIFIER = "verifier", "Cán bộ thẩm định"
    ORGANISER = "organiser", "Cán bộ tham mưu tổ chức đánh giá"
    LEADER = "leader", "Lãnh đạo theo dõi"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


OF_THE_UNIT = (Role.STAFF, Role.EDITOR, Role.HEAD)
"""Roles that make the unit one's own: nobody verifies their own unit."""

AT_HOME = (*OF_THE_UNIT, Role.VERIFIER, Role.ORGANISER)
"""Roles of people who work at the unit: whoever held one has no say over its points that year."""


class Permission(Worded):
    """What can be allowed at a unit."""

    SEE_UNIT = "see_unit", "Xem hồ sơ của đơn vị"
    SEE_BELOW = "see_below", "Xem các đơn vị trực thuộc"
    FILL_DOSSIER = "fill_dossier", "Nhập tự đánh giá"
    SUBMIT_DOSSIER = "submit_dossier", "Trình nộp hồ sơ tự đánh giá"
    VERIFY_DOSSIER = "verify_dossier", "Thẩm định hồ sơ"
    RUN_PERIOD = "run_period", "Tổ chức kỳ đánh giá"
    UNLOCK_PERIOD = "unlock_period", "Mở lại kỳ đã chốt"
    PUBLISH_INDEX = "publish_index", "Công bố kết quả"
    SEE_DASHBOARD = "see_dashboard", "Xem bảng tổng hợp"
    DRAFT_COMMITMENT = "draft_commitment", "Soạn bản cam kết"
    SIGN_COMMITMENT = "sign_commitment", "Ký bản cam kết"
    JUDGE_COMMITMENT = "judge_commitment", "Nghiệm thu nhiệm vụ cam kết"
    HOLD_CONFERENCE = "hold_conference", "Tổ chức hội nghị, đối thoại"
    SIGN_MINUTES = "sign_minutes", "Ký biên bản hội nghị"
    HANDLE_VOICE = "handle_voice", "Xử lý phản ánh, kiến nghị"
    CONCLUDE_VOICE = "conclude_voice", "Kết thúc phản ánh, kiến nghị"
    RUN_INSPECTION = "run_inspection", "Tổ chức kiểm tra cải cách hành chính"
    SIGN_INSPECTION = "sign_inspection", "Ký kế hoạch, kết luận kiểm tra"
    ANSWER_INSPECTION = "answer_inspection", "Giải trình, khắc phục sau kiểm tra"
    MANAGE_UNITS = "manage_units", "Quản lý đơn vị trực thuộc"
    MANAGE_PEOPLE = "manage_people", "Phân công vai trò cho cán bộ"


_P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.STAFF: frozenset({_P.SEE_UNIT}),
    Role.EDITOR: frozenset(
        {
            _P.SEE_UNIT,
            _P.FILL_DOSSIER,
            _P.DRAFT_COMMITMENT,
            _P.HOLD_CONFERENCE,
            _P.HANDLE_VOICE,
            _P.ANSWER_INSPECTION,
        }
    ),
    Role.HEAD: frozenset(
        {
            _P.SEE_UNIT,
            _P.SEE_BELOW,
            _P.SEE_DASHBOARD,
            _P.FILL_DOSSIER,
            _P.SUBMIT_DOSSIER,
            _P.UNLOCK_PERIOD,
            _P.PUBLISH_INDEX,
            _P.DRAFT_COMMITMENT,
            _P.SIGN_COMMITMENT,
            _P.JUDGE_COMMITMENT,
            _P.HOLD_CONFERENCE,
            _P.SIGN_MINUTES,
            _P.HANDLE_VOICE,
            _P.CONCLUDE_VOICE,
            _P.RUN_INSPECTION,
            _P.SIGN_INSPECTION,
            _P.ANSWER_INSPECTION,
        }
    ),
    Role.VERIFIER: frozenset({_P.SEE_UNIT, _P.SEE_BELOW, _P.VERIFY_DOSSIER}),
    Role.ORGANISER: frozenset(
        {
            _P.SEE_UNIT,
            _P.SEE_BELOW,
            _P.SEE_DASHBOARD,
            _P.VERIFY_DOSSIER,
            _P.RUN_PERIOD,
            _P.DRAFT_COMMITMENT,
            _P.JUDGE_COMMITMENT,
            _P.HOLD_CONFERENCE,
            _P.HANDLE_VOICE,
            _P.RUN_INSPECTION,
        }
    ),
    Role.LEADER: frozenset({_P.SEE_UNIT, _P.SEE_BELOW, _P.SEE_DASHBOARD, _P.UNLOCK_PERIOD}),
    Role.ADMINISTRATOR: frozenset({_P.SEE_UNIT, _P.SEE_BELOW, _P.MANAGE_UNITS, _P.MANAGE_PEOPLE}),
}


def roles_granting(permission: Permission) -> tuple[Role, ...]:
    """Every role that carries the permission, in the order of the table."""
    return tuple(role for role in Role if permission in GRANTS[role])
