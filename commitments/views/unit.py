"""What a unit promised, year by year, and where it stands."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.models import Commitment, CommitmentTask
from commitments.rules.progress import Rate, Standing
from units.access import may, visible_units
from units.models import Unit
from units.permissions import Permission

YEARS = 10
PRESSING = (Standing.OVERDUE, Standing.AT_RISK)


@dataclass(frozen=True)
class Year:
    """The commitment of one year and how its tasks stand; drafts have no standing yet."""

    commitment: Commitment
    counts: dict[str, int]

    @property
    def rate(self) -> Rate:
        """The same as on the page of the commitment."""
        return Rate(self.counts[Standing.DONE], sum(self.counts.values()))

    @property
    def columns(self) -> list[tuple[Standing, int]]:
        """How many stand in which way, in the order of the words."""
        return [(standing, self.counts[standing]) for standing in Standing]


@require_safe
def years(request: HttpRequest, pk: int) -> HttpResponse:
    """The years of a unit, newest first; below, what presses now. Flat in years and tasks."""
    unit = get_object_or_404(Unit, pk=pk, pk__in=visible_units(request.user))
    today = timezone.localdate()
    seen = Commitment.objects.visible_to(request.user).filter(unit=unit).with_parties()
    page = Paginator(seen.whole().newest_first(), YEARS).get_page(request.GET.get("page"))
    shown = [commitment.pk for commitment in page]
    live = CommitmentTask.objects.live().with_root().with_standing(today).filter(root__in=shown)
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    pressing = []
    carried = defaultdict(int)
    for task in live.select_related("commitment").order_by("deadline", "pk"):
        counts[task.root][task.stands] += 1
        carried[task.root] += task.carried_from_id is not None
        if task.stands in PRESSING and task.commitment.countersigned:
            pressing.append(task)
    annexes = defaultdict(list)
    for annex in seen.filter(amends__in=shown).order_by("number"):
        annexes[annex.amends_id].append(annex)
    context = {
        "unit": unit,
        "page": page,
        "years": [(Year(one, counts[one.pk]), annexes[one.pk], carried[one.pk]) for one in page],
        "standings": list(Standing),
        "pressing": pressing,
        "may_draft": may(request.user, Permission.DRAFT_COMMITMENT, at=unit),
        "made_up": any(one.made_up for one in page),
    }
    return render(request, "commitments/unit.html", context)
