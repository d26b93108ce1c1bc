"""What a watcher of the server is told."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

ASK = """
import django
django.setup()
from django.test import Client
answer = Client().get("/{path}")
print(answer.status_code, answer.content.decode())
"""


def ask_elsewhere(path: str, **environment: str) -> str:
    """The answer of a process whose database or broker is not there."""
    return subprocess.run(
        [sys.executable, "-c", ASK.format(path=path)],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[-1]


@pytest.mark.django_db
def test_ready_when_database_broker_and_tables_are_there(client):
    answer = client.get(reverse("readyz"))

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "broker": "ok",
        "migrations": "ok",
    }
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client):
    newest = MigrationRecorder(connection).applied_migrations()
    app, name = max(key for key in newest if key[0] == "reports")
    MigrationRecorder(connection).record_unapplied(app, name)

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    assert answer.json()["migrations"] == "failed"
    assert answer.json()["database"] == "ok"


def test_not_ready_without_a_broker(tmp_path):
    answer = ask_elsewhere("readyz", REDIS_URL=f"unix://{tmp_path}/nobody.sock")

    assert answer.startswith("503")
    assert '"broker": "failed"' in answer


def test_not_ready_without_a_database_yet_alive(tmp_path):
    nowhere = f"postgresql://portal@{str(tmp_path).replace('/', '%2F')}/portal"

    ready = ask_elsewhere("readyz", DATABASE_URL=nowhere)
    alive = ask_elsewhere("healthz", DATABASE_URL=nowhere)

    assert ready.startswith("503")
    assert '"database": "failed"' in ready
    assert '"migrations": "failed"' in ready
    assert alive == '200 {"status": "ok"}'


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_health_is_only_read(client, name):
    assert client.post(reverse(name)).status_code == 405
