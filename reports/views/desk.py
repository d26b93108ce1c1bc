"""The desk: what waits for me, when, where; what changed. Queries, not a table of messages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.numerals import written
from reports.models import Edition, EditionResult
from reports.rules.desk import greeting
from reports.services import duties, visits, waiting
from reports.services.news import news
from scoring.models import Dossier, Period
from scoring.rules.workflow import PeriodState
from units.access import roles_of, units_where
from units.permissions import OF_THE_UNIT, Permission, Role

CALENDARS = 3
RESULTS = 3

WEEKDAYS = (
    "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật",
)  # fmt: skip


@dataclass(frozen=True)
class Published:
    """A line about what was published last; `account` is the dossier that explains the figure."""

    title: str
    words: str
    address: str
    account: int | None = None


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, late first; the calendar and the news beside it."""
    user, today = request.user, timezone.localdate()
    overseen = duties.overseen(user)
    now = timezone.now()
    found = waiting.waiting_for(user, overseen, now=now)
    context = {
        "today": today,
        "weekday": WEEKDAYS[today.weekday()],
        "greeting": greeting(user.full_name, found),
        "shelves": found,
        "advice": _advice(user),
        "overseen": [period for period in overseen if period.state == PeriodState.OPEN],
        "calendars": _calendars(user, today),
        "results": [*_of_own_units(user), *_of_units_below(user)][:RESULTS],
        "news": news(user, visits.come(user, now=now)),
    }
    return render(request, "reports/desk.html", context)


def _calendars(user, today: date) -> list[tuple[Period, list]]:
    found = (
        Period.objects.visible_to(user)
        .filter(state__in=duties.UNDER_WAY)
        .order_by("submit_by", "pk")
    )
    return [(period, period.calendar.stations(today)) for period in found[:CALENDARS]]


def _of_own_units(user) -> list[Published]:
    own = [unit for unit, roles in roles_of(user).items() if not roles.isdisjoint(OF_THE_UNIT)]
    if not own:
        return []
    dossier = Dossier.objects.filter(period=OuterRef("edition__period"), unit=OuterRef("unit"))
    found = (
        EditionResult.objects.filter(unit__in=own, edition__corrected_by=None)
        .select_related("edition")
        .defer("edition__criteria")
        .annotate(account=Subquery(dossier.values("pk")))
        .order_by("-edition__year", "-edition__published_at")
    )
    return [
        Published(
            title=result.unit_name,
            words=f"{result.edition.title}: {_words(result)}",
            address=_address(result),
            account=result.account,
        )
        for result in found[:RESULTS]
    ]


def _address(result: EditionResult) -> str:
    """What the line is made of, where that was frozen; else the table of its block."""
    if result.detail_digest:
        return reverse("reports:unit-result", args=[result.edition_id, result.pk])
    block = f"?khoi={result.block_position}"
    return reverse("reports:edition", args=[result.edition_id]) + block


def _of_units_below(user) -> list[Published]:
    desks = units_where(user, Permission.SEE_BELOW)
    if not desks:
        return []
    standing = Edition.objects.filter(period__assessor__in=desks, corrected_by=None)
    found = standing.with_counts()
    return [
        Published(
            title=edition.title,
            words=f"{edition.unit_count} đơn vị, {edition.best_count} xếp loại "
            f"{edition.band_labels[0]}; Quyết định số {edition.decision_number}",
            address=reverse("reports:edition", args=[edition.pk]),
        )
        for edition in found[:RESULTS]
    ]


def _words(result: EditionResult) -> str:
    if result.rank is None:
        return result.unranked_reason
    figure = written(result.percent, result.edition.places)
    return f"{figure} %, xếp loại {result.band}, hạng {result.rank} trong {result.block_name}"


def _advice(user) -> str:
    """What somebody can do for whom nothing waits."""
    held = {role for roles in roles_of(user).values() for role in roles}
    if not held:
        return (
            "Tài khoản của đồng chí chưa được phân công vai trò nào. Đề nghị liên hệ người quản "
            "trị của đơn vị để được phân công."
        )
    if Role.ADMINISTRATOR in held:
        return "Đồng chí có thể phân công vai trò cho cán bộ và cập nhật cây đơn vị từ trình đơn."
    if held & {Role.LEADER, Role.ORGANISER, Role.VERIFIER, Role.HEAD}:
        return "Tiến độ các kỳ, bảng xếp hạng và kết quả đã công bố vẫn xem được từ trình đơn."
    return (
        "Khi kỳ đánh giá mở, hồ sơ của đơn vị hiện ở đây cùng thời hạn. Trong lúc chờ, đồng chí "
        "có thể xem kết quả đã công bố và bản cam kết của đơn vị."
    )
