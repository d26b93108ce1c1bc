"""Production's settings, seen from outside: a process with an environment of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

SERVER = {
    "DJANGO_SETTINGS_MODULE": "cchc_portal.settings.base",
    "SECRET_KEY": "kV8wq2mJ0z-4tYb7nR3xL9cF6hD1sG5aE8uPiOoQrTyWvXnMkZ",
    "ALLOWED_HOSTS": "cchc.example.vn",
    "DATABASE_URL": "postgresql://portal:secret@db:5432/portal",
    "REDIS_URL": "redis://redis:6379/0",
}
# What finds Python and its packages; whatever else the test process carries is not a server's.
OF_THE_MACHINE = ("PATH", "HOME", "LANG", "PYTHONPATH", "LD_LIBRARY_PATH")


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    machine = {name: os.environ[name] for name in OF_THE_MACHINE if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=machine | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_every_check_of_a_deployment():
    answer = manage("check", "--deploy", "--fail-level", "WARNING", **SERVER)

    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_production_does_not_start_without(name):
    incomplete = {key: value for key, value in SERVER.items() if key != name}

    answer = manage("check", **incomplete)

    assert answer.returncode == 1
    assert f"Set {name} in the environment" in answer.stderr


def test_production_never_shows_the_debug_page():
    answer = manage("shell", "-c", "from django.conf import settings; print(settings.DEBUG)")
    on_server = manage(
        "shell",
        "-c",
        "from django.conf import settings; print(settings.DEBUG)",
        **SERVER,
        DEBUG="1",
    )

    assert answer.stdout.splitlines()[-1:] == ["False"], answer.stderr
    assert on_server.stdout.splitlines()[-1:] == ["False"], on_server.stderr


def test_static_files_are_collected_with_their_fingerprints(tmp_path):
    answer = manage("collectstatic", "--noinput", STATIC_ROOT=str(tmp_path / "static"), **SERVER)

    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()
    assert list((tmp_path / "static" / "portal").glob("*.*.css"))


def test_portal_speaks_vietnamese_in_vietnamese_time():
    assert settings.LANGUAGE_CODE == "vi"
    assert settings.TIME_ZONE == "Asia/Ho_Chi_Minh"
    assert settings.CELERY_TIMEZONE == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    "password", ["matkhau123456", "CongAn@123456", "hatinh@12345", "abcdefghijk"]
)
def test_usual_and_short_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_long_unusual_password_is_taken():
    validate_password("sông Ngàn Phố mùa lũ 7")


STORE = "from django.core.files.storage import default_storage as store; print({})"
BUCKET = {
    "S3_BUCKET": "cchc",
    "S3_ENDPOINT_URL": "https://kho.example.vn",
    "S3_ACCESS_KEY": "ten",
    "S3_SECRET_KEY": "khoa",
}


def test_files_lie_on_the_disk_unless_a_bucket_is_named():
    asked = "store.exists('x'), type(store._wrapped).__name__"
    answer = manage("shell", "-c", STORE.format(asked), **SERVER)

    assert answer.stdout.splitlines()[-1:] == ["False FileSystemStorage"], answer.stderr


def test_files_lie_in_the_bucket_that_is_named_and_are_signed_for():
    asked = "store.bucket_name, store.default_acl, store.file_overwrite, store.url('a')"
    answer = manage("shell", "-c", STORE.format(asked), **SERVER, **BUCKET)

    told = answer.stdout.splitlines()[-1]
    assert told.startswith("cchc None False https://kho.example.vn/cchc/a?"), answer.stderr
    assert "X-Amz-Signature=" in told


def test_a_bucket_without_its_keys_is_not_started_with():
    without = {name: value for name, value in BUCKET.items() if name != "S3_SECRET_KEY"}

    answer = manage("check", **SERVER, **without)

    assert answer.returncode == 1
    assert "Set S3_SECRET_KEY in the environment" in answer.stderr


LANE = """
import os, sys
os.environ["PYTEST_XDIST_WORKER"] = sys.argv[1]
from django.conf import settings
print(settings.CELERY_BROKER_URL, settings.CACHES["default"]["LOCATION"], settings.MEDIA_ROOT)
"""


def test_tests_that_run_side_by_side_share_no_queue_no_cache_and_no_folder():
    """Each inherits what the process that directs the run has written into the environment."""
    of_this_lane = ("CCHC_TEST_LANE", "MEDIA_ROOT")
    ours = {name: value for name, value in os.environ.items() if name not in of_this_lane}
    directing = {"DJANGO_SETTINGS_MODULE": "cchc_portal.settings.test", "CCHC_TEST_LANE": "gw0"}
    places = set()
    for lane in ("gw0", "gw1", "gw2"):
        said = subprocess.run(
            [sys.executable, "-c", LANE, lane],
            cwd=settings.BASE_DIR,
            env=ours | {"REDIS_URL": "redis://redis:6379/0"} | directing,
            capture_output=True,
            text=True,
            check=True,
        )
        places.update(said.stdout.split())

    assert len(places) == 9
