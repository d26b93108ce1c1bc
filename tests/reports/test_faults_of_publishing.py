"""Whatever dies while a result is published, there is one edition and in the end one file.

The worker, the broker and the database's own process really die here.
"""

import os
import signal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from cchc_portal.kit.engines import Valkey
from cchc_portal.kit.processes import wait_until
from reports.models import Edition, RenderState
from reports.models.edition import CHAIN_LOCK
from reports.services import editions
from scoring.models import Period
from scoring.rules.workflow import PeriodState
from tests.reports import publishing_elsewhere
from tests.reports.situations import a_locked_period, publish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("publishing_faults"),
]


def the_clock_comes_round() -> None:
    """As the clock does every five minutes, once papers have been lost for long enough."""
    now = timezone.now()
    editions.send_lost_ones_again(waiting_since=now, rendering_since=now)


def expect_one_edition_and_one_file(worker) -> None:
    worker.wait_for(lambda: not Edition.objects.without_paper().exists(), 60)
    edition = Edition.objects.get()
    assert edition.period.state == PeriodState.PUBLISHED
    folder = Path(edition.pdf.path).parent
    name = f"{edition.number}-{edition.digest[:16]}"
    assert [file.name for file in folder.glob(f"{name}*")] == [f"{name}.pdf"]


def test_a_worker_that_dies_while_it_draws_leaves_one_edition_and_in_the_end_one_file(real_worker):
    ready = a_locked_period(verified=2)
    edition = publish(ready.period, by=ready.head)
    rendering = Edition.objects.filter(render_state=RenderState.RENDERING)
    assert wait_until(rendering.exists, 90)

    leader = real_worker.process.pid
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text(encoding="ascii")
    for child in children.split():
        os.kill(int(child), signal.SIGKILL)

    edition.refresh_from_db()
    assert edition.render_state == RenderState.RENDERING
    the_clock_comes_round()
    expect_one_edition_and_one_file(real_worker)


def test_a_broker_that_is_dead_when_the_result_is_published_delays_the_file(real_worker, tmp_path):
    ready = a_locked_period()
    broker = Valkey(tmp_path)
    broker.start()
    broker.process.kill()
    broker.process.wait()

    publisher = publishing_elsewhere.begin(ready.period.pk, ready.head.pk, REDIS_URL=broker.address)
    said, _ = publisher.communicate(timeout=120)

    assert publisher.returncode == 0, said
    assert Edition.objects.get().render_state == RenderState.WAITING
    the_clock_comes_round()
    expect_one_edition_and_one_file(real_worker)


def test_a_database_that_dies_while_the_result_is_published_publishes_nothing(real_worker):
    ready = a_locked_period()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [CHAIN_LOCK])
    publisher = publishing_elsewhere.begin(ready.period.pk, ready.head.pk)
    assert wait_until(lambda: bool(backends_that_wait()), 90)

    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s)", backends_that_wait())
        cursor.execute("select pg_advisory_unlock(%s)", [CHAIN_LOCK])
    said, _ = publisher.communicate(timeout=120)

    assert publisher.returncode != 0, said
    assert not Edition.objects.exists()
    assert Period.objects.get(pk=ready.period.pk).state == PeriodState.LOCKED
    publish(ready.period, by=ready.head)
    expect_one_edition_and_one_file(real_worker)


def backends_that_wait() -> list[int]:
    """The database's processes that wait for whoever publishes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_stat_activity where wait_event = 'advisory' and datname = %s",
            [settings.DATABASES["default"]["NAME"]],
        )
        return [pid for (pid,) in cursor.fetchall()]
