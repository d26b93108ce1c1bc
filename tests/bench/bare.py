"""Beside every address of the portal one that does the least a saved row can: one UPDATE."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from cchc_portal.urls import urlpatterns as of_the_portal
from scoring.models import Score


@require_POST
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever is signed in: the version of a score, one higher."""
    assert request.user.is_authenticated
    Score.objects.filter(pk=pk).update(version=F("version") + 1)
    return HttpResponse("")


urlpatterns = [path("bare/<int:pk>/", bare, name="bare"), *of_the_portal]
