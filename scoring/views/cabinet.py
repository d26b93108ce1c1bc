"""The file cabinet of a unit: what lies in it, where it is used, what room is left."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from scoring.models import Evidence
from scoring.services import cabinet
from units.access import visible_units
from units.forms.documents import CabinetForm, DocumentForm, FilesForm, NoteForm, ReasonForm
from units.models import Document, Unit
from units.services import documents

A_PAGE = 30
REMEMBERED = 30
FORM = ("GET", "POST")


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything in the cabinet, for the unit's own people."""
    return _page(request, _open(request, pk))


@require_POST
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Files come into the cabinet, each by itself: one that is refused keeps no other away."""
    unit = _mine(request, pk)
    form = FilesForm(request.POST, request.FILES, auto_id="moi-%s")
    if not form.is_valid():
        return _page(request, unit, status=422, files=form)
    refused = []
    for upload in form.cleaned_data["files"]:
        try:
            documents.file(unit, by=request.user, upload=upload, declared_not_secret=True)
        except MoveRefused as refusal:
            refused.append((upload.name, refusal.sentence))
    if refused:
        return _page(request, unit, status=409, refused=refused)
    return _done(request, unit)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper kept elsewhere is noted."""
    unit = _mine(request, pk)
    form = NoteForm(request.POST, auto_id="lk-%s")
    form.fields["title"].required = False
    if not form.is_valid():
        return _page(request, unit, status=422, noted=form)
    try:
        documents.note(
            unit,
            by=request.user,
            link=form.cleaned_data["link"],
            declared_not_secret=form.cleaned_data["declared"],
            **form.described(),
        )
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, unit, status=409, noted=form)
    return _done(request, unit)


@require_http_methods(FORM)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said of a document."""
    document = _my_document(request, pk)
    known = {name: getattr(document, name) for name in DocumentForm.base_fields}
    form = DocumentForm(request.POST if request.method == "POST" else None, initial=known)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                seen = form.cleaned_data["version"]
                cabinet.describe(document, by=request.user, seen_version=seen, **form.described())
            except (MoveRefused, ChangedMeanwhile) as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
                document.refresh_from_db()
            else:
                return _done(request, document.unit)
    return _about(request, "scoring/document_edit.html", document, form, status)


@require_http_methods(FORM)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A document is taken out of the cabinet, with a reason."""
    document = _my_document(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                documents.withdraw(document, by=request.user, reason=form.cleaned_data["reason"])
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                return _done(request, document.unit)
    return _about(request, "scoring/document_withdraw.html", document, form, status)


def _open(request: HttpRequest, pk: int) -> Unit:
    """The unit whose cabinet is asked for: 404 for a stranger, 403 for those above it."""
    unit = get_object_or_404(Unit, pk=pk, pk__in=visible_units(request.user))
    if not documents.may_see(request.user, unit):
        raise PermissionDenied("Tủ tài liệu chỉ mở cho cán bộ của chính đơn vị.")
    return unit


def _mine(request: HttpRequest, pk: int) -> Unit:
    unit = _open(request, pk)
    documents.require_filing(request.user, unit)
    return unit


def _my_document(request: HttpRequest, pk: int) -> Document:
    there = Document.objects.in_cabinets().filter(unit__in=visible_units(request.user))
    document = get_object_or_404(there.select_related("unit"), pk=pk)
    _open(request, document.unit_id)
    documents.require_filing(request.user, document.unit_id)
    return document


def _uses(papers: list[Document]) -> dict[int, list[Evidence]]:
    """What each document proves, newest year first (one query)."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    proving = Evidence.objects.filter(document__in=papers).select_related(
        "score__criterion", "score__dossier__period"
    )
    for one in proving.order_by("-score__dossier__period__year", "score__criterion__position"):
        found[one.document_id].append(one)
    return found


def _page(
    request: HttpRequest,
    unit: Unit,
    *,
    status: int = 200,
    files: FilesForm | None = None,
    noted: NoteForm | None = None,
    refused: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    form = CabinetForm(request.GET)
    stored = unit.documents.in_cabinets().select_related("filed_by")
    page = Paginator(form.narrowed(stored), A_PAGE).get_page(request.GET.get("page"))
    papers = list(page.object_list)
    uses = _uses(papers)
    used, room = unit.documents.bytes_stored(), settings.UNIT_STORE_LARGEST
    note_form = noted or NoteForm(auto_id="lk-%s")
    note_form.fields["title"].required = False
    writes = documents.may_file(request.user, unit)
    gone = unit.documents.exclude(withdrawn_at=None).select_related("withdrawn_by")
    context: dict[str, Any] = {
        "unit": unit,
        "form": form,
        "page": page,
        "papers": [(paper, uses[paper.pk]) for paper in papers],
        "used": used,
        "room": room,
        "used_percent": min(100, used * 100 // room),
        "writes": writes,
        "files": files or FilesForm(auto_id="moi-%s"),
        "noted": note_form,
        "largest": settings.DOCUMENT_LARGEST // (1024 * 1024),
        "refused": refused or [],
        "gone": gone.order_by("-withdrawn_at")[:REMEMBERED],
    }
    if request.htmx and request.method == "POST":
        return fragment(request, "scoring/_refused_files.html", context, status=status)
    return render(request, "scoring/cabinet.html", context, status=status)


def _about(
    request: HttpRequest, template: str, document: Document, form: Any, status: int
) -> HttpResponse:
    uses = _uses([document])[document.pk]
    said = {"document": document, "unit": document.unit, "form": form, "uses": uses}
    return render(request, template, said, status=status)


def _done(request: HttpRequest, unit: Unit) -> HttpResponse:
    if request.htmx:
        return fragment(request, "scoring/_refused_files.html", {"refused": []})
    return redirect(reverse("scoring:cabinet", args=[unit.pk]))
