"""The pages of a campaign: run above, seen by the unit, rated by a citizen, read by everybody."""

import re
from datetime import datetime, time, timedelta
from fractions import Fraction
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from scoring.models import Campaign, Rating, Slip
from scoring.rules.ratings_file import SHEET
from scoring.services import campaigns, counter, ratings
from tests.reports.reading import text
from tests.scoring.campaigns import (
    ASPECTS,
    a_campaign,
    a_draft,
    a_period_that_asks_partners,
    a_table,
    bring_in,
    rows_of,
)
from tests.scoring.figures import as_upload
from tests.worlds import a_draft_dossier, a_province, an_open_period
from units.permissions import Role

pytestmark = pytest.mark.django_db

MANY = (60, 30, 8, 1, 1)


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def at(name: str, *args: object) -> str:
    return reverse(f"scoring:{name}", args=args)


def test_a_campaign_from_the_form_to_the_public_page(client):
    province = a_province()
    client.force_login(province.a_person(Role.ORGANISER, province.police))
    typed = {
        "assessor": province.police.pk,
        "year": 2026,
        "title": "Đợt 2026",
        "begins": "2026-01-01",
        "until": "2025-01-01",
        "formula": "share",
        "aspects": "\n".join(ASPECTS),
        "minimum": 30,
        "margin": "5",
    }
    refused = client.post(at("campaign-new"), typed)
    assert refused.status_code == 422
    assert "Ngày kết thúc phải từ ngày bắt đầu" in refused.content.decode()
    assert "Đợt 2026" in refused.content.decode()
    client.post(at("campaign-new"), typed | {"until": "2026-12-31"})
    made = Campaign.objects.get()
    client.post(at("campaign-begin", made.pk), {"version": 1})
    content = a_table(rows_of(province.departments[0], MANY, MANY, dealings=1000))

    wrong = client.post(at("campaign-upload", made.pk), {"file": as_upload(b"a;b", "x.csv")})
    taken = client.post(at("campaign-upload", made.pk), {"file": as_upload(content, "x.csv")})
    seen = client.get(taken.url)
    (picked,) = re.findall(r'name="row" value="([^"]+)"', seen.content.decode())
    none = client.post(at("campaign-apply", made.uploads.get().pk), {})
    client.post(at("campaign-apply", made.uploads.get().pk), {"row": picked})

    assert wrong.status_code == 422
    assert none.status_code == 409
    page = client.get(at("campaign", made.pk)).content.decode()
    assert "<b>90,00" in page
    assert "thiếu 186" in page
    hidden = Client().get(reverse("reports:satisfaction", args=[made.pk]))
    ended = {"version": 2, "comment": "Đã đủ số liệu."}
    client.post(at("campaign-close", made.pk), ended)
    public = Client().get(reverse("reports:satisfaction", args=[made.pk])).content.decode()
    assert hidden.status_code == 404
    assert "90,00" in public
    assert "82," in public  # the lower end of the interval
    assert "Đợt 2026" in Client().get(reverse("reports:satisfactions")).content.decode()


def test_the_end_of_a_campaign_is_asked_about_with_what_it_does(client):
    made = a_campaign()
    bring_in(made, rows_of(made.province.departments[0], MANY, MANY))
    counter.hand_out(made.unit(), by=made.editor(), number=7)
    client.force_login(made.organiser)
    address = at("campaign-close", made.campaign.pk)
    said = {"version": 2, "comment": "Đã đủ số liệu."}

    page = client.get(at("campaign", made.campaign.pk)).content.decode()
    asked = client.get(address).content.decode()
    without = client.post(address, {"version": 2, "comment": " "})
    stale = client.post(address, said | {"version": 1})

    assert f'action="{address}"' not in page, "one press ends nothing"
    assert f'href="{address}"' in page
    assert "1 đơn vị có kết quả" in asked
    assert "200 lượt</b> đánh giá, ít nhất 100 người" in asked
    assert "<b>7 phiếu</b> đã phát mà chưa dùng mất hiệu lực" in asked
    assert f"đến hết ngày {made.campaign.until:%d/%m/%Y}" in asked
    assert (without.status_code, stale.status_code) == (422, 409)
    assert "Đã đủ số liệu." in stale.content.decode()
    assert Campaign.objects.get().state == "collecting"
    assert client.post(address, said).status_code == 302
    log = client.get(at("campaign", made.campaign.pk)).content.decode()
    assert "Kết thúc đợt: Đã đủ số liệu." in log
    assert client.get(address).status_code == 302
    assert client.post(address, said).status_code == 409


def test_a_reason_for_reopening_that_cannot_be_stored_is_refused_and_kept(client):
    made = a_campaign()
    made.close()
    client.force_login(made.organiser)
    address = at("campaign-reopen", made.campaign.pk)
    for reason in ("Thiếu\x00phiếu", "x" * 2001, ""):
        sent = {"version": made.campaign.version, "comment": reason}
        answer = client.post(address, sent)
        assert answer.status_code == 422
    answer = client.post(address, sent | {"comment": "x" * 2001})
    assert "x" * 2001 in answer.content.decode()
    assert not made.campaign.events.filter(verb="reopen").exists()


def test_a_citizen_rates_once_without_login_cookie_or_script():
    made = a_campaign()
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)
    citizen = Client(enforce_csrf_checks=True)
    typed = citizen.post(at("rating-start"), {"code": code.lower()})

    form = citizen.get(typed.url)
    empty = citizen.post(typed.url, {})
    wrong = citizen.post(typed.url, {"m0": "9"})
    sent = citizen.post(typed.url, {"m0": "5", "m1": "2"}, follow=True)
    again = citizen.post(typed.url, {"m0": "1"})

    page = form.content.decode()
    assert page.count('type="radio"') == 5 * len(ASPECTS)
    assert "<script" not in page
    assert (empty.status_code, wrong.status_code, again.status_code) == (422, 422, 422)
    assert "ít nhất một nội dung" in empty.content.decode()
    assert "Cảm ơn" in sent.content.decode()
    assert "đã được dùng" in again.content.decode()
    assert not citizen.cookies
    assert Rating.objects.get().answers == "52"


def test_a_unit_prints_slips_and_enters_those_that_came_back_on_paper(client, time_machine):
    made = a_campaign()
    client.force_login(made.editor())
    unit = made.unit().pk

    paper = client.post(at("slips", unit), {"number": 2})
    none = client.post(at("slips", unit), {"number": 0})
    words = text(b"".join(paper.streaming_content))
    codes = re.findall(r"\b(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}\b", words)
    said = {"code": codes[0], "m0": "4"}
    entered = client.post(at("rating-paper", unit), said, follow=True)
    twice = client.post(at("rating-paper", unit), said)

    assert len(set(codes)) == 2
    assert none.status_code == 422
    assert "Đã ghi một phiếu giấy" in entered.content.decode()
    assert twice.status_code == 409
    assert Slip.objects.filter(used=True).count() == 1
    today = client.get(at("campaign-unit", unit)).content.decode()
    assert "Chưa có lượt đánh giá nào" in today
    time_machine.move_to(timezone.now() + timedelta(days=1))
    client.force_login(made.editor())
    page = client.get(at("campaign-unit", unit)).content.decode()
    assert "chưa đủ 30 người" in page
    assert '<span class="n">–</span>' in page

    time_machine.move_to(
        datetime.combine(
            made.campaign.until + timedelta(days=1), time(9), ZoneInfo("Asia/Ho_Chi_Minh")
        )
    )
    client.force_login(made.editor())
    over = client.get(at("campaign-unit", unit)).content.decode()
    assert "không phát thêm phiếu" in over
    assert client.post(at("slips", unit), {"number": 2}).status_code == 409
    late = Client().get(at("rating", codes[1]))
    assert late.status_code == 422
    assert "đã hết hạn ngày" in late.content.decode()


def test_paper_slips_stand_beside_those_from_telephones_the_day_after(client, time_machine):
    made = a_campaign()
    bring_in(made, rows_of(made.province.departments[0], MANY, MANY))
    codes = counter.hand_out(made.unit(), by=made.editor(), number=15)
    for place, code in enumerate(codes):
        if place < 6:
            counter.enter_paper(made.unit(), code, ["1", "4"], by=made.editor())
        else:
            counter.rate(code, ["5", "4"], visitor=f"{place}")
    above, own = at("campaign", made.campaign.pk), at("campaign-unit", made.unit().pk)
    words = "9 gửi bằng mã QR, 6 phiếu giấy do đơn vị nhập"
    client.force_login(made.organiser)
    assert words not in client.get(above).content.decode(), "told on the day itself"
    time_machine.move_to(timezone.now() + timedelta(days=1))
    client.force_login(made.organiser)

    seen = client.get(above).content.decode()

    assert seen.count(words) == 2, "of the whole, and in the line of the unit"
    assert f"<b>15</b> ({words})" in client.get(own).content.decode()
    made.close()
    public = Client().get(reverse("reports:satisfaction", args=[made.campaign.pk]))
    assert f"<b>15</b> ({words})" in public.content.decode()


def test_pages_ask_the_database_no_more_for_many_units(client, assert_flat_queries):
    province = a_province(departments=6)
    year = an_open_period(province)
    made = a_campaign(province)
    client.force_login(year.organiser)
    bring_in(made, rows_of(province.departments[0], MANY, MANY))
    made.close()

    def grow() -> None:
        Campaign.objects.filter(pk=made.campaign.pk).update(state="collecting")
        for unit in province.departments[1:]:
            bring_in(made, rows_of(unit, MANY, MANY, dealings=100))
        Campaign.objects.filter(pk=made.campaign.pk).update(state="closed")

    node = year.block.criteria_set.criteria.get(code="3.1.1")
    addresses = [
        at("campaign", made.campaign.pk),
        reverse("reports:satisfaction", args=[made.campaign.pk]),
        reverse("reports:satisfaction-board", args=[made.campaign.pk]),
        at("survey-block", year.block.pk, node.pk),
    ]

    assert_flat_queries(lambda: [client.get(one) for one in addresses], grow=grow)


def test_no_campaign_is_offered_where_partner_units_were_asked(client):
    year = a_period_that_asks_partners()
    node = year.block.criteria_set.criteria.get(code="3.1.1")
    client.force_login(year.organiser)

    page = client.get(at("figures-block", year.block.pk), {"dong": node.pk}).content.decode()

    assert "số liệu lấy từ kết quả khảo sát các đơn vị phối hợp" in page
    assert "Lấy từ kết quả đo lường" not in page
    assert client.get(at("survey-block", year.block.pk, node.pk)).status_code == 404


def test_a_stale_page_takes_nothing_into_the_component(client):
    province = a_province()
    year = an_open_period(province)
    made = a_campaign(province)
    bring_in(made, rows_of(province.departments[0], MANY, MANY))
    client.force_login(year.organiser)
    node = year.block.criteria_set.criteria.get(code="3.1.1")
    address = at("survey-block", year.block.pk, node.pk)
    assert "Chưa có đợt đo lường nào" in client.get(address).content.decode()
    made.close()
    page = client.get(address).content.decode()
    (row,) = re.findall(r'name="row" value="([^"]+)"', page)

    stale = client.post(address, {"row": row, "campaign": made.campaign.pk + 1})
    bad = client.post(address, {"row": "x", "campaign": made.campaign.pk})
    taken = client.post(address, {"row": row, "campaign": made.campaign.pk}, follow=True)

    assert (stale.status_code, bad.status_code, taken.status_code) == (409, 409, 200)
    assert "đúng số này" in client.get(address).content.decode()


def test_of_several_campaigns_of_a_year_the_organiser_chooses_whose_counts_are_taken(client):
    work = a_draft_dossier()
    year, province = work.year, work.year.province
    later = a_campaign(province, title="Đợt 2")
    until = later.campaign.until - timedelta(days=1)
    earlier = a_draft(province, later.organiser, title="Đợt 1", until=until)
    earlier.campaign = campaigns.begin(earlier.campaign, by=earlier.organiser, seen=1)
    bring_in(earlier, rows_of(province.departments[0], (50, 30, 20, 0, 0), MANY))
    for unit in province.departments[:2]:
        bring_in(later, rows_of(unit, MANY, MANY))
    earlier.close()
    later.close()
    client.force_login(year.organiser)
    node = year.block.criteria_set.criteria.get(code="3.1.1")
    address = at("survey-block", year.block.pk, node.pk)

    usual = client.get(address).content.decode()
    chosen = client.get(address, {"dot": earlier.campaign.pk}).content.decode()
    (row,) = re.findall(r'name="row" value="([^"]+)"', chosen)
    client.post(address, {"row": row, "campaign": earlier.campaign.pk})

    assert "2 đơn vị có kết quả · <b>đang chọn</b>" in usual
    assert "1 đơn vị có kết quả · <b>đang chọn</b>" in chosen
    assert "180 / 200" in usual
    assert "170 / 200" in chosen
    score = work.score("3.1.1")
    days = f"({earlier.campaign.begins:%d/%m/%Y} – {earlier.campaign.until:%d/%m/%Y})"
    assert f"“Đợt 1” năm {earlier.campaign.year} {days}: 170/200" in score.verified_source
    assert score.verified_points == Fraction(score.maximum) * Fraction(170, 200)


def test_a_figure_taken_before_the_campaign_was_reopened_is_marked_as_another_one(client):
    province = a_province()
    year = an_open_period(province)
    made = a_campaign(province)
    bring_in(made, rows_of(province.departments[0], MANY, MANY))
    made.close()
    client.force_login(year.organiser)
    node = year.block.criteria_set.criteria.get(code="3.1.1")
    address = at("survey-block", year.block.pk, node.pk)
    page = client.get(address).content.decode()
    (row,) = re.findall(r'name="row" value="([^"]+)"', page)
    client.post(address, {"row": row, "campaign": made.campaign.pk})
    assert "khác kết quả đo lường hiện nay" not in client.get(address).content.decode()
    assert "chưa có lượt đánh giá nào" in page, "of the unit that nobody rated"

    reopened = campaigns.reopen(
        made.campaign, by=made.organiser, seen=made.campaign.version, reason="Nhập thiếu."
    )
    made.campaign = reopened
    bring_in(made, rows_of(province.departments[0], (90, 30, 8, 1, 1), MANY))
    made.close()

    page = client.get(address).content.decode()
    assert "khác kết quả đo lường hiện nay" in page
    assert "đúng số này" not in page
    assert 'name="row"' in page
    assert "checked" not in page


def test_a_campaign_that_has_begun_is_not_opened_for_changes(client):
    made = a_campaign()
    client.force_login(made.organiser)

    answer = client.get(at("campaign-edit", made.campaign.pk), follow=True)

    assert answer.redirect_chain == [(at("campaign", made.campaign.pk), 302)]
    assert campaigns.BEGUN in answer.content.decode()


def test_the_empty_table_comes_as_a_workbook_that_is_read_back(client):
    made = a_campaign()
    client.force_login(made.organiser)

    book = load_workbook(BytesIO(client.get(at("campaign-workbook", made.campaign.pk)).content))
    page = book[SHEET]
    code, aspect = page.cell(4, 1).value, page.cell(4, 3).value
    for column, steps in enumerate(MANY, start=4):
        page.cell(4, column, steps)
    filled = BytesIO()
    book.save(filled)
    taken = client.post(
        at("campaign-upload", made.campaign.pk), {"file": as_upload(filled.getvalue(), "a.xlsx")}
    )

    (change,) = ratings.changes_of(made.campaign.uploads.get())
    assert taken.status_code == 302
    assert (change.measured.unit.code, aspect) == (code, ASPECTS[0])
    assert change.row.counts == (MANY, None)
