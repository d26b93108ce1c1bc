"""Pages of the counter: slips to be filled in by hand, a code on the screen, flags for the level
above, and what a citizen is told whose code is not taken."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from scoring.models import Campaign, Rating, Slip
from scoring.rules.campaign import ASPECTS as SEVEN
from scoring.rules.counter import MOST_PAPER_SLIPS, REFUSED_MOST, Flag
from scoring.rules.satisfaction import STEPS
from scoring.services import counter
from scoring.views.flagged import FLAGS_A_PAGE
from tests.reports.reading import pages, text
from tests.scoring.campaigns import ASPECTS, a_campaign, bring_in, rows_of

pytestmark = pytest.mark.django_db

MANY = (60, 30, 8, 1, 1)
CODE = r"\b(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}\b"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def at(name: str, *args: object) -> str:
    return reverse(f"scoring:{name}", args=args)


def test_a_paper_slip_has_its_code_every_aspect_and_a_column_for_every_step(client):
    made = a_campaign(aspects=SEVEN)
    client.force_login(made.editor())
    unit = made.unit().pk

    page = client.get(at("campaign-unit", unit)).content.decode()
    paper = client.post(at("paper-slips", unit), {"number": "3"})
    content = b"".join(paper.streaming_content)
    words = " ".join(text(content).split())

    assert f'formaction="{at("paper-slips", unit)}"' in page
    assert len(set(re.findall(CODE, words))) == Slip.objects.count() == 3
    assert len(pages(content)) == 2, "two of A5 on a page of A4"
    assert words.count("đánh dấu X vào một ô") == 3
    for name in (*SEVEN, *STEPS):
        assert words.count(name) >= 3, name
    assert f"đến hết ngày {made.campaign.until:%d/%m/%Y}" in words
    refused = client.post(at("paper-slips", unit), {"number": str(MOST_PAPER_SLIPS + 1)})
    assert refused.status_code == 422
    assert f"từ 1 đến {MOST_PAPER_SLIPS}" in refused.content.decode()
    assert Slip.objects.count() == 3


def test_many_long_aspects_have_a_page_of_their_own_each_slip(client):
    made = a_campaign(aspects=[f"{number} {'khía cạnh dài ' * 7}" for number in range(10)])
    client.force_login(made.editor())

    paper = client.post(at("paper-slips", made.unit().pk), {"number": "2"})

    assert len(pages(b"".join(paper.streaming_content))) == 2


def test_a_number_of_slips_with_a_point_is_thousands_and_refused(client):
    made = a_campaign()
    client.force_login(made.editor())

    answer = client.post(at("slips", made.unit().pk), {"number": "1.000"})

    assert answer.status_code == 422
    assert 'value="1.000"' in answer.content.decode()
    assert not Slip.objects.exists()


def test_each_press_at_the_counter_shows_a_fresh_code_that_opens_the_form(client):
    made = a_campaign()
    client.force_login(made.editor())
    address = at("slip-on-screen", made.unit().pk)

    opened = client.get(address)
    assert not Slip.objects.exists(), "to look makes nothing"
    shown = [client.post(address) for _ in range(2)]
    codes = [re.findall(CODE, one.content.decode())[0] for one in shown]

    assert not re.findall(CODE, opened.content.decode())
    assert len(set(codes)) == Slip.objects.count() == 2
    assert all("Mã mới cho lượt tiếp theo" in one.content.decode() for one in shown)
    assert all('role="img"' in one.content.decode() for one in shown)
    assert "no-store" in shown[0]["Cache-Control"]
    assert Client().post(at("rating", codes[0]), {"m0": "5"}).status_code == 302
    assert Client().get(at("rating", codes[1])).status_code == 200
    made.close()
    closed = client.post(address)
    assert closed.status_code == 409
    assert not re.findall(CODE, closed.content.decode())


def test_before_its_first_day_a_campaign_prints_slips_and_takes_nothing(client):
    today = timezone.localdate()
    begins = today + timedelta(days=9)
    made = a_campaign(begins=begins, until=begins + timedelta(days=9), year=begins.year)
    unit, said = made.unit().pk, f"bắt đầu ngày {begins:%d/%m/%Y}"
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)

    for answer in (
        Client().get(at("rating", code)),
        Client().post(at("rating-start"), {"code": code}),
    ):
        assert answer.status_code == 422
        assert f"Đợt lấy ý kiến {said}" in answer.content.decode()
    client.force_login(made.editor())
    page = client.get(at("campaign-unit", unit)).content.decode()
    assert said in page
    assert at("slip-on-screen", unit) not in page
    for refused in (client.get(at("rating-paper", unit)), client.post(at("slip-on-screen", unit))):
        assert refused.status_code == 409
        assert said in refused.content.decode()


def test_a_citizen_is_told_that_the_campaign_ended_and_paper_is_asked_for_no_more(client):
    made = a_campaign()
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)
    made.close()
    said = f"đã kết thúc ngày {timezone.localdate():%d/%m/%Y}"

    late = Client().get(at("rating", code))
    client.force_login(made.editor())
    paper = client.get(at("rating-paper", made.unit().pk))

    assert (late.status_code, paper.status_code) == (422, 409)
    assert said in late.content.decode()
    assert said in paper.content.decode()
    assert "Mã in trên phiếu" not in paper.content.decode()


def test_an_empty_code_is_asked_for_and_wrong_ones_are_counted_whatever_the_browser_says():
    made = a_campaign()
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)
    empty = [Client().post(at("rating-start"), {"code": " "}) for _ in range(3)]
    assert "Đề nghị nhập mã" in empty[0].content.decode()
    for place in range(REFUSED_MOST):
        Client(headers={"user-agent": f"{place}"}).post(at("rating-start"), {"code": "SAI"})

    refused = Client(headers={"user-agent": "new"}).post(at("rating-start"), {"code": "SAI"})
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").get(at("rating", code))

    assert (refused.status_code, elsewhere.status_code) == (429, 200)


def test_flags_name_their_unit_on_the_first_day_and_stand_on_its_page_for_the_level_above(client):
    made = a_campaign()
    unit = made.unit()
    day = timezone.localdate()
    Rating.objects.create(measured=unit, day=day, way="phone", answers="55", flags=[Flag.HOURS])
    words = f"{Flag.HOURS.label.lower()} <b>(1 lượt)</b>"
    client.force_login(made.organiser)

    above = client.get(at("campaign", made.campaign.pk)).content.decode()
    of_unit = client.get(at("campaign-unit", unit.pk)).content.decode()
    client.force_login(made.editor())
    own = client.get(at("campaign-unit", unit.pk)).content.decode()

    line = re.search(rf"{day:%d/%m/%Y}, <a [^>]*>([^<]+)</a>: {re.escape(words)}", above)
    assert line
    assert line[1] == unit.unit.name
    assert words in of_unit
    assert words not in own


def test_flags_are_paged_and_none_is_cut_off_in_silence(client, assert_flat_queries):
    made = a_campaign()
    unit = made.unit()
    client.force_login(made.organiser)
    address = at("campaign-flags", made.campaign.pk)

    def grow() -> None:
        for back in range(FLAGS_A_PAGE + 2):
            Rating.objects.create(
                measured=unit,
                day=timezone.localdate() - timedelta(days=back),
                way="paper",
                answers="55",
                flags=[Flag.TYPED],
            )

    assert "Không có lượt nào cần lưu ý" in client.get(address).content.decode()
    seen = [address, at("campaign", made.campaign.pk), at("campaign-unit", unit.pk)]
    Rating.objects.create(
        measured=unit, day=timezone.localdate(), way="paper", answers="55", flags=[Flag.LATE]
    )
    assert_flat_queries(lambda: [client.get(one) for one in seen], grow=grow)

    first, second = (client.get(address, {"page": page}).content.decode() for page in (1, 2))
    whole = FLAGS_A_PAGE + 3
    assert f"Xem tất cả {whole} dòng" in client.get(seen[1]).content.decode()
    assert (first.count(" lượt)"), second.count(" lượt)")) == (FLAGS_A_PAGE, 3)
    assert "page=2" in client.get(seen[2]).content.decode()


def test_a_unit_whose_slips_are_mostly_paper_is_told_above(client, time_machine):
    made = a_campaign()
    bring_in(made, rows_of(made.province.departments[0], MANY, MANY))
    for place, code in enumerate(counter.hand_out(made.unit(), by=made.editor(), number=15)):
        if place < 9:
            counter.enter_paper(made.unit(), code, ["5", "5"], by=made.editor())
        else:
            counter.rate(code, ["5", "4"], visitor=f"{place}")
    time_machine.move_to(timezone.now() + timedelta(days=1))
    client.force_login(made.organiser)

    page = client.get(at("campaign", made.campaign.pk)).content.decode()

    assert "1 đơn vị có trên 50 % phiếu tại nơi tiếp nhận là phiếu giấy" in page
    assert "trên 50 % là phiếu giấy" in page


def test_a_campaign_whose_days_miss_its_year_is_asked_about_and_what_was_typed_stays(client):
    made = a_campaign()
    client.force_login(made.organiser)
    typed = {
        "assessor": made.province.police.pk,
        "year": 2026,
        "title": "Đợt lạc năm",
        "begins": "2019-01-01",
        "until": "2019-02-01",
        "formula": "share",
        "aspects": "\n".join(ASPECTS),
        "minimum": "1.000",
        "margin": "5",
    }

    refused = client.post(at("campaign-new"), typed)
    client.post(at("campaign-new"), typed | {"begins": "2026-01-01", "until": "2026-02-01"})

    assert refused.status_code == 422
    assert "một ngày trong năm 2026" in refused.content.decode()
    assert "Đợt lạc năm" in refused.content.decode()
    assert Campaign.objects.get(title="Đợt lạc năm").minimum == 1000
