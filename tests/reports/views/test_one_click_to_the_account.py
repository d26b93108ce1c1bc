"""From every page that shows a figure of a unit, one click leads to why it is what it is."""

import pytest
from django.urls import reverse

from reports.models import EditionResult
from scoring.models import Dossier
from tests.reports.situations import a_correction, an_edition
from tests.worlds import a_province, a_settled_dossier, a_verified_dossier
from units.permissions import Role

pytestmark = pytest.mark.django_db


def account_of(dossier: Dossier) -> str:
    return reverse("scoring:account", args=[dossier.pk])


def page(client, name: str, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["dossier", "reply", "verification-desk", "outlook"])
def test_the_pages_of_a_dossier_lead_to_its_account(client, name):
    work = a_verified_dossier()
    client.force_login(work.verifier)

    assert account_of(work.dossier) in page(client, f"scoring:{name}", work.dossier.pk)


def test_the_desk_of_one_component_leads_to_its_line_in_the_account(client):
    work = a_settled_dossier()
    client.force_login(work.verifier)

    shown = page(client, "scoring:component-desk", work.score("1.1.1").criterion_id)

    assert f"{account_of(work.dossier)}#tc-1.1.1" in shown


def test_an_edition_leads_those_who_may_see_the_dossier_and_nobody_else(client):
    made = an_edition(a_province(departments=2), verified=2)
    first, second = Dossier.objects.filter(period=made.period).order_by("unit__code")
    address = ("reports:edition", made.edition.pk)
    own = made.year.province.a_person(Role.EDITOR, first.unit)

    def leads() -> tuple[bool, bool]:
        shown = page(client, *address)
        return account_of(first) in shown, account_of(second) in shown

    assert leads() == (False, False)
    client.force_login(made.year.organiser)
    assert leads() == (True, True)
    client.force_login(own)
    assert leads() == (True, False)
    assert account_of(first) in page(client, "reports:desk")


def test_an_edition_that_was_corrected_does_not_lead_to_figures_that_are_no_longer_its_own(client):
    made = a_correction()
    old = made.edition.corrects
    client.force_login(made.year.organiser)

    dossier = Dossier.objects.get(
        period=made.edition.period, unit=EditionResult.objects.filter(edition=old).first().unit
    )

    assert account_of(dossier) in page(client, "reports:edition", made.edition.pk)
    assert account_of(dossier) not in page(client, "reports:edition", old.pk)
