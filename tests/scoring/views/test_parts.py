"""The page of parts, and "my part first"."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring.models import DossierPart
from scoring.services.parts import last_share
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.services.test_parts import area, share
from tests.worlds import a_draft_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client):
    found = a_draft_dossier()
    client.force_login(found.head)
    return found


def page_of(work) -> str:
    return reverse("scoring:dossier-parts", args=[work.dossier.pk])


def fields(work, **typed) -> dict:
    key = area(work).pk
    return {"seen": last_share(work.dossier)} | {
        f"{name}_{key}": value for name, value in typed.items()
    }


def test_the_head_gives_an_area_by_the_form(client, work):
    today = timezone.localdate()

    answer = client.post(page_of(work), fields(work, officer=work.editor.pk, due=today.isoformat()))

    assert answer.url == page_of(work)
    part = DossierPart.objects.get()
    assert (part.officer, part.due_on) == (work.editor, today)


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"officer": "999999"}, 422, "không phải là người nhập liệu"),
        ({"due": "31/02/2026"}, 422, "Đề nghị ghi một ngày"),
        ({"due": "2020-01-01", "officer": "EDITOR"}, 409, "Hạn của phần việc"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_on_the_page(client, work, typed, status, told):
    typed = {name: work.editor.pk if value == "EDITOR" else value for name, value in typed.items()}

    answer = client.post(page_of(work), fields(work, **typed))

    assert answer.status_code == status
    said = answer.content.decode()
    assert told in said
    assert all(str(value) in said for value in typed.values() if value != "999999")
    assert not DossierPart.objects.exists()


def test_an_officer_reads_the_page_but_gives_nothing(client, work):
    client.force_login(work.editor)

    assert "Ghi phân công" not in client.get(page_of(work)).content.decode()
    assert client.post(page_of(work), fields(work, officer=work.editor.pk)).status_code == 403


def test_whoever_has_a_part_sees_it_first_and_everything_on_demand(client, work):
    share(work, work.editor)
    client.force_login(work.editor)
    dossier = reverse("scoring:dossier", args=[work.dossier.pk])

    assert 'data-filter="phan-cua-toi"' in client.get(dossier).content.decode()
    assert 'data-filter="' not in client.get(f"{dossier}?loc=tat-ca").content.decode()

    client.force_login(work.head)
    assert 'data-filter="' not in client.get(dossier).content.decode()


def test_the_head_sees_who_is_late(client, work, time_machine):
    share(work, work.editor, due_on=timezone.localdate())

    time_machine.move_to(timezone.now() + timedelta(days=1))
    client.force_login(work.head)

    assert "Quá hạn" in client.get(page_of(work)).content.decode()
    dossier = reverse("scoring:dossier", args=[work.dossier.pk])
    assert "quá hạn" in client.get(dossier).content.decode()


def test_the_page_costs_the_same_with_one_part_and_with_all(client, work, assert_flat_queries):
    share(work, work.editor)

    def more():
        for code in ("2", "3"):
            share(work, work.head, code=code)

    assert_flat_queries(lambda: client.get(page_of(work)), grow=more)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_keeps_nobody_out_and_fits(page, sign_in, assert_no_barriers, screen):
    work = a_draft_dossier()
    share(work, work.editor, due_on=timezone.localdate())
    page.set_viewport_size(screen)

    for user in (work.head, work.editor):
        sign_in(user)
        for address in (page_of(work), reverse("scoring:dossier", args=[work.dossier.pk])):
            page.goto(address)
            assert_no_barriers(page)
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) <= 0
