"""Tasks that units of a kind usually promise: a beginning, to be mended before signing.

Source: practice of provincial and district police (tasks registered by teams, wards and mass
organisations); figures are left to the unit.
"""

from commitments.rules.areas import ReformArea
from commitments.rules.terms import TaskTerms
from units.kinds import UnitKind

DIRECTION = TaskTerms(
    area=ReformArea.DIRECTION,
    title="Ban hành và thực hiện kế hoạch cải cách hành chính của đơn vị",
    product="Kế hoạch, báo cáo kết quả",
    due_text="quý I",
)
TRAINING = TaskTerms(
    area=ReformArea.CIVIL_SERVICE,
    title="Tập huấn công tác cải cách hành chính cho cán bộ, chiến sĩ",
    product="Lớp tập huấn, danh sách học viên",
    measure="số lớp tập huấn trong năm",
    measure_unit="lớp",
    due_text="quý II",
)
ONLINE = TaskTerms(
    area=ReformArea.PROCEDURES,
    title="Nâng tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến",
    product="Số liệu Cổng dịch vụ công",
    measure="tỷ lệ hồ sơ nộp trực tuyến",
    measure_unit="%",
    due_text="quý IV",
)
CONDUCT = TaskTerms(
    area=ReformArea.CIVIL_SERVICE,
    title="Chấp hành giờ làm việc, văn hóa ứng xử khi tiếp công dân",
    due_text="thường xuyên",
)
WORK = TaskTerms(
    area=ReformArea.DIRECTION,
    title="Đăng ký công trình, phần việc cải cách hành chính",
    product="Báo cáo kết quả công trình",
    measure="số công trình",
    measure_unit="công trình",
    due_text="quý III",
)

OF_KIND = {
    UnitKind.COMMUNE_POLICE: (DIRECTION, ONLINE, CONDUCT),
    UnitKind.STATION: (DIRECTION, CONDUCT),
    UnitKind.TEAM: (ONLINE, CONDUCT),
    UnitKind.MASS_ORGANISATION: (WORK,),
}
OTHERS = (DIRECTION, ONLINE, TRAINING, CONDUCT)


def template_of(kind: str) -> tuple[TaskTerms, ...]:
    """The usual tasks of a unit of this kind (`UnitKind` value)."""
    return OF_KIND.get(UnitKind(kind), OTHERS)
