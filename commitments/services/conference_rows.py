"""The row of a conference held while something of it is written, and the line that tells of it."""

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Move
from commitments.conference_access import require_holding
from commitments.models import Conference, ConferenceEvent, ConferenceTask, DialogueItem
from commitments.rules.conference import AT_WORK, ConferenceVerb
from units.models import User


def hold_writable(conference: Conference, *, by: User) -> Conference:
    """Locked, while what the minutes say may still be written. PermissionDenied, MoveRefused."""
    held = Conference.objects.hold(conference.pk)
    require_holding(by, held)
    refuse_unless_writable(held)
    return held


def hold_at_work(conference: Conference, *, by: User) -> Conference:
    """Locked, while what comes of it is followed. PermissionDenied, MoveRefused."""
    held = Conference.objects.hold(conference.pk)
    require_holding(by, held)
    refuse_unless_at_work(held)
    return held


def refuse_unless_writable(conference: Conference) -> None:
    """MoveRefused where the minutes are signed, or it does not take place."""
    if not conference.writable:
        raise MoveRefused(
            "Biên bản hội nghị đã ký hoặc hội nghị không tổ chức, nội dung không sửa được nữa."
        )


def refuse_unless_at_work(conference: Conference) -> None:
    """MoveRefused where the following up has ended, or it does not take place."""
    if conference.state not in AT_WORK:
        raise MoveRefused("Hội nghị đã kết thúc theo dõi hoặc không tổ chức.")


def tell(
    conference: Conference,
    verb: ConferenceVerb,
    *,
    by: User | None,
    move: Move | None = None,
    source: str = "",
    item: DialogueItem | None = None,
    task: ConferenceTask | None = None,
    comment: str = "",
) -> ConferenceEvent:
    """A line in the log; of a move with the states it led from and to."""
    return conference.events.create(
        verb=verb,
        by=by,
        source=source,
        target=move.target if move else "",
        item=item,
        task=task,
        about=str(item or task or ""),
        comment=comment.strip(),
    )


def minutes_changed(conference: Conference) -> None:
    """What the minutes say has moved on: whoever saw it before cannot sign it."""
    conference.version += 1
    conference.save(update_fields=["version"])
