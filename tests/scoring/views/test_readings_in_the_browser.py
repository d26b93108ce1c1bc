"""Reported figures and drives as a browser shows them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring.services import drives, reading_tables
from tests.fixtures.browser import DESK, PHONE
from tests.reports.drive_addresses import a_drive
from tests.scoring.reported import a_drawn_period, a_file, open_reports

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_pages_keep_nobody_out_fit_the_screen_and_a_figure_saves_itself(
    page, sign_in, assert_no_barriers
):
    work = open_reports()
    unit = work.province.departments[0]
    work.put("HS-02", "20", by=work.editor)
    work.put("HS-03", "21", by=work.editor)
    drive = a_drive(work.province, by=work.organiser)
    share = drive.shares.get(unit=unit)
    today = timezone.localdate()
    drives.tell(
        share.pk,
        by=work.editor,
        day=today - timedelta(days=1),
        number=9,
        seen_edition=0,
        today=today,
    )
    upload, _ = reading_tables.take_in(
        work.collection, by=work.editor, upload=a_file(f"{unit.code},HS-02,12", "XX,HS-02,1")
    )
    year = a_drawn_period(work.province)
    dossier = year.period.dossiers.get(unit=unit)
    form = reverse("scoring:readings", args=[work.collection.pk, unit.pk])
    for person, pages in (
        (
            work.editor,
            [
                reverse("scoring:collections"),
                form,
                reverse("scoring:reading", args=[work.reading("HS-02").pk]),
                reverse("scoring:readings-preview", args=[upload.pk]),
                reverse("reports:drive-tell", args=[share.pk]),
                reverse("scoring:drawn-dossier", args=[dossier.pk]),
            ],
        ),
        (
            work.organiser,
            [
                reverse("scoring:collection", args=[work.collection.pk]),
                reverse("scoring:collection-open"),
                reverse("scoring:indicators"),
                reverse("scoring:indicator-edit", args=[work.reading("HS-02").indicator_id]),
                reverse("scoring:drawn-block", args=[dossier.block_id]),
                reverse("reports:drives"),
                reverse("reports:drive", args=[drive.pk]),
                reverse("reports:drive-change", args=[drive.pk]),
                reverse("reports:drive-cancel", args=[drive.pk]),
                reverse("reports:drive-open", args=[work.province.police.pk]),
            ],
        ),
    ):
        sign_in(person)
        for address in pages:
            page.goto(address)
            for screen in (DESK, PHONE):
                page.set_viewport_size(screen)
                assert_no_barriers(page)
                assert page.evaluate(WIDER) <= 0, address

    sign_in(work.editor)
    page.goto(form)
    row = f"#so-lieu-{work.reading('TH-02').pk}"
    page.fill(f"{row} [name=amount]", "12,5")
    page.focus("[name=amount] >> nth=0")
    page.wait_for_selector(f"{row} .row-state :text('Đã lưu')")
    assert work.reading("TH-02").amount == Decimal("12.5")
