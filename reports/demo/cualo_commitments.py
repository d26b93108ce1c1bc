"""Công an thị xã Cửa Lò 2023: wards, teams and mass organisations sign for the next year at the
review of 06/10/2022, as told in the press. Teams, people, tasks and results are made up.
"""

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from commitments.models import CommitmentTask
from commitments.rules.areas import ReformArea
from commitments.rules.progress import Aim
from commitments.rules.terms import Heading, TaskTerms
from commitments.rules.workflow import TaskOutcome, Verdict
from commitments.services import commitments, reporting, tasks
from reports.demo import cualo_loop
from reports.demo.commitments import judge
from reports.demo.people import Registry
from reports.demo.year import on
from units.kinds import UnitKind
from units.models import Membership, Unit, User
from units.permissions import Role

SIDES = Path(__file__).with_name("cualo-sides.csv")
SIGNED_ON, REPORTED_ON = date(2022, 10, 6), date(2023, 9, 8)
HEADING = Heading(
    "Bản cam kết thực hiện nhiệm vụ cải cách hành chính năm 2023", "Cửa Lò", SIGNED_ON
)
POSTS = {
    UnitKind.TEAM: "Đội trưởng",
    UnitKind.MASS_ORGANISATION: "Trưởng tổ chức đoàn thể",
}

OF_A_WARD = (
    TaskTerms(
        area=ReformArea.PROCEDURES,
        title="Nâng tỷ lệ hồ sơ cư trú nộp trực tuyến",
        measure="tỷ lệ hồ sơ nộp trực tuyến",
        measure_unit="%",
        baseline=Decimal(55),
        target=Decimal(80),
        due_text="quý III",
        lead="Tổ một cửa",
        proof="Số liệu Cổng dịch vụ công",
    ),
    TaskTerms(
        area=ReformArea.DIGITAL,
        title="Niêm yết mã QR đánh giá mức độ hài lòng tại bộ phận một cửa",
        product="Mã QR tại quầy",
        due_from=date(2023, 1, 2),
        due_on=date(2023, 3, 31),
        lead="Tổ một cửa",
    ),
)
OF_A_TEAM = (
    TaskTerms(
        area=ReformArea.PROCEDURES,
        title="Rút ngắn thời gian giải quyết thủ tục thuộc thẩm quyền của đội",
        measure="thời gian giải quyết một hồ sơ",
        measure_unit="ngày",
        aim=Aim.CUT,
        target=Decimal(1),
        due_on=date(2023, 8, 31),
    ),
    TaskTerms(
        area=ReformArea.CIVIL_SERVICE,
        title="Chấp hành giờ làm việc, văn hóa ứng xử khi tiếp công dân",
        due_text="thường xuyên",
    ),
)
OF_AN_ORGANISATION = (
    TaskTerms(
        area=ReformArea.DIRECTION,
        title="Đăng ký một công trình, phần việc cải cách hành chính trong năm",
        measure="số công trình",
        measure_unit="công trình",
        target=Decimal(1),
        due_on=date(2023, 7, 31),
    ),
)
PROMISES = {
    UnitKind.COMMUNE_POLICE: OF_A_WARD,
    UnitKind.TEAM: OF_A_TEAM,
    UnitKind.MASS_ORGANISATION: OF_AN_ORGANISATION,
}
REACHED = (Decimal(82), Decimal(71), Decimal(80))


def build(registry: Registry, town: Unit) -> None:
    """Thirteen commitments in one ceremony, those of the wards with what they had lost before; a
    first report on most of them, an annex to one, and the end of the year for another."""
    call_command("import_units", str(SIDES), stdout=StringIO())
    receiving_head = User.objects.get(username="truong.cualo")
    sides = list(Unit.objects.children_on(town, SIGNED_ON))
    heads = {unit.pk: _head_of(unit, registry) for unit in sides if unit.kind in PROMISES}
    with on(SIGNED_ON):
        signed = [_signed(unit, heads[unit.pk]) for unit in sides if unit.pk in heads]
        for commitment in signed:
            commitments.countersign(commitment, seen=commitment.digest, by=receiving_head)
    wards = [one for one in signed if one.unit.kind == UnitKind.COMMUNE_POLICE]
    cualo_loop.amend(wards[1], head=heads[wards[1].unit_id], receiving_head=receiving_head)
    with on(REPORTED_ON):
        for commitment, reached in zip(wards, REACHED, strict=False):
            _reported(commitment.tasks.get(position=1), reached, heads[commitment.unit_id])
        first = wards[0].tasks.get(position=1)
        judge(first, Verdict.ACCEPTED, "", by=receiving_head)
    cualo_loop.close_and_carry_over(
        wards[0], head=heads[wards[0].unit_id], receiving_head=receiving_head
    )


def _signed(unit: Unit, head: User):
    commitment = commitments.draft(unit, year=2023, heading=HEADING, by=head, made_up=True)
    for terms in PROMISES[UnitKind(unit.kind)]:
        tasks.add(commitment, terms=terms, by=head)
    if unit.kind == UnitKind.COMMUNE_POLICE:
        cualo_loop.take_up_a_loss(unit, 2022, head=head)
    commitment.refresh_from_db()
    return commitments.sign(commitment, seen=commitment.version, by=head)


def _reported(task: CommitmentTask, reached: Decimal, head: User) -> None:
    done = reached >= task.target
    reporting.report(
        task,
        seen=task.version,
        outcome=TaskOutcome.DONE if done else TaskOutcome.UNDER_WAY,
        result="Số liệu 8 tháng đầu năm trên hệ thống (dữ liệu minh họa).",
        done_on=date(2023, 8, 31) if done else None,
        reached=reached,
        by=head,
    )


def _head_of(unit: Unit, registry: Registry) -> User:
    """The head there is already, or a new one."""
    there = Membership.objects.filter(unit=unit, role=Role.HEAD).select_related("user").first()
    if there:
        return there.user
    short = unit.code.partition("-")[2].lower()
    return registry.person(
        f"thutruong.{short}", unit, Role.HEAD, post=POSTS[UnitKind(unit.kind)], rank="Thiếu tá"
    )
