"""The clock starts what exists, and everything made for the clock is started by it."""

from cchc_portal.celery import app


def test_clock_starts_every_errand_made_for_it_and_no_other():
    app.loader.import_default_modules()
    made_for_the_clock = {name for name in app.tasks if name.split(".")[1:2] == ["clock"]}

    started = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert made_for_the_clock
    assert started == made_for_the_clock


def test_errands_are_acknowledged_when_done_and_end_before_they_are_given_to_another():
    assert app.conf.task_acks_late is True
    assert app.conf.task_time_limit < app.conf.broker_transport_options["visibility_timeout"]
