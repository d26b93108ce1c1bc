"""A campaign of measurement from its draft to its end."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Campaign, CampaignEvent, CampaignUnit, Rating, RatingCount
from scoring.rules.campaign import (
    CAMPAIGN,
    CampaignState,
    CampaignVerb,
    why_no_aspects,
    why_no_days,
)
from scoring.rules.satisfaction import Formula
from scoring.services import counter
from scoring.services.preparation import must_be_unchanged, refusing
from units.access import require
from units.models import Unit, User
from units.models.tree import ids_below
from units.permissions import Permission

BEGUN = "Đợt đã bắt đầu nên công thức, khía cạnh, thời gian không sửa được nữa."
RATED = (
    "Đợt đã có lượt đánh giá nên không hủy được: ý kiến của người dân, tổ chức không bị bỏ đi. "
    "Đề nghị kết thúc đợt."
)
ONCE = ("campaign_once", "Năm này đã có đợt đo lường cùng tên.")


@transaction.atomic
def draft(
    assessor: Unit,
    *,
    by: User,
    year: int,
    title: str,
    begins: date,
    until: date,
    aspects: Sequence[str],
    minimum: int,
    margin: Decimal,
    formula: Formula = Formula.SHARE,
    made_up: bool = False,
) -> Campaign:
    """A new one of the assessor. Raises PermissionDenied, MoveRefused."""
    require(by, Permission.RUN_PERIOD, at=assessor)
    if fault := why_no_aspects(aspects) or why_no_days(year, begins, until):
        raise MoveRefused(fault)
    with refusing(*ONCE):
        return Campaign.objects.create(
            assessor=assessor,
            year=year,
            title=title,
            begins=begins,
            until=until,
            aspects=list(aspects),
            minimum=minimum,
            margin=margin,
            formula=formula,
            made_up=made_up,
        )


@transaction.atomic
def edit(campaign: Campaign, *, by: User, seen: int, **columns: Any) -> Campaign:
    """Other columns while it is a draft. Raises PermissionDenied, MoveRefused, ChangedMeanwhile."""
    held = hold(campaign, by=by)
    must_be_unchanged(seen, held.version)
    if held.state != CampaignState.DRAFT:
        raise MoveRefused(BEGUN)
    if fault := why_no_aspects(columns.get("aspects", held.aspects)):
        raise MoveRefused(fault)
    for name, value in columns.items():
        setattr(held, name, value)
    if fault := why_no_days(held.year, held.begins, held.until):
        raise MoveRefused(fault)
    held.version += 1
    with refusing(*ONCE):
        held.save()
    return held


@transaction.atomic
def begin(campaign: Campaign, *, by: User, seen: int) -> Campaign:
    """It collects; every unit that stands below the assessor on its first day is measured.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = _move(campaign, CampaignVerb.BEGIN, by=by, seen=seen)
    below = ids_below([held.assessor_id], day=held.begins)
    units = Unit.objects.filter(pk__in=below).exclude(pk=held.assessor_id)
    CampaignUnit.objects.bulk_create(
        [CampaignUnit(campaign=held, unit=unit) for unit in units.in_force_on(held.begins)],
        ignore_conflicts=True,
    )
    return held


@transaction.atomic
def close(campaign: Campaign, *, by: User, seen: int, reason: str = "") -> Campaign:
    """Its figures stand and are public, its slips open nothing any more. Until its last day is over
    only for a reason: the slips that are out bear that day.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = _move(campaign, CampaignVerb.CLOSE, by=by, seen=seen, comment=reason)
    if not held.over_on(timezone.localdate()) and not reason.strip():
        raise MoveRefused(
            f"Phiếu đã phát ghi hạn đến hết ngày {held.until:%d/%m/%Y}. "
            "Đề nghị ghi rõ lý do khi kết thúc đợt trước hạn."
        )
    counter.unlink(held)
    return held


@transaction.atomic
def reopen(campaign: Campaign, *, by: User, seen: int, reason: str) -> Campaign:
    """Back to collecting, for a reason; figures that a period has taken stay as they were taken.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    return _move(campaign, CampaignVerb.REOPEN, by=by, seen=seen, comment=reason)


@transaction.atomic
def cancel(campaign: Campaign, *, by: User, seen: int, reason: str) -> Campaign:
    """What was set up by mistake, and in which nobody has rated: nothing of it is ever told, its
    slips open nothing, and its name may be used again. What people said is never thrown away.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = _move(campaign, CampaignVerb.CANCEL, by=by, seen=seen, comment=reason)
    rated = Rating.objects.filter(measured__campaign=held)
    if rated.exists() or RatingCount.objects.filter(measured__campaign=held).exists():
        raise MoveRefused(RATED)
    return held


def hold(campaign: Campaign, *, by: User) -> Campaign:
    """The campaign, held, for a service that writes in it. Raises PermissionDenied."""
    held = Campaign.objects.hold(campaign.pk)
    require(by, Permission.RUN_PERIOD, at=held.assessor_id)
    return held


def note(campaign: Campaign, verb: str, comment: str, *, by: User, source: str = "") -> None:
    """A line in its logbook."""
    CampaignEvent.objects.create(
        campaign=campaign,
        verb=verb,
        source=source or campaign.state,
        target=campaign.state,
        comment=comment.strip(),
        by=by,
    )


def _move(
    campaign: Campaign, verb: CampaignVerb, *, by: User, seen: int, comment: str = ""
) -> Campaign:
    held = hold(campaign, by=by)
    must_be_unchanged(seen, held.version)
    move = CAMPAIGN.check(verb, held.state, comment)
    source, held.state = held.state, move.target
    held.version += 1
    held.save(update_fields=["state", "version"])
    note(held, verb, comment, by=by, source=source)
    return held
