"""Kinds of units of the force, of those who sign beside them, and of what happens to units."""

from cchc_portal.kit.worded import Worded


class UnitKind(Worded):
    """Source: structure of the force up to 2025 and since; mass organisations sign pledges."""

    MINISTRY = "ministry", "Bộ"
    MINISTRY_UNIT = "ministry_unit", "Đơn vị thuộc cơ quan Bộ"
    PROVINCE_POLICE = "province_police", "Công an cấp tỉnh"
    DEPARTMENT = "department", "Phòng và tương đương"
    DISTRICT_POLICE = "district_police", "Công an cấp huyện"
    COMMUNE_POLICE = "commune_police", "Công an cấp xã"
    TEAM = "team", "Đội"
    STATION = "station", "Đồn, trạm Công an"
    MASS_ORGANISATION = "mass_organisation", "Tổ chức đoàn thể"


CERTAINTY = {
    "confirmed": "Đã đối chiếu với nguồn công khai",
    "inferred": "Suy ra từ nguồn công khai",
    "press": "Theo báo chí",
    "draft": "Theo dự thảo nghị quyết",
    "successor": "Đã đối chiếu, chưa rõ đơn vị kế thừa",
    "general": "Theo mô hình chung, chưa đối chiếu riêng với đơn vị này",
}
"""How sure the facts of a loaded unit are, by the first word of its basis: units/data/README.md."""


class UnitVerb(Worded):
    """What can happen to a unit, as the logbook tells it."""

    LOAD = "load", "Nạp từ tệp danh mục"
    FOUND = "found", "Thành lập"
    RENAME = "rename", "Đổi tên"
    MOVE = "move", "Chuyển cấp trên trực tiếp"
    CHANGE_FUNCTION = "change_function", "Thay đổi chức năng giải quyết thủ tục"
    CLOSE = "close", "Kết thúc hoạt động"
    MERGE = "merge", "Sáp nhập, hợp nhất"
    RECEIVE = "receive", "Tiếp nhận đơn vị sáp nhập"


class MembershipVerb(Worded):
    """What can happen to an appointment."""

    APPOINT = "appoint", "Phân công vai trò"
    DISMISS = "dismiss", "Thôi phân công"
    TAKE_BACK = "take_back", "Hủy phân công"
