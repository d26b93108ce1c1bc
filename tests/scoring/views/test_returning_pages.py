"""The pages on which the assessor sends back and gives more time, and what the unit sees then."""

from datetime import timedelta

import pytest
from django.urls import reverse

from scoring.models import ReturnRemark
from scoring.rules.workflow import DossierState
from scoring.services import dossiers
from scoring.services.extensions import extend
from tests.scoring.views.of_a_dossier import REASON, address, returned, shown
from tests.worlds import (
    a_draft_dossier,
    a_submitted_dossier,
    settle,
)

pytestmark = pytest.mark.django_db


def test_the_unit_reads_the_reason_and_each_remark_and_may_write_only_there(client):
    work = returned(a_submitted_dossier(), "1.1.1", "2.1.1")

    said = shown(client, "dossier", work, work.editor)

    assert REASON in said
    assert "Cơ quan thẩm định trả lại 2 dòng" in said
    assert "Bổ sung 1.1.1." in said
    assert "Bị trả lại <b>2</b>" in said
    assert said.count("data-returned") == 2
    assert said.count("không bị trả lại") == 7
    assert said.count('<form class="score-row"') == 2
    assert 'id="phieu-kien-nghi"' not in said


def test_where_no_row_was_named_every_row_is_open(client):
    work = returned(a_submitted_dossier())

    said = shown(client, "dossier", work, work.editor)

    assert "không nêu riêng dòng nào" in said
    assert said.count('<form class="score-row"') == 9
    assert "Bị trả lại <b>0</b>" in said
    assert 'id="phieu-kien-nghi"' in said


def test_a_row_that_was_not_returned_is_refused_with_a_sentence(client):
    work = returned(a_submitted_dossier(), "1.1.1")
    score = work.score("1.1.3")
    client.force_login(work.editor)

    answer = client.post(
        reverse("scoring:score-save", args=[score.pk]),
        {"version": score.version, "level": "1", "note": "chen vào"},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 409
    assert "không bị trả lại" in answer.content.decode()
    assert work.score("1.1.3").self_note != "chen vào"


def test_the_panel_of_a_row_that_was_not_returned_is_for_reading(client):
    work = returned(a_submitted_dossier(), "1.1.1")
    client.force_login(work.editor)

    open_panel, closed_panel = (
        client.get(reverse("scoring:evidence", args=[work.score(code).pk])).content.decode()
        for code in ("1.1.1", "1.1.3")
    )

    assert "multipart/form-data" in open_panel
    assert "multipart/form-data" not in closed_panel


def test_the_assessor_returns_rows_by_writing_what_is_to_be_mended(client):
    work = a_submitted_dossier()
    key = work.score("1.1.1").pk
    client.force_login(work.verifier)

    answer = client.post(
        address("dossier-return", work), {"comment": REASON, f"remark_{key}": "Thiếu chữ ký."}
    )

    assert answer.status_code == 302
    assert work.now().state == DossierState.RETURNED
    assert ReturnRemark.objects.get().remark == "Thiếu chữ ký."


def test_a_return_without_a_reason_keeps_the_remarks_that_were_typed(client):
    work = a_submitted_dossier()
    key = work.score("1.1.1").pk
    client.force_login(work.verifier)

    answer = client.post(
        address("dossier-return", work), {"comment": " ", f"remark_{key}": "Thiếu chữ ký."}
    )

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Đề nghị ghi rõ lý do." in said
    assert "Thiếu chữ ký." in said
    assert work.now().state == DossierState.SUBMITTED


def test_a_return_that_comes_too_late_keeps_what_was_typed(client):
    work = a_submitted_dossier()
    dossiers.send_back(work.dossier, by=work.verifier, comment="Người khác trả lại")
    client.force_login(work.verifier)

    answer = client.post(address("dossier-return", work), {"comment": REASON})

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "đang ở trạng thái “bị trả lại”" in said
    assert REASON in said


@pytest.mark.parametrize("length", [2001, 10_000])
def test_a_remark_that_is_too_long_is_refused_and_kept(client, length):
    work = a_submitted_dossier()
    key = work.score("1.1.1").pk
    client.force_login(work.verifier)

    answer = client.post(
        address("dossier-return", work), {"comment": REASON, f"remark_{key}": "a" * length}
    )

    assert answer.status_code == 422
    assert "Ý kiến dài quá 2000 ký tự" in answer.content.decode()
    assert "a" * length in answer.content.decode()


def test_the_organiser_gives_more_time_and_the_unit_reads_until_when_and_why(client):
    work = a_draft_dossier()
    until = work.dossier.last_day + timedelta(days=4)
    client.force_login(work.year.organiser)

    answer = client.post(
        address("dossier-extend", work),
        {"until": until.isoformat(), "comment": "Mất điện.", "seen": work.dossier.last_day},
    )

    assert answer.status_code == 302
    said = shown(client, "dossier", work, work.editor)
    assert f"Được gia hạn đến hết ngày {until:%d/%m/%Y}." in said
    assert "Mất điện." in said
    assert f"Hạn nộp hết ngày {until:%d/%m/%Y}" in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"until": ""}, "Đề nghị ghi ngày."),
        ({"until": "32/13/2026"}, "Ngày không hợp lệ"),
        ({"comment": ""}, "Đề nghị ghi rõ lý do."),
        ({"seen": "x"}, "Trang này đã cũ"),
    ],
)
def test_more_time_badly_asked_for_is_refused_and_stays(client, typed, sentence):
    work = a_draft_dossier()
    usual = {
        "until": (work.dossier.last_day + timedelta(days=4)).isoformat(),
        "comment": "Mất điện ở trụ sở.",
        "seen": work.dossier.last_day,
    }
    client.force_login(work.year.organiser)

    answer = client.post(address("dossier-extend", work), usual | typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (usual | typed)["comment"] in answer.content.decode()
    assert work.now().extended_until is None


def test_a_day_somebody_else_has_moved_is_looked_at_again(client):
    work = a_draft_dossier()
    seen = work.dossier.last_day
    work.dossier = extend(
        work.dossier,
        by=work.year.organiser,
        until=seen + timedelta(days=2),
        reason="Mất điện",
        seen=seen,
    )
    client.force_login(work.year.organiser)
    typed = {"until": seen + timedelta(days=5), "comment": "Bão", "seen": seen}

    first = client.post(address("dossier-extend", work), typed)
    again = client.post(address("dossier-extend", work), typed | {"seen": work.dossier.last_day})

    assert first.status_code == 409
    assert f'value="{work.dossier.last_day.isoformat()}"' in first.content.decode()
    assert again.status_code == 302


def test_a_verdict_is_shown_where_the_assessor_writes_what_to_mend(client):
    work = a_submitted_dossier()
    settle(work, "1.1.1", points=1, reason="Kế hoạch thiếu phụ lục.")

    said = shown(client, "dossier-return", work, work.verifier)

    assert "ý kiến thẩm định: Kế hoạch thiếu phụ lục." in said
