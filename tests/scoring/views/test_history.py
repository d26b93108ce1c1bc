"""Who reads what of the log of a component."""

import pytest
from django.urls import reverse

from scoring.services import dossiers, evidence
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.papers import a_document
from tests.worlds import a_draft_dossier, a_submitted_dossier, fill, settle

pytestmark = pytest.mark.django_db


def read(client, score, user) -> str:
    client.force_login(user)
    answer = client.get(reverse("scoring:score-history", args=[score.pk]))
    return " ".join(answer.content.decode().split())


def test_it_tells_who_changed_what_from_and_to(client):
    work = a_draft_dossier()
    fill(work, "1.1.1", {"yes": False}, note="Chưa ban hành.")
    fill(work, "1.1.1", {"yes": True}, note="Đã ban hành.")
    document = a_document(work)
    evidence.attach(work.score("1.1.1"), by=work.editor, document=document)

    said = read(client, work.score("1.1.1"), work.editor)

    assert "<b>Điểm tự chấm:</b> 0,00 → 5,00" in said
    assert "<b>Điểm tự chấm:</b> chưa có → 0,00" in said
    assert f"<b>Minh chứng:</b> chưa có → {document.title}" in said
    assert str(work.editor) in said


def test_the_unit_reads_the_verdict_only_once_it_is_told(client):
    work = a_submitted_dossier()
    settle(work, "1.1.1", points=1, reason="Ban hành chậm.")
    score = work.score("1.1.1")

    assert "Ban hành chậm." not in read(client, score, work.editor)
    assert "Ban hành chậm." in read(client, score, work.verifier)

    dossiers.send_back(work.dossier, by=work.verifier, comment="Xem lại 1.1.1.")
    assert "Ban hành chậm." in read(client, score, work.editor)


def test_a_component_that_nobody_touched_says_so(client):
    work = a_draft_dossier()

    assert "Chưa có thay đổi nào." in read(client, work.score("1.1.1"), work.editor)


def test_a_long_log_costs_no_more_queries_than_a_short_one(client, assert_flat_queries):
    work = a_draft_dossier()
    fill(work, "1.1.1", note="Bản 0")
    client.force_login(work.editor)
    address = reverse("scoring:score-history", args=[work.score("1.1.1").pk])

    def more():
        for number in range(30):
            fill(work, "1.1.1", note=f"Bản {number + 1}")

    assert_flat_queries(lambda: client.get(address), grow=more)


@pytest.mark.django_db(transaction=True)
def test_the_log_opens_in_the_row_and_keeps_nobody_out(page, sign_in, assert_no_barriers):
    work = a_draft_dossier()
    fill(work, "1.1.1", note="Bản đầu.")
    score = fill(work, "1.1.1", note="Bản hai.")
    sign_in(work.editor)

    page.goto(f"{reverse('scoring:dossier', args=[work.dossier.pk])}?dong={score.pk}")
    page.keyboard.press("l")

    page.wait_for_selector(f"#lich-su-{score.pk} ol")
    assert_no_barriers(page)
    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)
        page.goto(reverse("scoring:score-history", args=[score.pk]))
        assert_no_barriers(page)
