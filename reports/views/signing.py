"""Signed files of an edition: signing on the portal, bringing back what was signed elsewhere."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.stored_files import stored_file
from reports.access import may_print, may_sign, require_print, require_sign
from reports.forms.signing import SignedFileForm, SigningForm, WithdrawalForm
from reports.models import SHOWN, Edition, RenderState, SignedFile, SignedKind, SignedState
from reports.rules.signing import Told, told
from reports.services import signed_files
from reports.tasks import UNDER_WAY, signing_of
from reports.views.pressed import tell


@require_http_methods(["GET", "HEAD", "POST"])
def signed(request: HttpRequest, pk: int) -> HttpResponse:
    """Every signed file with what was found in it; another is brought here."""
    edition = _find(request, pk)
    form = SignedFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, edition, SignedFileForm())
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    said = form.cleaned_data
    try:
        row = signed_files.receive(
            edition,
            by=request.user,
            upload=said["upload"],
            kind=said["kind"],
            declared_not_secret=said["declared"],
        )
    except MoveRefused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, edition, form, status=409)
    waiting = row.state == SignedState.WAITING
    messages.success(
        request, "Đã nhận tệp. Cổng đang kiểm tra chữ ký." if waiting else "Đã nhận tệp."
    )
    return redirect("reports:signed", edition.pk)


@sensitive_post_parameters("password")
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The portal signs by its own key, once the password was given again."""
    edition = _find(request, pk)
    require_sign(request.user, edition)
    form = SigningForm(request, request.POST)
    if not form.is_valid():
        return _page(request, edition, SignedFileForm(), signing_form=form, status=422)
    tell(
        request,
        lambda: signed_files.sign(edition, by=request.user),
        done="Cổng đang ký tệp quyết định.",
    )
    return redirect("reports:signed", edition.pk)


@require_POST
def withdraw(request: HttpRequest, pk: int, signed: int) -> HttpResponse:
    """A file brought by mistake is no longer shown."""
    edition = _find(request, pk)
    row = get_object_or_404(edition.signed_files, pk=signed)
    form = WithdrawalForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    tell(
        request,
        lambda: signed_files.withdraw(row, by=request.user, reason=reason),
        done="Đã rút tệp; tệp không còn hiện trên trang công bố.",
    )
    return redirect("reports:signed", edition.pk)


@login_not_required
@require_safe
def file(request: HttpRequest, pk: int, signed: int) -> FileResponse:
    """A signed file. What is not shown to the public is opened by whoever looks after it."""
    row = get_object_or_404(
        SignedFile.objects.select_related("edition__period"), edition=pk, pk=signed
    )
    if row.state not in SHOWN and not may_print(request.user, row.edition):
        raise Http404
    name = f"quyet-dinh-{row.edition.year}-{pk}-ky-{row.pk}.pdf"
    return stored_file(row.file.name, "application/pdf", filename=name)


def shown_rows(edition: Edition) -> list[tuple[SignedFile, list[Told]]]:
    """The signed files anybody may read, each with its signatures in words. One query."""
    return [(row, list(map(told, row.signatures))) for row in edition.signed_files.shown()]


def _find(request: HttpRequest, pk: int) -> Edition:
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    require_print(request.user, edition)
    return edition


def _page(
    request: HttpRequest,
    edition: Edition,
    form: SignedFileForm,
    signing_form: SigningForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = [(row, list(map(told, row.signatures))) for row in edition.signed_files.for_page()]
    under_way = cache.get(signing_of(edition.pk))
    signed_here = any(
        row.kind == SignedKind.PORTAL and row.state != SignedState.WITHDRAWN for row, _ in rows
    )
    context: dict[str, Any] = {
        "edition": edition,
        "made_up": edition.made_up,
        "form": form,
        "signing_form": signing_form or SigningForm(request),
        "rows": rows,
        "has_paper": edition.render_state == RenderState.DONE,
        "has_key": signed_files.has_key(),
        "for_show": settings.SIGNING_KEY_IS_FOR_SHOW,
        "signing": under_way == UNDER_WAY,
        "signing_failed": under_way if under_way != UNDER_WAY else "",
        "may_sign": may_sign(request.user, edition) and not signed_here,
        "waits": under_way == UNDER_WAY or any(row.state == SignedState.WAITING for row, _ in rows),
    }
    return render(request, "reports/signed.html", context, status=status)
