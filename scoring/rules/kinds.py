"""Kinds of things the scoring rules speak of."""

from cchc_portal.kit.worded import Worded

LONGEST_NOTE = 5000
"""Of the unit's note to a component, through whatever door it comes."""


LONGEST_SOURCE = 300
"""Of the words that name where a figure comes from that the unit does not assess itself."""


class Level(Worded):
    """Where a node stands in the tree of a criteria set."""

    AREA = "area", "Lĩnh vực"
    CRITERION = "criterion", "Tiêu chí"
    COMPONENT = "component", "Tiêu chí thành phần"


class Source(Worded):
    """Where the points of a component come from. Only SELF is scored by the unit itself."""

    SELF = "self", "Đơn vị tự đánh giá"
    CENTRAL = "central", "Cơ quan thẩm định chấm"
    SURVEY = "survey", "Điều tra, đo lường sự hài lòng"
    BONUS = "bonus", "Điểm thưởng"
    PENALTY = "penalty", "Điểm trừ"


class Side(Worded):
    """Whose points a table of results shows. PROVISIONAL: what is verified and, where nothing is
    yet, what the unit gave itself."""

    SELF = "self", "Tự chấm"
    VERIFIED = "verified", "Thẩm định"
    PROVISIONAL = "provisional", "Tạm tính"


class Door(Worded):
    """Through which door a change of a score came in. OUTSIDE: written by SQL that names none."""

    PAGE = "page", "trên trang"
    EXCEL = "excel", "từ tệp Excel"
    IMPORT = "import", "nhập dữ liệu"
    REPORTED = "reported", "từ số liệu báo cáo"
    OUTSIDE = "outside", "ngoài cổng"


class Hindrance(Worded):
    """Why what the unit typed was not accepted and lies beside as a draft."""

    REFUSED = "refused", "Chưa hợp lệ"
    CHANGED = "changed", "Người khác vừa sửa"
    LOCKED = "locked", "Hồ sơ đã khóa"


class PeriodKind(Worded):
    """What a period assesses."""

    INDEX = "index", "Chỉ số cải cách hành chính"
    MODEL = "model", "Mô hình bộ phận một cửa"


class Preparation(Worded):
    """What is done to a period before it opens, as its logbook calls it."""

    DRAFT = "draft", "Lập kỳ đánh giá"
    EDIT = "edit", "Thông tin kỳ"
    BLOCK = "block", "Khối"
    UNITS = "units", "Đơn vị"
    CRITERIA = "criteria", "Tiêu chí"
