"""The worker and the clock: which errands exist, and when the clock starts one."""

import os
from datetime import timedelta

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings.base")

app = Celery("cchc_portal", task_cls="cchc_portal.kit.errands:Errand")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="clock")

app.conf.beat_schedule = {
    "resume openings": {
        "task": "scoring.clock.resume_openings",
        "schedule": timedelta(minutes=1),
    },
    "unlink ratings": {
        "task": "scoring.clock.unlink_ratings",
        "schedule": timedelta(hours=1),
    },
    "send lost papers again": {
        "task": "reports.clock.send_lost_papers_again",
        "schedule": timedelta(minutes=5),
    },
    "send lost parts again": {
        "task": "reports.clock.send_lost_parts_again",
        "schedule": timedelta(minutes=1),
    },
    "draw looked at again": {
        "task": "reports.clock.draw_looked_at_again",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 5 * 60},
    },
    "sum long periods": {
        "task": "reports.clock.sum_long_periods",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "check long seals": {
        "task": "reports.clock.check_long_seals",
        "schedule": timedelta(minutes=20),
        "options": {"expires": 20 * 60},
    },
    "write letters": {
        "task": "reports.clock.write_letters",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},  # strokes that nobody took up do not pile up
    },
    "forget letters": {
        "task": "reports.clock.forget_letters",
        "schedule": timedelta(hours=1),
    },
    "send lost previews again": {
        "task": "units.clock.send_lost_previews_again",
        "schedule": timedelta(minutes=5),
    },
}
