"""The demo's commitment of 2022, built on the real units."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from commitments.rules.workflow import CommitmentState
from commitments.services import seal
from reports.demo.commitments import SIX_TASKS, build_commitments
from tests.factories import a_user
from tests.worlds import LONG_AGO
from units.models import Unit
from units.permissions import Role
from units.services import people

DATA = "units/data"


@pytest.fixture
def nghe_an(db):
    call_command("import_units", f"{DATA}/units-ministry.csv", f"{DATA}/units-nghean.csv")
    administrator = a_user()
    people.install_administrator(administrator, unit=Unit.objects.get(code="BCA"))

    def a_person(code: str, role: Role):
        user = a_user()
        unit = Unit.objects.get(code=code)
        people.appoint(user, unit=unit, role=role, first_on=LONG_AGO, by=administrator)
        return user

    return a_person


def test_the_demo_commitment_of_2022_has_six_tasks_signed_by_both(client, nghe_an):
    unit = Unit.objects.get(code="NA-PX03")
    editor = nghe_an("NA-PX03", Role.EDITOR)

    commitment = build_commitments(
        unit=unit,
        editor=editor,
        head=nghe_an("NA-PX03", Role.HEAD),
        receiving_head=nghe_an("NA", Role.HEAD),
    )

    assert commitment.state == CommitmentState.IN_FORCE
    assert commitment.received_by.code == "NA"
    assert [task.terms for task in commitment.tasks.all()] == list(SIX_TASKS)
    assert seal.holds(commitment)
    client.force_login(editor)
    page = client.get(reverse("commitments:detail", args=[commitment.pk])).content.decode()
    assert "25 ngày" in page
    assert "Dữ liệu minh họa" in page
