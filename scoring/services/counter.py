"""Ratings at the counter: slips handed out, ratings taken, each slip once."""

from collections.abc import Sequence
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Campaign, CampaignUnit, Rating, Slip
from scoring.rules.campaign import CampaignState
from scoring.rules.counter import (
    BURST_SECONDS,
    DEVICE_SECONDS,
    MOST_SLIPS,
    REFUSED_MOST,
    REFUSED_SECONDS,
    Way,
    answers_of,
    digest_of,
    flags_of,
    new_code,
)
from units.access import require
from units.models import User
from units.permissions import Permission

NOT_OPEN = "Đợt đo lường này chưa bắt đầu hoặc đã kết thúc nên không nhận đánh giá nữa."
USED = "Mã này không đúng hoặc đã được dùng. Mỗi mã dùng một lần cho một hồ sơ."
NOTHING_RATED = "Đề nghị chọn mức hài lòng cho ít nhất một nội dung."
NO_SUCH = "Có mức đánh giá không hợp lệ, đề nghị chọn lại."
SALT = "scoring.services.counter"


class UnknownCode(MoveRefused):
    """No slip has this code, or it has been used; the two are not told apart."""


class Ended(MoveRefused):
    """The last day that is printed on the slip has passed."""


class TooMany(MoveRefused):
    """The visitor has tried too many codes that are none."""


@transaction.atomic
def hand_out(measured: CampaignUnit, *, by: User, number: int) -> list[str]:
    """New codes for the unit's slips. They are told here and never again: what is kept is their
    digest. Raises PermissionDenied, MoveRefused."""
    require(by, Permission.FILL_DOSSIER, at=measured.unit_id)
    if not 1 <= number <= MOST_SLIPS:
        raise MoveRefused(f"Mỗi lần phát từ 1 đến {MOST_SLIPS} phiếu.")
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=measured.campaign_id)
    if campaign.state != CampaignState.COLLECTING:
        raise MoveRefused(NOT_OPEN)
    if campaign.over_on(timezone.localdate()):
        raise MoveRefused(f"{_ended(campaign)} không phát thêm phiếu.")
    codes = [new_code() for _ in range(number)]
    today = timezone.localdate()
    Slip.objects.bulk_create(
        Slip(measured=measured, digest=digest, given_on=today)
        for digest in sorted(map(digest_of, codes))
    )
    return codes


@transaction.atomic
def unlink(campaign: Campaign | None = None) -> int:
    """Writes the used slips of campaigns that collect (or of the one that is named) once more, all
    together: until then a slip and its rating bear the number of one transaction. How many.
    """
    slips = Slip.objects.filter(used=True)
    if campaign is None:
        slips = slips.filter(measured__campaign__state=CampaignState.COLLECTING)
    else:
        slips = slips.filter(measured__campaign=campaign)
    return slips.update(used=True)


def slip_of(code: str, *, visitor: str) -> Slip:
    """The unused slip of a campaign that collects, with unit and campaign; one query.

    visitor: whatever tells one device from another; only its digest is remembered, for minutes, and
    only in the cache. Raises UnknownCode, TooMany, and Ended after the campaign's last day.
    """
    slip = _slip_of(code, visitor)
    if slip.measured.campaign.over_on(timezone.localdate()):
        raise Ended(f"{_ended(slip.measured.campaign)} không nhận đánh giá nữa.")
    return slip


def _slip_of(code: str, visitor: str) -> Slip:
    tried = f"rating-tried:{_device(visitor)}"
    if (cache.get(tried) or 0) >= REFUSED_MOST:
        raise TooMany("Đã thử quá nhiều mã không đúng. Đề nghị đợi mười phút rồi thử lại.")
    found = Slip.objects.filter(
        digest=digest_of(code), used=False, measured__campaign__state=CampaignState.COLLECTING
    )
    slip = found.select_related("measured__unit", "measured__campaign").first()
    if slip is None:
        _count(tried, REFUSED_SECONDS)
        raise UnknownCode(USED)
    return slip


def rate(code: str, chosen: Sequence[str], *, visitor: str, now: datetime | None = None) -> None:
    """A citizen's rating by the code of a slip. Neither the code nor the visitor is kept with it.

    chosen: a mark “1”–“5” or nothing for every aspect. Raises UnknownCode, Ended, TooMany,
    MoveRefused.
    """
    slip = slip_of(code, visitor=visitor)
    device = _device(visitor)
    answers = _answers(chosen, slip.measured.campaign)
    local = timezone.localtime(now)
    flags = flags_of(
        of_device=_count(f"rating-device:{device}", DEVICE_SECONDS),
        of_unit=_count(f"rating-unit:{slip.measured_id}", BURST_SECONDS),
        at=local,
        way=Way.PHONE,
    )
    _store(slip, answers, Way.PHONE, flags)


def enter_paper(measured: CampaignUnit, code: str, chosen: Sequence[str], *, by: User) -> None:
    """The unit enters a slip that was filled in on paper; it is marked as such. After the last day
    too, until the campaign is closed: paper that was given in time is typed later.

    Raises PermissionDenied, UnknownCode (also for a slip of another unit), MoveRefused.
    """
    require(by, Permission.FILL_DOSSIER, at=measured.unit_id)
    slip = _slip_of(code, f"user:{by.pk}")
    if slip.measured_id != measured.pk:
        raise UnknownCode(USED)
    _store(slip, _answers(chosen, slip.measured.campaign), Way.PAPER, [])


@transaction.atomic
def _store(slip: Slip, answers: str, way: Way, flags: list[str]) -> None:
    """Both writes or none. Whoever comes second with the same code finds it used."""
    if Campaign.objects.state_kept(slip.measured.campaign_id) != CampaignState.COLLECTING:
        raise MoveRefused(NOT_OPEN)
    if not Slip.objects.filter(pk=slip.pk, used=False).update(used=True):
        raise UnknownCode(USED)
    Rating.objects.create(
        measured=slip.measured, day=timezone.localdate(), way=way, answers=answers, flags=flags
    )


def _answers(chosen: Sequence[str], campaign: Campaign) -> str:
    try:
        answers = answers_of(chosen, len(campaign.aspects))
    except ValueError as fault:
        raise MoveRefused(NO_SUCH) from fault
    if not answers:
        raise MoveRefused(NOTHING_RATED)
    return answers


def _ended(campaign: Campaign) -> str:
    return f"Đợt đo lường đã hết hạn ngày {campaign.until:%d/%m/%Y} nên"


def _device(visitor: str) -> str:
    """The visitor of today; tomorrow the same one is another."""
    return salted_hmac(SALT, f"{timezone.localdate()}:{visitor}", algorithm="sha256").hexdigest()


def _count(key: str, seconds: int) -> int:
    """One more; how many in the stretch that began with the first."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return 1
