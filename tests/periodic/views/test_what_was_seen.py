"""What is signed or moved is what stood on the page, and a page that met a change goes on."""

import pytest
from django.urls import reverse

from cchc_portal.kit.errors import ChangedMeanwhile
from commitments.services.plans import Paper
from reports.models import PeriodicReport
from reports.services import periodic, rounds
from tests.factories import PASSWORD
from tests.periodic.situations import asked, seen_of, sent
from tests.races import at_once
from tests.scoring.reported import open_reports
from tests.worlds import a_province


def at(name: str, report: PeriodicReport) -> str:
    return reverse(f"periodic:{name}", args=[report.pk])


@pytest.mark.django_db
def test_no_head_signs_a_figure_that_moved_since_the_page_and_the_page_shows_it_anew(client):
    province = a_province()
    work = open_reports(province)
    who = asked(province)
    work.put("HS-02", "20")
    who.write("procedures", "Rà soát 5 thủ tục.")
    report = who.report()
    client.force_login(who.head)
    shown = client.get(at("send", report)).context["form"]["seen"].value()
    said = {"number": "07/BC", "issued_on": "2026-06-18", "password": PASSWORD}
    work.put("HS-02", "31")

    moved = client.post(at("send", report), said | {"seen": shown})
    page = moved.content.decode()
    assert moved.status_code == 409
    assert "<b>31</b>" in page
    assert 'value="07/BC"' in page
    assert not report.sent.exists()
    renewed = moved.context["form"]["seen"].value()
    assert client.post(at("send", report), said | {"seen": renewed}).status_code == 302
    frozen = {one["code"]: one["amount"] for one in report.sent.get().content["figures"]}
    assert frozen["HS-02"] == "31"

    summary = who.summary()
    seen = seen_of(summary)
    work.put("HS-02", "5", place=1)
    with pytest.raises(ChangedMeanwhile):
        periodic.send(summary, seen=seen, paper=Paper("1/BC", who.round.ends_on), by=who.upper_head)


@pytest.mark.django_db
def test_a_return_that_met_a_change_goes_through_at_the_second_press(client):
    who = asked()
    report = sent(who)
    client.force_login(who.organiser)
    back = {"seen": 1, "comment": "Thiếu số liệu."}

    stale = client.post(at("return", report), back)
    assert stale.status_code == 409
    again = back | {"seen": stale.context["form"]["seen"].value()}
    assert client.post(at("return", report), again).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_summary_that_two_ask_for_at_once_is_founded_once():
    who = asked()

    def press() -> None:
        rounds.sum_up(who.round, by=who.organiser)

    assert at_once(press, press) == []
    assert PeriodicReport.objects.filter(round=who.round, unit=who.province.police).count() == 1
