"""One row sent by the pen: saved, refused with what was typed kept, or two people at once."""

import pytest
from django.urls import reverse

from scoring.models import Score
from tests.worlds import EXPLANATION, a_draft_dossier, fill, hand_in

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def work(client):
    found = a_draft_dossier()
    client.force_login(found.editor)
    return found


def send(client, score: Score, *, htmx: bool = True, **typed):
    said = {"version": score.version, "note": ""} | typed
    address = reverse("scoring:score-save", args=[score.pk])
    return client.post(address, said, headers=HTMX if htmx else {})


def test_a_valid_row_is_stored_and_answered_with_its_points_and_next_version(client, work):
    score = work.score("1.2.1")

    answer = send(client, score, numerator="46", denominator="47", note="Theo sổ.")

    stored = work.score("1.2.1")
    assert answer.status_code == 200
    assert (stored.self_answer, stored.self_note) == (
        {"numerator": "46", "denominator": "47"},
        "Theo sổ.",
    )
    assert f'name="version" value="{stored.version}"' in answer.content.decode()


def test_figures_are_told_again_unless_the_page_shows_them_already(client, work):
    score = work.score("1.2.1")
    figure = f'id="tra-loi-{score.pk}"'
    pen = {"pen": "0b5a1c1e-5d55-4a55-8a55-0123456789ab", "numerator": "46", "denominator": "47"}

    first = send(client, score, stroke=1, **pen).content.decode()
    lost = send(client, score, stroke=2, note="Câu trả lời trước không tới.", **pen)
    seen = work.score("1.2.1")
    words = send(client, seen, stroke=3, note="Chỉ sửa ghi chú.", **pen)

    assert figure in first
    assert figure in lost.content.decode()
    assert figure not in words.content.decode()
    assert work.score("1.2.1").self_note == "Chỉ sửa ghi chú."


def test_a_row_that_cannot_be_read_keeps_what_was_typed(client, work):
    before = work.score("1.2.1")

    answer = send(client, before, htmx=False, numerator="bốn mươi", denominator="47", note="Giữ.")

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "bốn mươi" in said
    assert "Giữ." in said
    assert work.score("1.2.1").version == before.version


def test_the_second_writer_sees_both_texts_and_nothing_is_overwritten(client, work):
    seen = work.score("1.1.1")
    fill(work, "1.1.1", {"yes": False}, note="Bản của đồng nghiệp.")

    answer = send(client, seen, yes="true", note="Bản của tôi.")

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của đồng nghiệp." in said.replace("<ins>", "").replace("</ins>", "")
    assert "Bản của tôi." in said.replace("<ins>", "").replace("</ins>", "")
    assert work.score("1.1.1").self_note == "Bản của đồng nghiệp."


def test_both_texts_are_joined_where_the_writer_chooses_so(client, work):
    seen = work.score("1.1.1")
    stored = fill(work, "1.1.1", {"yes": False}, note="Bản của đồng nghiệp.")

    send(
        client,
        seen,
        yes="true",
        note="Bản của tôi.",
        choose="both",
        their_version=stored.version,
    )

    note = work.score("1.1.1").self_note
    assert "Bản của đồng nghiệp." in note
    assert "Bản của tôi." in note


def test_a_row_of_a_dossier_that_was_handed_in_is_refused_with_a_sentence(client):
    work = a_draft_dossier()
    for code in work.dossier.scores.unanswered().values_list("criterion__code", flat=True):
        fill(work, code)
    hand_in(work)
    client.force_login(work.editor)

    answer = send(client, work.score("1.1.1"), yes="true", note="Muộn mất rồi.")

    assert answer.status_code == 409
    assert "không sửa được" in answer.content.decode()
    assert work.score("1.1.1").self_note == EXPLANATION


def test_without_script_the_row_is_saved_and_the_page_opens_at_it(client, work):
    score = work.score("1.1.1")

    answer = send(client, score, htmx=False, yes="true")

    assert answer.url.endswith(f"?dong={score.pk}#dong-{score.pk}")
    assert work.score("1.1.1").self_points == 5


def test_a_sign_that_cannot_be_stored_is_refused_in_vietnamese(client, work):
    answer = send(client, work.score("1.1.1"), yes="true", note="Ký tự \0 lạ.")

    assert answer.status_code == 422
    assert "ký tự không hiển thị được" in answer.content.decode()
