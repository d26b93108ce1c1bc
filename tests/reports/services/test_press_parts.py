"""Long papers: drawn in parts by whoever is free, stopped, taken up again, joined once."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from reports import clock, tasks
from reports.models import Edition, Errand, PartState, PressPart, PressRun, RenderState, RunState
from reports.papers import long_papers
from reports.services import editions, press
from reports.tasks import join_parts, render_edition, render_part
from tests.reports.reading import pages, text
from tests.reports.situations import Publication, an_edition
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_parts(settings, tmp_path, monkeypatch):
    """Every decision is long, and a part holds two lines, or one sheet."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(long_papers, "ONE_PASS_AT_MOST", 0)
    monkeypatch.setattr(long_papers, "LINES_A_PART", 2)
    monkeypatch.setattr(long_papers, "SHEETS_A_PART", 1)


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, int]]:
    """What goes to the press, which stands still meanwhile."""
    keys: list[tuple[str, int]] = []
    for name, task in (("part", render_part), ("join", join_parts)):
        for way in ("delay", "delay_on_commit"):
            monkeypatch.setattr(task, way, lambda key, name=name: keys.append((name, key)))
    monkeypatch.setattr(render_edition, "delay", lambda key: keys.append(("paper", key)))
    return keys


def published() -> Publication:
    """Three units in one block, two of them ranked."""
    return an_edition(a_province(departments=3), verified=2)


def a_run(publication: Publication) -> PressRun:
    """The decision, sent off in two parts."""
    render_edition(publication.edition.pk)
    return PressRun.objects.get()


def long_ago(run: PressRun, state: PartState) -> None:
    before = timezone.now() - tasks.LOST_AFTER - timedelta(seconds=5)
    run.parts.update(state=state, begun_at=before, sent_at=before)


def test_a_long_decision_is_drawn_in_parts_joined_and_kept_with_its_edition(sent):
    edition = published().edition
    run = a_run(Publication(None, None, edition))
    assert [name for name, _ in sent] == ["part", "part"]

    for _, key in sent[:2]:
        render_part(key)
    assert sent[2:] == [("join", run.pk)]
    join_parts(run.pk)

    edition.refresh_from_db()
    run.refresh_from_db()
    assert (edition.render_state, run.state) == (RenderState.DONE, RunState.DONE)
    with edition.pdf.open() as file:
        drawn = file.read()
    assert len(pages(drawn)) == 3
    for result in edition.results.all():
        assert text(drawn).count(f"{result.unit_name} ") >= 1
    assert not PressPart.objects.exists()


def test_the_sheets_of_all_ranked_units_come_in_one_file(sent):
    publication = published()
    run = press.ask_for_sheets(publication.edition, by=publication.head)

    for _, key in list(sent):
        render_part(key)
    join_parts(run.pk)

    run.refresh_from_db()
    with run.file.open() as file, ZipFile(io.BytesIO(file.read())) as bundle:
        ranked = publication.edition.results.filter(rank__isnull=False)
        assert len(bundle.namelist()) == 2
        for name, line in zip(bundle.namelist(), ranked.order_by("position"), strict=True):
            assert line.unit_code.lower() in name
            assert line.unit_name in text(bundle.read(name))


def test_a_block_is_read_once_for_all_sheets_of_a_part(sent, monkeypatch):
    monkeypatch.setattr(long_papers, "SHEETS_A_PART", 2)
    publication = published()
    part = press.ask_for_sheets(publication.edition, by=publication.head).parts.get()

    with CaptureQueriesContext(connection) as asked:
        long_papers.draw_part_of_sheets(publication.edition, part)

    whole = [one["sql"] for one in asked if '"block_position" = ' in one["sql"]]
    assert len(whole) == 1


def test_a_part_is_drawn_once_however_often_it_is_sent(sent):
    run = a_run(published())
    key = sent[0][1]

    render_part(key)
    first = PressPart.objects.get(pk=key)
    render_part(key)

    assert PressPart.objects.get(pk=key).begun_at == first.begun_at
    assert run.parts.missing().count() == 1


def test_the_parts_are_not_joined_while_one_is_missing(sent):
    run = a_run(published())
    render_part(sent[0][1])

    join_parts(run.pk)

    run.refresh_from_db()
    assert run.state == RunState.RUNNING


def test_what_is_stopped_is_begun_no_more_and_goes_on_with_what_is_missing(
    sent, django_capture_on_commit_callbacks
):
    publication = published()
    run = a_run(publication)
    (_, first), (_, second) = sent[:2]
    render_part(first)

    press.stop(publication.edition, Errand.PAPER, by=publication.head)
    render_part(second)
    edition = Edition.objects.get()
    assert edition.render_state == RenderState.FAILED
    assert edition.render_error == press.STOPPED
    assert PressPart.objects.get(pk=second).state == PartState.WAITING

    del sent[:]
    with django_capture_on_commit_callbacks(execute=True):
        editions.print_again(edition, by=publication.head)
    render_edition(edition.pk)
    assert sent == [("paper", edition.pk), ("part", second)]
    render_part(second)
    join_parts(run.pk)
    edition.refresh_from_db()
    assert edition.render_state == RenderState.DONE


@pytest.mark.parametrize("state", [PartState.WAITING, PartState.RENDERING])
def test_a_part_whose_worker_died_or_whose_message_was_lost_is_sent_again(sent, state):
    run = a_run(published())
    render_part(sent[0][1])
    missing = run.parts.missing().get()
    long_ago(run, state)
    run.parts.exclude(pk=missing.pk).update(state=PartState.DONE)
    del sent[:]

    clock.send_lost_parts_again()

    assert sent == [("part", missing.pk)]
    render_part(missing.pk)
    assert not run.parts.missing().exists()


def test_a_part_somebody_is_at_is_not_sent_again(sent):
    run = a_run(published())
    run.parts.update(state=PartState.RENDERING, begun_at=timezone.now())
    del sent[:]

    clock.send_lost_parts_again()
    render_part(run.parts.first().pk)

    assert sent == []
    assert run.parts.missing().count() == 2


def test_parts_that_nobody_joined_are_joined_later(sent):
    run = a_run(published())
    for _, key in sent[:2]:
        render_part(key)
    PressRun.objects.update(sent_at=timezone.now() - tasks.LOST_AFTER - timedelta(seconds=5))
    del sent[:]

    clock.send_lost_parts_again()

    assert sent == [("join", run.pk)]


def test_a_part_that_cannot_be_drawn_fails_the_run_and_says_why(sent, settings, tmp_path, caplog):
    run = a_run(published())
    settings.MEDIA_ROOT = tmp_path / "a-file"
    settings.MEDIA_ROOT.write_text("not a folder")

    render_part.apply(args=[sent[0][1]], retries=render_part.max_retries, throw=True)

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "a-file" in run.error
    assert Edition.objects.get().render_state == RenderState.FAILED


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.LEADER, Role.ADMINISTRATOR])
def test_nobody_else_has_sheets_drawn_or_stops_a_run(sent, role):
    publication = published()
    province = publication.year.province
    person = province.a_person(role, province.police)

    with pytest.raises(PermissionDenied):
        press.ask_for_sheets(publication.edition, by=person)
    with pytest.raises(PermissionDenied):
        press.stop(publication.edition, Errand.SHEETS, by=person)


def test_sheets_on_their_way_are_not_asked_for_twice_and_nothing_is_stopped_twice(sent):
    publication = published()
    edition, head = publication.edition, publication.head
    press.ask_for_sheets(edition, by=head)

    with pytest.raises(MoveRefused, match="đang được kết xuất"):
        press.ask_for_sheets(edition, by=head)
    press.stop(edition, Errand.SHEETS, by=head)
    with pytest.raises(MoveRefused, match="Không có lượt"):
        press.stop(edition, Errand.SHEETS, by=head)


def test_sheets_that_were_stopped_go_on_with_the_missing_ones_into_the_same_file(sent):
    publication = published()
    edition, head = publication.edition, publication.head
    run = press.ask_for_sheets(edition, by=head)
    (_, first), (_, second) = sent
    render_part(first)
    press.stop(edition, Errand.SHEETS, by=head)
    render_part(second)
    assert run.parts.missing().get().pk == second

    del sent[:]
    press.ask_for_sheets(edition, by=head)
    assert sent == [("part", second)]
    render_part(second)
    join_parts(run.pk)

    run.refresh_from_db()
    with run.file.open("rb") as file, ZipFile(file) as bundle:
        assert len(bundle.namelist()) == 2


def test_a_run_that_is_done_has_ended_whoever_writes_it(sent):
    from django.db import IntegrityError

    run = a_run(published())

    with pytest.raises(IntegrityError, match="press_run_ends_when_done"):
        PressRun.objects.filter(pk=run.pk).update(state=RunState.DONE)
