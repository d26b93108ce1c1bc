"""The areas of reform a task belongs to."""

from cchc_portal.kit.worded import Worded


class ReformArea(Worded):
    """Direction in front, then the six areas of the programme 2021–2030.

    Source: Nghị quyết 76/NQ-CP of 15/07/2021.
    """

    DIRECTION = "direction", "Chỉ đạo, điều hành"
    INSTITUTIONS = "institutions", "Cải cách thể chế"
    PROCEDURES = "procedures", "Cải cách thủ tục hành chính"
    APPARATUS = "apparatus", "Cải cách tổ chức bộ máy"
    CIVIL_SERVICE = "civil_service", "Cải cách chế độ công vụ"
    FINANCE = "finance", "Cải cách tài chính công"
    DIGITAL = "digital", "Chính quyền điện tử, chính quyền số"
