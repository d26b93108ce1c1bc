"""Opening a commitment, rewriting its heading, and the four moves of its workflow."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commitments import access
from commitments.forms.drafting import DraftForm, RevisionForm
from commitments.forms.results import CloseForm
from commitments.forms.signing import CountersignatureForm, DeclineForm, SignatureForm
from commitments.models import Commitment, CommitmentTask
from commitments.rules.terms import heading_differences, usual_title
from commitments.rules.workflow import COMMITMENT, CommitmentVerb
from commitments.services import commitments
from commitments.views.asking import ask, last_hand, posted
from commitments.views.paper import address, found, on_commitment, text_of
from units.access import units_where
from units.permissions import Permission

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def draft(request: HttpRequest) -> HttpResponse:
    """Opens the commitment of one of one's units."""
    if not units_where(request.user, Permission.DRAFT_COMMITMENT):
        raise PermissionDenied("Đồng chí chưa được giao soạn bản cam kết của đơn vị nào.")
    year = timezone.localdate().year
    initial = {
        "year": year,
        "title": usual_title(year),
    }

    def act(data: dict[str, Any]) -> str:
        commitment = commitments.draft(
            data["unit"], year=data["year"], heading=form.heading(), by=request.user
        )
        messages.success(request, "Đã lập bản cam kết. Việc tiếp theo: thêm nhiệm vụ.")
        return address(commitment)

    form = DraftForm(request.user, posted(request), initial=initial)
    return ask(request, "commitments/draft.html", form, act=act, context=dict)


@form_page
@on_commitment
def revise(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Rewrites title, place and day of a draft."""
    access.require_writing(request.user, commitment)
    commitments.refuse_unless_editable(commitment)
    form = RevisionForm(
        posted(request), instance=commitment, initial={"seen": commitment.heading_version}
    )
    both: dict[str, Any] = {"differences": []}

    def act(data: dict[str, Any]) -> str:
        commitments.revise(commitment, seen=data["seen"], heading=form.heading(), by=request.user)
        messages.success(request, "Đã ghi thông tin chung.")
        return address(commitment)

    def conflict() -> None:
        fresh = found(request, commitment.pk)
        last = fresh.events.of(CommitmentVerb.REVISE).for_page().first()
        both.update(
            differences=heading_differences(fresh.heading, form.heading()), **last_hand(last)
        )
        form.renew(fresh.heading_version)

    def now() -> dict[str, Any]:
        fresh = found(request, commitment.pk)
        return {"commitment": fresh, "made_up": fresh.made_up} | both

    return ask(request, "commitments/revise.html", form, act=act, context=now, conflict=conflict)


@sensitive_post_parameters("password")
@form_page
@on_commitment
def sign(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The head reads the whole once more and signs it with the password."""
    form = SignatureForm(request, posted(request), initial={"seen": commitment.version})

    def act(data: dict[str, Any]) -> str:
        commitments.sign(commitment, seen=data["seen"], by=request.user)
        messages.success(
            request, f"Đã ký. Bản cam kết đang chờ {commitment.receiving_party} ký nhận."
        )
        return address(commitment)

    return _move(request, commitment, CommitmentVerb.SIGN, form, act)


@sensitive_post_parameters("password")
@form_page
@on_commitment
def countersign(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The receiving head reads what was signed and signs it too."""
    form = CountersignatureForm(request, posted(request), initial={"seen": commitment.digest})

    def act(data: dict[str, Any]) -> str:
        commitments.countersign(commitment, seen=data["seen"], by=request.user)
        messages.success(request, "Đã ký nhận. Bản cam kết có hiệu lực thực hiện.")
        return address(commitment)

    return _move(request, commitment, CommitmentVerb.COUNTERSIGN, form, act)


@form_page
@on_commitment
def decline(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The receiving head returns it with a reason."""
    form = DeclineForm(posted(request))

    def act(data: dict[str, Any]) -> str:
        commitments.decline(commitment, comment=data["comment"], by=request.user)
        messages.success(request, "Đã trả lại bản cam kết để đơn vị sửa.")
        return address(commitment)

    return _move(request, commitment, CommitmentVerb.DECLINE, form, act)


@form_page
@on_commitment
def close(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The receiving head ends the year."""
    tasks = CommitmentTask.objects.of_the_whole(commitment.pk).select_related("commitment")
    form = CloseForm(tasks, posted(request))

    def act(data: dict[str, Any]) -> str:
        commitments.close(
            commitment, comment=data["comment"], findings=form.findings(), by=request.user
        )
        messages.success(request, "Đã kết thúc bản cam kết.")
        return address(commitment)

    return _move(request, commitment, CommitmentVerb.CLOSE, form, act)


def _move(
    request: HttpRequest, commitment: Commitment, verb: CommitmentVerb, form: Form, act
) -> HttpResponse:
    move = COMMITMENT.move(verb)
    access.require_move(request.user, commitment, move)
    if request.method != "POST" and commitment.state not in move.sources:
        COMMITMENT.check(verb, commitment.state)

    def now() -> dict[str, Any]:
        return text_of(found(request, commitment.pk)) | {"move": move}

    def renew() -> None:
        fresh = found(request, commitment.pk)
        seen = fresh.digest if verb == CommitmentVerb.COUNTERSIGN else fresh.version
        form.renew(seen)

    return ask(
        request, f"commitments/{verb.value}.html", form, act=act, context=now, conflict=renew
    )
