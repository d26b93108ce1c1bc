"""What the public may read of a dialogue: read once more by the head, released, taken down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from cchc_portal.kit.digest import digest
from cchc_portal.kit.errors import MoveRefused
from commitments import conference_access as access
from commitments.forms.conferences import ReleaseForm
from commitments.forms.fields import ReasonForm
from commitments.models import Conference
from commitments.models.table import public_of
from commitments.rules.conference import MINUTED
from commitments.services import releases
from commitments.views.asking import ask, posted
from commitments.views.conference_moves import context_of
from commitments.views.conferences import address, found, on_conference
from commitments.views.moves import form_page


@form_page
@on_conference
def release(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Shows exactly what everybody will read, and releases it."""
    access.require_releasing(request.user, conference)
    if conference.state not in MINUTED:
        raise MoveRefused("Chỉ công khai sau khi biên bản hội nghị đã ký.")
    content = public_of(conference)
    form = ReleaseForm(posted(request), initial={"seen": digest(content)})

    def act(data: dict[str, Any]) -> str:
        releases.release(conference, seen=data["seen"], by=request.user)
        messages.success(request, "Đã công khai bảng ý kiến, không có tên người nêu.")
        return address(conference)

    def now() -> dict[str, Any]:
        fresh = found(request, conference.pk)
        return context_of(fresh) | {"content": public_of(fresh)}

    def conflict() -> None:
        form.renew(digest(public_of(found(request, conference.pk))))

    return ask(request, "conferences/release.html", form, act=act, context=now, conflict=conflict)


@form_page
@on_conference
def take_down(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The public page is taken down, for a reason."""
    access.require_releasing(request.user, conference)
    if conference.release_id is None:
        raise MoveRefused("Bảng ý kiến của hội nghị này đang không công khai.")
    form = ReasonForm(posted(request), initial={"seen": conference.version})

    def act(data: dict[str, Any]) -> str:
        releases.take_down(conference, comment=data["comment"], by=request.user)
        messages.success(request, "Đã gỡ bảng công khai.")
        return address(conference)

    context = context_of(conference) | {
        "title": "Gỡ bảng công khai",
        "words": "Người ngoài không xem được bảng ý kiến nữa; có thể công khai lại.",
        "press": "Gỡ bảng công khai",
    }
    return ask(request, "conferences/ask.html", form, act=act, context=lambda: context)
