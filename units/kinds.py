"""Kinds of units of the force, and of those who sign beside them."""

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
