"""This year's commitments of departments of Công an tỉnh Hà Tĩnh: done, late, near their day, and
the rate that answers component 1.5.2 of the year under way. Made up, and marked so."""

from datetime import date, timedelta

from commitments.models import Commitment, CommitmentTask
from commitments.rules.areas import ReformArea
from commitments.rules.terms import Heading, TaskTerms, usual_title
from commitments.rules.workflow import TaskOutcome, Verdict
from commitments.services import commitments, reporting, tasks
from reports.demo import cualo_loop
from reports.demo.commitments import judge
from reports.demo.year import on
from units.models import Unit, User

UNITS = ("HT-PC06", "HT-PC08", "HT-PC07", "HT-PA08", "HT-PV01", "HT-PX01", "HT-PH10", "HT-PC02")
DONE, REPORTED = "Đã hoàn thành, sản phẩm gửi kèm.", "Đã làm xong, đề nghị nghiệm thu."
ACCEPTED, WAITING, SILENT = "accepted", "waiting", "silent"
FATES = (
    (ACCEPTED, ACCEPTED, WAITING, SILENT),
    (ACCEPTED, ACCEPTED, ACCEPTED, SILENT),
    (ACCEPTED, SILENT, WAITING, SILENT),
)
"""What becomes of the four tasks of a unit, in turn."""


def build(province: Unit, *, editors, heads, receiving_head: User, today: date) -> None:
    """Signed in January, reported until some days ago; eight departments, four tasks each. Before
    them a point that was lost in 2022, and won back by the commitment of the year after."""
    winner = Unit.objects.get(code=UNITS[0])
    _win_back(winner, head=heads[winner.pk], receiving_head=receiving_head)
    signed_on = min(date(today.year, 1, 12), today - timedelta(days=30))
    units = Unit.objects.children_on(province, today).filter(code__in=UNITS).order_by("code")
    for number, unit in enumerate(units):
        with on(signed_on):
            draft = commitments.draft(
                unit,
                year=today.year,
                heading=Heading(usual_title(today.year), "Hà Tĩnh", signed_on),
                by=editors[unit.pk],
                made_up=True,
            )
            rows = [tasks.add(draft, terms=one, by=editors[unit.pk]) for one in _terms(today)]
            draft.refresh_from_db()
            signed = commitments.sign(draft, seen=draft.version, by=heads[unit.pk])
            commitments.countersign(signed, seen=signed.digest, by=receiving_head)
        with on(max(signed_on, today - timedelta(days=6))):
            for row, fate in zip(rows, FATES[number % len(FATES)], strict=True):
                _carry_out(row, fate, by=editors[unit.pk], receiving_head=receiving_head)


def _win_back(unit: Unit, *, head: User, receiving_head: User) -> None:
    signed_on = date(2023, 1, 12)
    with on(date(2022, 12, 27)):
        heading = Heading(usual_title(2023), "Hà Tĩnh", signed_on)
        draft = commitments.draft(unit, year=2023, heading=heading, by=head, made_up=True)
        cualo_loop.take_up_a_loss(unit, 2022, head=head)
    with on(signed_on):
        draft.refresh_from_db()
        signed = commitments.sign(draft, seen=draft.version, by=head)
        commitments.countersign(signed, seen=signed.digest, by=receiving_head)
    whole = Commitment.objects.get(pk=signed.pk)
    with on(date(2023, 10, 20)):
        _carry_out(whole.tasks.get(), ACCEPTED, by=head, receiving_head=receiving_head)
    with on(cualo_loop.CLOSED_ON):
        commitments.close(whole, by=receiving_head, findings={})


def _terms(today: date) -> tuple[TaskTerms, ...]:
    return (
        TaskTerms(
            area=ReformArea.DIRECTION,
            title="Quán triệt và phân công nhiệm vụ cải cách hành chính tới từng đội",
            product="Văn bản phân công",
            due_on=today - timedelta(days=60),
            lead="Đội Tham mưu tổng hợp",
        ),
        TaskTerms(
            area=ReformArea.CIVIL_SERVICE,
            title="Tập huấn nghiệp vụ cho cán bộ làm công tác cải cách hành chính",
            product="Danh sách học viên, báo cáo kết quả",
            due_on=today - timedelta(days=12),
            lead="Đội Tham mưu tổng hợp",
        ),
        TaskTerms(
            area=ReformArea.DIGITAL,
            title="Số hóa hồ sơ lưu trữ còn hiệu lực của đơn vị",
            product="Danh mục hồ sơ đã số hóa",
            due_on=today + timedelta(days=8),
            lead="Các đội nghiệp vụ",
            partners="Đội Tham mưu tổng hợp",
        ),
        TaskTerms(
            area=ReformArea.PROCEDURES,
            title="Rà soát, đề xuất cắt giảm thủ tục hành chính nội bộ",
            product="Báo cáo kết quả rà soát",
            due_on=today + timedelta(days=20),
            lead="Các đội nghiệp vụ",
        ),
    )


def _carry_out(row: CommitmentTask, fate: str, *, by: User, receiving_head: User) -> None:
    if fate == SILENT:
        return
    row.refresh_from_db()
    done_on = row.commitment.agreed_on + timedelta(days=20)
    reporting.report(
        row,
        seen=row.version,
        outcome=TaskOutcome.DONE,
        result=DONE if fate == ACCEPTED else REPORTED,
        done_on=done_on,
        by=by,
    )
    if fate == ACCEPTED:
        judge(row, Verdict.ACCEPTED, "", by=receiving_head)
