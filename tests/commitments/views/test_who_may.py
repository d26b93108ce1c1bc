"""Who sees and opens what, beyond the table in tests/commitments/addresses.py."""

import pytest
from django.urls import reverse

from commitments.urls import urlpatterns
from tests.commitments.situations import fresh
from units.permissions import Role

OF_ONE = [pattern.name for pattern in urlpatterns if "<int:pk>" in str(pattern.pattern)]
READ_ONLY = (
    "detail",
    "task",
    "proof",
    "plan",
    "plan-coverage",
    "register-of",
    "unit",
    "workbook",
    "workbook-file",
    "workbook-preview",
)


@pytest.mark.parametrize("name", OF_ONE)
def test_what_is_not_there_is_404(client, who, name):
    client.force_login(who.head)
    ask = client.get if name in READ_ONLY else client.post
    more = [1] if name.startswith("annex-") else []

    for pk in (0, 10**18, 10**30):
        assert ask(reverse(f"commitments:{name}", args=[pk, *more])).status_code == 404


@pytest.mark.parametrize("name", ["list", "detail"])
def test_what_is_only_read_takes_no_post(client, who, draft, name):
    client.force_login(who.head)
    arguments = [draft.pk] if name == "detail" else []

    assert client.post(reverse(f"commitments:{name}", args=arguments)).status_code == 405


def test_looking_at_the_address_of_a_reordering_changes_nothing(client, who, draft):
    client.force_login(who.head)
    first = draft.tasks.first()

    answer = client.get(reverse("commitments:task-shift", args=[first.pk]), {"seen": 1, "to": 2})

    assert answer.status_code == 405
    assert fresh(first).position == 1


def test_nobody_opens_a_commitment_for_a_unit_that_is_not_theirs(client, who):
    client.force_login(who.editor)
    other = who.province.departments[1]

    answer = client.post(
        reverse("commitments:draft"), {"unit": other.pk, "year": 2026, "title": "Bản cam kết"}
    )

    assert answer.status_code == 422
    assert not other.commitments.exists()


def test_a_list_shows_each_person_only_what_is_theirs(client, who, draft):
    def rows(user):
        client.force_login(user)
        return list(client.get(reverse("commitments:list")).context["page"])

    stranger = who.province.a_person(Role.HEAD, who.province.departments[1])

    assert rows(who.editor) == [draft]
    assert rows(who.receiving_head) == [draft]
    assert rows(stranger) == []
