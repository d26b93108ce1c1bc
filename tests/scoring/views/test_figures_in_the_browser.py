"""Figures and the log as a browser shows them."""

import pytest
from django.urls import reverse

from scoring.services import preparation
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.figures import PAPER, a_table, bring_figures, put
from tests.worlds import a_draft_dossier, a_submitted_dossier, settle

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_pages_keep_nobody_out_and_fit_the_screen(page, sign_in, assert_no_barriers):
    work = a_submitted_dossier()
    year = work.year
    settle(work, "1.1.1", points=4, reason="Kế hoạch ban hành chậm ba ngày so với yêu cầu.")
    put(work, "3.1.2", {"points": "5"}, reason="Phối hợp tốt.")
    table = a_table(year).put("3.1.2", "TN-P02", points=99).put("3.1.1", "TN-P01", points=9)
    upload = bring_figures(year, table.put("3.1.2", "TN-P01", points=4))
    preparation.note(year.period, "own", "Một dòng dài. " * 20, by=year.organiser)
    sign_in(year.organiser)

    for name, key in (
        ("figures", year.period.pk),
        ("figures-block", year.block.pk),
        ("figures-preview", upload.pk),
        ("log", year.period.pk),
    ):
        page.goto(reverse(f"scoring:{name}", args=[key]))
        for screen in (DESK, PHONE):
            page.set_viewport_size(screen)
            assert_no_barriers(page)
            assert page.evaluate(WIDER) <= 0, name


def test_a_row_is_sent_when_one_leaves_it_and_not_before_its_source_is_typed(page, sign_in):
    work = a_draft_dossier()
    score = work.score("3.1.2")
    row = f"#don-vi-{score.pk}"
    sign_in(work.year.organiser)
    address = reverse("scoring:figures-block", args=[work.year.block.pk])
    page.goto(f"{address}?dong={score.criterion_id}")

    page.fill(f"{row} [name=points]", "5,5")
    page.fill(f"{row} [name=source]", PAPER)
    assert "Không nhận" not in page.inner_text(row)
    page.focus(".figure-row >> nth=1 >> [name=points]")

    page.wait_for_selector(f"{row} .row-state :text('5,50')")
    assert work.score("3.1.2").verified_source == PAPER
