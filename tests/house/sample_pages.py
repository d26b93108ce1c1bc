"""A page of nothing but shared parts, for looking at the frame apart from any app."""

import time
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_POST

from cchc_portal.kit.htmx import fragment
from cchc_portal.urls import urlpatterns as roof
from scoring.rules.workflow import DOSSIER, DossierState

PAGE = (Path(__file__).parent / "sample_page.html").read_text(encoding="utf-8")

stored = {"note": "", "version": 1}
refused = {"sai"}
added: list[tuple[str, bytes]] = []


def show(request):
    context = stored | {
        "moves": [(move, "/mau/") for move in DOSSIER.open_moves(DossierState.SUBMITTED)],
        "back": DOSSIER.open_moves(DossierState.SUBMITTED)[0],
        "labels": ["Xuất sắc", "Tốt", "Khá", "Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ"],
        "page": Paginator(range(12480), 25).page(7),
        "made_up": True,
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


@require_POST
def save(request):
    note, state = request.POST["note"], "shared/_row_state.html"
    if int(request.POST["version"]) != stored["version"]:
        return fragment(request, state, {"state": "changed", "detail": "Trung úy Sơn"}, status=409)
    if "sai quy tắc" in note:
        return fragment(request, state, {"state": "refused", "detail": "Ghi sai."}, status=422)
    stored.update(note=note, version=stored["version"] + 1)
    return fragment(
        request, state, {"state": "saved", "detail": "14:30", "version": stored["version"]}
    )


@require_POST
def add(request):
    """One more line; "chậm" takes its time, what is in `refused` is not taken."""
    words = request.POST.get("line", "")
    if "chậm" in words:
        time.sleep(1)
    if words in refused:
        return HttpResponse("không ghi", status=422)
    added.append((words, request.FILES["file"].read() if request.FILES else b""))
    return redirect(f"/mau/?dong={len(added)}")


@login_not_required
def fail(request, fault):
    raise {
        "may-chu": RuntimeError("the page for it is looked at"),
        "quyen": PermissionDenied("Đồng chí không có quyền “Thẩm định hồ sơ” tại đơn vị này."),
        "yeu-cau": BadRequest("the page for it is looked at"),
    }[fault]


urlpatterns = [
    *roof,
    path("mau/", show),
    path("mau/luu/", save),
    path("mau/them/", add),
    path("mau/hong/<slug:fault>/", fail),
]
