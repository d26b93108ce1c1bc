"""The search of the bar: everything of the portal that the person may see, by words."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from reports.forms.finding import FindForm
from reports.services import finding

A_PAGE = 30


class Pages(Paginator):
    """The pages of what was found of one kind, as far as it is counted."""

    @cached_property
    def found(self) -> int:
        """How many were found, one more than are counted at most."""
        return finding.count_of(self.object_list)

    @cached_property
    def count(self) -> int:
        return min(self.found, finding.MOST_COUNTED)


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """The first hits of every kind, or all of one kind by pages."""
    form = FindForm(request.GET)
    words = form.cleaned_data["tim"] if form.is_valid() else ""
    asked = request.GET.get("loai", "")
    kind = next((one for one in finding.KINDS if one.slug == asked), None)
    if asked and kind is None:
        raise Http404
    back = f"{reverse('reports:find')}?{urlencode({'tim': words})}"
    said = {"form": form, "words": words, "kind": kind, "back": back}
    said["most"] = finding.MOST_COUNTED
    if words and kind:
        pages = Pages(kind.rows(request.user, words), A_PAGE)
        page = pages.get_page(request.GET.get("page"))
        said |= {"page": page, "hits": [kind.hit(row, words) for row in page]}
        said |= {
            "number": finding.number_of(pages.found),
            "more": pages.found > finding.MOST_COUNTED,
        }
    elif words:
        groups = finding.find(request.user, words)
        count = sum(min(group.count, finding.MOST_COUNTED) for group in groups)
        more = any(group.more for group in groups)
        said |= {"groups": groups, "count": count, "more": more}
    return render(request, "reports/found.html", said, status=200 if form.is_valid() else 422)
