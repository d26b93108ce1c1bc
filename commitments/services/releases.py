"""What the public may read of a dialogue: released by the head, taken down again."""

from django.db import transaction

from cchc_portal.kit.digest import digest
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.conference_access import require_releasing
from commitments.models import Conference, DialogueRelease
from commitments.models.table import public_of
from commitments.rules.conference import MINUTED, ConferenceVerb
from commitments.services.conference_rows import tell
from units.models import User


@transaction.atomic
def release(conference: Conference, *, seen: str, by: User) -> DialogueRelease:
    """The head releases exactly what was on the screen; it stays so until the next release.

    seen: `digest` of the content that was read. Raises PermissionDenied, MoveRefused (minutes not
    signed) or ChangedMeanwhile (something was answered since).
    """
    held = Conference.objects.hold(conference.pk)
    require_releasing(by, held)
    if held.state not in MINUTED:
        raise MoveRefused("Chỉ công khai sau khi biên bản hội nghị đã ký.")
    content = public_of(held)
    if digest(content) != seen:
        raise ChangedMeanwhile("Bảng ý kiến vừa có thay đổi; đề nghị đọc lại trước khi công khai.")
    made = held.releases.create(number=held.releases.count() + 1, content=content, released_by=by)
    held.release = made
    held.save(update_fields=["release"])
    tell(held, ConferenceVerb.RELEASE, by=by, comment=f"lần {made.number}")
    return made


@transaction.atomic
def take_down(conference: Conference, *, comment: str, by: User) -> Conference:
    """The public page is taken down, for a reason. PermissionDenied, MoveRefused."""
    held = Conference.objects.hold(conference.pk)
    require_releasing(by, held)
    if held.release_id is None:
        raise MoveRefused("Bảng ý kiến của hội nghị này đang không công khai.")
    if not comment.strip():
        raise MoveRefused("Đề nghị ghi rõ lý do khi gỡ bảng công khai.")
    held.release = None
    held.save(update_fields=["release"])
    tell(held, ConferenceVerb.TAKE_DOWN, by=by, comment=comment)
    return held
