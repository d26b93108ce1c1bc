"""Periodic reports as a browser shows them: nobody kept out, texts saved and taken over."""

import pytest
from django.urls import reverse

from tests.fixtures.browser import DESK, PHONE
from tests.periodic.situations import asked, sent
from tests.scoring.reported import open_reports
from tests.worlds import a_province

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_pages_keep_nobody_out_and_what_is_taken_over_saves_itself_like_typing(
    page, sign_in, assert_no_barriers
):
    province = a_province()
    work = open_reports(province)
    work.put("HS-02", "20")
    before = asked(province, year=2025)
    sent(before, procedures="Kỳ trước rà soát 3 thủ tục.")
    who = asked(province)
    who.write("procedures", "Bản đầu tiên của mục này.")
    changed = who.write("procedures", "Rà soát 5 thủ tục.", by=who.head)
    report = who.report()
    args = [report.pk]

    def look(person, *pages):
        sign_in(person)
        for address in pages:
            page.goto(address)
            for screen in (DESK, PHONE):
                page.set_viewport_size(screen)
                assert_no_barriers(page)
                assert page.evaluate(WIDER) <= 0, address

    section = reverse("periodic:section", args=[report.pk, changed.section_id])
    look(
        who.editor,
        reverse("periodic:list"),
        reverse("periodic:report", args=args),
        reverse("periodic:versions", args=[changed.pk]),
        section,
    )
    page.set_viewport_size(DESK)
    field = f"#chu-{changed.pk}"
    page.get_by_role("button", name="Chép để sửa lại").click()
    page.wait_for_selector(".row-state .state-waiting", state="detached")
    assert who.text("procedures").words == "Rà soát 5 thủ tục.\nKỳ trước rà soát 3 thủ tục."
    page.fill(field, "Rà soát 5 thủ tục.")
    page.focus("nav a")
    page.wait_for_selector(".row-state .state-waiting", state="detached")
    look(who.head, reverse("periodic:send", args=args))

    who.send()
    who.accept()
    summary = who.summary()
    look(
        who.organiser,
        reverse("periodic:open"),
        reverse("periodic:round", args=[who.round.pk]),
        reverse("periodic:due", args=[who.round.pk]),
        reverse("periodic:cancel", args=[who.round.pk]),
        reverse("periodic:return", args=args),
        reverse("periodic:section", args=[summary.pk, changed.section_id]),
    )
    page.set_viewport_size(DESK)
    page.get_by_role("button", name="Đưa vào báo cáo").click()
    page.wait_for_selector(".row-state :text('Đã lưu')")
    row = summary.texts.get(section=changed.section_id)
    assert row.words == "Phòng Nghiệp vụ 1: Rà soát 5 thủ tục."
