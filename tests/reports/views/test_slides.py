"""The slides of an edition say what its page says, to the last digit, and nothing else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.models import Edition
from reports.views import edition_tables
from reports.year_before import before_of, changes_since
from tests.fixtures.browser import DESK, PHONE
from tests.reports.situations import an_edition
from tests.worlds import a_province
from units.models import Succession

HALL = {"width": 1920, "height": 1080}


def slides_of(edition: Edition) -> str:
    return reverse("reports:slides", args=[edition.pk])


def two_years() -> tuple[Edition, Edition]:
    """Three units ranked in both years, one that succeeds one of them, and a new one."""
    province = a_province(departments=5)
    then = an_edition(province, verified=3, year=2020, title="Năm trước", made_up=True)
    low = [Decimal(4), Decimal(3), Decimal(2), Decimal(1)]
    now = an_edition(province, verified=5, title="Năm nay", made_up=True, band_floors=low)
    units = province.departments
    Succession.objects.create(
        predecessor=units[2],
        successor=units[3],
        happened_on=now.edition.decided_on - timedelta(days=9),
    )
    return then.edition, now.edition


@pytest.mark.django_db
def test_the_slides_say_what_the_page_of_the_edition_says(client, django_assert_max_num_queries):
    then, now = two_years()
    page = client.get(reverse("reports:edition", args=[now.pk]))
    (table,) = page.context["drawn"]

    with django_assert_max_num_queries(8):
        told = client.get(slides_of(now))
    slides = {slide.kind: slide.told for slide in told.context["slides"]}

    ((block, _),) = slides["means"]["rows"]
    assert block.mean == table.mean
    ((block, bar),) = slides["classes"]["rows"]
    assert list(block.counts) == page.context["figures"].counts
    assert sum(number for _, number in block.counts) == len(table.lines) == 5
    best = [line for line in table.lines if line.entry.band == now.band_labels[0]]
    assert best
    assert slides["best"]["rows"] == best[::-1]
    high_first = client.get(f"{slides_of(now)}?thu-tu=tu-cao").context["slides"]
    assert [slide.told["rows"] for slide in high_first if slide.kind == "best"] == [best]
    assert slides["satisfaction"]["whole"] == page.context["figures"].ratings

    printed = {line.unit_id: line.percent for line in now.results.all()}
    before = {line.unit_id: line.percent for line in then.results.filter(rank__isnull=False)}
    came = Succession.objects.get()
    before[came.successor_id] = before[came.predecessor_id]
    moved = slides["movement"]["moved"]
    assert {row.unit: row.points for row in moved.rows} == {
        unit: printed[unit] - before[unit] for unit in before
    }
    assert slides["movement"]["passed_on"] == 1
    assert [one.name for one in slides["new"]["rows"]] == ["Phòng Nghiệp vụ 5"]
    earlier, lines = before_of(now), list(now.results.filter(rank__isnull=False))
    one = [line for line in lines if line.unit_id not in earlier.printed][:1]
    for some in (one, lines):
        with django_assert_max_num_queries(2):
            assert len(changes_since(now, earlier, some)) == len(some)
    beside = {line.entry.unit_id: line.entry.beside for line in table.lines}
    points = {unit: one.change.points for unit, one in beside.items() if one.change}
    assert points == {row.unit: row.points for row in moved.rows}
    assert beside[came.successor_id].follows == came.predecessor.name
    assert [one.why_not for one in beside.values() if not one.change] == [
        "chưa có kết quả năm 2020"
    ]
    shown = page.content.decode()
    assert "So với năm 2020" in shown
    assert f"theo {came.predecessor.name}, đơn vị tiền thân" in shown
    risen = client.get(f"{reverse('reports:edition', args=[now.pk])}?xep=tang").context["drawn"]
    order = [points[line.entry.unit_id] for line in risen[0].lines if line.entry.unit_id in points]
    assert order == sorted(points.values(), reverse=True)
    text = told.content.decode()
    assert f"kế thừa {came.predecessor.name}" in text or came.successor.name in text
    assert told.context["code"] in text


@pytest.mark.django_db
def test_slides_without_a_best_unit_or_a_year_before_say_so_or_are_left_out(client):
    edition = an_edition(a_province(departments=2), verified=0).edition
    assert edition_tables.figures_of(edition, list(edition.results.all())).ranked == 0

    answer = client.get(f"{slides_of(edition)}?khoi=99&thu-tu=lung-tung", follow=True)

    kinds = [slide.kind for slide in answer.context["slides"]]
    assert kinds == ["title", "means", "classes", "none", "end"]
    assert "Không có đơn vị nào xếp loại" in answer.content.decode()
    assert client.get(reverse("reports:slides", args=[edition.pk + 1])).status_code == 404


def test_the_button_is_for_those_who_oversee_and_slides_run_without_network(
    live_server, page, context, sign_in, assert_no_barriers
):
    _, edition = two_years()
    page.goto(reverse("reports:edition", args=[edition.pk]))
    expect(page.get_by_role("link", name="Trình chiếu")).to_have_count(0)
    sign_in(edition.published_by)
    page.goto(reverse("reports:edition", args=[edition.pk]))
    page.get_by_role("link", name="Trình chiếu").click()
    shown = page.locator(".slide:visible")
    expect(shown).to_have_count(1)
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    total = page.locator("[data-slide]").count()

    best = page.locator(".kind-best").first
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(best).to_be_visible()
    expect(best.locator("[data-step]:not(.still)")).to_have_count(0)
    page.keyboard.press(" ")
    expect(best.locator("[data-step]:not(.still)")).to_have_count(1)
    expect(page.locator("[data-stage-said]")).to_contain_text("Hạng")
    here = page.evaluate("location.hash")
    page.keyboard.press("End")
    expect(page.locator("[data-stage-at]")).to_have_text(f"{total}/{total}")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(page.locator(".kind-title")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Trang sau").click()
    expect(page.locator("[data-stage-at]")).to_have_text(f"2/{total}")

    context.set_offline(False)
    page.evaluate(f"location.hash = '{here}'")
    page.reload()
    expect(best.locator("[data-step]:not(.still)")).to_have_count(1)
    for screen in (DESK, HALL, PHONE):
        page.set_viewport_size(screen)
        for number in range(1, total + 1):
            page.evaluate(f"location.hash = '#/{number}/9'")
            slide = page.locator(f"#trang-{number}")
            expect(slide).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            if screen != PHONE:
                assert slide.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
            if screen == DESK:
                assert_no_barriers(page)
