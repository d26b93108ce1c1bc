"""Plans of 2026 for the demo: Công an tỉnh Hà Tĩnh, two tasks of which Phòng Tham mưu takes over.

Made up, layout as usual: areas of Nghị quyết 76/NQ-CP; the two plans are marked so.
"""

from datetime import date

from django.utils import timezone

from commitments.models import Plan
from commitments.rules.areas import ReformArea
from commitments.rules.plan import PlanHeading, PlannedTerms
from commitments.services import plans
from reports.demo.year import on
from units.models import Unit, User

DEPARTMENT = "HT-PV01"
ISSUED_ON, TAKEN_ON = date(2026, 1, 12), date(2026, 1, 20)
DONE_ON, TOLD_ON = date(2026, 1, 29), date(2026, 9, 25)
GROUND = (
    "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ về Chương trình tổng thể cải cách "
    "hành chính nhà nước giai đoạn 2021 - 2030"
)

OF_THE_PROVINCE = (
    PlannedTerms(
        area=ReformArea.DIRECTION,
        title="Ban hành và tổ chức thực hiện kế hoạch cải cách hành chính năm 2026 của đơn vị",
        product="Kế hoạch của từng đơn vị",
        due_on=date(2026, 1, 31),
        lead="Công an các đơn vị",
        partners="Phòng Tham mưu",
        passed_down=True,
    ),
    PlannedTerms(
        area=ReformArea.DIRECTION,
        title="Kiểm tra công tác cải cách hành chính tại ít nhất 30% số đơn vị trực thuộc",
        product="Kế hoạch, biên bản, kết luận kiểm tra",
        due_text="quý II, quý III",
        lead="Phòng Tham mưu",
        partners="Phòng Cảnh sát quản lý hành chính về trật tự xã hội",
    ),
    PlannedTerms(
        area=ReformArea.PROCEDURES,
        title="Rà soát, đề xuất cắt giảm, đơn giản hóa thủ tục hành chính",
        product="Báo cáo kết quả rà soát",
        due_text="quý III",
        lead="Công an các đơn vị có giải quyết thủ tục hành chính",
        passed_down=True,
    ),
    PlannedTerms(
        area=ReformArea.CIVIL_SERVICE,
        title="Tập huấn nghiệp vụ cải cách hành chính cho cán bộ đầu mối",
        product="02 lớp tập huấn",
        due_on=date(2026, 5, 30),
        lead="Phòng Tham mưu",
    ),
    PlannedTerms(
        area=ReformArea.DIGITAL,
        title="Duy trì tiếp nhận, trả kết quả dịch vụ công trực tuyến toàn trình",
        product="Số liệu Cổng Dịch vụ công",
        due_text="thường xuyên",
        lead="Công an các đơn vị",
        passed_down=True,
    ),
)
OF_THE_DEPARTMENT = PlannedTerms(
    area=ReformArea.DIRECTION,
    title="Tổng hợp, báo cáo kết quả cải cách hành chính của Công an tỉnh",
    product="Báo cáo quý, 6 tháng, năm",
    due_text="quý IV",
    lead="Đội Tổng hợp",
)


def build(head: User, department_head: User) -> None:
    """The plan of the province, issued; that of its staff department, with two tasks of it."""
    province, department = Unit.objects.get(code="HT"), Unit.objects.get(code=DEPARTMENT)
    with on(ISSUED_ON):
        above = _written(province, head, OF_THE_PROVINCE)
        _issued(above, head, plans.Paper("08/KH-CAT-PV01", ISSUED_ON))
    with on(TAKEN_ON):
        plan = _written(department, department_head, (OF_THE_DEPARTMENT,))
        passed = list(above.tasks.filter(passed_down=True).values_list("pk", flat=True)[:2])
        plans.take_over(plan, chosen=passed, by=department_head)
        _issued(plan, department_head, plans.Paper("15/KH-PV01", TAKEN_ON))
    with on(DONE_ON):
        _told(plan, 2, "Kế hoạch số 15/KH-PV01 đã ban hành, phổ biến tới các đội.", department_head)
    with on(TOLD_ON):
        _told(above, 2, "Đã kiểm tra 32/95 đơn vị; kết luận số 41/KL-CAT-PV01.", head)
        _told(above, 4, "Đã mở 02 lớp, 186 cán bộ tham gia.", head)


def _written(unit: Unit, by: User, rows: tuple[PlannedTerms, ...]) -> Plan:
    heading = PlanHeading("Kế hoạch cải cách hành chính năm 2026", GROUND)
    plan = plans.draft(unit, year=2026, heading=heading, by=by, made_up=True)
    for row in rows:
        plans.add(plan, terms=row, by=by)
    return plan


def _issued(plan: Plan, by: User, paper: plans.Paper) -> None:
    plan.refresh_from_db()
    plans.issue(plan, seen=plan.version, paper=paper, by=by)


def _told(plan: Plan, position: int, result: str, by: User) -> None:
    task = plan.tasks.select_related("plan").get(position=position)
    day = timezone.localdate()
    plans.tell(task, seen=task.version, result=result, done_on=day, by=by)
