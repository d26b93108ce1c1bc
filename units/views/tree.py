"""The tree of units on a day, and the search for one by name or code."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cchc_portal.kit.among import among
from cchc_portal.kit.htmx import fragment
from units.access import roles_of
from units.forms.fields import UnitField, UnitsField
from units.forms.tree import DayForm, OfferForm, SearchForm
from units.models import Unit, UnitSpell
from units.models.tree import ids_above, ids_below
from units.views.branches import Branch, counted, first_level, whole

WHOLE_TREE = 1000
"""So many units are drawn at once, folded; above that each branch is fetched when it is opened."""

A_PAGE = 50
OFFERED = 20


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """Who stood below whom on a day, from one unit down."""
    form = DayForm(request.GET)
    day = form.day()
    roots = _roots(request, form.root(), day)
    below = ids_below([root.pk for root in roots], day=day)
    return render(
        request,
        "units/tree.html",
        {
            "form": form,
            "day": day,
            "today": timezone.localdate(),
            "branches": _branches(roots, below, day),
            "above": _above(roots, day),
            "counts": counted(below, day),
            "search": SearchForm(initial={"ngay": day}),
        },
        status=200 if form.is_valid() else 422,
    )


@require_GET
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands below one unit on a day, fetched when its branch is opened."""
    day = DayForm(request.GET).day()
    root = get_object_or_404(Unit.objects.in_force_on(day), pk=pk)
    (opened,) = _branches([root], ids_below([root.pk], day=day), day)
    return fragment(request, "units/_groups.html", {"branch": opened, "day": day})


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Units by the words of their name or code, on a day or at any time."""
    form = SearchForm(request.GET)
    page = Paginator(form.found(), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "units/search.html",
        {"form": form, "page": page, "words": form.words(), "day": form.day()},
        status=200 if form.is_valid() else 422,
    )


@require_GET
def offer(request: HttpRequest, several: bool) -> HttpResponse:
    """Units to pick in a form: those chosen already and those that match what is typed."""
    form = OfferForm(request.GET)
    if not form.is_valid():
        return fragment(request, "units/_not_offered.html", {"form": form}, status=422)
    name, words = form.cleaned_data["field"], form.cleaned_data["tim"]
    alive = Unit.objects.in_force_on(form.day()).select_related("parent")
    if roots := form.roots():
        alive = alive.filter(among("pk", ids_below(roots, day=form.day())))
        if not form.cleaned_data["ca"]:
            alive = alive.exclude(pk__in=roots)
    found = list(alive.matching(words)[:OFFERED]) if words else []
    field = UnitsField() if several else UnitField()
    chosen = request.GET.getlist(name)
    field.offer(found, chosen)
    drawn = field.widget.render(name, chosen, {"id": f"id_{name}"})
    return fragment(
        request, "units/_offered.html", {"drawn": drawn, "found": found, "words": words}
    )


def _branches(roots: list[Unit], below: list[int], day: date) -> list[Branch]:
    return whole(roots, below, day) if len(below) <= WHOLE_TREE else first_level(roots, day)


def _roots(request: HttpRequest, asked: int | None, day: date) -> list[Unit]:
    """The unit asked for; else the province of one's own; else whoever stands below nobody."""
    if asked is None and roles_of(request.user):
        above = ids_above(min(roles_of(request.user)), day=day)
        asked = above[-2] if len(above) > 1 else above[-1]
    alive = Unit.objects.in_force_on(day)
    roots = list(alive.filter(pk=asked)) if asked else []
    top = UnitSpell.objects.in_force_on(day).filter(parent=None).values("unit")
    return roots or list(alive.filter(pk__in=top))


def _above(roots: list[Unit], day: date) -> list[UnitSpell]:
    """What stands above a single root, the topmost first, by the names of the day."""
    if len(roots) != 1:
        return []
    keys = ids_above(roots[0].pk, day=day)[1:]
    spells = UnitSpell.objects.in_force_on(day).filter(unit__in=keys)
    by_unit = {spell.unit_id: spell for spell in spells}
    return [by_unit[key] for key in reversed(keys) if key in by_unit]
