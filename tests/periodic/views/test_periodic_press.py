"""A periodic report with very many units is drawn by a worker, for whoever asked."""

import pytest
from django.urls import reverse

from reports import printed
from reports.rules.paper_state import PaperState
from reports.services import periodic_press
from reports.tasks import periodic as errands
from reports.tasks import render_periodic
from tests.periodic.situations import asked
from tests.reports.reading import text
from tests.scoring.reported import open_reports
from tests.worlds import a_province

pytestmark = pytest.mark.django_db
CALLS = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def orders(monkeypatch) -> list[tuple]:
    """What goes to the press, which stands still meanwhile; every annex of units is long."""
    sent: list[tuple] = []
    monkeypatch.setattr(periodic_press, "CELLS_AT_ONCE", 0)
    monkeypatch.setattr(render_periodic, "delay_on_commit", lambda *said: sent.append(said))
    return sent


def a_long_report():
    province = a_province()
    work = open_reports(province)
    work.put("HS-02", "20")
    who = asked(province)
    report = who.summary()
    return work, who, reverse("periodic:paper", args=[report.pk])


def test_a_long_report_is_drawn_once_for_whoever_asked_and_again_when_it_says_something_else(
    client, orders
):
    work, who, address = a_long_report()
    client.force_login(who.organiser)

    waiting = client.get(address)
    client.get(address, **CALLS)
    assert "Đang kết xuất báo cáo" in waiting.content.decode()
    (order,) = orders

    render_periodic(*order)
    render_periodic(*order)
    assert client.get(address, **CALLS).headers["HX-Redirect"] == address
    paper = client.get(address)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "SỐ LIỆU CỦA CÁC ĐƠN VỊ TRỰC THUỘC" in text(paper.content)
    assert len(orders) == 1

    client.force_login(who.upper_head)
    assert "Đang kết xuất" in client.get(address).content.decode()
    assert len(orders) == 2

    client.force_login(who.organiser)
    work.put("HS-02", "21")
    assert "Đang kết xuất" in client.get(address).content.decode()
    assert len(orders) == 3


def test_a_report_that_could_not_be_drawn_is_told_and_drawn_again_when_asked(
    client, orders, monkeypatch
):
    _, who, address = a_long_report()
    client.force_login(who.organiser)
    client.get(address)
    monkeypatch.setattr(errands, "drawn", None)

    render_periodic(*orders[0])

    assert "Kết xuất không thành công" in client.get(address).content.decode()
    assert len(orders) == 1
    assert "Đang kết xuất" in client.get(f"{address}?lai").content.decode()
    assert len(orders) == 2
    found = printed.kept(who.organiser.pk, orders[0][1], printed.PERIODIC)
    assert found.state == PaperState.WAITING
