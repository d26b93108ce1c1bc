"""Every address of the house, asked for by every role from every place, and by nobody at all."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from tests.commitments import addresses as commitments
from tests.conferences import addresses as conferences
from tests.inspections import addresses as inspections
from tests.periodic import addresses as periodic
from tests.reports import addresses as reports
from tests.scoring import addresses as scoring
from tests.units import addresses as units
from tests.voices import addresses as voices

APPS = {
    "units": units,
    "scoring": scoring,
    "commitments": commitments,
    "conferences": conferences,
    "voices": voices,
    "inspections": inspections,
    "reports": reports,
    "periodic": periodic,
}
"""Apps whose addresses are listed; each lists all of them."""


def names_of(app: str) -> set[str]:
    """Every name of an address in the app."""
    _, resolver = get_resolver().namespace_dict[app]
    return {f"{app}:{name}" for name in resolver.reverse_dict if isinstance(name, str)}


def outcome(response) -> str:
    """What happened: through, or the status with which the reader was turned away."""
    if response.status_code == 302 and response.url.startswith(reverse(settings.LOGIN_URL)):
        return "sign in"
    return "through" if response.status_code in (200, 302, 409, 422) else str(response.status_code)


@pytest.mark.parametrize("app", APPS)
def test_every_address_of_the_app_is_listed(app):
    assert {address.name for address in APPS[app].ADDRESSES} == names_of(app)


@pytest.mark.timeout(600)  # grows with every address; a busy machine takes its time
@pytest.mark.django_db
@pytest.mark.parametrize("app", APPS)
def test_every_address_lets_through_exactly_who_may(app):
    world = APPS[app].world()
    askers = {"nobody signed in": (Client(), None)}
    for seat, user in world.seats.items():
        client = Client()
        client.force_login(user)
        askers[f"{seat[0] and seat[0].value} {seat[1]}"] = client, seat

    surprises = []
    for address in APPS[app].ADDRESSES:
        url = reverse(address.name, args=address.args(world)) + address.query
        for method in address.methods:
            for words, (client, seat) in askers.items():
                stranger = "through" if address.public else "sign in"
                expected = address.outcome(seat) if seat else stranger
                answer = getattr(client, method)(url, address.data(world))
                if answer.streaming:
                    list(answer)  # read to its end, a file is closed
                if outcome(answer) != expected:
                    surprises.append(
                        f"{method} {address.name}, {words}: {outcome(answer)}, not {expected}"
                    )

    assert not surprises, "\n".join(surprises)
