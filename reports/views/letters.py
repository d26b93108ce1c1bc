"""What I want to be written; and for those who look after others, what could not be sent."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from reports.forms.letters import LetterChoiceForm
from reports.models import LOOKS_AFTER, Letter, LetterChoice
from reports.services import letters
from units.access import units_where

A_PAGE = 50


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """The daily letter and its hour, each kind told at once, and the address."""
    person = request.user
    kept = LetterChoice.objects.filter(person=person).first() or LetterChoice(person=person)
    form = LetterChoiceForm(
        request.POST if request.method == "POST" else None,
        instance=kept,
        initial={"email": person.email},
    )
    if request.method == "POST" and form.is_valid():
        letters.choose(person, **form.cleaned_data)
        messages.success(request, "Đã lưu lựa chọn nhận thư.")
        return redirect("reports:letter-choices")
    said = {
        "form": form,
        "joined": settings.LETTERS,
        "looks_after": _looks_after(person),
        "last": person.letters.filter(sent_at__isnull=False).order_by("-sent_at").first(),
    }
    return render(request, "reports/letter_choices.html", said, status=422 if form.errors else 200)


@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    """Letters that could not be sent, newest first."""
    if not _looks_after(request.user):
        raise PermissionDenied("Trang này dành cho người tổ chức đánh giá hoặc quản trị hệ thống.")
    found = Letter.objects.failed_at_desks_of(request.user).select_related("person")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/failed_letters.html", {"page": page})


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them is tried once more."""
    if not _looks_after(request.user):
        raise PermissionDenied("Trang này dành cho người tổ chức đánh giá hoặc quản trị hệ thống.")
    letter = get_object_or_404(Letter.objects.failed_at_desks_of(request.user), pk=pk)
    try:
        letters.send_again(letter, by=request.user)
    except MoveRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Đã đưa thư vào hàng chờ gửi lại.")
    return redirect("reports:failed-letters")


def _looks_after(user) -> bool:
    return any(units_where(user, permission) for permission in LOOKS_AFTER)
