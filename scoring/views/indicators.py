"""Settings of the indicators that a level asks for."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.forms.readings import IndicatorForm
from scoring.models import Indicator, IndicatorEvent
from scoring.services import indicators, indicators_above
from scoring.services.indicators_above import Above
from units.access import require, units_where
from units.models import Unit
from units.permissions import Permission

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """The indicators of the units at which one organises."""
    return _list(request)


@require_POST
def seed(request: HttpRequest, owner: int) -> HttpResponse:
    """The usual indicators are added."""
    unit = owner_found(request, owner)
    number = indicators.seed(unit, by=request.user)
    messages.success(request, f"Đã thêm {number} chỉ tiêu thường dùng.")
    return redirect("scoring:indicators")


@form_page
def add(request: HttpRequest, owner: int) -> HttpResponse:
    """A new indicator."""
    unit = owner_found(request, owner)
    form = IndicatorForm(request.POST if request.method == "POST" else None)
    return _form(request, form, unit, lambda said: indicators.add(unit, said, by=request.user))


@form_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """An indicator says something else; once used, with another meaning as a new edition."""
    one = _indicator(request, pk)
    form = IndicatorForm(
        request.POST if request.method == "POST" else None,
        instance=one,
        initial={"seen": indicators.mark(one)},
    )

    def write(said: dict[str, Any]) -> None:
        try:
            indicators.revise(pk, said, by=request.user, seen=form.cleaned_data["seen"])
        except ChangedMeanwhile:
            fresh = Indicator.objects.get(pk=pk)
            form.renew(indicators.mark(fresh))
            for name in form.differs_from(fresh):
                lies = fresh.shown(name)
                form.add_error(name, f"Vừa được người khác sửa thành: {lies}.")
            raise

    return _form(request, form, one.owner, write, one)


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """An indicator is not asked any more."""
    _indicator(request, pk)
    try:
        indicators.retire(pk, by=request.user, seen=request.POST.get("seen", ""))
    except (MoveRefused, ChangedMeanwhile) as refusal:
        messages.error(request, refusal.sentence)
        return _list(request, status=409)
    messages.success(request, "Đã thôi dùng chỉ tiêu; số liệu đã báo cáo vẫn giữ nguyên.")
    return redirect("scoring:indicators")


def _list(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    owners = Unit.objects.filter(pk__in=units_where(request.user, Permission.RUN_PERIOD))
    if not owners:
        raise PermissionDenied("Đồng chí không tổ chức báo cáo số liệu ở đơn vị nào.")
    by_owner: dict[int, list[Indicator]] = {one.pk: [] for one in owners}
    for one in Indicator.objects.filter(owner__in=by_owner).current():
        by_owner[one.owner_id].append(one)
    given_up: dict[int, list[Indicator]] = {one.pk: [] for one in owners}
    for one in Indicator.objects.filter(owner__in=by_owner).given_up():
        given_up[one.owner_id].append(one)
    above = indicators_above.above(owners)
    lists = [
        (unit, *_beside(by_owner[unit.pk], above.get(unit.pk)), given_up[unit.pk])
        for unit in owners
    ]
    return render(request, "scoring/indicators.html", {"lists": lists}, status=status)


def _beside(own: list[Indicator], above: Above | None) -> tuple[list[tuple], int]:
    """The rows of a list, each with its mark and in what the level above has it otherwise; how many
    indicators of the level above it lacks."""
    differs = above.differences(own) if above else {}
    rows = [(one, indicators.mark(one), differs.get(one.code, "")) for one in own]
    return rows, len(above.lacking({one.code for one in own})) if above else 0


def _form(request, form, owner, write, one: Indicator | None = None) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write(form.said())
            except ChangedMeanwhile as refusal:
                form.add_error(
                    None,
                    f"{refusal.sentence} Nội dung đang gõ còn nguyên; lưu lần nữa là giữ nội dung "
                    "đang gõ.",
                )
                status = 409
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, "Đã lưu chỉ tiêu.")
                return redirect("scoring:indicators")
    context = {
        "form": form,
        "owner": owner,
        "one": one,
        "used": bool(one and one.asked.exists()),
        "events": list(IndicatorEvent.objects.of_code(one)) if one else [],
    }
    return render(request, "scoring/indicator.html", context, status=status)


def owner_found(request: HttpRequest, pk: int) -> Unit:
    """The unit whose list this person keeps, else 404; 403 who only reads it."""
    unit = get_object_or_404(
        Unit.objects.filter(pk__in=units_where(request.user, Permission.SEE_BELOW)), pk=pk
    )
    require(request.user, Permission.RUN_PERIOD, at=unit)
    return unit


def _indicator(request: HttpRequest, pk: int) -> Indicator:
    seen = Indicator.objects.filter(owner__in=units_where(request.user, Permission.SEE_BELOW))
    one = get_object_or_404(seen.select_related("owner"), pk=pk)
    require(request.user, Permission.RUN_PERIOD, at=one.owner_id)
    return one
