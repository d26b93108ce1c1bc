"""A commitment for the demo: Phòng Công tác đảng và công tác chính trị, Nghệ An, 2022.

Known from the provincial police's own news (2022): six tasks were registered, namely a software,
training, merged inspections with "25 days a year less", and one task each of the women's
association, the union and the youth union. Everything else, wording, products, days, results, is
made up, and the commitment is marked so.
"""

from datetime import date
from decimal import Decimal

from commitments.models import Commitment, CommitmentTask
from commitments.rules.areas import ReformArea
from commitments.rules.progress import Aim
from commitments.rules.terms import Heading, TaskTerms
from commitments.rules.workflow import TaskOutcome, Verdict
from commitments.services import commitments, reporting, tasks
from reports.demo.year import on
from units.models import Unit, User

SIGNED_ON, REPORTED_ON = date(2022, 1, 5), date(2022, 12, 20)

HEADING = Heading(
    title="Bản cam kết thực hiện nhiệm vụ cải cách hành chính năm 2022",
    place="Nghệ An",
    agreed_on=SIGNED_ON,
)

SIX_TASKS = (
    TaskTerms(
        area=ReformArea.DIGITAL,
        title="Xây dựng phần mềm quản lý công tác đảng và công tác chính trị",
        product="Phần mềm được đưa vào sử dụng",
        due_on=date(2022, 9, 30),
        lead="Đội Tham mưu, tổng hợp",
        partners="Phòng Tham mưu",
    ),
    TaskTerms(
        area=ReformArea.CIVIL_SERVICE,
        title="Tập huấn công tác cải cách hành chính cho cán bộ, chiến sĩ",
        product="Lớp tập huấn, danh sách học viên",
        measure="số lớp tập huấn trong năm",
        measure_unit="lớp",
        target=Decimal(2),
        due_on=date(2022, 6, 30),
        lead="Đội Công tác chính trị",
    ),
    TaskTerms(
        area=ReformArea.APPARATUS,
        title="Gộp các cuộc kiểm tra để giảm thời gian kiểm tra tại các đơn vị",
        product="Kế hoạch kiểm tra chung",
        measure="số ngày kiểm tra tại các đơn vị",
        measure_unit="ngày mỗi năm",
        aim=Aim.CUT,
        target=Decimal(25),
        due_on=date(2022, 12, 15),
        lead="Đội Công tác đảng",
        partners="các đội thuộc phòng",
    ),
    TaskTerms(
        area=ReformArea.DIRECTION,
        title="Công trình cải cách hành chính của Hội Phụ nữ",
        product="Báo cáo kết quả công trình",
        due_on=date(2022, 10, 20),
        lead="Hội Phụ nữ",
    ),
    TaskTerms(
        area=ReformArea.DIRECTION,
        title="Công trình cải cách hành chính của Công đoàn",
        product="Báo cáo kết quả công trình",
        due_text="quý III năm 2022",
        lead="Công đoàn",
    ),
    TaskTerms(
        area=ReformArea.DIRECTION,
        title="Công trình cải cách hành chính của Đoàn Thanh niên",
        product="Báo cáo kết quả công trình",
        due_text="thường xuyên",
        lead="Đoàn Thanh niên",
    ),
)

# position, outcome, result, day done, value reached
REPORTS = (
    (1, TaskOutcome.PARTLY, "Phần mềm đã chạy thử tại phòng, chưa đưa tới các đơn vị.", None, None),
    (2, TaskOutcome.DONE, "Đã mở 2 lớp.", date(2022, 6, 24), Decimal(2)),
    (
        3,
        TaskOutcome.DONE,
        "Ban hành kế hoạch kiểm tra chung, giảm 28 ngày so với năm trước.",
        date(2022, 12, 9),
        Decimal(28),
    ),
    (4, TaskOutcome.DONE, "Công trình được bàn giao.", date(2022, 10, 18), None),
    (5, TaskOutcome.DONE, "Công trình được bàn giao.", date(2022, 9, 15), None),
)

# the fifth report still waits for the receiver
VERDICTS = (
    (1, Verdict.PARTLY, "Chuyển phần đưa tới các đơn vị sang năm sau."),
    (2, Verdict.ACCEPTED, ""),
    (3, Verdict.ACCEPTED, ""),
    (4, Verdict.ACCEPTED, ""),
)


def build_commitments(*, unit: Unit, editor: User, head: User, receiving_head: User) -> Commitment:
    """The commitment of 2022 with its six tasks: signed by both, five reported, in force.

    `unit` is Phòng Công tác đảng và công tác chính trị; the provincial police above it receives
    the commitment. All three people hold their roles from `SIGNED_ON` on. Raises MoveRefused where
    the unit has one of that year already.
    """
    with on(SIGNED_ON):
        commitment = commitments.draft(unit, year=2022, heading=HEADING, by=editor, made_up=True)
        rows = [tasks.add(commitment, terms=terms, by=editor) for terms in SIX_TASKS]
        commitment.refresh_from_db()
        signed = commitments.sign(commitment, seen=commitment.version, by=head)
        in_force = commitments.countersign(signed, seen=signed.digest, by=receiving_head)
    with on(REPORTED_ON):
        for position, outcome, result, done_on, reached in REPORTS:
            reporting.report(
                rows[position - 1],
                seen=rows[position - 1].version,
                outcome=outcome,
                result=result,
                done_on=done_on,
                reached=reached,
                by=editor,
            )
        for position, verdict, remark in VERDICTS:
            judge(rows[position - 1], verdict, remark, by=receiving_head)
    return in_force


def judge(task: CommitmentTask, verdict: Verdict, remark: str, *, by: User) -> None:
    """The receiver's word on the last report of a task."""
    task.refresh_from_db()
    reporting.judge(
        task.reports.latest("number"),
        verdict=verdict,
        remark=remark,
        seen_version=task.version,
        by=by,
    )
