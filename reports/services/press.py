"""The press, by hand: all sheets of an edition asked for, a long run stopped and taken up again."""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from reports import access
from reports.models import AT_WORK, Edition, Errand, PressPart, PressRun, RenderState, RunState
from reports.tasks import LOST_AFTER, begin_run, join_parts, render_part
from units.models import User

STOPPED = "Đã dừng theo yêu cầu; kết xuất lại thì các phần đã xong được dùng tiếp."


@transaction.atomic
def ask_for_sheets(edition: Edition, *, by: User) -> PressRun:
    """The result sheets of all ranked units, drawn in the background into one file. Takes up what
    is missing where a run was stopped or failed.

    Raises PermissionDenied (neither organises nor publishes), or MoveRefused (nobody is ranked,
    the sheets are on their way, or there).
    """
    held = Edition.objects.hold(edition.pk)
    access.require_print(by, held)
    run = PressRun.objects.of(held, Errand.SHEETS)
    if run and (run.at_work or run.state == RunState.DONE):
        raise MoveRefused("Bộ phiếu kết quả đang được kết xuất hoặc đã có tệp.")
    if not held.results.filter(rank__isnull=False).exists():
        raise MoveRefused("Bản công bố này không có đơn vị được xếp hạng nên không có phiếu.")
    return begin_run(held, Errand.SHEETS, asked_by=by)


@transaction.atomic
def stop(edition: Edition, errand: Errand, *, by: User) -> PressRun:
    """Parts not yet begun are not begun any more; those that are there stay for the next time.

    Raises PermissionDenied, or MoveRefused where nothing is on its way in parts.
    """
    held = Edition.objects.hold(edition.pk)
    access.require_print(by, held)
    found = PressRun.objects.filter(edition=held, errand=errand, state__in=AT_WORK).first()
    if found is None:
        raise MoveRefused("Không có lượt kết xuất nào đang chạy.")
    run = PressRun.objects.hold(found.pk)
    if run.state != RunState.RUNNING:
        raise MoveRefused("Các phần đã xong và đang được ghép, không dừng được nữa.")
    run.state, run.error = RunState.STOPPED, STOPPED
    run.save(update_fields=["state", "error"])
    if errand == Errand.PAPER:
        held.render_state, held.render_error = RenderState.FAILED, STOPPED
        held.save(update_fields=["render_state", "render_error"])
    return run


@transaction.atomic
def send_lost_parts_again() -> None:
    """For the clock: parts whose worker died, or whose message was lost, are sent once more; so is
    the joining of parts that are all there."""
    now = timezone.now()
    lost = PressPart.objects.lost(waiting_since=now - LOST_AFTER, rendering_since=now - LOST_AFTER)
    keys = list(lost.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
    PressPart.objects.filter(pk__in=keys).update(sent_at=now)
    for key in keys:
        render_part.delay_on_commit(key)
    for run in PressRun.objects.whole_but_not_joined(lost_since=now - LOST_AFTER):
        join_parts.delay_on_commit(run.pk)
