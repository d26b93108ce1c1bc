"""What is done to a periodic report: sent, received, returned; a summary issued, opened again."""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.services.plans import Paper
from reports.models import PeriodicReport, SentReport
from reports.periodic_access import require_move
from reports.rules.periodic import PERIODIC, ReportVerb
from reports.services import periodic_content
from units.models import User

MOVED_ON = (
    "Nội dung hoặc số liệu của báo cáo vừa thay đổi; trang này đã hiện bản mới, đề nghị xem lại."
)


@transaction.atomic
def send(report: PeriodicReport, *, seen: str, paper: Paper, by: User) -> SentReport:
    """The head sends what was on the screen, or issues it where it is the summary of the level's
    own round; texts and figures are frozen as they were shown.

    seen: digest of the content that was shown (`periodic_content.mark`): figures move without the
    report itself.

    Raises PermissionDenied, MoveRefused (gone already, nothing written, a day to come),
    ChangedMeanwhile.
    """
    held = PeriodicReport.objects.hold(report.pk)
    verb = ReportVerb.ISSUE if held.own else ReportVerb.SEND
    _check(held, verb, by=by)
    now, today = timezone.now(), timezone.localdate()
    if paper.day > today:
        raise MoveRefused("Ngày văn bản không thể sau ngày hôm nay.")
    content = periodic_content.live(held)
    if periodic_content.mark(content) != seen:
        raise ChangedMeanwhile(MOVED_ON)
    if not any(one["words"].strip() for one in content["sections"]):
        raise MoveRefused("Báo cáo chưa có nội dung mục nào nên chưa gửi được.")
    sent = SentReport(
        report=held,
        number=held.sent.count() + 1,
        content=content,
        paper_number=paper.number,
        issued_on=paper.day,
        signer=str(by),
        signer_post=by.post,
        sent_at=now,
        sent_by=by,
    )
    sent.digest = periodic_content.seal(content, sent)
    sent.save()
    held.first_sent_on = held.first_sent_on or today
    _move(held, verb, by=by, comment=f"Số {paper.number}")
    return sent


@transaction.atomic
def accept(report: PeriodicReport, *, seen: int, by: User) -> PeriodicReport:
    """The level that asked takes it. Raises PermissionDenied, MoveRefused, ChangedMeanwhile."""
    held = PeriodicReport.objects.hold(report.pk)
    _check(held, ReportVerb.ACCEPT, by=by)
    _unchanged(held, seen)
    return _move(held, ReportVerb.ACCEPT, by=by, comment="")


@transaction.atomic
def give_back(report: PeriodicReport, *, seen: int, comment: str, by: User) -> PeriodicReport:
    """It goes back to the unit with a reason: by the level that asked; a summary that was issued,
    by its head. Raises PermissionDenied, MoveRefused, ChangedMeanwhile."""
    held = PeriodicReport.objects.hold(report.pk)
    verb = ReportVerb.REOPEN if held.own else ReportVerb.RETURN
    _check(held, verb, by=by, comment=comment)
    _unchanged(held, seen)
    return _move(held, verb, by=by, comment=comment.strip())


def _check(held: PeriodicReport, verb: ReportVerb, *, by: User, comment: str = "") -> None:
    require_move(by, held, PERIODIC.move(verb))
    PERIODIC.check(verb, held.state, comment)


def _unchanged(held: PeriodicReport, seen: int) -> None:
    if held.version != seen:
        raise ChangedMeanwhile("Báo cáo vừa có thay đổi; đề nghị xem lại.")


def _move(held: PeriodicReport, verb: ReportVerb, *, by: User, comment: str) -> PeriodicReport:
    source, held.state = held.state, PERIODIC.move(verb).target
    held.version += 1
    held.moved_at = timezone.now()
    held.save(update_fields=["state", "version", "first_sent_on", "moved_at"])
    held.events.create(verb=verb, source=source, target=held.state, comment=comment, by=by)
    return held
