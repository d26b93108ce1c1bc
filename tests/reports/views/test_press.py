"""Sheets and long papers on their way, as whoever prints sees them: bar, stop, go on, take away."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from reports.models import (
    Edition,
    Errand,
    PartState,
    PressPart,
    PressRun,
    RenderState,
    RunState,
)
from reports.services import press
from tests.fixtures.browser import DESK, PHONE
from tests.reports.situations import Publication, an_edition
from tests.worlds import a_province


def published() -> Publication:
    return an_edition(a_province(departments=2), verified=2)


def a_run(edition: Edition, errand: Errand, *, done: int = 1, **columns) -> PressRun:
    """Three parts, some of them done."""
    now = timezone.now()
    run = PressRun.objects.create(edition=edition, errand=errand, sent_at=now, **columns)
    PressPart.objects.bulk_create(
        PressPart(
            run=run,
            position=position,
            holds=[0, 1],
            sent_at=now,
            begun_at=now,
            state=PartState.DONE if position <= done else PartState.RENDERING,
        )
        for position in (1, 2, 3)
    )
    return run


def seen(client, name: str, edition: Edition, *more) -> str:
    answer = client.get(reverse(f"reports:{name}", args=[edition.pk, *more]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_a_long_decision_shows_everybody_how_many_parts_are_done_and_stops_for_who_prints(client):
    publication = published()
    edition = publication.edition
    Edition.objects.update(render_state=RenderState.RENDERING)
    a_run(edition, Errand.PAPER)
    stop = reverse("reports:press-stop", args=[edition.pk, "paper"])

    assert "1/3 phần" in seen(client, "edition-press", edition)
    assert stop not in seen(client, "edition-press", edition)
    client.force_login(publication.head)
    assert stop in seen(client, "edition-press", edition)
    client.post(stop)

    assert PressRun.objects.get().state == RunState.STOPPED
    assert press.STOPPED in seen(client, "edition-press", edition)
    assert reverse("reports:print-again", args=[edition.pk]) in seen(client, "edition", edition)


@pytest.mark.django_db
def test_sheets_are_asked_for_watched_stopped_and_gone_on_with(client):
    publication = published()
    edition = publication.edition
    client.force_login(publication.head)
    ask = reverse("reports:sheets-ask", args=[edition.pk])
    assert "Kết xuất phiếu của mọi đơn vị" in seen(client, "edition", edition)

    client.post(ask)
    part = seen(client, "sheets-press", edition)
    assert "0/1 phần" in part
    assert f'hx-get="{reverse("reports:sheets-press", args=[edition.pk])}"' in part
    client.post(reverse("reports:press-stop", args=[edition.pk, "sheets"]))
    part = seen(client, "sheets-press", edition)
    assert "Kết xuất tiếp bộ phiếu" in part
    assert "hx-get" not in part
    client.post(ask)

    assert PressRun.objects.get().state == RunState.RUNNING


@pytest.mark.django_db
def test_what_cannot_be_done_now_is_said_in_a_sentence(client):
    publication = published()
    client.force_login(publication.head)
    stop = reverse("reports:press-stop", args=[publication.edition.pk, "sheets"])

    answer = client.post(stop, follow=True)

    assert "Không có lượt kết xuất nào đang chạy." in answer.content.decode()
    other = reverse("reports:press-stop", args=[publication.edition.pk, "khac"])
    assert client.post(other).status_code == 404


@pytest.mark.django_db
def test_the_sheets_are_the_file_that_the_press_delivered_and_none_before(
    client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    publication = published()
    client.force_login(publication.head)
    address = reverse("reports:sheets-bundle", args=[publication.edition.pk])
    assert client.get(address).status_code == 404

    run = PressRun(edition=publication.edition, errand=Errand.SHEETS, state=RunState.DONE)
    run.sent_at = run.ended_at = timezone.now()
    run.file.save("bundle.zip", ContentFile(b"PK..."))
    answer = client.get(address)

    assert b"".join(answer.streaming_content) == b"PK..."
    assert answer.headers["Content-Type"] == "application/zip"
    run.file.delete(save=False)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_papers_on_their_way_have_no_barriers(
    live_server, page, sign_in, assert_no_barriers, screen
):
    publication = published()
    Edition.objects.update(render_state=RenderState.RENDERING)
    for errand in Errand:
        a_run(publication.edition, errand)
    page.set_viewport_size(screen)
    sign_in(publication.head)

    page.goto(reverse("reports:edition", args=[publication.edition.pk]))

    assert page.locator("progress.bar").count() == 2
    assert page.locator("progress.bar").first.bounding_box()["width"] > 40
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert_no_barriers(page)
