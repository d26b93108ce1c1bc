"""Indicators of the level above join the list of a level: seen first, then taken by a press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring.forms.readings import TakeAboveForm
from scoring.services import indicators_above as lists
from scoring.views.indicators import form_page, owner_found

NONE = "khong"


@form_page
def choose(request: HttpRequest, owner: int) -> HttpResponse:
    """Chooses among those that the own list lacks."""
    unit = owner_found(request, owner)
    level = lists.above([unit]).get(unit.pk)
    offered = lists.offers(unit, level)
    form, status = None, 200
    if request.method == "POST":
        status = 422
        form = TakeAboveForm([one.indicator.pk for one in offered], request.POST)
        if form.is_valid():
            chosen = {one.pk for one in form.cleaned_data["chosen"]}
            seen = form.cleaned_data["seen"]
            try:
                taken = lists.take(unit, chosen=chosen, seen=seen, by=request.user)
            except (MoveRefused, ChangedMeanwhile) as refusal:
                status = 409
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, _told(len(taken), len(taken) - len(chosen)))
                return redirect("scoring:indicators")
        level = lists.above([unit]).get(unit.pk)
        offered = lists.offers(unit, level)
    ticked = set(request.POST.getlist("chosen")) if form else None
    context = {
        "owner": unit,
        "above": level and level.unit,
        "form": form,
        "mark": lists.mark(offered),
        "rows": [(one, _ticked(request, one, ticked)) for one in offered],
        "none": NONE,
    }
    return render(request, "scoring/indicators_above.html", context, status=status)


def _ticked(request: HttpRequest, one: lists.Offer, ticked: set[str] | None) -> bool:
    if ticked is not None:
        return str(one.indicator.pk) in ticked
    return one.usual and request.GET.get("chon") != NONE


def _told(taken: int, along: int) -> str:
    sentence = f"Đã lấy {grouped(taken)} chỉ tiêu của cấp trên"
    return (
        f"{sentence}, trong đó {grouped(along)} chỉ tiêu lấy kèm." if along > 0 else f"{sentence}."
    )
