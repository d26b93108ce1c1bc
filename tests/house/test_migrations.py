"""The tables are what the models say, and every step there leads from one to the next."""

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = {"units", "scoring", "commitments", "reports"}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_no_two_migrations_lead_on_from_one():
    loader = MigrationLoader(connection)

    assert loader.detect_conflicts() == {}
    assert {app for app, _ in loader.graph.leaf_nodes()} >= OURS


@pytest.mark.django_db
def test_every_trigger_of_the_models_stands_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        standing = {name for (name,) in cursor.fetchall()}

    missing = [
        trigger.get_uri(model)
        for model, trigger in pgtrigger.registered()
        if trigger.get_pgid(model) not in standing
    ]

    assert missing == []
