"""Addresses of what is published, on its way there, and read of it; see addresses.py."""

from reports.views.analysis import PAGES
from tests.house.registry import EVERYBODY, PLACES, Address, seats
from units.permissions import Permission

HAVE_TO_DO_WITH = seats(Permission.SEE_BELOW, "above") | seats(
    Permission.SEE_UNIT, "here", "beside"
)
SEES_A_DOSSIER = seats(Permission.SEE_UNIT, "here") | seats(Permission.SEE_BELOW, "above")
LEADS = seats(Permission.SEE_DASHBOARD, "above")
LEADS_SOMEWHERE = seats(Permission.SEE_DASHBOARD, *PLACES)
PUBLISHES = seats(Permission.PUBLISH_INDEX, "above")
OVERSEES = seats(Permission.SEE_BELOW, "above")
LOOKS_AFTER = seats(Permission.RUN_PERIOD, *PLACES) | seats(Permission.MANAGE_PEOPLE, *PLACES)
SEES_THE_LETTER = seats(Permission.RUN_PERIOD, "here", "above") | seats(
    Permission.MANAGE_PEOPLE, "here", "above"
)
PRINTS = PUBLISHES | seats(Permission.RUN_PERIOD, "above")


def _public(name: str, query: str = "") -> Address:
    """An address of the edition that is everybody's."""
    return Address(
        f"reports:{name}",
        passed=EVERYBODY,
        args=lambda world: (world.edition.pk,),
        query=query,
        public=True,
    )


def _beside_the_decision(name: str, *more, passed=OVERSEES, method: str = "get") -> Address:
    """Anybody reads an edition, so that who may not have this paper is refused and no stranger."""
    return Address(
        f"reports:{name}",
        passed=passed,
        refused=EVERYBODY,
        args=lambda world: (world.edition.pk, *more),
        methods=(method,),
    )


def _of_the_line(name: str) -> Address:
    """What the line of the unit here is made of: nobody else's."""
    return Address(
        f"reports:{name}",
        passed=SEES_A_DOSSIER,
        args=lambda world: (world.edition.pk, world.edition.results.get(rank=1).pk),
    )


def _analysis(page: str, query: str = "") -> Address:
    """A page over the edition: for whoever is signed in, as the edition itself."""
    return Address(
        "reports:analysis",
        passed=EVERYBODY,
        args=lambda world: (world.edition.pk, page),
        query=query,
    )


def _period_analysis(page: str) -> Address:
    """The same over a period that is not published: for those who see its standings."""
    return Address(
        "reports:period-analysis",
        passed=seats(Permission.SEE_BELOW, "above"),
        refused=HAVE_TO_DO_WITH,
        args=lambda world: (world.ready.pk, page),
        query="?side=self",
    )


EDITIONS = [
    *(_analysis(page, "?lv=1&dv=TN-P01&loai=&tim=phong&xep=ten") for page in PAGES),
    *(_period_analysis(page) for page, one in PAGES.items() if not one.published),
    _public("edition", "?khoi=1&q=phong"),
    _public("edition-press"),
    _public("edition-paper"),
    _public("edition-json"),
    _public("edition-csv"),
    _public("edition-excel"),
    # Anybody reads an edition, so that who may not correct it is refused and no stranger to it.
    Address(
        "reports:correct",
        passed=PUBLISHES,
        refused=EVERYBODY,
        args=lambda world: (world.edition.pk,),
        methods=("get", "post"),
    ),
    Address(
        "reports:sheet",
        passed=EVERYBODY,
        args=lambda world: (world.edition.pk, world.edition.results.get(rank=1).pk),
        public=True,
    ),
    _beside_the_decision("summary-paper"),
    _beside_the_decision("arising-paper"),
    _beside_the_decision("matrix-paper", 1),
    # The sheets are there, so that whoever may print is told so and nothing goes to the press.
    _beside_the_decision("sheets-press", passed=PRINTS),
    _beside_the_decision("sheets-bundle", passed=PRINTS),
    _beside_the_decision("sheets-ask", passed=PRINTS, method="post"),
    _beside_the_decision("press-stop", "sheets", passed=PRINTS, method="post"),
    _of_the_line("unit-result"),
    _of_the_line("unit-sheet"),
    _of_the_line("unit-details"),
    Address(
        "reports:earlier-table",
        passed=EVERYBODY,
        args=lambda world: (world.table.pk,),
        public=True,
    ),
    Address(
        "reports:publish",
        passed=PUBLISHES,
        refused=HAVE_TO_DO_WITH,
        args=lambda world: (world.ready.pk,),
        methods=("get", "post"),
    ),
    Address(
        "reports:publication-draft",
        passed=PUBLISHES,
        refused=HAVE_TO_DO_WITH,
        args=lambda world: (world.ready.pk,),
        methods=("get", "post"),
    ),
    Address(
        "reports:draft-press",
        passed=PUBLISHES,
        refused=HAVE_TO_DO_WITH,
        args=lambda world: (world.ready.pk,),
    ),
    Address(
        "reports:draft-paper",
        passed=PUBLISHES,
        refused=HAVE_TO_DO_WITH,
        args=lambda world: (world.ready.pk,),
    ),
    Address(
        "reports:self-assessment",
        passed=SEES_A_DOSSIER,
        args=lambda world: (world.ready.dossiers.order_by("unit__code").first().pk,),
    ),
    # The paper is there, so that whoever may print is told so and nothing goes to the press.
    Address(
        "reports:print-again",
        passed=PRINTS,
        refused=EVERYBODY,
        args=lambda world: (world.edition.pk,),
        methods=("post",),
    ),
    Address(
        "reports:signed",
        passed=PRINTS,
        refused=EVERYBODY,
        args=lambda world: (world.edition.pk,),
        methods=("get", "post"),
    ),
    Address(
        "reports:sign",
        passed=PUBLISHES,
        refused=EVERYBODY,
        args=lambda world: (world.edition.pk,),
        methods=("post",),
    ),
    Address(
        "reports:signed-file",
        passed=EVERYBODY,
        args=lambda world: (world.edition.pk, world.scan.pk),
        public=True,
    ),
    # No reason is sent along, so that nothing is withdrawn.
    Address(
        "reports:signed-withdraw",
        passed=PRINTS,
        refused=EVERYBODY,
        args=lambda world: (world.edition.pk, world.scan.pk),
        methods=("post",),
    ),
]
