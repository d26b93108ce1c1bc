"""Kinds of units of the force, of those who sign beside them, and of what happens to units."""

from cchc_portal.kit.worded import Worded


class UnitKind(Worded):
    """Source: structure of the force to 28/02/2025 and since; mass organisations sign commitments."""

    MINISTRY = "ministry", "Bộ"
    MINISTRY_UNIT = "ministry_unit", "Đơn vị thuộc cơ quan Bộ"
    PROVINCE_POLICE = "province_police", "Công an cấp tỉnh"
    DEPARTMENT = "department", "Phòng và tương đương"
    DISTRICT_POLICE = "district_police", "Công an cấp huyện"
    COMMUNE_POLICE = "commune_police", "Công an cấp xã"
    TEAM = "team", "Đội"
    STATION = "station", "Đồn, trạm Công an"
    MASS_ORGANISATION = "mass_organisation", "Tổ chức đoàn thể"


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
