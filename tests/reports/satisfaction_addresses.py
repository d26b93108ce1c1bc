"""The addresses of a closed campaign of measurement, and who comes through."""

from scoring.models import Campaign
from tests.house.registry import EVERYBODY, Address, seats
from tests.scoring.campaigns import a_campaign
from tests.worlds import Province
from units.permissions import Permission

REFUSED = seats(Permission.SEE_BELOW, "above") | seats(Permission.SEE_UNIT, "here", "beside")


def a_closed_campaign(province: Province) -> Campaign:
    """Of the province, with nothing rated."""
    return a_campaign(province).close()


def _of_the_campaign(world) -> tuple[int]:
    return (world.campaign.pk,)


SATISFACTION = [
    Address("reports:satisfactions", passed=EVERYBODY, public=True),
    Address("reports:satisfaction", passed=EVERYBODY, args=_of_the_campaign, public=True),
    Address(
        "reports:satisfaction-board",
        passed=seats(Permission.SEE_DASHBOARD, "above"),
        refused=REFUSED,
        args=_of_the_campaign,
    ),
]
