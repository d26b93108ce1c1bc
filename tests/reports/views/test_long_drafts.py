"""The draft of a long decision is drawn by a worker, for whoever asked, of the figures they saw."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports import printed
from reports.models import Edition, PressRun
from reports.papers import long_papers
from reports.rules.paper_state import PaperState
from reports.services import drafts
from reports.tasks import render_draft
from scoring.services import periods
from tests.fixtures.browser import DESK, PHONE
from tests.reports.reading import pages, text
from tests.reports.signing_elsewhere import files_kept
from tests.reports.situations import Publication, a_locked_period
from tests.reports.views.test_publishing import typed
from tests.worlds import a_province
from units.permissions import Role

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Every draft is long, and a part holds two lines."""
    monkeypatch.setattr(drafts, "ONE_PASS_AT_MOST", 0)
    monkeypatch.setattr(long_papers, "LINES_A_PART", 2)


@pytest.fixture
def sent(monkeypatch) -> list[tuple]:
    """What goes to the press, which stands still meanwhile."""
    orders: list[tuple] = []
    monkeypatch.setattr(render_draft, "delay_on_commit", lambda *said: orders.append(said))
    return orders


def addresses(ready: Publication) -> list[str]:
    names = ("publication-draft", "draft-press", "draft-paper")
    return [reverse(f"reports:{name}", args=[ready.period.pk]) for name in names]


@pytest.mark.django_db
def test_a_long_draft_is_asked_for_drawn_in_parts_fetched_and_kept_nowhere(
    client, sent, monkeypatch
):
    ready = a_locked_period(a_province(departments=3), verified=2)
    draft, press, paper = addresses(ready)
    client.force_login(ready.head)
    before = files_kept()

    assert "Kết xuất bản dự thảo" in client.get(draft).content.decode()
    assert client.get(paper).status_code == 404
    for _ in range(2):
        assert client.post(draft, typed(ready)).url == draft
    assert "Đang kết xuất" in client.get(press).content.decode()

    told = []
    keep = printed.keep
    monkeypatch.setattr(printed, "keep", lambda *said: (told.append(said[2]), keep(*said)))
    (order,) = sent
    render_draft(*order)
    render_draft(*order)

    assert [(one.done, one.parts) for one in told[:3]] == [(0, 2), (1, 2), (2, 2)]
    assert len(told) == 4
    drawn = client.get(paper)
    assert drawn.headers["Cache-Control"] == "private, no-store"
    said = pages(drawn.content)
    assert all("DỰ THẢO" in one for one in said)
    words = " ".join(text(drawn.content).split())
    assert "KT. GIÁM ĐỐC" in words
    assert "Phòng Nghiệp vụ 3" in words
    assert "3412" not in words
    assert "Mã kiểm tra" not in words
    assert not Edition.objects.exists()
    assert not PressRun.objects.exists()
    assert files_kept() == before
    assert "Mở bản dự thảo" in client.get(draft).content.decode()
    colleague = Client()
    province = ready.year.province
    colleague.force_login(province.a_person(Role.HEAD, province.police))
    assert colleague.get(paper).status_code == 404

    periods.unlock(ready.period, by=ready.head, comment="Xem lại.")
    periods.lock(ready.period, by=ready.year.organiser)
    for address in (draft, press):
        said = client.get(address).content.decode()
        assert "Số liệu của kỳ đã thay đổi" in said
        assert "Mở bản dự thảo" not in said
        assert 'name="signer_name" value="Nguyễn Văn An"' in said
    gone = client.get(paper)
    assert gone.status_code == 409
    assert "Đề nghị kết xuất lại" in gone.content.decode()


@pytest.mark.django_db
def test_who_asks_with_another_signer_while_a_draft_is_on_its_way_gets_that_one(client, sent):
    ready = a_locked_period()
    draft, press, paper = addresses(ready)
    client.force_login(ready.head)
    second = typed(ready, signer_name="Lê Thị Bình", place="Nơi khác")

    client.post(draft, typed(ready))
    client.post(draft, second)
    first_order, second_order = sent
    render_draft(*first_order)
    assert "Đang kết xuất" in client.get(press).content.decode()
    render_draft(*second_order)

    words = " ".join(text(client.get(paper).content).split())
    assert "Lê Thị Bình" in words
    assert "Nguyễn Văn An" not in words
    said = client.get(press).content.decode()
    assert 'name="signer_name" value="Lê Thị Bình"' in said
    assert 'name="password"' not in said
    assert 'name="number" value="3412/QĐ-CAT-PV01"' in said


@pytest.mark.django_db
def test_a_draft_that_could_not_be_drawn_is_told_and_may_be_asked_for_again(
    client, sent, monkeypatch
):
    ready = a_locked_period()
    draft, press, _ = addresses(ready)
    client.force_login(ready.head)
    client.post(draft, typed(ready))
    monkeypatch.setattr(long_papers, "LINES_A_PART", None)

    render_draft(*sent[0])

    assert printed.kept(ready.head.pk, ready.period.pk, printed.DRAFT).state == PaperState.FAILED
    said = client.get(press).content.decode()
    assert "Kết xuất không thành công" in said
    client.post(draft, typed(ready))
    assert len(sent) == 2


@pytest.mark.django_db(transaction=True)
def test_the_page_of_a_long_draft_keeps_nobody_out_and_fits(
    page, sign_in, assert_no_barriers, sent
):
    ready = a_locked_period()
    draft, *_ = addresses(ready)
    sign_in(ready.head)
    looks = (
        printed.Printed(PaperState.WAITING, done=1, parts=7),
        printed.Printed(PaperState.DONE, pdf=b"%PDF", at=timezone.now(), seen="other figures"),
    )

    for screen, look in zip((DESK, PHONE), looks, strict=True):
        page.set_viewport_size(screen)
        page.goto(draft)
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0
        printed.keep(ready.head.pk, ready.period.pk, look, printed.DRAFT)
        page.goto(draft)
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0
