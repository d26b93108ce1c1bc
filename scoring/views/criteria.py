"""Editing one node of a block's criteria while the period is being prepared."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cchc_portal.kit.htmx import fragment
from scoring.forms.criteria import ComponentForm, HeadingForm, rule_form
from scoring.forms.rules import RuleForm
from scoring.models import Criterion
from scoring.rules.answers import parse_rule
from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.kinds import Level
from scoring.rules.workflow import PREPARATION
from scoring.services import criteria
from scoring.views.scope import attempt, find_criterion
from units.permissions import Permission


@require_http_methods(["GET", "POST"])
def criterion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One node: a component with its rule, or the title of an area or criterion."""
    node = find_criterion(request, pk, Permission.RUN_PERIOD)
    if _block(node).period.state not in PREPARATION:
        return redirect("scoring:block", _block(node).pk)
    if node.level != Level.COMPONENT:
        return _edit_heading(request, node)
    if request.method == "GET":
        form = ComponentForm(initial=ComponentForm.told(node))
        return _component_page(request, node, form, _kept_rule_form(request, node))
    form, rule = _sent(request)
    if not (form.is_valid() and rule.is_valid()) or form.cleaned_data["version"] is None:
        return _component_page(request, node, form, rule, status=422)

    def save() -> str:
        seen = form.cleaned_data["version"]
        criteria.edit(node, by=request.user, seen=seen, **form.columns(rule))
        return f"Đã lưu tiêu chí thành phần {node.code}."

    return attempt(
        request,
        save,
        then=_back(node),
        otherwise=lambda: _component_page(request, node, form, rule),
    )


@require_http_methods(["GET", "POST"])
def component_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new component at the end of a criterion."""
    parent = find_criterion(request, pk, Permission.RUN_PERIOD, level=Level.CRITERION)
    if request.method == "GET":
        kind = request.GET.get("kind", "binary")
        form = ComponentForm(initial={"kind": kind})
        return _component_page(request, parent, form, rule_form(kind), new=True)
    form, rule = _sent(request)
    if not (form.is_valid() and rule.is_valid()):
        return _component_page(request, parent, form, rule, new=True, status=422)

    def save() -> str:
        added = criteria.add_component(parent, by=request.user, **form.columns(rule))
        return f"Đã thêm tiêu chí thành phần {added.code}."

    return attempt(
        request,
        save,
        then=_back(parent),
        otherwise=lambda: _component_page(request, parent, form, rule, new=True),
    )


@require_POST
def component_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a component out of the block's criteria."""
    node = find_criterion(request, pk, Permission.RUN_PERIOD, level=Level.COMPONENT)

    def do() -> str:
        criteria.remove_component(node, by=request.user)
        return f"Đã bỏ tiêu chí thành phần {node.code}."

    def again() -> HttpResponse:
        form = ComponentForm(initial=ComponentForm.told(node))
        return _component_page(request, node, form, _kept_rule_form(request, node))

    return attempt(
        request, do, then=reverse("scoring:block", args=[_block(node).pk]), otherwise=again
    )


@require_GET
def rule_fields(request: HttpRequest) -> HttpResponse:
    """The fields of the kind of rule that was chosen."""
    rule = rule_form(request.GET.get("kind"))
    return fragment(request, rule.template_name, {"rule": rule})


@require_POST
def component_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed, told back: the rule in words, and the sums up the tree. Writes nothing."""
    new = "moi" in request.GET
    level = Level.CRITERION if new else Level.COMPONENT
    node = find_criterion(request, pk, Permission.RUN_PERIOD, level=level)
    form, rule = _sent(request)
    context = _outcome(node, form, rule, new=new)
    return fragment(request, "scoring/_component_outcome.html", context)


def _edit_heading(request: HttpRequest, node: Criterion) -> HttpResponse:
    initial = {"title": node.title, "version": node.version}
    form = HeadingForm(request.POST or None, initial=initial)
    context = {"form": form, "node": node, "khoi": _block(node), "period": _block(node).period}
    if request.method == "GET":
        return render(request, "scoring/heading.html", context)
    if not form.is_valid():
        return render(request, "scoring/heading.html", context, status=422)

    def save() -> str:
        seen = form.cleaned_data["version"]
        criteria.edit(node, by=request.user, seen=seen, **form.columns())
        return f"Đã lưu tên của {node.code}."

    return attempt(
        request,
        save,
        then=_back(node),
        otherwise=lambda: render(request, "scoring/heading.html", context),
    )


def _component_page(
    request: HttpRequest,
    node: Criterion,
    form: ComponentForm,
    rule: RuleForm,
    *,
    new: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`node` is the component, or with `new` the criterion it will stand in."""
    block = _block(node)
    context = {
        "node": node,
        "new": new,
        "form": form,
        "rule": rule,
        "khoi": block,
        "period": block.period,
        "made_up": block.period.made_up,
        **_outcome(node, form, rule, new=new),
    }
    return render(request, "scoring/component.html", context, status=status)


def _outcome(node: Criterion, form: ComponentForm, rule: RuleForm, *, new: bool) -> dict[str, Any]:
    """Sums as they would be, and the rule in words where what is typed makes sense."""
    maximum, kept = _typed(node, form, rule, new=new)
    owned = node.criteria_set
    above = node if new else node.parent
    gained = maximum - (Decimal(0) if new else node.maximum) if maximum is not None else None
    return {
        "words": parse_rule(kept).words(maximum) if kept and maximum else "",
        "refusals": rule.non_field_errors() if rule.is_bound else [],
        "sums": [
            (above.code, above.title, above.maximum + gained),
            (above.parent.code, above.parent.title, above.parent.maximum + gained),
        ]
        if gained is not None
        else [],
        "total": owned.maximum + _gain_of_the_set(node, form, maximum, new=new),
        "scale": owned.block.period.scale_total,
    }


def _gain_of_the_set(
    node: Criterion, form: ComponentForm, maximum: Decimal | None, *, new: bool
) -> Decimal:
    """What the set's own maximum gains: bonus and penalty lie outside it, before and after."""
    if maximum is None:
        return Decimal(0)
    source = form.cleaned_data.get("source") if form.is_bound else node.source
    before = Decimal(0) if new or node.source in BEYOND_MAXIMUM else node.maximum
    after = Decimal(0) if source in BEYOND_MAXIMUM else maximum
    return after - before


def _typed(
    node: Criterion, form: ComponentForm, rule: RuleForm, *, new: bool
) -> tuple[Decimal | None, dict[str, Any] | None]:
    if not form.is_bound:
        return (None, None) if new else (node.maximum, node.rule)
    form.is_valid()
    kept = rule.rule if rule.is_valid() else None
    return form.cleaned_data.get("maximum"), kept


def _sent(request: HttpRequest) -> tuple[ComponentForm, RuleForm]:
    form = ComponentForm(request.POST)
    return form, rule_form(request.POST.get("kind"), data=request.POST)


def _kept_rule_form(request: HttpRequest, node: Criterion) -> RuleForm:
    """The rule as it is kept; of another kind, empty, where one was asked for."""
    kind = request.GET.get("kind", node.rule["type"])
    empty = rule_form(kind)
    return rule_form(kind, initial=empty.told(node.rule)) if kind == node.rule["type"] else empty


def _block(node: Criterion):
    return node.criteria_set.block


def _back(node: Criterion) -> str:
    """The block's page at the node."""
    return f"{reverse('scoring:block', args=[_block(node).pk])}#tc-{node.pk}"
