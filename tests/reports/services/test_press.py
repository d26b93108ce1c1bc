"""The paper of an edition: drawn by a worker, tried again, given up with a reason, sent again."""

from datetime import timedelta

import pytest
from celery.exceptions import Retry
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.celery import app
from cchc_portal.kit.errors import MoveRefused
from reports import clock
from reports.models import Edition, RenderState
from reports.services import editions
from reports.tasks import render_edition
from tests.races import at_once
from tests.reports.reading import text
from tests.reports.situations import Publication, an_edition
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    """What goes to the press, which stands still meanwhile."""
    keys: list[int] = []
    monkeypatch.setattr(render_edition, "delay", keys.append)
    return keys


def in_state(published: Publication, state: RenderState, **columns) -> Edition:
    Edition.objects.filter(pk=published.edition.pk).update(render_state=state, **columns)
    return Edition.objects.get(pk=published.edition.pk)


def a_failed_paper() -> Publication:
    published = an_edition()
    in_state(published, RenderState.FAILED, render_error="hết chỗ trên đĩa")
    return published


@pytest.mark.django_db(transaction=True)
def test_a_worker_draws_the_paper_of_what_was_published(real_worker):
    published = an_edition(verified=2)
    edition = published.edition

    real_worker.wait_for(lambda: not Edition.objects.without_paper().exists())

    edition.refresh_from_db()
    assert edition.render_state == RenderState.DONE
    assert edition.rendered_at > edition.published_at
    said = text(edition.pdf.read())
    edition.pdf.close()
    assert f"Số: {edition.decision_number}" in said
    for result in edition.results.all():
        assert result.unit_name in said


def test_the_paper_is_drawn_once_however_often_it_is_sent(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    edition = an_edition().edition

    render_edition(edition.pk)
    edition.refresh_from_db()
    first = (edition.pdf.name, edition.rendered_at)
    render_edition(edition.pk)

    edition.refresh_from_db()
    assert (edition.pdf.name, edition.rendered_at) == first
    assert [path.name for path in tmp_path.rglob("*.pdf")] == [first[0].rpartition("/")[2]]


@pytest.fixture
def no_room(settings, tmp_path):
    """A folder of papers that cannot be written."""
    settings.MEDIA_ROOT = tmp_path / "a-file"
    settings.MEDIA_ROOT.write_text("not a folder")


def test_a_paper_that_cannot_be_kept_is_tried_again(no_room):
    edition = an_edition().edition

    with pytest.raises(Retry):
        render_edition.apply(args=[edition.pk], throw=True)
    edition.refresh_from_db()

    assert edition.render_state == RenderState.RENDERING


def test_after_the_last_try_the_paper_has_failed_and_says_why(no_room, caplog):
    edition = an_edition().edition

    render_edition.apply(args=[edition.pk], retries=render_edition.max_retries, throw=True)
    edition.refresh_from_db()

    assert edition.render_state == RenderState.FAILED
    assert "a-file" in edition.render_error
    assert "could not be rendered" in caplog.text


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.HEAD])
def test_the_organiser_or_the_head_sends_a_failed_paper_again(
    sent, django_capture_on_commit_callbacks, role
):
    published = a_failed_paper()
    person = published.year.province.a_person(role, published.year.province.police)

    with django_capture_on_commit_callbacks(execute=True):
        edition = editions.print_again(published.edition, by=person)

    assert (edition.render_state, edition.render_error) == (RenderState.WAITING, "")
    assert sent == [edition.pk]


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.LEADER, Role.STAFF, Role.ADMINISTRATOR])
def test_nobody_else_sends_a_paper_again(role):
    published = a_failed_paper()
    person = published.year.province.a_person(role, published.year.province.police)

    with pytest.raises(PermissionDenied):
        editions.print_again(published.edition, by=person)


@pytest.mark.parametrize("state", [RenderState.WAITING, RenderState.RENDERING])
def test_a_paper_on_its_way_is_not_sent_again_by_hand(state):
    published = an_edition()
    edition = in_state(published, state)

    with pytest.raises(MoveRefused, match="đang được kết xuất"):
        editions.print_again(edition, by=published.head)


@pytest.mark.django_db(transaction=True)
def test_two_people_send_a_failed_paper_again_once(sent):
    published = a_failed_paper()
    del sent[:]

    refused = at_once(*[lambda: editions.print_again(published.edition, by=published.head)] * 2)

    assert len(refused) == 1
    assert sent == [published.edition.pk]


@pytest.mark.parametrize(
    ("state", "age", "again"),
    [
        (RenderState.WAITING, clock.WAITS_AT_MOST + timedelta(seconds=5), True),
        (RenderState.WAITING, clock.WAITS_AT_MOST - timedelta(seconds=5), False),
        (RenderState.RENDERING, clock.WAITS_AT_MOST + timedelta(seconds=5), False),
        (RenderState.RENDERING, clock.RENDERS_AT_MOST + timedelta(seconds=5), True),
        (RenderState.FAILED, clock.RENDERS_AT_MOST + timedelta(days=1), False),
    ],
)
def test_the_clock_sends_what_was_lost_and_nothing_else(
    sent, django_capture_on_commit_callbacks, state, age, again
):
    published = an_edition()
    in_state(published, state, sent_at=timezone.now() - age)

    with django_capture_on_commit_callbacks(execute=True):
        clock.send_lost_papers_again()
    with django_capture_on_commit_callbacks(execute=True):
        clock.send_lost_papers_again()

    assert sent == [published.edition.pk] * again


def test_the_clock_knows_the_errand():
    scheduled = [entry["task"] for entry in app.conf.beat_schedule.values()]

    assert clock.send_lost_papers_again.name in scheduled
