"""Finds what a person may see of periods: a stranger gets 404, the wrong role 403."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Block, Criterion, Period
from scoring.rules.kinds import Level
from scoring.services.ownership import owner_of
from units.access import require, units_where
from units.permissions import Permission


def find_period(request: HttpRequest, pk: int, permission: Permission) -> Period:
    """A period the person has to do with, if they hold the permission at its assessor."""
    seen = Period.objects.visible_to(request.user).select_related("assessor")
    period = get_object_or_404(seen, pk=pk)
    require(request.user, permission, at=period.assessor_id)
    return period


def find_block(request: HttpRequest, pk: int, permission: Permission) -> Block:
    """A block of such a period, with its set and its number of units."""
    seen = Period.objects.visible_to(request.user).values("pk")
    block = get_object_or_404(Block.objects.for_page().filter(period__in=seen), pk=pk)
    require(request.user, permission, at=block.period.assessor_id)
    return block


def find_criterion(
    request: HttpRequest, pk: int, permission: Permission, *, level: Level | None = None
) -> Criterion:
    """A node of such a block's own criteria, of the level if one is asked for."""
    seen = Period.objects.visible_to(request.user).values("pk")
    nodes = Criterion.objects.filter(criteria_set__block__period__in=seen)
    nodes = nodes.filter(level=level) if level else nodes
    node = get_object_or_404(
        nodes.select_related("criteria_set__block__period__assessor", "parent__parent"), pk=pk
    )
    require(request.user, permission, at=node.criteria_set.block.period.assessor_id)
    return node


def find_component(request: HttpRequest, pk: int) -> Criterion:
    """A component that the person verifies across units: at the owner of its criterion, or at the
    assessor. Who only sees the period meets 403, and is told who verifies it."""
    desks = units_where(request.user, Permission.VERIFY_DOSSIER)
    seen = Period.objects.visible_to(request.user).values("pk")
    known = Q(criteria_set__block__period__in=seen) | Q(parent__ownership__unit__in=desks)
    found = Criterion.objects.components().filter(known)
    node = get_object_or_404(
        found.select_related("criteria_set__block__period__assessor", "parent__ownership__unit"),
        pk=pk,
    )
    assessor, owner = node.criteria_set.block.period.assessor, owner_of(node.parent)
    if assessor.pk in desks or owner and owner.pk in desks:
        return node
    if desks:
        raise PermissionDenied(
            f"Tiêu chí này do {owner or assessor} thẩm định; đồng chí không thẩm định ở đó."
        )
    require(request.user, Permission.VERIFY_DOSSIER, at=assessor)
    return node


def attempt(
    request: HttpRequest,
    action: Callable[[], str],
    *,
    then: str,
    otherwise: Callable[[], HttpResponse],
) -> HttpResponse:
    """Does it: goes to `then` with the action's sentence, or shows the page again with a refusal.

    A refusal is 409 and leaves everything else on the page as it was.
    """
    try:
        said = action()
    except (MoveRefused, ChangedMeanwhile) as refusal:
        messages.error(request, refusal.sentence)
        answer = otherwise()
        answer.status_code = 409
        return answer
    if said:
        messages.success(request, said)
    return redirect(then)
