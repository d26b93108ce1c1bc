"""A unit's figures of one collection: rows that save themselves, and the history of a figure."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.numerals import typed
from cchc_portal.kit.strokes import by_the_same_hand
from scoring import reading_access
from scoring.forms.figures import TableForm
from scoring.forms.readings import ReadingForm
from scoring.models import Collection, Reading
from scoring.rules.indicator import Roll
from scoring.services import readings, rollups
from scoring.services.gathered import taken_before, takes_by_itself
from scoring.services.odd_units import odd_in
from scoring.services.underneath import Below, underneath
from scoring.services.year_figures import over_the_year
from scoring.views.save_row import save_row

NOT_ASKED = "Đơn vị này không báo cáo trong đợt."


@dataclass
class ReadingRow:
    """One figure in the form. `form` holds what was sent and refused; `below`: what the units
    below reported of it; `why`: a reason that was typed beside another press."""

    reading: Reading
    open: bool = False
    form: ReadingForm | None = None
    state: str = ""
    sentence: str = ""
    odd: tuple[str, ...] = ()
    below: Below | None = None
    why: str = ""

    @property
    def amount(self) -> str:
        """As one types it."""
        stored = self.reading.amount
        return self._typed("amount", "" if stored is None else typed(stored))

    @property
    def note(self) -> str:
        return self._typed("note", self.reading.note)

    @property
    def reason(self) -> str:
        return self._typed("reason", self.why)

    @property
    def version(self) -> int:
        """The version that what stands in the row was written on."""
        return self.form.written_on if self.form else self.reading.version

    @property
    def fault(self) -> bool:
        """Whether the figure itself cannot be read."""
        return bool(self.form and "amount" in self.form.errors)

    @property
    def differs_below(self) -> bool:
        """Whether the units below come to another figure."""
        return self.below is not None and self.below.amount != self.reading.amount

    def _typed(self, name: str, stored: str) -> str:
        return self.form.data.get(name, "") if self.form else stored


def collection_of(request: HttpRequest, pk: int) -> Collection:
    """The collection among what this person may see, else 404."""
    seen = Collection.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(seen, pk=pk)


def reading_of(request: HttpRequest, pk: int) -> Reading:
    """The figure among what this person may see, else 404."""
    return get_object_or_404(Reading.objects.visible_to(request.user).for_page(), pk=pk)


@require_safe
def mine(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """The figures of one unit: to fill in for whoever may, to read for others."""
    return unit_page(request, collection_of(request, pk), unit)


def unit_page(
    request: HttpRequest,
    collection: Collection,
    unit: int,
    *,
    again: ReadingRow | None = None,
    form: TableForm | None = None,
    refusal: str = "",
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; `again` is a row that was refused without script, `form` a file that was; `refusal`
    why the units below were not taken, for the `reason` that was typed."""
    seen = Reading.objects.visible_to(request.user).for_page()
    found = list(seen.filter(collection=collection, unit=unit).in_order())
    if not found:
        raise Http404(NOT_ASKED)
    writes = reading_access.may_write(request.user, collection, unit)
    odd = odd_in(collection, unit)
    below = underneath(collection, [one.indicator for one in found], [unit]).get(unit, {})
    rows = [
        again
        if again and again.reading.pk == one.pk
        else ReadingRow(
            one,
            writes,
            odd=tuple(odd.get(one.indicator.code, ())),
            below=below.get(one.indicator.code),
        )
        for one in found
    ]
    taken = taken_before(found) if below and writes else set()
    context: dict[str, Any] = {
        "collection": collection,
        "unit": found[0].unit,
        "rows": rows,
        "sums": _sums(found, collection, odd),
        "takes": [row for row in rows if writes and takes_by_itself(row.reading, row.below, taken)],
        "writes": writes,
        "refusal": refusal,
        "reason": reason,
        "form": form or TableForm(),
        "made_up": collection.made_up,
    }
    return render(request, "scoring/readings.html", context, status=status)


@require_POST
@by_the_same_hand
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """One row is written; 422 not valid, 409 refused or somebody was faster."""
    reading = reading_of(request, pk)
    reading_access.require_writer(request.user, reading.collection, reading.unit_id)
    form = ReadingForm(request.POST, decimals=reading.indicator.decimals)
    return save_row(
        request,
        form,
        write=lambda: readings.put(
            pk,
            by=request.user,
            amount=form.figure,
            note=form.cleaned_data["note"],
            reason=form.cleaned_data["reason"],
            seen_version=form.seen,
            stroke=form.sent_as,
        ),
        answer=partial(_answer, request, pk),
        again=lambda: row_again(request, pk),
    )


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: every change of it, and what the unit reported before under the same code."""
    reading = reading_of(request, pk)
    same = Reading.objects.visible_to(request.user).filter(
        Q(unit=reading.unit_id),
        collection__owner=reading.collection.owner_id,
        indicator__code=reading.indicator.code,
    )
    code = reading.indicator.code
    year = over_the_year(
        reading.collection.owner_id, [reading.unit_id], reading.collection.year, [code]
    )
    context = {
        "reading": reading,
        "changes": reading.changes.select_related("changed_by"),
        "others": same.said()
        .select_related("collection", "indicator")
        .order_by("-collection__ends_on")[:40],
        "year": year.get(reading.unit_id, {}).get(code),
        "made_up": reading.collection.made_up,
    }
    return render(request, "scoring/reading_history.html", context)


def _sums(
    found: list[Reading], collection: Collection, odd: dict[str, list[str]]
) -> dict[str, Any]:
    """What the rows of one unit come to together: how many are there, what is odd, the ratios.
    Two queries."""
    said = sum(one.amount is not None for one in found)
    indicators = rollups.indicators_of(collection)
    (line,) = rollups.lines(collection, indicators, [(found[0].unit_id, found[0].unit.name)])
    pairs = zip(indicators, line.cells, strict=True)
    return {
        "said": said,
        "asked": len(found),
        "missing": len(found) - said,
        "odd": len(odd),
        "ratios": [
            (one, figure, odd.get(one.code, ()))
            for one, figure in pairs
            if one.roll == Roll.RATIO and figure is not None
        ],
    }


def _answer(
    request: HttpRequest,
    pk: int,
    form: ReadingForm | None,
    state: str,
    sentence: str,
    *,
    status: int = 200,
) -> HttpResponse:
    """How the row stands now; without script, the page with what was typed."""
    reading = reading_of(request, pk)
    one = ReadingRow(reading, True, form=form, state=state, sentence=sentence)
    context: dict[str, Any] = {"one": one}
    if not request.htmx:
        messages.error(request, sentence)
        return unit_page(request, reading.collection, reading.unit_id, again=one, status=status)
    if state == "saved":
        context["sums"] = _looked_over(one)
    return fragment(request, "scoring/_reading_answer.html", context, status=status)


def _looked_over(one: ReadingRow) -> dict[str, Any]:
    """The row is told what looks odd in its figure, among the others of its unit, which come to
    this together; `parts`: keys of the figures that are a part of it, with what now looks odd in
    those."""
    reading = one.reading
    beside = Reading.objects.for_page().filter(
        collection=reading.collection_id, unit=reading.unit_id
    )
    found = list(beside.in_order())
    odd = odd_in(reading.collection, reading.unit_id)
    one.odd = tuple(odd.get(reading.indicator.code, ()))
    parts = [row for row in found if row.indicator.part_of == reading.indicator.code]
    told = [(row.pk, odd.get(row.indicator.code, ())) for row in parts]
    return _sums(found, reading.collection, odd) | {"parts": told}


def row_again(
    request: HttpRequest,
    pk: int,
    *,
    state: str = "",
    sentence: str = "",
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole row in the place of the old one, with the reason that was typed; without script,
    the page."""
    reading = reading_of(request, pk)
    if not request.htmx:
        page = reverse("scoring:readings", args=[reading.collection_id, reading.unit_id])
        return redirect(f"{page}#so-lieu-{pk}")
    one = ReadingRow(reading, True, state=state, sentence=sentence, why=reason)
    sums = _looked_over(one)
    below = underneath(reading.collection, [reading.indicator], [reading.unit_id])
    one.below = below.get(reading.unit_id, {}).get(reading.indicator.code)
    context = {"one": one, "sums": sums}
    answer = fragment(request, "scoring/_reading_row_again.html", context, status=status)
    return reswap(retarget(answer, f"#so-lieu-{pk}"), "outerHTML")
