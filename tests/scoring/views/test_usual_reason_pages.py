"""The catalogue's page, and its reasons beside the verdict: picked, completed, counted."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scoring.models import UsualReason
from scoring.rules.usual_reason import STARTERS, Usual
from scoring.services import usual_reasons
from tests.fixtures.browser import DESK, PHONE
from tests.worlds import a_submitted_dossier, settle

pytestmark = pytest.mark.django_db

TEXT = "Không có tài liệu kiểm chứng kèm theo."
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def work(client):
    found = a_submitted_dossier()
    client.force_login(found.year.organiser)
    return found


def an_entry(work, text: str = TEXT) -> UsualReason:
    return usual_reasons.add(work.year.province.police, Usual(text), by=work.year.organiser)


def at(name: str, work, *more: int) -> str:
    return reverse(f"scoring:{name}", args=[work.year.period.pk, *more])


def test_an_empty_catalogue_offers_the_starters(client, work):
    before = client.get(at("usual-reasons", work)).content.decode()
    after = client.post(at("usual-reasons-begin", work), follow=True).content.decode()

    assert f"Dùng bộ lý do mẫu ({len(STARTERS)} lý do)" in before
    assert all(one.text in after for one in STARTERS)
    assert "Dùng bộ lý do mẫu" not in after


def test_the_page_counts_rows_and_what_was_written_without_the_catalogue(client, work):
    entry = an_entry(work)
    settle(work, "1.1.1", points=0, usual=entry, reason=f"{TEXT} Thiếu Kế hoạch.")
    settle(work, "1.1.2", points=0, reason="Chậm một tháng.")

    page = client.get(at("usual-reasons", work))

    (line,) = page.context["in_use"]
    assert (line.entry.used, line.entry.units) == (1, 1)
    assert (page.context["used"], page.context["own_words"]) == (1, 1)


def test_a_refused_entry_stays_on_the_screen_with_the_sentence(client, work):
    an_entry(work)

    twice = client.post(at("usual-reasons", work), {"text": TEXT, "area": "1", "kind": ""})
    wrong = client.post(at("usual-reasons", work), {"text": "Câu mới.", "kind": "x", "area": "99"})

    assert (twice.status_code, wrong.status_code) == (409, 422)
    assert "Danh mục đã có lý do này." in twice.content.decode()
    assert twice.content.decode().count(TEXT) > 1
    assert "Câu mới." in wrong.content.decode()
    assert UsualReason.objects.count() == 1


def test_other_words_take_the_place_of_the_old_ones_and_no_longer_used_is_told(client, work):
    entry = an_entry(work)
    said = {"text": "Chưa có tài liệu.", "area": "1", "kind": "binary"}

    client.post(at("usual-reason-reword", work, entry.pk), said)
    new = UsualReason.objects.in_use().get()
    page = client.post(at("usual-reason-retire", work, new.pk), follow=True)
    again = client.post(at("usual-reason-retire", work, new.pk))

    assert new.usual == Usual(**said)
    assert [one.text for one in page.context["retired"]] == ["Chưa có tài liệu.", TEXT]
    assert again.status_code == 409
    assert "vừa được thôi dùng" in again.content.decode()


@pytest.mark.parametrize("desk", ["verification-desk", "component-desk"])
def test_both_desks_offer_what_fits_and_name_what_stands(client, work, desk):
    entry = an_entry(work)
    settle(work, "1.1.1", points=0, usual=entry, reason=TEXT)
    score = work.score("1.1.1")
    client.force_login(work.verifier)
    place = work.dossier.pk if desk == "verification-desk" else score.criterion_id

    page = client.get(reverse(f"scoring:{desk}", args=[place], query={"dong": score.pk}))

    assert page.context["usual"] == [entry]
    assert f'value="{entry.pk}" data-usual="{TEXT}" checked' in page.content.decode()


def test_without_a_script_what_was_picked_is_written_before_what_was_typed(client, work):
    entry, score = an_entry(work), work.score("1.1.1")
    client.force_login(work.verifier)
    typed = {"version": score.version, "way": "points", "given": "0", "usual": entry.pk}

    client.post(
        reverse("scoring:verdict-save", args=[score.pk]), typed | {"reason": "Thiếu Kế hoạch."}
    )

    stored = work.score("1.1.1")
    assert (stored.verified_reason, stored.usual_reason) == (f"{TEXT} Thiếu Kế hoạch.", entry)


def test_a_refused_verdict_keeps_the_pick_and_one_from_elsewhere_is_refused(client, work):
    entry, score = an_entry(work), work.score("1.1.1")
    client.force_login(work.verifier)
    address = reverse("scoring:verdict-save", args=[score.pk])
    typed = {"version": score.version, "way": "points", "given": "x", "reason": "Thiếu."}

    refused = client.post(address, typed | {"usual": entry.pk})
    elsewhere = client.post(address, typed | {"given": "0", "usual": entry.pk + 99})
    nonsense = client.post(address, typed | {"given": "0", "usual": "x"})

    assert refused.context["picked"] == str(entry.pk)
    assert [refused.status_code, elsewhere.status_code, nonsense.status_code] == [422] * 3
    assert "không có trong danh mục" in elsewhere.content.decode()
    assert not work.score("1.1.1").settled


def test_the_page_costs_the_same_for_any_number_of_entries(client, work, assert_flat_queries):
    entry = an_entry(work)
    settle(work, "1.1.1", points=0, usual=entry, reason=TEXT)

    def grow():
        for number in range(12):
            other = an_entry(work, f"Lý do số {number}.")
        usual_reasons.retire(other, by=work.year.organiser)
        settle(work, "1.1.2", points=0, usual=entry, reason=TEXT)

    assert_flat_queries(lambda: client.get(at("usual-reasons", work)), grow=grow)


@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone_a_reason_is_picked_completed_and_written(
    page, sign_in, assert_no_barriers
):
    work = a_submitted_dossier()
    an_entry(work)
    second = an_entry(work, "Văn bản ban hành ngoài kỳ số liệu.")
    score = work.score("1.1.1")
    sign_in(work.verifier)
    page.goto(
        reverse("scoring:verification-desk", args=[work.dossier.pk], query={"dong": score.pk})
    )
    field = page.locator("#ly-do")

    page.get_by_label("Ghi điểm").check()
    page.locator("#diem-ghi").fill("0")
    expect(page.locator("[data-usual-reasons]")).to_have_attribute("open", "")
    assert_no_barriers(page)
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(field).to_have_value(TEXT)
    page.keyboard.press("2")
    expect(field).to_have_value(second.text)
    page.keyboard.press("t")
    page.keyboard.type(" Kế hoạch ký tháng 3.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã ghi 1.1.1")).to_be_visible()

    stored = work.score("1.1.1")
    assert stored.usual_reason == second
    assert stored.verified_reason == f"{second.text} Kế hoạch ký tháng 3."
    sign_in(work.year.organiser)
    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)
        page.goto(at("usual-reasons", work))
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0
