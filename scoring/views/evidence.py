"""The documents of one component: looked at, brought, picked, located, taken off."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from scoring import access, reply_access
from scoring.forms.evidence import PickForm, PieceForm
from scoring.models import Evidence, Score
from scoring.services import cabinet, evidence
from scoring.views.rows import Row
from scoring.views.self_assessment import address_of, visible_score
from scoring.views.sheet import sheet_of
from units.forms.documents import CabinetForm, FilesForm, NoteForm, ReasonForm
from units.services import documents

OFFERED = 12
KEPT = (
    "Nội dung đang lưu ghi ở trên; đề nghị so lại, rồi lưu lần nữa nếu giữ nội dung của đồng chí."
)
MEGABYTE = 1024 * 1024


@dataclass
class Piece:
    """One document of the component, with the forms by which it is changed where one may."""

    evidence: Evidence
    form: PieceForm | None = None
    reason: ReasonForm | None = None

    @property
    def opened(self) -> bool:
        """Whether what was sent about it was refused, so that its form stands open."""
        return bool(self.form and self.form.is_bound)

    @property
    def leaving(self) -> bool:
        """Whether taking it off was refused."""
        return bool(self.reason and self.reason.is_bound)


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents of one component, with the ways to bring another for those who may."""
    return _panel(request, visible_score(request, pk))


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Files are filed in the unit's cabinet and attached, each by itself: one that is refused
    keeps no other away."""
    score = _writable(request, pk)
    form = _files_form(score, request.POST, request.FILES)
    if not form.is_valid():
        return _panel(request, score, files=form, status=422)
    refused = []
    for upload in form.cleaned_data["files"]:
        try:
            evidence.bring(score, by=request.user, upload=upload, declared_not_secret=True)
        except MoveRefused as refusal:
            refused.append((upload.name, refusal.sentence))
    if refused:
        return _panel(request, score, refused=refused, status=409)
    return _answer(request, score)


@require_POST
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """A document that lies in the cabinet is attached."""
    score = _writable(request, pk)
    form = PickForm(request.POST, unit=score.dossier.unit)
    if not form.is_valid():
        return _panel(request, score, refusal=form.errors["document"][0], status=422)
    try:
        evidence.attach(score, by=request.user, document=form.cleaned_data["document"])
    except MoveRefused as refusal:
        return _panel(request, score, refusal=refusal.sentence, status=409)
    return _answer(request, score)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper kept elsewhere is noted in the cabinet and attached."""
    score = _writable(request, pk)
    form = _note_form(score, request.POST)
    if not form.is_valid():
        return _panel(request, score, noted=form, status=422)
    try:
        with transaction.atomic():
            paper = documents.note(
                score.dossier.unit,
                by=request.user,
                link=form.cleaned_data["link"],
                declared_not_secret=form.cleaned_data["declared"],
                **form.described(),
            )
            evidence.attach(score, by=request.user, document=paper)
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _panel(request, score, noted=form, status=409)
    return _answer(request, score)


@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the document is, and where in it the component is proved."""
    piece = _visible(request, pk)
    score = _writable(request, piece.score_id)
    form = _piece_form(piece, request.POST)
    if not form.is_valid():
        return _panel(request, score, changed=Piece(piece, form=form), status=422)
    typed = form.cleaned_data
    try:
        with transaction.atomic():
            evidence.locate(
                piece,
                by=request.user,
                page=typed["page"],
                passage=typed["passage"],
                seen_version=typed["version"],
            )
            cabinet.describe(
                piece.document,
                by=request.user,
                seen_version=typed["document_version"],
                **form.described(),
            )
    except (MoveRefused, ChangedMeanwhile) as refusal:
        advice = f" {KEPT}" if isinstance(refusal, ChangedMeanwhile) else ""
        form.add_error(None, refusal.sentence + advice)
        return _panel(request, score, changed=Piece(piece, form=form), status=409)
    return _answer(request, score)


@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """A document is taken off its component, with a reason."""
    piece = _visible(request, pk)
    score = _writable(request, piece.score_id)
    form = ReasonForm(request.POST, auto_id=f"go{pk}-%s")
    if not form.is_valid():
        return _panel(request, score, changed=Piece(piece, reason=form), status=422)
    try:
        evidence.detach(piece, by=request.user, reason=form.cleaned_data["reason"])
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _panel(request, score, changed=Piece(piece, reason=form), status=409)
    return _answer(request, score)


def _writable(request: HttpRequest, pk: int) -> Score:
    score = visible_score(request, pk)
    access.require_pen(request.user, score.dossier)
    return score


def _visible(request: HttpRequest, pk: int) -> Evidence:
    seen = Evidence.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("document", "score__criterion"), pk=pk)


def _files_form(score: Score, *data: Any) -> FilesForm:
    return FilesForm(*data, auto_id=f"mc{score.pk}-%s")


def _note_form(score: Score, *data: Any) -> NoteForm:
    form = NoteForm(*data, auto_id=f"lk{score.pk}-%s")
    form.fields["title"].required = False
    return form


def _piece_form(piece: Evidence, *data: Any) -> PieceForm:
    paper = piece.document
    said = {name: getattr(paper, name) for name in ("title", "paper_kind", "number", "office")}
    known = said | {
        "issued_on": paper.issued_on,
        "page": piece.page,
        "passage": piece.passage,
        "version": piece.version,
        "document_version": paper.version,
    }
    return PieceForm(*data, initial=known, auto_id=f"tl{piece.pk}-%s")


def _pieces(score: Score, editable: bool, changed: Piece | None) -> list[Piece]:
    attached = score.evidence.select_related("document").annotate(uses=Count("document__evidence"))
    drawn = []
    for one in attached.order_by("pk"):
        piece = Piece(one)
        if changed and changed.evidence.pk == one.pk:
            piece = Piece(one, changed.form, changed.reason)
        if editable:
            piece.form = piece.form or _piece_form(one)
            piece.reason = piece.reason or ReasonForm(auto_id=f"go{one.pk}-%s")
        drawn.append(piece)
    return drawn


def _context(
    request: HttpRequest,
    score: Score,
    *,
    changed: Piece | None = None,
    files: FilesForm | None = None,
    noted: NoteForm | None = None,
    **said: Any,
) -> dict[str, Any]:
    row = Row(score, held_back=bool(access.why_held_back(score.dossier, score)))
    editable = row.writable and reply_access.may_show_papers(
        request.user, score.dossier, score, now=timezone.now()
    )
    pieces = _pieces(score, editable, changed)
    row.evidence = [piece.evidence for piece in pieces]
    search = CabinetForm(request.GET, auto_id=f"tim{score.pk}-%s")
    there = score.evidence.values("document")
    stored = score.dossier.unit.documents.in_cabinets().exclude(pk__in=there)
    return {
        "dossier": score.dossier,
        "row": row,
        "pieces": pieces,
        "editable": editable,
        "files": files or (_files_form(score) if editable else None),
        "noted": noted or (_note_form(score) if editable else None),
        "largest": settings.DOCUMENT_LARGEST // MEGABYTE,
        "search": search,
        "offered": search.narrowed(stored)[:OFFERED] if editable else [],
        "earlier": Evidence.objects.of_earlier_years(score) if editable else [],
        "removed": score.removed_evidence.select_related("document", "removed_by"),
        "sees_cabinet": documents.may_see(request.user, score.dossier.unit_id),
        "back": address_of(score),
        "made_up": score.dossier.period.made_up,
        "refusal": "",
        "refused": [],
    } | said


def _panel(request: HttpRequest, score: Score, *, status: int = 200, **said: Any) -> HttpResponse:
    context = _context(request, score, **said)
    if request.htmx:
        template = "scoring/_evidence_panel.html"
        if said.get("refused"):  # some of several files may have come through
            template = "scoring/_evidence_answer.html"
            sheet = sheet_of(score.dossier, request.user)
            context["without_evidence"] = len(sheet.without_evidence)
        return fragment(request, template, context, status=status)
    return render(request, "scoring/evidence.html", context, status=status)


def _answer(request: HttpRequest, score: Score) -> HttpResponse:
    """The panel as it is now, and the count in the row; without script, back to the panel."""
    if not request.htmx:
        return redirect(reverse("scoring:evidence", args=[score.pk]))
    context = _context(request, score)
    context["without_evidence"] = len(sheet_of(score.dossier, request.user).without_evidence)
    return fragment(request, "scoring/_evidence_answer.html", context)
