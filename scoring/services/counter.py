"""Ratings at the counter: slips handed out, ratings taken, each slip once."""

from collections.abc import Sequence
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cchc_portal.kit.counting import count, counted
from cchc_portal.kit.errors import MoveRefused
from scoring.models import Campaign, CampaignUnit, Rating, Slip
from scoring.rules.campaign import CampaignState
from scoring.rules.counter import (
    BURST_SECONDS,
    DEVICE_SECONDS,
    FRESH_SECONDS,
    MOST_SLIPS,
    REFUSED_MOST,
    REFUSED_SECONDS,
    Way,
    answers_of,
    digest_of,
    flags_of,
    flags_of_paper,
    is_typed,
    new_code,
)
from units.access import require
from units.models import User
from units.permissions import Permission

NOT_OPEN = "Đợt đo lường này chưa bắt đầu hoặc đã kết thúc nên không nhận đánh giá nữa."
USED = (
    "Mã này không đúng hoặc đã được dùng. Mỗi mã dùng một lần cho một hồ sơ; "
    "nếu vừa gửi thì đánh giá đã được ghi nhận."
)
NO_CODE = "Đề nghị nhập mã in trên phiếu."
NOTHING_RATED = "Đề nghị chọn mức hài lòng cho ít nhất một nội dung."
NO_SUCH = "Có mức đánh giá không hợp lệ, đề nghị chọn lại."
SALT = "scoring.services.counter"


class UnknownCode(MoveRefused):
    """No slip has this code, or it has been used; the two are not told apart."""


class NoCode(MoveRefused):
    """Nothing was typed; that is no wrong code."""


class NotTaken(MoveRefused):
    """A good slip outside the days of its campaign, which are printed on it, or after its end."""


class TooMany(MoveRefused):
    """The visitor has tried too many codes that are none."""


@transaction.atomic
def hand_out(
    measured: CampaignUnit, *, by: User, number: int, now: datetime | None = None
) -> list[str]:
    """New codes for the unit's slips, also before the first day. They are told here and never
    again: what is kept is their digest. Raises PermissionDenied, MoveRefused."""
    require(by, Permission.FILL_DOSSIER, at=measured.unit_id)
    if not 1 <= number <= MOST_SLIPS:
        raise MoveRefused(f"Mỗi lần phát từ 1 đến {MOST_SLIPS} phiếu.")
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=measured.campaign_id)
    if campaign.state != CampaignState.COLLECTING:
        raise MoveRefused(NOT_OPEN)
    if campaign.over_on(timezone.localdate()):
        raise MoveRefused(f"{_ended(campaign)} không phát thêm phiếu.")
    codes = [new_code() for _ in range(number)]
    digests = sorted(map(digest_of, codes))
    today, printed = timezone.localdate(), (now or timezone.now()).timestamp()
    Slip.objects.bulk_create(
        Slip(measured=measured, digest=digest, given_on=today) for digest in digests
    )
    cache.set_many({_printed(digest): printed for digest in digests}, FRESH_SECONDS)
    return codes


def one_for_now(measured: CampaignUnit, *, by: User) -> str:
    """The code of one more slip, for whoever stands at the counter. Raises PermissionDenied,
    MoveRefused, also before the first day: nobody could use it."""
    if measured.campaign.ahead_on(timezone.localdate()):
        raise NotTaken(_begins(measured.campaign))
    (code,) = hand_out(measured, by=by, number=1)
    return code


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


def slip_of(code: str, *, caller: str) -> Slip:
    """The unused slip of a campaign that takes ratings today, with unit and campaign; one query.

    caller: by whom wrong codes are counted; only a digest of it is remembered, for minutes, and
    only in the cache. Raises NoCode, UnknownCode, TooMany, NotTaken.
    """
    slip = _slip_of(code, caller)
    campaign = slip.measured.campaign
    if campaign.over_on(timezone.localdate()):
        raise NotTaken(f"{_ended(campaign)} không nhận đánh giá nữa.")
    return slip


def _slip_of(code: str, caller: str) -> Slip:
    if not is_typed(code):
        raise NoCode(NO_CODE)
    tried = f"rating-tried:{_of_today(caller)}"
    if counted(tried) >= REFUSED_MOST:
        raise TooMany("Đã thử quá nhiều mã không đúng. Đề nghị đợi mười phút rồi thử lại.")
    found = Slip.objects.filter(digest=digest_of(code), used=False)
    slip = found.select_related("measured__unit", "measured__campaign").first()
    if slip is None:
        count(tried, REFUSED_SECONDS)
        raise UnknownCode(USED)
    campaign = slip.measured.campaign
    if campaign.state != CampaignState.COLLECTING:
        raise NotTaken(_closed(campaign))
    if campaign.ahead_on(timezone.localdate()):
        raise NotTaken(_begins(campaign))
    return slip


def rate(
    code: str,
    chosen: Sequence[str],
    *,
    visitor: str,
    caller: str = "",
    now: datetime | None = None,
) -> None:
    """A citizen's rating by the code of a slip. Neither the code nor the visitor is kept with it.

    chosen: a mark “1”–“5” or nothing for every aspect. visitor: whatever tells one device from
    another; caller: as above, the visitor where none is named. Raises NoCode, UnknownCode,
    NotTaken, TooMany, MoveRefused.
    """
    slip = slip_of(code, caller=caller or visitor)
    answers = _answers(chosen, slip.measured.campaign)
    flags = flags_of(
        of_device=count(f"rating-device:{_of_today(visitor)}", DEVICE_SECONDS),
        of_unit=count(f"rating-unit:{slip.measured_id}", BURST_SECONDS),
        at=timezone.localtime(now),
    )
    _store(slip, answers, Way.PHONE, flags)


def enter_paper(
    measured: CampaignUnit,
    code: str,
    chosen: Sequence[str],
    *,
    by: User,
    now: datetime | None = None,
) -> None:
    """The unit enters a slip that was filled in on paper; it is marked as such. After the last day
    too, until the campaign is closed: paper that was given in time is typed later.

    Raises PermissionDenied, NoCode, UnknownCode (also for a slip of another unit), NotTaken,
    TooMany, MoveRefused.
    """
    require(by, Permission.FILL_DOSSIER, at=measured.unit_id)
    person = f"user:{by.pk}"
    slip = _slip_of(code, person)
    if slip.measured_id != measured.pk:
        raise UnknownCode(USED)
    answers = _answers(chosen, slip.measured.campaign)
    printed, local = cache.get(_printed(slip.digest)), timezone.localtime(now)
    flags = flags_of_paper(
        of_person=count(f"paper-person:{_of_today(person)}", BURST_SECONDS),
        of_unit=count(f"paper-unit:{slip.measured_id}", BURST_SECONDS),
        since_printed=None if printed is None else local.timestamp() - printed,
        at=local,
    )
    _store(slip, answers, Way.PAPER, flags)


def why_no_paper(campaign: Campaign) -> str:
    """Why no slip of the campaign can be typed today, as a sentence; empty where one can."""
    if campaign.state != CampaignState.COLLECTING:
        return _closed(campaign)
    return _begins(campaign) if campaign.ahead_on(timezone.localdate()) else ""


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


def _closed(campaign: Campaign) -> str:
    if campaign.state == CampaignState.CANCELLED:
        return "Đợt lấy ý kiến đã hủy nên không nhận đánh giá nữa."
    day = campaign.closed_on
    when = f" ngày {day:%d/%m/%Y}" if day else ""
    return f"Đợt lấy ý kiến đã kết thúc{when} nên không nhận đánh giá nữa."


def _begins(campaign: Campaign) -> str:
    return f"Đợt lấy ý kiến bắt đầu ngày {campaign.begins:%d/%m/%Y}; từ ngày đó mã mới dùng được."


def _of_today(who: str) -> str:
    """Whoever it is, today; tomorrow the same one is another."""
    return salted_hmac(SALT, f"{timezone.localdate()}:{who}", algorithm="sha256").hexdigest()


def _printed(digest: str) -> str:
    return f"slip-printed:{digest}"
