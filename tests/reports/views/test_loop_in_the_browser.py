"""The flows between commitments and scores as people see them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.services.losses import become_task, losses_of
from scoring.models import Criterion, Dossier
from scoring.rules.kinds import Side
from tests.fixtures.browser import DESK, PHONE
from tests.reports.fed import OUTSIDE, OWN, a_commitment, a_fed_period
from tests.reports.situations import a_disputed_edition
from tests.worlds import a_draft_dossier, a_province
from units.permissions import Role


def test_the_row_of_a_fed_component_is_filled_by_one_press(live_server, page, sign_in):
    year = a_fed_period(a_province(departments=1))
    work = a_draft_dossier(year)
    a_commitment(year, work.dossier.unit, tasks=6, done=5)
    row = work.score(OWN)
    sign_in(work.editor)
    page.goto(reverse("scoring:dossier", args=[work.dossier.pk]) + f"?dong={row.pk}")

    page.get_by_role("button", name="Lấy 5/6").click()

    expect(page.get_by_text("đúng như đã ghi")).to_be_visible()
    assert work.score(OWN).self_answer == {"numerator": "5", "denominator": "6"}

    page.locator(f"#dong-{row.pk} [name=numerator]").fill("4")
    page.locator(f"#ghi-chu-{row.pk}").focus()

    expect(page.get_by_text("Số đã ghi khác số này")).to_be_visible()
    expect(page.get_by_role("button", name="Lấy 5/6")).to_be_visible()


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_of_the_loop_has_barriers_or_is_too_wide(
    live_server, page, sign_in, assert_no_barriers, screen
):
    publication = a_disputed_edition()
    line = publication.edition.results.get(rank=1)
    dossier = Dossier.objects.select_related("unit", "period", "block").get(
        period=publication.edition.period, unit=line.unit
    )
    editor = publication.year.province.a_person(Role.EDITOR, dossier.unit)
    code = losses_of(dossier, Side.SELF).lines[0].code
    task = become_task(dossier, code, Side.SELF, by=editor)
    year = a_fed_period(publication.year.province, title="Kỳ lấy số liệu từ cam kết")
    component = Criterion.objects.get(criteria_set__block=year.block, code=OUTSIDE)
    row = a_draft_dossier(year).score(OWN)
    a_commitment(year, row.dossier.unit)
    page.set_viewport_size(screen)
    pages = [
        (editor, reverse("reports:losses", args=[dossier.pk])),
        (editor, reverse("reports:unit-result", args=[publication.edition.pk, line.pk])),
        (editor, reverse("commitments:task", args=[task.pk])),
        (editor, reverse("reports:fed-figure", args=[row.pk])),
        (editor, reverse("reports:task-proofs", args=[row.pk])),
        (year.organiser, reverse("reports:fed-block", args=[year.block.pk, component.pk])),
    ]

    for user, address in pages:
        sign_in(user)
        page.goto(address)
        assert_no_barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{address} is {wide} px too wide"
