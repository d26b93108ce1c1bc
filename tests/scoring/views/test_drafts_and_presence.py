"""What the page says of drafts, of two people at one computer, and of who else is there."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from scoring.models import Draft
from tests.worlds import a_draft_dossier, fill, hand_in

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def work(client):
    found = a_draft_dossier()
    client.force_login(found.editor)
    return found


def send(client, score, **typed):
    said = {"version": score.version, "note": "", "pen": uuid4(), "stroke": 1} | typed
    return client.post(reverse("scoring:score-save", args=[score.pk]), said, headers=HTMX)


def page(client, work) -> str:
    answer = client.get(reverse("scoring:dossier", args=[work.dossier.pk]))
    return answer.content.decode()


def plain(text: str) -> str:
    return text.replace("<ins>", "").replace("</ins>", "")


def test_what_is_not_valid_stands_in_the_row_on_any_computer_and_counts_for_nothing(client, work):
    answer = send(client, work.score("1.2.1"), numerator="mười", denominator="47", note="Chờ số.")

    assert answer.headers["Portal-Kept"] == "draft"
    said = page(client, work)
    assert 'value="mười"' in said
    assert "Chờ số." in said
    assert "Đã giữ ở bản nháp, chưa tính vào điểm." in said
    assert "1 có bản nháp" in said
    assert work.score("1.2.1").self_points is None


def test_after_a_valid_save_nothing_is_said_of_a_draft(client, work):
    pen = uuid4()
    send(client, work.score("1.2.1"), numerator="mười", denominator="47", pen=pen)

    send(client, work.score("1.2.1"), numerator="10", denominator="47", pen=pen, stroke=2)

    assert "bản nháp" not in page(client, work)


def test_a_choice_that_was_not_made_is_still_open_on_another_computer(client, work):
    seen = work.score("1.1.1")
    fill(work, "1.1.1", note="Bản của thủ trưởng.", by=work.head)
    send(client, seen, yes="true", note="Bản của tôi.")

    said = plain(page(client, work))

    assert "Giữ bản của tôi" in said
    assert "Bản của tôi." in said
    assert "Bản của thủ trưởng." in said


def test_whoever_takes_the_other_text_sees_it_and_keeps_no_draft(client, work):
    seen = work.score("1.1.1")
    fill(work, "1.1.1", note="Bản của thủ trưởng.", by=work.head)
    pen = uuid4()
    send(client, seen, yes="true", note="Bản của tôi.", pen=pen)

    answer = send(client, seen, note="Bản của tôi.", pen=pen, stroke=2, choose="theirs")

    assert "Bản của thủ trưởng." in answer.content.decode()
    assert not Draft.objects.exists()
    assert work.score("1.1.1").self_note == "Bản của thủ trưởng."


def test_colleagues_see_a_draft_as_such_and_the_assessor_does_not(client, work):
    send(client, work.score("1.2.1"), numerator="mười", denominator="47", note="Chờ số.")

    client.force_login(work.head)
    assert "Bản nháp chưa được nhận" in page(client, work)
    assert "Chờ số." in page(client, work)
    client.force_login(work.verifier)
    assert "Chờ số." not in page(client, work)


def test_what_is_typed_after_handing_in_is_kept_and_shown_though_nothing_can_be_written(client):
    work = a_draft_dossier()
    for code in work.dossier.scores.unanswered().values_list("criterion__code", flat=True):
        fill(work, code)
    hand_in(work)
    client.force_login(work.editor)

    answer = send(client, work.score("1.1.1"), yes="true", note="Muộn mất rồi.")

    assert answer.status_code == 409
    said = page(client, work)
    assert "Muộn mất rồi." in said
    assert "Đã khóa" in said


def test_what_the_first_person_typed_is_not_sent_by_the_second_at_the_same_computer(client, work):
    client.force_login(work.head)

    answer = send(
        client, work.score("1.1.1"), yes="true", note="Của cán bộ.", person=work.editor.pk
    )

    assert answer.status_code == 403
    assert answer.headers["Portal-Another"]
    assert work.score("1.1.1").self_note == ""
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [{"pen": "x"}, {"stroke": "9" * 30}, {"draft": "9" * 30}, {"version": "-5"}, {"note": "\0"}],
)
def test_a_page_that_says_nonsense_of_its_pen_is_answered_with_a_sentence(client, work, typed):
    answer = send(client, work.score("1.1.1"), **({"note": "giữ", "yes": "true"} | typed))

    assert answer.status_code in (200, 409, 422)


def test_both_words_of_the_dossier_are_shown_side_by_side_where_two_wrote(client, work):
    address = reverse("scoring:dossier-words", args=[work.dossier.pk])
    said = {"version": 1, "proposals": "", "stroke": 1}
    client.force_login(work.head)
    client.post(address, said | {"difficulties": "Thiếu máy", "pen": uuid4()}, headers=HTMX)
    client.force_login(work.editor)

    answer = client.post(
        address, said | {"difficulties": "Thiếu người", "pen": uuid4()}, headers=HTMX
    )

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "<ins>người</ins>" in text
    assert "<ins>máy</ins>" in text
    assert "Thiếu người" in plain(page(client, work))


def test_whoever_has_the_dossier_open_is_named_to_the_others_until_they_are_gone(client, work):
    address = reverse("scoring:dossier-presence", args=[work.dossier.pk])
    client.get(address)
    client.force_login(work.head)

    assert str(work.editor) in client.get(address).content.decode()
    assert str(work.head) not in client.get(address).content.decode()
    cache.clear()
    assert "Cùng mở" not in client.get(address).content.decode()


def test_a_row_that_somebody_else_has_written_since_is_named_to_the_open_page(client, work):
    opened = timezone.now().isoformat()
    address = reverse("scoring:dossier-presence", args=[work.dossier.pk])
    saved = fill(work, "1.1.1", by=work.head)

    said = client.get(address, {"tu": opened}).content.decode()

    assert f'data-moved="dong-{saved.pk}" data-version="{saved.version}"' in said
    client.force_login(work.head)
    assert "data-moved" not in client.get(address, {"tu": opened}).content.decode()
    for moment in ("2026-99-99T", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"):
        assert client.get(address, {"tu": moment}).status_code == 200


def test_the_page_costs_the_same_with_one_draft_and_with_many(client, work, assert_flat_queries):
    send(client, work.score("1.2.1"), numerator="mười", denominator="47")

    def more():
        for code in ("1.1.1", "1.2.1", "2.1.1"):
            for _ in range(3):
                send(client, work.score(code), note="x" * 6000)

    assert_flat_queries(lambda: page(client, work), grow=more)
