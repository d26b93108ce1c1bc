"""Publishing in a process of its own, whose broker or database may be taken away from it."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import connection


def begin(period: int, head: int, **environment: str) -> subprocess.Popen:
    """The process that publishes the period, on the database of the tests."""
    address = urlsplit(os.environ["DATABASE_URL"])
    database = address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    said = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "cchc_portal.settings.test",
        "PYTHONWARNINGS": "ignore",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reports.publishing_elsewhere", str(period), str(head)],
        cwd=settings.BASE_DIR,
        env=os.environ | said | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _publish(period: str, head: str) -> None:
    from scoring.models import Period
    from tests.reports.situations import publish
    from units.models import User

    assessed = Period.objects.select_related("assessor").get(pk=period)
    publish(assessed, by=User.objects.get(pk=head))


if __name__ == "__main__":
    django.setup()
    _publish(*sys.argv[1:])
