"""Files stay short enough to be read in one go."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

LIMITS = {
    "cchc_portal/**/*.py": 300,
    "units/**/*.py": 300,
    "scoring/**/*.py": 300,
    "commitments/**/*.py": 300,
    "reports/**/*.py": 300,
    "tests/**/*.py": 400,
    "templates/**/*.html": 150,
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}


def files(pattern: str) -> list[Path]:
    return [path for path in settings.BASE_DIR.glob(pattern) if "migrations" not in path.parts]


@pytest.mark.parametrize(("pattern", "limit"), LIMITS.items())
def test_no_file_is_longer_than_can_be_read_in_one_go(pattern, limit):
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files(pattern)}

    too_long = {
        str(path.relative_to(settings.BASE_DIR)): length
        for path, length in lengths.items()
        if length > limit
    }

    assert lengths
    assert too_long == {}


def test_no_file_is_named_for_having_no_subject():
    every = [path for pattern in LIMITS for path in files(pattern)]

    nameless = [str(path) for path in every if path.stem in FORBIDDEN_NAMES]

    assert nameless == []


def test_nothing_that_is_made_while_running_is_kept_in_the_repository():
    listed = subprocess.run(
        ["git", "ls-files", "-z", ".venv", "var", "node_modules", "staticfiles", ".env"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git clone")

    assert listed.stdout == ""
