"""What a page of the analysis shows in colours can be taken along: as a table and as a picture."""

import csv
import io

import pytest
from django.urls import reverse
from PIL import Image

from cchc_portal.kit.numerals import half_up
from tests.factories import a_user
from tests.fixtures.browser import DESK
from tests.reports.situations import an_edition
from tests.worlds import a_province


def table(client, edition, page: str, query: str = "") -> list[dict[str, str]]:
    answer = client.get(reverse("reports:analysis", args=[edition.pk, page]) + f"?tai=csv{query}")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert f'filename="{page}-{edition.year}.csv"' in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.django_db
def test_the_files_carry_the_figures_of_the_page_as_it_was_filtered(client):
    published = an_edition(a_province(departments=3), verified=3)
    client.force_login(a_user())
    heat = reverse("reports:analysis", args=[published.edition.pk, "ban-do-nhiet"])
    (line,) = client.get(f"{heat}?tim=vu+2").context["lines"]

    (row,) = table(client, published.edition, "ban-do-nhiet", "&tim=vu+2")
    tiles = table(client, published.edition, "so-do")

    assert row["Đơn vị"] == line.row.name
    shares = [value for name, value in row.items() if name.endswith("(% mất)")]
    assert shares == [str(half_up(cell.lost, 1)) for cell in line.cells]
    assert {one["Xếp loại"] for one in tiles} <= set(published.edition.band_labels)
    assert len(tiles) == 3


@pytest.mark.django_db
def test_criteria_come_as_a_file_for_whoever_may_read_them(client):
    published = an_edition(a_province(departments=3), verified=3)
    client.force_login(published.head)
    page = reverse("reports:analysis", args=[published.edition.pk, "tieu-chi"])
    lines = client.get(page).context["lines"]

    rows = table(client, published.edition, "tieu-chi")

    assert [(one["Mã"], one["Nhận xét"]) for one in rows] == [
        (one.code, one.words) for one in lines
    ]
    client.force_login(a_user())
    assert "text/html" in client.get(f"{page}?tai=csv").headers["Content-Type"]


@pytest.mark.parametrize("name", ["ban-do-nhiet", "so-do"])
def test_the_picture_is_that_of_the_page_in_its_colours(live_server, page, sign_in, name):
    page.set_viewport_size(DESK)
    now = an_edition(a_province(departments=3), verified=3)
    sign_in(now.head)
    page.goto(reverse("reports:analysis", args=[now.edition.pk, name]))

    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải PNG").click()

    assert taken.value.suggested_filename == f"{name}-{now.edition.year}.png"
    with Image.open(taken.value.path()) as picture:
        colours = picture.convert("RGB").getcolors(maxcolors=1 << 24)
        assert picture.width > 600
        assert len(colours) > 20
