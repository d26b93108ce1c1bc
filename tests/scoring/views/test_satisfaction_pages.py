"""The pages of a campaign: run above, seen by the unit, rated by a citizen, read by everybody."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from scoring.models import Campaign, Rating, Slip
from scoring.services import counter
from tests.reports.reading import text
from tests.scoring.campaigns import (
    ASPECTS,
    a_campaign,
    a_table,
    bring_in,
    rows_of,
)
from tests.scoring.figures import as_upload
from tests.worlds import a_province, an_open_period
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
    client.post(at("campaign-close", made.pk), {"version": 2})
    public = Client().get(reverse("reports:satisfaction", args=[made.pk])).content.decode()
    assert hidden.status_code == 404
    assert "90,00" in public
    assert "82," in public  # the lower end of the interval
    assert "Đợt 2026" in Client().get(reverse("reports:satisfactions")).content.decode()


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
