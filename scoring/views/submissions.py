"""Every time a dossier was handed in, and what is different between any two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc_portal.kit.differences import Stretch, side_by_side
from scoring.models import Dossier, Score, Submission
from scoring.rules.changes import Change, Said, changes
from scoring.services.submissions import said_in, said_now
from scoring.views.dossiers import found

NOW = "nay"


@dataclass(frozen=True)
class Version:
    """One side of the comparison: a handing in, or the dossier as it is now."""

    value: str
    label: str
    submission: Submission | None = None

    def said(self, dossier: Dossier) -> Mapping[int, Said]:
        """Score → what is said of it in this version."""
        return said_in(self.submission) if self.submission else said_now(dossier)

    def words(self, dossier: Dossier) -> dict[str, str]:
        """Difficulties and proposals in this version, by what they are called."""
        paper = self.submission or dossier
        return {
            "Khó khăn, vướng mắc": paper.difficulties,
            "Kiến nghị, đề xuất": paper.proposals,
        }


@dataclass(frozen=True)
class Line:
    """One component that changed, as the page shows it."""

    score: Score
    change: Change

    @property
    def notes(self) -> tuple[list[Stretch], list[Stretch]]:
        """Both notes, what differs marked."""
        return side_by_side(self.change.before.note, self.change.after.note)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and the comparison of the two that were chosen; the last two while none is."""
    dossier = found(request, pk)
    handed_in = list(dossier.submissions.for_page())
    versions = _versions(dossier, handed_in)
    earlier, later = _chosen(versions, request.GET.get("tu", ""), request.GET.get("den", ""))
    context: dict[str, Any] = {
        "dossier": dossier,
        "handed_in": handed_in,
        "versions": versions,
        "earlier": earlier,
        "later": later,
        "made_up": dossier.period.made_up,
    }
    if earlier and later:
        context |= _compared(dossier, earlier, later)
    return render(request, "scoring/dossier_submissions.html", context)


def _versions(dossier: Dossier, handed_in: list[Submission]) -> list[Version]:
    """All that can be compared, the oldest first; the present state while the unit may write."""
    versions = [Version(str(one.number), f"lần {one.number}", one) for one in reversed(handed_in)]
    if dossier.fillable and versions:
        versions.append(Version(NOW, "bản đang soạn"))
    return versions


def _chosen(versions: list[Version], start: str, end: str) -> tuple[Version | None, Version | None]:
    """The two that were asked for, the older one first; by default the last two."""
    if len(versions) < 2:
        return None, None
    order = {version.value: place for place, version in enumerate(versions)}
    last = len(versions) - 1
    first, second = order.get(start, last - 1), order.get(end, last)
    return versions[min(first, second)], versions[max(first, second)]


def _compared(dossier: Dossier, earlier: Version, later: Version) -> dict[str, Any]:
    changed = changes(earlier.said(dossier), later.said(dossier))
    scores = dossier.scores.filter(pk__in=changed).for_page()
    texts = [
        (title, side_by_side(before, after))
        for (title, before), after in zip(
            earlier.words(dossier).items(), later.words(dossier).values(), strict=True
        )
        if before != after
    ]
    return {"lines": [Line(score, changed[score.pk]) for score in scores], "texts": texts}
