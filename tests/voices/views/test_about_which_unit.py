"""Which units officers may say a remark is about: their own, and any below."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.models import Voice
from tests.factories import a_unit
from tests.voices.situations import received
from units.permissions import Role

RECEIVE, REGISTER, OFFER = (
    reverse(name) for name in ("voices:receive", "voices:register", "units:offer-one")
)


@pytest.fixture
def upper(client, who):
    client.force_login(who.province.a_person(Role.EDITOR, who.upper))
    return client


def said(who, concerns, **more):
    usual = {
        "key": uuid4(),
        "unit": who.upper.pk,
        "concerns": concerns.pk,
        "channel": "hotline",
        "received_on": f"{timezone.localdate():%d/%m/%Y}",
        "kind": "procedure",
        "text": "Chậm.",
    }
    return usual | more


def offered(answer) -> list[str]:
    return [label for key, label in answer.context["form"].fields["concerns"].choices if key]


def test_a_remark_about_a_unit_far_below_is_written_down_and_classified_there(who, upper):
    deep = a_unit(parent=who.beside, name="Đội Ở Dưới Sâu")
    other = a_unit(parent=deep, name="Tổ Ở Dưới Nữa")
    gone = timezone.localdate() - timedelta(days=1)
    a_unit(parent=who.beside, name="Đội Đã Giải Thể", until=gone)
    stranger = a_unit(name="Công an tỉnh khác")

    for page in (RECEIVE, REGISTER):
        assert offered(upper.get(page)) == [
            who.upper.name,
            who.unit.name,
            who.beside.name,
            f"{deep.name} (thuộc {who.beside.name})",
            f"{other.name} (thuộc {deep.name})",
        ]
    assert upper.post(RECEIVE, said(who, stranger)).status_code == 422
    assert upper.post(RECEIVE, said(who, deep)).status_code == 302
    voice = Voice.objects.get()
    assert (voice.unit, voice.concerns) == (who.upper, deep)
    page = reverse("voices:move", args=[voice.pk, "phan-loai"])
    asked = upper.get(page)
    assert asked.context["form"]["concerns"].value() == deep.pk
    assert f"{other.name} (thuộc {deep.name})" in offered(asked)
    moved = upper.post(page, {"seen": 1, "kind": "procedure", "concerns": other.pk})
    assert moved.status_code == 302
    voice.refresh_from_db()
    assert voice.concerns == other


def test_a_unit_that_the_remark_is_about_stays_offered_wherever_it_stands(who, client):
    voice = received(who)
    Voice.objects.filter(pk=voice.pk).update(concerns=who.beside)
    client.force_login(who.editor)

    page = client.get(reverse("voices:move", args=[voice.pk, "phan-loai"]))

    assert who.beside.pk in [key for key, _ in page.context["form"].fields["concerns"].choices]


def test_of_very_many_units_the_one_it_is_about_is_searched_the_own_one_too(
    who, upper, monkeypatch
):
    monkeypatch.setattr("commitments.forms.under.LISTED", 2)
    deep = a_unit(parent=who.beside, name="Đội Ở Dưới Sâu")
    elsewhere = a_unit(name="Đội Ở Nơi Khác")

    page = upper.get(RECEIVE)
    shown = [label.split(" (")[0] for label in offered(page)]
    assert shown == [who.upper.name, who.unit.name]
    search = f"{OFFER}?field=concerns&amp;duoi={who.upper.pk}&amp;ca=1"
    assert search in page.content.decode()

    asked = {"field": "concerns", "duoi": who.upper.pk, "ca": 1}
    found = upper.get(OFFER, asked | {"tim": "doi o"}).context["found"]
    assert deep in found
    assert elsewhere not in found
    assert who.upper in upper.get(OFFER, asked | {"tim": who.upper.name}).context["found"]
    wrong = upper.post(RECEIVE, said(who, elsewhere))
    assert (wrong.status_code, "Không có đơn vị này" in wrong.content.decode()) == (422, True)
    kept = upper.post(RECEIVE, said(who, deep, text=""))
    assert f'value="{deep.pk}"' in kept.content.decode()  # what was chosen stays
    assert upper.post(RECEIVE, said(who, deep)).status_code == 302
    legal = said(who, deep, kind="complaint", to="Thanh tra", channel="reception")
    assert upper.post(REGISTER, legal).status_code == 302


def test_the_units_offered_ask_no_more_where_there_are_many(who, upper, assert_flat_queries):
    def grow():
        for _ in range(20):
            a_unit(parent=a_unit(parent=who.beside))

    assert_flat_queries(lambda: upper.get(RECEIVE), grow=grow)
