"""The search of the bar: everything of the portal that the person may see, by words."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.forms.finding import FindForm
from reports.services.finding import KINDS, find

A_PAGE = 30


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """The first hits of every kind, or all of one kind by pages."""
    form = FindForm(request.GET)
    words = form.cleaned_data["tim"] if form.is_valid() else ""
    asked = request.GET.get("loai", "")
    kind = next((one for one in KINDS if one.slug == asked), None)
    if asked and kind is None:
        raise Http404
    back = f"{reverse('reports:find')}?{urlencode({'tim': words})}"
    said = {"form": form, "words": words, "kind": kind, "back": back}
    if words and kind:
        page = Paginator(kind.rows(request.user, words), A_PAGE).get_page(request.GET.get("page"))
        said |= {"page": page, "hits": [kind.hit(row, words) for row in page]}
    elif words:
        groups = find(request.user, words)
        said |= {"groups": groups, "count": sum(group.count for group in groups)}
    return render(request, "reports/found.html", said, status=200 if form.is_valid() else 422)
