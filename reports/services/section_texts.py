"""The text of a section is written; what it takes the place of is kept. Report before text."""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from reports.models import KeptText, PeriodicReport, SectionText
from reports.periodic_access import require_writer
from reports.rules.periodic import LONGEST_TEXT, gone, must_keep
from scoring.rules.stroke import Stroke
from units.models import User

TOO_LONG = f"Nội dung một mục dài quá {grouped(LONGEST_TEXT)} ký tự, đề nghị rút gọn."


@transaction.atomic
def write(
    pk: int, *, by: User, words: str, seen_version: int, stroke: Stroke | None = None
) -> SectionText:
    """The section says this from now on. A stroke that comes twice changes nothing.

    Raises PermissionDenied, MoveRefused (sent meanwhile, too long), ChangedMeanwhile.
    """
    report = PeriodicReport.objects.hold(
        SectionText.objects.values_list("report", flat=True).get(pk=pk)
    )
    require_writer(by, report.unit_id)
    held = SectionText.objects.held().get(pk=pk)
    if stroke and stroke.repeats(held.last_stroke):
        return held
    words = words.replace("\r\n", "\n").replace("\0", "")
    if report.cancelled:
        raise MoveRefused("Đợt báo cáo đã hủy, nội dung không sửa được nữa.")
    if not report.writable:
        raise MoveRefused("Báo cáo đã gửi, nội dung không sửa được nữa.")
    if len(words) > LONGEST_TEXT:
        raise MoveRefused(TOO_LONG)
    if words == held.words:
        return held
    goes_on = stroke is not None and stroke.follows(held.last_stroke)
    if held.version != seen_version and not goes_on:
        raise ChangedMeanwhile
    _keep(held, words, same_hand=goes_on)
    held.words, held.version = words, held.version + 1
    held.updated_at, held.updated_by = timezone.now(), by
    held.pen, held.stroke = (stroke.pen, stroke.number) if stroke else (None, None)
    held.save()
    report.version += 1
    report.save(update_fields=["version"])
    return held


def restore(kept: KeptText, *, by: User, seen_version: int) -> SectionText:
    """An earlier text comes back; the present one is kept in its turn. Raises as `write`."""
    return write(kept.text_id, by=by, words=kept.words, seen_version=seen_version)


def _keep(held: SectionText, words: str, *, same_hand: bool) -> None:
    lost = gone(held.words, words)
    if not must_keep(lost, held.gone, same_hand=same_hand):
        held.gone += lost
        return
    held.gone = 0
    KeptText.objects.create(
        text=held,
        version=held.version,
        words=held.words,
        written_at=held.updated_at,
        written_by=held.updated_by,
    )
