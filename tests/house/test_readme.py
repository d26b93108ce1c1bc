"""The page a newcomer reads first says nothing that is not so."""

import re

import pytest
from django.conf import settings

from reports.demo.people import PASSWORD
from reports.management.commands.build_demo import ACCOUNTS

LARGEST_PICTURE = 150_000


@pytest.fixture(scope="module")
def readme() -> str:
    return (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")


def test_every_command_it_names_is_in_the_makefile(readme):
    makefile = (settings.BASE_DIR / "Makefile").read_text(encoding="utf-8")

    named = set(re.findall(r"\bmake ([a-z]+)", readme))

    assert {"run", "test", "check", "bench"} <= named
    assert named - set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) == set()


def test_every_account_that_the_demo_prints_is_named_with_the_password(readme):
    assert [who.username for who in ACCOUNTS if f"| `{who.username}` |" not in readme] == []
    assert f"`{PASSWORD}`" in readme


def test_every_page_and_picture_it_points_to_is_there(readme):
    linked = re.findall(r"\]\(([^)]+)\)", readme)

    assert [link for link in linked if not (settings.BASE_DIR / link).exists()] == []


def test_its_two_pictures_are_small(readme):
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)

    sizes = [(settings.BASE_DIR / picture).stat().st_size for picture in pictures]

    assert len(sizes) == 2
    assert max(sizes) < LARGEST_PICTURE


def test_every_variable_it_names_is_read_somewhere(readme):
    table = readme.partition("## Environment of")[2].partition("\n## ")[0]
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b(?=[`=])", table))
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (settings.BASE_DIR / "cchc_portal").rglob("*.py")
    )

    assert {"PORT", "HOST", "DEBUG", "DATABASE_URL", "REDIS_URL"} <= named
    assert [name for name in named if f'"{name}"' not in code] == []
