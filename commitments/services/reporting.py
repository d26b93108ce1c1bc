"""What came of a task: the unit reports, the receiver judges."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import exactly
from commitments.access import require_receiving, require_writing
from commitments.models import Commitment, CommitmentTask, TaskReport
from commitments.rules.workflow import (
    REPORTABLE,
    Change,
    CommitmentVerb,
    TaskOutcome,
    Verdict,
)
from commitments.services.scans import hold_own
from commitments.services.tasks import hold_task, refuse_unless_seen
from units.models import Document, User


@transaction.atomic
def report(
    task: CommitmentTask,
    *,
    seen: int,
    outcome: TaskOutcome,
    result: str,
    by: User,
    done_on: date | None = None,
    reached: Decimal | None = None,
    proofs: Iterable[Document] = (),
) -> CommitmentTask:
    """The unit says what came of a task: how far, with which result, proved by which papers.

    The task shows the last report, `task.reports` keeps them all; what the receiver said of the
    one before no longer counts. Raises PermissionDenied, MoveRefused (not in force, or a paper of
    another unit) or ChangedMeanwhile (someone reported since).
    """
    commitment = _hold(task)
    require_writing(by, commitment)
    refuse_unless_reportable(commitment)
    held = hold_task(task, commitment)
    refuse_unless_seen(held, seen)
    papers = [hold_own(paper, commitment.unit_id) for paper in proofs]
    held.verdict = ""
    if held.superseded_by_id or held.change == Change.CANCEL:
        raise MoveRefused(
            "Nhiệm vụ này đã được phụ lục điều chỉnh; đề nghị báo cáo vào dòng của phụ lục."
        )
    held.outcome, held.result = outcome, result
    held.done_on, held.reached = done_on, reached
    held.reported_at, held.reported_by = timezone.now(), by
    held.version += 1
    report = ("outcome", "result", "done_on", "reached", "reported_at", "reported_by")
    held.save(update_fields=[*report, "verdict", "version"])
    said = {column: getattr(held, column) for column in report}
    written = held.reports.create(number=held.reports.count() + 1, **said)
    written.proofs.set(papers)
    _log(commitment, CommitmentVerb.REPORT_TASK, held, _report_words(held, papers), by)
    return held


@transaction.atomic
def judge(
    report: TaskReport, *, verdict: Verdict, remark: str, seen_version: int, by: User
) -> TaskReport:
    """The receiver accepts the last report on a task, in part or not at all, then with a reason.

    Raises PermissionDenied, MoveRefused (not in force, judged already, or no reason) or
    ChangedMeanwhile (the unit has reported anew since).
    """
    commitment = _hold(report.task)
    require_receiving(by, commitment)
    refuse_unless_reportable(commitment)
    task = hold_task(report.task, commitment)
    last = task.reports.order_by("-number").first()
    if task.version != seen_version or last.pk != report.pk:
        raise ChangedMeanwhile("Đơn vị vừa báo cáo lại nhiệm vụ này; đề nghị đọc báo cáo mới.")
    if last.verdict:
        raise MoveRefused("Báo cáo này đã được nghiệm thu.")
    if verdict != Verdict.ACCEPTED and not remark.strip():
        raise MoveRefused("Đề nghị ghi rõ lý do khi không chấp nhận đầy đủ.")
    if verdict == Verdict.ACCEPTED and task.outcome == TaskOutcome.UNDER_WAY:
        remark = remark.strip() or "Ghi nhận tiến độ."
    last.verdict, last.remark = verdict, remark.strip()
    last.judged_at, last.judged_by = timezone.now(), by
    last.save(update_fields=["verdict", "remark", "judged_at", "judged_by"])
    task.verdict = verdict
    task.version += 1
    task.save(update_fields=["verdict", "version"])
    words = f"{Verdict(verdict).label}. {last.remark}".strip()
    _log(commitment, CommitmentVerb.JUDGE_TASK, task, words, by)
    return last


def refuse_unless_reportable(commitment: Commitment) -> None:
    """MoveRefused where the commitment, or the one an annex belongs to, is not in force."""
    whole = commitment.amends or commitment
    if commitment.state not in REPORTABLE or whole.state not in REPORTABLE:
        raise MoveRefused("Chỉ báo cáo kết quả khi bản cam kết đang thực hiện.")


def _hold(task: CommitmentTask) -> Commitment:
    """The whole commitment first and then the annex, so that closing and reporting wait for each
    other."""
    paper = task.commitment
    if paper.amends_id:
        Commitment.objects.hold(paper.amends_id)
    return Commitment.objects.hold(paper.pk)


def _log(commitment: Commitment, verb: CommitmentVerb, task: CommitmentTask, words: str, by: User):
    commitment.events.create(verb=verb, about=str(task), comment=words, by=by)


def _report_words(task: CommitmentTask, papers: list[Document]) -> str:
    words = [str(TaskOutcome(task.outcome).label)]
    if task.done_on:
        words.append(f"ngày {task.done_on:%d/%m/%Y}")
    if task.reached is not None:
        words.append(f"đạt {exactly(task.reached)} {task.measure_unit}".rstrip())
    if papers:
        words.append(f"kèm {len(papers)} tài liệu")
    return f"{', '.join(words)}. {task.result}"
