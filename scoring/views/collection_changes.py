"""A collection is closed, its last day is moved, or the whole of it is cancelled: each asked on a
page of its own before it is done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.forms.dossiers import ReasonForm
from scoring.forms.readings import DueForm
from scoring.models import Collection
from scoring.services import collection_changes, collections
from scoring.views.collection_page import overseen
from units.access import require
from units.models import Unit
from units.permissions import Permission

form_page = require_http_methods(["GET", "HEAD", "POST"])
NAMED = 10


@form_page
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Later changes give their reason; who has not reported yet is told before."""
    collection = _run(request, pk)
    counts = collection.readings.by_unit()
    late = [unit for unit, (said, asked) in counts.items() if said < asked]
    names = Unit.objects.filter(pk__in=late).order_by("position", "code")
    told = {
        "units": len(counts),
        "late": len(late),
        "silent": sum(not said for said, _ in counts.values()),
        "names": list(names.values_list("name", flat=True)[:NAMED]),
    }

    def act(data: dict[str, Any]) -> str:
        collections.close(pk, by=request.user)
        return "Đã chốt số liệu. Từ nay mỗi lần ghi, sửa phải ghi lý do."

    return _ask(request, collection, forms.Form, act, title="Chốt số liệu", told=told)


@form_page
def move_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day, and why."""
    collection = _run(request, pk)

    def act(data: dict[str, Any]) -> str:
        collection_changes.move_due(
            pk,
            by=request.user,
            seen=data["seen"],
            due_on=data["due_on"],
            reason=data["comment"],
        )
        return "Đã dời hạn báo cáo."

    return _ask(
        request,
        collection,
        DueForm,
        act,
        title="Dời hạn báo cáo",
        words="Các đơn vị thấy hạn mới ngay.",
    )


@form_page
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody owes the figures any more; why."""
    collection = _run(request, pk)

    def act(data: dict[str, Any]) -> str:
        collection_changes.cancel(pk, by=request.user, reason=data["comment"])
        return f"Đã hủy đợt: {collection.title}."

    return _ask(
        request,
        collection,
        ReasonForm,
        act,
        title="Hủy đợt báo cáo",
        words="Chỉ hủy được khi chưa đơn vị nào nhập số liệu. Các đơn vị không phải báo cáo đợt "
        "này nữa; sau đó có thể mở lại đợt của cùng kỳ.",
    )


def _run(request: HttpRequest, pk: int) -> Collection:
    collection = overseen(request, pk)
    require(request.user, Permission.RUN_PERIOD, at=collection.owner_id)
    return collection


def _ask(
    request: HttpRequest,
    collection: Collection,
    made: type[forms.Form],
    act: Callable[[dict[str, Any]], str],
    **said: Any,
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    initial = {"seen": collection.due_on, "due_on": collection.due_on}
    form, status = made(posted, initial=initial), 200
    if posted is not None:
        status = 422
        if form.is_valid():
            try:
                messages.success(request, act(form.cleaned_data))
                return redirect("scoring:collection", collection.pk)
            except (MoveRefused, ChangedMeanwhile) as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            if isinstance(form, DueForm):
                collection = overseen(request, collection.pk)
                form.renew(collection.due_on)
    context = {"collection": collection, "form": form, "made_up": collection.made_up} | said
    return render(request, "scoring/collection_change.html", context, status=status)
