"""Of very many units nobody waits for sums: what was drawn last is shown, a worker draws anew."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from reports import told_pages
from reports.services import kept_pages
from reports.tasks import draw_page
from reports.told_pages import Errand, Page
from scoring.models import Period
from scoring.rules.workflow import DossierState
from tests.scoring.marked import a_year, put
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db
CALLED = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def sent(monkeypatch):
    """Two units are very many; what would be sent to a worker."""
    errands = []
    monkeypatch.setattr(kept_pages, "MOST_LIVE", 1)
    monkeypatch.setattr(
        kept_pages.draw_page, "delay_on_commit", lambda *errand: errands.append(errand)
    )
    return errands


def test_a_first_look_sends_one_worker_and_the_page_shows_what_it_drew(client, sent):
    year = a_year(a_province(departments=2))
    for dossier in year.period.dossiers.all():
        put(dossier, DossierState.SUBMITTED, year.organiser)
    address = reverse("reports:period-board", args=[year.period.pk])
    client.force_login(year.organiser)

    first, again = client.get(address), client.get(address, **CALLED)

    assert first.context["told"].waits
    assert "Đang cộng số liệu của toàn lực lượng" in first.content.decode()
    assert "HX-Refresh" not in again.headers
    assert sent == [("board", year.organiser.pk, year.period.pk)]

    draw_page(*sent.pop())

    assert client.get(address, **CALLED).headers["HX-Refresh"] == "true"
    shown, now = client.get(address), told_pages.drawn(Page.BOARD, year.organiser, year.period)
    assert shown.context["told"].html == now.html
    assert "số liệu lúc" in shown.content.decode()
    assert not sent


def test_old_figures_are_shown_with_their_hour_until_one_worker_has_newer_ones(sent, monkeypatch):
    year = a_year(a_province(departments=2))
    asked = (Page.BOARD, year.organiser, year.period)
    told_pages.draw(*asked)
    old = kept_pages.told(*asked)
    monkeypatch.setattr(kept_pages, "FRESH", timedelta(0))

    shown = [kept_pages.told(*asked) for _ in range(3)]

    assert {(one.html, one.at, one.errand) for one in shown} == {(old.html, old.at, Errand.SENT)}
    assert len(sent) == 1
    draw_page(*sent.pop())
    assert kept_pages.told(*asked).at > old.at

    year.period.state = "locked"
    assert kept_pages.told(*asked).waits


def test_a_worker_that_dies_or_fails_is_told_and_replaced(sent, monkeypatch):
    year = a_year(a_province(departments=2))
    asked = (Page.BOARD, year.organiser, year.period)
    key = told_pages.key_of(*asked)
    assert kept_pages.told(*asked).errand == Errand.SENT
    cache.delete(f"{key}:errand")  # what happens by itself when a worker is lost

    def broken(*_):
        raise RuntimeError

    monkeypatch.setitem(told_pages.MAKERS, Page.BOARD, broken)
    kept_pages.told(*asked)
    with pytest.raises(RuntimeError):
        draw_page(*sent.pop())

    assert kept_pages.told(*asked).errand == Errand.FAILED
    assert len(sent) == 1


def test_while_one_worker_draws_another_lets_it(sent, monkeypatch):
    year = a_year(a_province(departments=2))
    asked, drawn = (Page.BOARD, year.organiser, year.period), []

    def slowly(user, period, now):
        drawn.append(now)
        told_pages.draw(*asked)
        return told_pages.Told("", now)

    monkeypatch.setitem(told_pages.MAKERS, Page.BOARD, slowly)
    told_pages.draw(*asked)

    assert len(drawn) == 1


def test_who_sees_the_same_is_shown_the_same_and_nobody_else_is(sent):
    province = a_province(departments=2)
    year = a_year(province)
    period = Period.objects.select_related("assessor").get(pk=year.period.pk)
    first, second = (province.a_person(Role.LEADER, province.police) for _ in range(2))
    outside = province.a_person(Role.LEADER, province.departments[0])
    told_pages.draw(Page.COMMAND, first, period)

    assert kept_pages.told(Page.COMMAND, second, period) == kept_pages.told(
        Page.COMMAND, first, period
    )
    assert not kept_pages.told(Page.COMMAND, second, period).waits
    assert kept_pages.told(Page.COMMAND, outside, period).waits


def test_the_clock_draws_again_what_was_looked_at_lately(sent):
    year = a_year(a_province(departments=2))
    asked, now = (Page.BOARD, year.organiser, year.period), timezone.now()
    told_pages.draw(*asked)
    kept_pages.told(*asked)

    kept_pages.draw_looked_at_again(now)
    assert not sent
    kept_pages.draw_looked_at_again(now + 2 * kept_pages.DRAWN_AGAIN)
    assert sent == [("board", year.organiser.pk, year.period.pk)]
    cache.delete(f"{told_pages.key_of(*asked)}:errand")
    kept_pages.draw_looked_at_again(now + 2 * kept_pages.LATELY)
    assert len(sent) == 1
