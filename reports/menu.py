"""What the frame of every page knows: the menu by role with what waits, the person, the demo label.

On the top floor, because the menu names pages of every app.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cchc_portal.kit.lifetimes import on_day
from scoring.models import Dossier, Period, Score
from scoring.rules.workflow import FILLABLE, DossierState, PeriodState
from units.access import roles_of, units_where
from units.models import UnitSpell
from units.permissions import GRANTS, Permission, Role


@dataclass(frozen=True)
class Item:
    """One line of the menu. `count` is how many things wait there for this person, `under` an
    address above its own: the pages below that belong to this line."""

    label: str
    address: str
    count: int = 0
    current: bool = False
    under: str = ""

    @property
    def reach(self) -> str:
        """What lies below it is marked as this line."""
        return self.under or self.address


@dataclass(frozen=True)
class Page:
    """A page that may stand in the menu: where it is, who has it there (anybody if empty), whether
    it would tell this person anything, and under which other page it lies."""

    label: str
    name: str
    permissions: frozenset[Permission] = frozenset()
    waiting: Callable[..., int] | None = None
    tells: Callable[..., bool] | None = None
    under: str = ""


def dossiers_to_fill(user) -> int:
    """Dossiers of one's own units that are in the units' hands."""
    return Dossier.objects.filter(
        unit__in=units_where(user, Permission.FILL_DOSSIER),
        state__in=FILLABLE,
        period__state=PeriodState.OPEN,
    ).count()


def dossiers_to_verify(user) -> int:
    """Submitted dossiers of the periods one verifies, and those in which something waits that one's
    unit owns; without those of one's own units."""
    desks = units_where(user, Permission.VERIFY_DOSSIER)
    if not desks:
        return 0
    rows = Score.objects.filter(
        dossier=OuterRef("pk"), criterion__parent__ownership__unit__in=desks
    )
    return (
        Dossier.objects.verified_by_desk_of(user)
        .filter(state=DossierState.SUBMITTED, period__state=PeriodState.OPEN)
        .filter(Q(period__assessor__in=desks) | Exists(rows.unsettled()))
        .count()
    )


def leads_others(user) -> bool:
    """Whether a unit stands today below one whose figures the person sees summed up. Organisers and
    leaders are named for that and cost no query; of heads, most have nobody below."""
    roles = set().union(*roles_of(user).values())
    if not roles.isdisjoint({Role.ORGANISER, Role.LEADER}):
        return True
    led = units_where(user, Permission.SEE_DASHBOARD)
    return UnitSpell.objects.filter(on_day(timezone.localdate()), parent__in=led).exists()


_P = Permission

PAGES = (
    Page("Bàn làm việc", "reports:desk"),
    Page(
        "Tự đánh giá",
        "scoring:dossiers",
        frozenset({_P.FILL_DOSSIER, _P.SUBMIT_DOSSIER}),
        dossiers_to_fill,
    ),
    Page(
        "Thẩm định",
        "scoring:verification",
        frozenset({_P.VERIFY_DOSSIER}),
        dossiers_to_verify,
    ),
    Page("Điều hành", "reports:command", frozenset({_P.SEE_DASHBOARD}), tells=leads_others),
    Page("Xếp hạng", "scoring:standings-list", frozenset({_P.SEE_BELOW})),
    Page("Kỳ đánh giá", "scoring:periods", frozenset({_P.RUN_PERIOD, _P.PUBLISH_INDEX})),
    Page("Công bố", "reports:public"),
    Page("Số liệu", "scoring:collections", frozenset({_P.SEE_UNIT})),
    Page("Kế hoạch", "commitments:plans", frozenset({_P.SEE_UNIT})),
    Page("Cam kết", "commitments:list", frozenset({_P.SEE_UNIT})),
    Page("Hội nghị", "conferences:list", frozenset({_P.SEE_UNIT})),
    Page("Phản ánh", "voices:list", frozenset({_P.HANDLE_VOICE, _P.SEE_DASHBOARD})),
    Page("Kiểm tra", "inspections:list", frozenset({_P.SEE_UNIT})),
    Page("Hài lòng", "scoring:campaigns", frozenset({_P.SEE_UNIT})),
    Page("Báo cáo", "periodic:list", frozenset({_P.SEE_UNIT})),
    Page("Đơn vị", "units:tree", frozenset({_P.SEE_UNIT})),
    Page("Nhân sự", "units:people-list", frozenset({_P.MANAGE_PEOPLE})),
)
PUBLIC_PAGES = (
    Page("Kết quả công bố", "reports:public"),
    Page("Đơn vị", "reports:public-units"),
    Page("Mức độ hài lòng", "reports:published-satisfaction", under="reports:satisfactions"),
    Page("Đối thoại", "reports:dialogues"),
    Page("Dữ liệu mở", "reports:open-data"),
    Page("Gửi phản ánh", "voices:choose"),
)
"""Every page of the menu, in its order."""


def permissions_of(user) -> set[Permission]:
    """All that the person may do somewhere today. No further query."""
    return {
        permission
        for roles in roles_of(user).values()
        for role in roles
        for permission in GRANTS[role]
    }


def items(user, path: str) -> list[Item]:
    """The menu of a person who looks at `path`."""
    if not user.is_authenticated:
        public = [
            Item(page.label, reverse(page.name), under=reverse(page.under) if page.under else "")
            for page in PUBLIC_PAGES
        ]
        return marked(public, path)
    held = permissions_of(user)
    lines = [
        Item(page.label, reverse(page.name), page.waiting(user) if page.waiting else 0)
        for page in PAGES
        if (not page.permissions or not page.permissions.isdisjoint(held))
        and (page.tells is None or page.tells(user))
    ]
    return marked(lines, path)


def marked(lines: list[Item], path: str) -> list[Item]:
    """The same lines with the one marked under which the path lies; the longest address wins."""
    home = reverse("reports:desk")
    reached = [
        line.reach
        for line in lines
        if path == line.reach or (line.reach != home and path.startswith(line.reach))
    ]
    here = max(reached, key=len, default=None)
    return [replace(line, current=line.reach == here) for line in lines]


def words_for(user) -> str:
    """What stands under the person's name: the post, else the roles held today."""
    if not user.is_authenticated:
        return ""
    held = {role for roles in roles_of(user).values() for role in roles}
    return user.post or ", ".join(str(role.label) for role in Role if role in held)


def frame(request) -> dict:
    """Context of every page. Lazy: a fragment, which draws no menu, asks the database nothing."""
    user = getattr(request, "user", AnonymousUser())
    return {
        "menu": SimpleLazyObject(lambda: items(user, request.path)),
        "person_line": SimpleLazyObject(lambda: words_for(user)),
        "made_up": SimpleLazyObject(Period.objects.filter(made_up=True).exists),
        "portal_owner": settings.PORTAL_OWNER,
        "portal_support": settings.PORTAL_SUPPORT,
    }
