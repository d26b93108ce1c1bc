"""Whether a set of criteria is sound, and the reading of a catalogue file."""

from cchc_portal.kit.worded import Worded


class Level(Worded):
    """Where in the tree a node stands. Only components bear answers."""

    AREA = "area", "Lĩnh vực"
    CRITERION = "criterion", "Tiêu chí"
    COMPONENT = "component", "Tiêu chí thành phần"


class Source(Worded):
    """Who gives the points of a component."""

    SELF = "self", "Đơn vị tự chấm"
    CENTRAL = "central", "Cơ quan thẩm định chấm"
    SURVEY = "survey", "Đo lường sự hài lòng"
    BONUS = "bonus", "Điểm thưởng"
    PENALTY = "penalty", "Điểm trừ"
