"""The description of a server: complete, in order, and without a secret."""

import re

import pytest
import yaml
from django.conf import settings

SERVICES = {"web", "worker", "clock", "migrate", "db", "redis"}
RUNNING = SERVICES - {"migrate"}


@pytest.fixture(scope="module")
def described() -> dict:
    return yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def example() -> dict[str, str]:
    lines = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_service_is_described(described):
    assert set(described["services"]) == SERVICES


@pytest.mark.parametrize("service", sorted(RUNNING))
def test_every_lasting_service_is_watched_and_started_again(described, service):
    wanted = described["services"][service]

    assert wanted["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert wanted["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", ["web", "worker", "clock"])
def test_portal_starts_only_on_a_migrated_database(described, service):
    after = described["services"][service]["depends_on"]

    assert after["migrate"]["condition"] == "service_completed_successfully"
    assert described["services"]["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"


def test_what_must_not_be_lost_lies_on_named_volumes(described):
    mounted = {
        volume.split(":")[0]
        for service in described["services"].values()
        for volume in service.get("volumes", [])
    }

    assert mounted == set(described["volumes"]) == {"database", "queue", "media"}


def test_no_secret_is_written_down(described, example):
    assert example["SECRET_KEY"] == ""
    assert example["POSTGRES_PASSWORD"] == ""
    assert described["services"]["db"]["environment"]["POSTGRES_PASSWORD"].startswith("${")


def test_every_name_the_settings_read_is_explained_in_the_example(example):
    base = (settings.BASE_DIR / "cchc_portal/settings/base.py").read_text(encoding="utf-8")
    read = set(re.findall(r'(?:environ\.get|required|listed|switched_on)\("([A-Z0-9_]+)"', base))

    set_by_compose_or_image = {"DATABASE_URL", "REDIS_URL", "STATIC_ROOT", "MEDIA_ROOT"}

    assert read - set_by_compose_or_image - set(example) == set()


def test_longest_errand_may_end_before_the_worker_is_killed(described):
    minutes = int(described["services"]["worker"]["stop_grace_period"].removesuffix("m"))

    assert minutes * 60 >= settings.CELERY_TASK_TIME_LIMIT
