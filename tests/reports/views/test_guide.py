"""The guides: every picture there, every link leads somewhere, nobody kept out."""

import re

import pytest
from django.urls import reverse

from reports.views.guide import FOLDER, GUIDES
from tests.factories import a_user
from tests.fixtures.browser import DESK, PHONE

pytestmark = pytest.mark.django_db

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def reader(client):
    user = a_user()
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", GUIDES)
def test_every_picture_of_a_guide_is_there_and_every_picture_is_shown(client, reader, name):
    page = client.get(reverse("reports:guide", args=[name])).content.decode()

    shown = re.findall(r'<img src="(pictures/[^"]+)" alt="([^"]+)"', page)
    assert shown
    for source, _ in shown:
        answer = client.get(reverse("reports:guide", args=[name]) + source)
        assert answer.headers["Content-Type"] == "image/png"
        assert b"".join(answer)[:8] == b"\x89PNG\r\n\x1a\n"


def test_no_picture_lies_about_unused():
    written = "".join((FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in GUIDES)

    assert {path.name for path in (FOLDER / "pictures").iterdir()} == set(
        re.findall(r"pictures/([a-z0-9-]+\.png)", written)
    )


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("guide", ["khong-co"]),
        ("guide-picture", ["tu-danh-gia", "khong-co"]),
        ("guide-picture", ["khong-co", "ho-so"]),
    ],
)
def test_what_is_not_there_is_404(client, reader, name, args):
    assert client.get(reverse(f"reports:{name}", args=args)).status_code == 404


def test_the_guides_are_listed_and_reached_from_every_page(client, reader):
    page = client.get(reverse("units:tree")).content.decode()
    assert reverse("reports:guides") in page

    page = client.get(reverse("reports:guides")).content.decode()
    assert all(title in page for title in GUIDES.values())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_guides_keep_nobody_out_and_fit(page, sign_in, assert_no_barriers, screen):
    sign_in(a_user())
    page.set_viewport_size(screen)

    for address in [
        reverse("reports:guides"),
        *(reverse("reports:guide", args=[name]) for name in GUIDES),
    ]:
        page.goto(address)
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0, address
