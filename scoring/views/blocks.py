"""The organiser's pages of one block: its name, its units, its set of criteria."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cchc_portal.kit.asked import number
from cchc_portal.kit.numerals import grouped
from scoring.forms.blocks import BlockForm, ChooseSetForm, UnitFilterForm, UnitsForm
from scoring.models import Block, BlockUnit, Criterion
from scoring.rules.criteria import faults
from scoring.rules.kinds import Level
from scoring.rules.workflow import PREPARATION
from scoring.services import blocks, criteria
from scoring.views.scope import attempt, find_block, find_period
from units.access import may
from units.models import Unit
from units.permissions import Permission

UNITS_A_PAGE = 100


@require_http_methods(["GET", "POST"])
def block_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a block to a period that is being prepared."""
    period = find_period(request, pk, Permission.RUN_PERIOD)
    form = BlockForm(request.POST or None, instance=Block(period=period, position=0))
    context = {"form": form, "period": period, "subject": None, "version": 1}
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "scoring/block_form.html", context, status=status)

    def save() -> str:
        blocks.add(period, by=request.user, **form.columns())
        return f"Đã thêm khối “{form.cleaned_data['name']}”."

    return attempt(
        request,
        save,
        then=reverse("scoring:period", args=[pk]),
        otherwise=lambda: render(request, "scoring/block_form.html", context),
    )


@require_http_methods(["GET", "POST"])
def block_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames a block or says anew which units it is for."""
    block = find_block(request, pk, Permission.RUN_PERIOD)
    version = request.POST.get("version", str(block.version))
    form = BlockForm(request.POST or None, instance=block)
    context = {"form": form, "period": block.period, "subject": block, "version": version}
    if request.method == "GET":
        return render(request, "scoring/block_form.html", context)
    seen = number(version)
    if not form.is_valid() or seen is None:
        return render(request, "scoring/block_form.html", context, status=422)

    def save() -> str:
        blocks.edit(block, by=request.user, seen=seen, **form.columns())
        return "Đã lưu thông tin khối."

    return attempt(
        request,
        save,
        then=reverse("scoring:block", args=[pk]),
        otherwise=lambda: render(request, "scoring/block_form.html", context),
    )


@require_POST
def block_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a block out of a period that is being prepared."""
    block = find_block(request, pk, Permission.RUN_PERIOD)

    def do() -> str:
        blocks.remove(block, by=request.user)
        return f"Đã bỏ khối “{block.name}”."

    then = reverse("scoring:period", args=[block.period_id])
    return attempt(request, do, then=then, otherwise=lambda: _criteria_page(request, block))


@require_GET
def block_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The criteria of a block, with everything wrong in them."""
    return _criteria_page(request, find_block(request, pk, Permission.SEE_BELOW))


@require_POST
def block_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the block its own copy of a catalogue set."""
    block = find_block(request, pk, Permission.RUN_PERIOD)
    form = ChooseSetForm(request.POST)
    if not form.is_valid():
        return _criteria_page(request, block, form=form, status=422)

    def do() -> str:
        owned = criteria.copy_into(block, form.cleaned_data["source"], by=request.user)
        return f"Đã sao chép bộ “{owned.title}” vào khối."

    return attempt(
        request,
        do,
        then=reverse("scoring:block", args=[pk]),
        otherwise=lambda: _criteria_page(request, block),
    )


@require_GET
def block_units(request: HttpRequest, pk: int) -> HttpResponse:
    """Units the block may take in, with a filter; those in it are marked."""
    return _units_page(request, find_block(request, pk, Permission.SEE_BELOW))


@require_POST
def block_units_by_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds every unit of the block's kinds and function."""
    block = find_block(request, pk, Permission.RUN_PERIOD)

    def do() -> str:
        added = blocks.choose_by_kind(block, by=request.user)
        return f"Đã thêm {grouped(added)} đơn vị theo loại và chức năng."

    return attempt(
        request,
        do,
        then=reverse("scoring:block-units", args=[pk]) + "?place=here",
        otherwise=lambda: _units_page(request, block),
    )


@require_POST
def block_units_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the ticked units, or all that the filter lists, into the block."""
    return _change_units(request, pk, "Đã thêm {} đơn vị vào khối.", blocks.add_units, "free")


@require_POST
def block_units_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the ticked units, or all that the filter lists, out of the block."""
    return _change_units(request, pk, "Đã bỏ {} đơn vị khỏi khối.", blocks.remove_units, "here")


def _change_units(request: HttpRequest, pk: int, words: str, change, place: str) -> HttpResponse:
    block = find_block(request, pk, Permission.RUN_PERIOD)
    form = UnitsForm(request.POST)
    if not form.is_valid():
        for sentence in form.errors.get("units", ()):
            messages.error(request, sentence)
        return _units_page(request, block, status=422)
    if form.cleaned_data["everything"]:
        listed = UnitFilterForm(request.GET).narrowed(_candidates(block), block)
        at = {"block_now": block.pk} if place == "here" else {"block_now__isnull": True}
        chosen = set(listed.filter(**at).values_list("pk", flat=True))
    else:
        chosen = {unit.pk for unit in form.cleaned_data["units"]}

    def do() -> str:
        return words.format(grouped(change(block, chosen, by=request.user)))

    here = reverse("scoring:block-units", args=[pk])
    query = request.GET.urlencode()
    return attempt(
        request,
        do,
        then=f"{here}?{query}" if query else here,
        otherwise=lambda: _units_page(request, block),
    )


def _candidates(block: Block) -> QuerySet[Unit]:
    """Candidates of the period, each with the block it stands in now."""
    chosen = BlockUnit.objects.filter(period=block.period_id, unit=OuterRef("pk"))
    parents = Unit.objects.filter(pk=OuterRef("parent_then"))
    return (
        blocks.candidates(block.period)
        .annotate(
            block_now=Subquery(chosen.values("block")[:1]),
            block_name=Subquery(chosen.values("block__name")[:1]),
            parent_name=Subquery(parents.values("name")[:1]),
        )
        .order_by("position", "code")
    )


def _frame(request: HttpRequest, block: Block) -> dict[str, Any]:
    preparing = block.period.state in PREPARATION
    runs = may(request.user, Permission.RUN_PERIOD, at=block.period.assessor_id)
    return {
        "khoi": block,
        "period": block.period,
        "made_up": block.period.made_up,
        "may_prepare": preparing and runs,
    }


def _units_page(request: HttpRequest, block: Block, status: int = 200) -> HttpResponse:
    filters = UnitFilterForm(request.GET)
    everyone = _candidates(block)
    listed = filters.narrowed(everyone, block)
    page = Paginator(listed, UNITS_A_PAGE).get_page(request.GET.get("page"))
    fitting = blocks.fitting(block)
    taken = BlockUnit.objects.filter(period=block.period_id).values("unit")
    context = _frame(request, block) | {
        "filters": filters,
        "ticked": {number(key) for key in request.POST.getlist("units")},
        "components": 0,
        "page": page,
        "fitting_left": fitting.exclude(pk__in=taken).count(),
        "free_count": listed.filter(block_now__isnull=True).count(),
        "here_count": listed.filter(block_now=block.pk).count(),
        "query": request.GET.urlencode(),
    }
    return render(request, "scoring/block_units.html", context, status=status)


def _criteria_page(
    request: HttpRequest, block: Block, form: ChooseSetForm | None = None, status: int = 200
) -> HttpResponse:
    owned = getattr(block, "criteria_set", None)
    nodes = list(Criterion.objects.filter(criteria_set=owned).order_by("position")) if owned else []
    tree = criteria.as_tree(owned, nodes) if owned else None
    wrong = faults(tree) if tree else []
    fits = owned is not None and owned.maximum == block.period.scale_total
    context = _frame(request, block) | {
        "owned": owned,
        "nodes": nodes,
        "components": sum(node.level == Level.COMPONENT for node in nodes),
        "faults": wrong,
        "fits": fits,
        "fault_count": len(wrong) + (not fits),
        "set_form": form or ChooseSetForm(),
    }
    return render(request, "scoring/block.html", context, status=status)
