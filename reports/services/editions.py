"""Publishing: the decision is taken, results are frozen and sealed, the press is set going."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from reports import access
from reports.models import Edition, EditionResult, RenderState
from reports.rules.differences import Difference, differences
from reports.seal import digest_of
from reports.services import frozen, frozen_details, previews
from reports.services.frozen import Decision
from reports.services.previews import Looked
from reports.tasks import render_edition
from scoring.models import Period
from scoring.rules.workflow import READ
from scoring.services import periods
from scoring.services.preparation import note
from scoring.services.standings import standings
from units.models import User


@transaction.atomic
def publish(period: Period, *, by: User, decision: Decision, looked: Looked) -> Edition:
    """The head of the assessor publishes a locked period: its first edition, or a correction.

    `looked`: what was read before, see previews.py; the remarks that were ticked are kept in the
    period's log.

    Freezes the standings and the components behind them under the names and blocks of the day,
    seals them by a digest that takes up the one of the edition before, and after commit sends the
    paper to the press. Raises
    PermissionDenied (not the head of the assessor) or MoveRefused (not locked, published already,
    other figures than were looked at, a remark not ticked, decided on a day that cannot be, a
    correction without a reason or under the old number).
    """
    held = periods.mark_published(period, by=by)
    corrected = previews.newest_of(held)
    if refusal := _why_not_by(decision, held, corrected):
        raise MoveRefused(refusal)
    edition = frozen.edition_of(held, by, decision)
    results = frozen.lines_of(edition, standings(held))
    if corrected:
        edition.corrects, edition.number = corrected, corrected.number + 1
        edition.reason = decision.reason
    if read := previews.require_looked(edition, results, looked):
        note(held, READ, read, by=by)
    details = frozen_details.details_of(edition, results)
    edition.previous = Edition.objects.hold_chain()
    edition.digest = digest_of(edition, results)
    edition.save(force_insert=True)
    EditionResult.objects.bulk_create(results)
    frozen_details.store(details)
    render_edition.delay_on_commit(edition.pk)
    return edition


@transaction.atomic
def open_for_correction(edition: Edition, *, by: User, comment: str) -> Period:
    """The period of its newest edition is assessed again; the edition stays as it is.

    Raises PermissionDenied, or MoveRefused (corrected already, being corrected, no reason).
    """
    opened = periods.open_for_correction(edition.period, by=by, comment=comment)
    if opened.editions.filter(number__gt=edition.number).exists():
        raise MoveRefused("Bản công bố này đã được đính chính; chỉ đính chính bản mới nhất.")
    return opened


def would_change(corrected: Edition, results: list[EditionResult]) -> list[Difference]:
    """What a correction would change if these lines were published."""
    return differences(corrected.results.order_by("position"), results)


def why_not_decided_on(day: date, period: Period, corrected: Edition | None = None) -> str:
    """Why a decision cannot bear this day, as a sentence; empty if it can."""
    if day > timezone.localdate():
        return "Ngày quyết định không thể sau ngày hôm nay."
    if day < period.data_until:
        last = f"{period.data_until:%d/%m/%Y}"
        return f"Ngày quyết định không thể trước ngày cuối của kỳ số liệu ({last})."
    if corrected and day < corrected.decided_on:
        first = f"{corrected.decided_on:%d/%m/%Y}"
        return f"Ngày quyết định không thể trước ngày của quyết định được đính chính ({first})."
    return ""


def why_not_numbered(number: str, decided_on: date, corrected: Edition | None) -> str:
    """Why a decision cannot bear this number, as a sentence; empty if it can."""
    if corrected and (number, decided_on.year) == (
        corrected.decision_number,
        corrected.decided_on.year,
    ):
        return "Quyết định đính chính cần số riêng, khác số của quyết định được đính chính."
    return ""


def _why_not_by(decision: Decision, period: Period, corrected: Edition | None) -> str:
    if corrected and not decision.reason.strip():
        return "Đề nghị ghi rõ lý do đính chính."
    return why_not_decided_on(decision.decided_on, period, corrected) or why_not_numbered(
        decision.number, decision.decided_on, corrected
    )


@transaction.atomic
def print_again(edition: Edition, *, by: User) -> Edition:
    """Sends an edition whose paper failed to the press once more. The organiser or the head may.

    Raises PermissionDenied, or MoveRefused where the paper has not failed.
    """
    held = Edition.objects.hold(edition.pk)
    access.require_print(by, held)
    if held.render_state != RenderState.FAILED:
        raise MoveRefused("Bản công bố đang được kết xuất hoặc đã có tệp PDF.")
    return _sent_again(held)


@transaction.atomic
def send_lost_ones_again(*, waiting_since: datetime, rendering_since: datetime) -> list[Edition]:
    """For the clock: papers on their way since before these moments go to the press again."""
    lost = Edition.objects.lost(waiting_since=waiting_since, rendering_since=rendering_since)
    held = lost.select_for_update(skip_locked=True, no_key=True)
    return [_sent_again(edition) for edition in held]


def _sent_again(held: Edition) -> Edition:
    held.render_state, held.render_error = RenderState.WAITING, ""
    held.sent_at = timezone.now()
    held.save(update_fields=["render_state", "render_error", "sent_at"])
    render_edition.delay_on_commit(held.pk)
    return held
