"""Redis or Valkey is a memory and a post, never the book: all is written and read without it."""

from uuid import uuid4

import pytest
from django.core.cache import cache, caches
from django.urls import reverse
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from cchc_portal.celery import app
from commitments.models import Voice
from commitments.views.voice_public import SENT_AT_MOST
from scoring.models import Evidence, Rating
from scoring.rules.counter import REFUSED_MOST
from scoring.rules.workflow import DossierState
from scoring.services import counter
from tests.factories import PASSWORD
from tests.scoring.campaigns import ASPECTS, a_campaign
from tests.scoring.papers import PDF, an_upload
from tests.worlds import a_draft_dossier, a_filled_dossier

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_store")]


def at(name: str, *args: object) -> str:
    return reverse(f"scoring:{name}", args=args)


def test_a_cache_without_its_store_is_an_empty_cache():
    cache.set("a", 1, 60)
    cache.set_many({"a": 1}, 60)
    assert cache.get("a") is None
    assert cache.get("a", 7) == 7
    assert cache.get_many(["a"]) == {}
    assert cache.get_or_set("a", lambda: 5, 60) == 5
    assert cache.add("a", 1, 60) is True
    assert not cache.touch("a", 60)
    assert not cache.delete("a")
    with pytest.raises(ValueError, match="Nothing is kept"):
        cache.incr("a")


def test_what_must_not_happen_without_it_still_fails():
    with pytest.raises(RedisError):
        caches["strict"].add("pin-tried", True, 60)


def test_an_officer_reads_the_dossier_and_every_row_is_stored(client):
    work = a_draft_dossier()
    score = work.score("1.2.1")
    client.force_login(work.editor)

    assert client.get(at("dossier", work.dossier.pk)).status_code == 200
    said = {
        "version": score.version,
        "note": "Gõ lúc mất kho.",
        "numerator": "4",
        "denominator": "5",
    }
    assert (
        client.post(at("score-save", score.pk), said, headers={"HX-Request": "true"}).status_code
        == 200
    )

    assert work.score("1.2.1").self_note == "Gõ lúc mất kho."


def test_a_citizen_is_counted_once(client):
    made = a_campaign()
    code = counter.hand_out(made.unit(), by=made.editor(), number=1)[0]
    marks = {f"m{place}": "5" for place in range(len(ASPECTS))}

    assert client.get(at("rating", code)).status_code == 200
    assert client.post(at("rating", code), marks)["Location"] == at("rating-thanks")
    again = client.post(at("rating", code), marks)

    assert again.status_code != 302
    assert Rating.objects.count() == 1


@pytest.mark.usefixtures("no_broker")
def test_a_paper_is_filed_and_a_dossier_handed_in_though_nothing_can_be_sent(
    client, settings, tmp_path, caplog
):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(OperationalError):
        app.send_task("nobody.there")
    work = a_filled_dossier()
    client.force_login(work.editor)
    files = {"files": [an_upload(PDF)], "declared": "on"}
    assert client.post(at("evidence-attach", work.score("1.1.1").pk), files).status_code == 302
    client.force_login(work.head)
    said = {"password": PASSWORD, "seen": work.dossier.scores.stamp()}
    assert client.post(at("dossier-submit", work.dossier.pk), said).status_code == 302

    assert Evidence.objects.count() == 1
    assert work.now().state == DossierState.SUBMITTED
    assert "Error calling units.tasks.draw_preview.delay" in caplog.text, (
        "the log says what was not sent"
    )


def test_whoever_tries_codes_is_stopped_all_the_same():
    wrong = "AAAA-AAAA-AAAA"
    for _ in range(REFUSED_MOST):
        with pytest.raises(counter.UnknownCode):
            counter.slip_of(wrong, caller="một máy")

    with pytest.raises(counter.TooMany):
        counter.slip_of(wrong, caller="một máy")
    with pytest.raises(counter.UnknownCode):
        counter.slip_of(wrong, caller="máy khác")


def test_whoever_sends_remarks_without_end_is_asked_to_wait(client):
    unit = a_draft_dossier().dossier.unit
    address = reverse("voices:send", args=[unit.pk])
    said = {"kind": "procedure", "text": "Phải chờ lâu.", "leave_empty": ""}

    sent = [client.post(address, said | {"key": str(uuid4())}).status_code for _ in range(7)]

    assert sent == [200] * SENT_AT_MOST + [429] * (7 - SENT_AT_MOST)
    assert Voice.objects.count() == SENT_AT_MOST


@pytest.mark.usefixtures("no_broker")
@pytest.mark.parametrize(
    "address", ["/", "/cong-bo/", "/gui-phan-anh/", "/danh-gia/", "/dang-nhap/"]
)
def test_pages_for_everybody_are_there(client, address):
    assert client.get(address, follow=True).status_code == 200
