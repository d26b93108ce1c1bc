"""Whose a remark is: not one's own conduct, not made to vanish by one officer, never nobody's."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import Voice
from commitments.services import voice_hands, voice_people, voices
from tests.factories import a_unit
from tests.voices.situations import SENDER, answered, classified, heard, received
from units.permissions import Role

WHY = "Để xử lý."


def test_a_remark_about_conduct_is_not_settled_by_a_unit_under_the_one_it_is_about(who):
    below = a_unit(parent=who.unit)
    people = who.province.a_person(Role.EDITOR, below)
    voice = voices.send(who.unit, key=uuid4(), kind="other", text="Cán bộ hách dịch.")
    voice = voice_hands.hand_on(voice, seen=1, to=below, comment=WHY, by=who.editor)

    said = {"seen": 2, "by": people}
    with pytest.raises(MoveRefused, match="cấp trên"):
        voices.classify(voice, kind="attitude", concerns=who.unit, **said)
    with pytest.raises(MoveRefused, match="cấp trên"):
        voices.classify(voice, kind="harassment", concerns=below, **said)
    assert voices.classify(voice, kind="other", concerns=who.unit, **said).state == "classified"
    own = received(who)
    own = voices.classify(own, seen=1, kind="attitude", concerns=who.unit, by=who.editor)
    assert own.state == "classified", "what its officers wrote down stays with the unit"


def test_one_officer_alone_makes_no_remark_vanish_and_the_head_can_undo(who, client):
    voice = received(who)

    with pytest.raises(PermissionDenied):
        voices.discard(voice, seen=1, comment="Không đúng.", by=who.editor)
    with pytest.raises(PermissionDenied):
        voices.point(voice, seen=1, kind="complaint", to="Thanh tra", by=who.editor)
    client.force_login(who.editor)
    page = client.get(reverse("voices:detail", args=[voice.pk])).content.decode()
    assert "khong-tiep-nhan" not in page
    assert "khieu-nai-to-cao" not in page

    voice = voices.discard(voice, seen=1, comment="Gửi trùng.", by=who.head)
    with pytest.raises(PermissionDenied):
        voices.reopen(voice, seen=2, comment="Không trùng.", by=who.editor)
    voice = voices.reopen(voice, seen=2, comment="Không trùng.", by=who.head)
    assert voice.state == "classified"
    assert voice_people.look(voice, reason="", by=who.editor) == SENDER


def test_a_look_asks_the_row_that_is_there_and_not_the_page_that_was(who):
    handed, forgotten = received(who), answered(who)
    voice_hands.hand_on(
        Voice.objects.get(pk=handed.pk), seen=1, to=who.beside, comment=WHY, by=who.editor
    )
    voice_people.forget(Voice.objects.get(pk=forgotten.pk), seen=4, by=who.head)

    with pytest.raises(PermissionDenied):
        voice_people.look(handed, reason="", by=who.editor)
    with pytest.raises(MoveRefused, match="không có thông tin"):
        voice_people.look(forgotten, reason="", by=who.editor)
    assert not Voice.objects.filter(events__verb="look").exists()


def test_an_erased_person_is_told_as_erased_and_an_open_remark_does_not_ask_to_erase(who, client):
    done, going_on = answered(who), received(who)
    client.force_login(who.head)
    page = reverse("voices:forget", args=[going_on.pk])
    assert client.get(page).status_code == 409
    assert "Phản ánh đang xử lý" in client.get(page).content.decode()

    assert client.post(reverse("voices:forget", args=[done.pk]), {"seen": 4}).status_code == 302
    shown = client.get(reverse("voices:detail", args=[done.pk])).content.decode()
    assert "<dt>Người phản ánh</dt><dd>Đã xóa" in shown


def test_the_same_is_known_in_every_state_and_another_text_under_its_key_is_never_lost(who):
    key = uuid4()
    said = {"concerns": who.unit, "key": key, "by": who.editor}
    voice = voices.receive(who.unit, heard=heard(), sender=SENDER, **said)
    assert voices.receive(who.unit, heard=heard(), sender=SENDER, **said) == voice
    voices.classify(voice, seen=1, kind="other", concerns=who.unit, by=who.editor)
    assert voices.receive(who.unit, heard=heard(), sender=SENDER, **said) == voice

    for other in (
        {"heard": heard(text="Việc khác."), "sender": SENDER},
        {"heard": heard(channel="box"), "sender": SENDER},
        {"heard": heard()},
    ):
        with pytest.raises(ChangedMeanwhile, match="nội dung khác"):
            voices.receive(who.unit, **other, **said)
    assert Voice.objects.count() == 1


@pytest.mark.parametrize("online", [True, False])
def test_a_spent_key_is_renewed_on_the_page_with_the_words_still_there(who, client, online):
    cache.clear()
    form = {"key": uuid4(), "kind": "other", "text": "Lần một."}
    page = reverse("voices:send", args=[who.unit.pk])
    if not online:
        client.force_login(who.editor)
        page = reverse("voices:receive")
        form |= {"unit": who.unit.pk, "concerns": who.unit.pk, "channel": "box"}
        form |= {"received_on": "2026-01-05"}
    client.post(page, form)

    refused = client.post(page, form | {"text": "Lần hai."})

    assert refused.status_code == 409
    assert "Lần hai." in refused.content.decode()
    fresh = refused.context["form"]["key"].value()
    assert fresh != str(form["key"])
    assert client.post(page, form | {"text": "Lần hai.", "key": fresh}).status_code in (200, 302)
    assert set(Voice.objects.values_list("text", flat=True)) == {"Lần một.", "Lần hai."}


def test_without_a_key_both_forms_are_shown_and_taken_without_a_person(who, client, settings):
    settings.PERSONAL_DATA_KEYS = []
    client.force_login(who.editor)
    said = {"unit": who.unit.pk, "concerns": who.unit.pk, "received_on": "2026-01-05"}
    remark = said | {"key": uuid4(), "channel": "box", "kind": "other", "text": "Đèn hỏng."}
    legal = said | {"key": uuid4(), "channel": "box", "kind": "complaint", "to": "Thanh tra"}

    for name, form in (("receive", remark), ("register", legal)):
        page = reverse(f"voices:{name}")
        assert client.get(page).status_code == 200
        assert 'name="phone"' not in client.get(page).content.decode()
        assert client.post(page, form).status_code == 302


def test_a_remark_of_a_unit_without_people_lies_on_the_desk_of_the_nearest_level_that_has_some(
    who, client, assert_flat_queries
):
    empty = a_unit(parent=who.unit, name="Công an xã Vắng Người")
    deep = a_unit(parent=empty)
    voice = voices.send(empty, key=uuid4(), kind="procedure", text="Chậm.", sender=SENDER)
    deeper = voices.send(deep, key=uuid4(), kind="procedure", text="Chậm nữa.")
    upper = who.province.a_person(Role.EDITOR, who.upper)

    client.force_login(upper)
    assert "chưa có người xử lý" not in client.get("/").content.decode()
    assert client.get(reverse("voices:detail", args=[voice.pk])).status_code == 404
    client.force_login(who.editor)
    desk = client.get("/").content.decode()
    assert "đơn vị chưa có người xử lý" in desk
    for one in (voice, deeper):
        assert reverse("voices:detail", args=[one.pk]) in desk
    assert f"Nhận hoặc chuyển phản ánh số {voice.label}" in desk
    assert client.get(reverse("voices:detail", args=[voice.pk])).status_code == 200
    with pytest.raises(PermissionDenied):
        voices.classify(voice, seen=1, kind="law", concerns=empty, by=who.editor)
    with pytest.raises(PermissionDenied):
        voice_people.look(voice, reason="", by=who.editor)
    with pytest.raises(PermissionDenied):
        voice_hands.hand_on(voice, seen=1, to=who.upper, comment=WHY, by=upper)

    page = reverse("voices:move", args=[deeper.pk, "chuyen-don-vi"])
    assert client.get(page).context["form"]["to"].value() == who.unit.pk
    said = {"seen": 1, "to": who.unit.pk, "comment": WHY}
    assert client.post(page, said).status_code == 302
    deeper.refresh_from_db()
    assert (deeper.unit, deeper.book) == (who.unit, deep)
    voices.classify(deeper, seen=2, kind="procedure", concerns=deep, by=who.editor)

    def grow():
        for _ in range(3):
            more = a_unit(parent=empty)
            voices.send(more, key=uuid4(), kind="procedure", text="Chậm.")

    grow()  # a unit two levels under the handler asks for one more look than one
    assert_flat_queries(lambda: client.get(reverse("voices:list")), grow=grow)
    who.province.a_person(Role.EDITOR, empty)
    assert client.get(reverse("voices:detail", args=[voice.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        voice_hands.hand_on(voice, seen=1, to=who.unit, comment=WHY, by=who.editor)


def test_numbers_of_several_books_are_told_apart_in_the_list(who, client):
    voice = classified(who)
    client.force_login(who.upper_head)
    assert f"sổ của {voice.book}" in client.get(reverse("voices:list")).content.decode()
