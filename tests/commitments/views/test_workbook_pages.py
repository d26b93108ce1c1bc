"""The pages of the Excel file of a draft, and the registers that are taken away."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from commitments.models import TaskUpload
from commitments.rules.register import COLUMNS
from commitments.services import tasks
from tests.commitments.situations import (
    TERMS,
    a_draft,
    add_tasks,
    an_annex,
    fresh,
    one_in_force,
    report_all,
    sign_both,
)
from tests.commitments.tables import Filled, as_upload, bring, taken

REGISTER = reverse("commitments:register")


def upload_to(client, draft, content: bytes):
    address = reverse("commitments:workbook-upload", args=[draft.pk])
    return client.post(address, {"file": as_upload(content)})


@pytest.fixture
def editor(client, who):
    client.force_login(who.editor)
    return client


def sheet(answer):
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def rows_of(answer) -> list[dict]:
    found = list(sheet(answer).iter_rows(min_row=3, values_only=True))
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


def test_a_draft_goes_out_and_comes_back_through_its_pages(editor, draft):
    answer = editor.get(reverse("commitments:workbook-file", args=[draft.pk]))
    table = Filled(b"".join(answer.streaming_content))
    table.put(1, lead="Đội 1").put(3, area="Cải cách thể chế", title="Mới", due_text="quý I")

    preview = upload_to(editor, draft, table.saved())
    kept = TaskUpload.objects.get()
    page = editor.get(preview.url)

    assert answer.headers["Cache-Control"] == "no-store"
    assert preview.url == reverse("commitments:workbook-preview", args=[kept.pk])
    assert "Đội 1" in page.text
    assert "Mới" in page.text
    names = {name: "1" for name in ("dong-6", "dong-8")}
    versions = {"phien-ban-dong-6": "1", "phien-ban-dong-8": "0"}
    written = editor.post(
        reverse("commitments:workbook-apply", args=[kept.pk]), names | versions, follow=True
    )
    assert "Đã ghi từ tệp nhiệm vụ.xlsx: thêm 1, sửa 1." in written.text
    assert list(draft.tasks.values_list("lead", flat=True)) == ["Đội 1", "", ""]


def test_only_chosen_rows_are_written_and_none_chosen_is_said(editor, who, draft):
    table = taken(who, draft).put(1, lead="Một").put(2, lead="Hai")
    kept = bring(who, draft, table)
    address = reverse("commitments:workbook-apply", args=[kept.pk])

    nothing = editor.post(address, {"phien-ban-dong-6": "1", "phien-ban-dong-7": "1"})
    assert nothing.status_code == 422
    assert "Chưa chọn dòng nào để ghi." in nothing.text
    editor.post(address, {"dong-7": "1", "phien-ban-dong-6": "1", "phien-ban-dong-7": "1"})

    assert list(draft.tasks.values_list("lead", flat=True)) == ["", "Hai"]


def test_a_task_that_is_not_in_the_file_is_removed_only_when_ticked(editor, who, draft):
    first = draft.tasks.first()
    kept = bring(who, draft, taken(who, draft).empty(1))
    page = editor.get(reverse("commitments:workbook-preview", args=[kept.pk]))
    box = f'name="bo-{first.pk}" value="1" id="chon-bo-{first.pk}">'

    assert box in page.text
    sent = {f"bo-{first.pk}": "1", f"phien-ban-bo-{first.pk}": first.version}
    editor.post(reverse("commitments:workbook-apply", args=[kept.pk]), sent)

    assert not draft.tasks.filter(pk=first.pk).exists()


def test_whoever_was_overtaken_is_told_and_sees_the_row_as_a_conflict(editor, who, draft):
    task = draft.tasks.first()
    kept = bring(who, draft, taken(who, draft).put(1, lead="Của tệp"))
    tasks.edit(task, seen=task.version, terms=TERMS, by=who.head)

    sent = {"dong-6": "1", "phien-ban-dong-6": task.version}
    answer = editor.post(reverse("commitments:workbook-apply", args=[kept.pk]), sent)

    assert answer.status_code == 409
    assert "Chưa ghi dòng nào" in answer.text
    assert "1 nhiệm vụ có bản mới hơn trên cổng" in answer.text
    assert 'id="chon-dong-6">' in answer.text, "what was not seen must not stay ticked"
    assert fresh(task).lead == ""


def test_a_file_that_cannot_be_read_is_refused_on_the_page(editor, draft):
    answer = upload_to(editor, draft, b"khong phai")

    assert answer.status_code == 422
    assert "Tệp không phải là bảng tính Excel" in answer.text
    assert editor.post(reverse("commitments:workbook-upload", args=[draft.pk])).status_code == 422


def test_a_signed_paper_has_no_file_to_fill_in(editor, signed):
    for name in ("workbook", "workbook-file"):
        answer = editor.get(reverse(f"commitments:{name}", args=[signed.pk]))
        assert answer.status_code == 409
        assert "đã ký" in answer.text
    assert upload_to(editor, signed, b"x").status_code in (409, 422)


def test_the_preview_is_flat(editor, who, assert_flat_queries):
    draft = a_draft(who, number_of_tasks=30)
    shown = [bring(who, draft, taken(who, draft).put(1, lead="Một"))]

    def grow():
        table = taken(who, draft)
        for row in range(1, 31):
            table.put(row, lead="Nhiều")
        for row in range(31, 61):
            table.put(row, area="Cải cách thể chế", title=f"Mới {row}", due_text="quý I")
        shown[0] = bring(who, draft, table)

    assert_flat_queries(
        lambda: editor.get(reverse("commitments:workbook-preview", args=[shown[0].pk])), grow=grow
    )


def test_the_register_holds_what_the_list_shows_and_what_came_of_it(client, who):
    in_force = one_in_force(who, year=2025)
    report_all(who, in_force)
    draft = a_draft(who, number_of_tasks=0)
    terms = replace(TERMS, title="=1+1", measure="tỷ lệ", measure_unit="%", target=Decimal("85.5"))
    tasks.add(draft, terms=terms, by=who.editor)
    client.force_login(who.receiving_head)

    every = rows_of(client.get(REGISTER))
    of_2025 = rows_of(client.get(REGISTER, {"year": 2025}))

    assert [row["Năm"] for row in every] == [2026, 2025, 2025]
    assert (every[0]["Nhiệm vụ"], every[0]["Tình trạng"]) == ("=1+1", None)
    assert (every[0]["Mức cần đạt"], every[0]["Đơn vị tính"]) == (85.5, "%")
    assert (every[0]["Hiện trạng"], every[0]["Hướng của chỉ tiêu"]) == (None, "đạt mức")
    assert [row["Kết quả thực hiện"] for row in of_2025] == ["Đã làm một phần."] * 2
    assert of_2025[0]["Đơn vị"] == who.unit.name
    assert tuple(of_2025[0]) == tuple(column.title for column in COLUMNS)
    assert rows_of(client.get(REGISTER, {"state": "draft"})) == every[:1]
    assert rows_of(client.get(REGISTER, {"words": "không có"})) == []
    assert client.get(REGISTER, {"year": "x"}).status_code == 422


def test_the_register_of_one_takes_its_annexes_in(client, who):
    whole = one_in_force(who)
    annex = an_annex(who, whole)
    add_tasks(who, annex, 1)
    client.force_login(who.receiving_head)
    address = reverse("commitments:register-of", args=[whole.pk])

    before = rows_of(client.get(address))
    sign_both(who, annex)

    assert [row["TT"] for row in before] == ["1", "2"]
    assert [row["TT"] for row in rows_of(client.get(address))] == ["1", "2", "PL1.1"]
    own = rows_of(client.get(reverse("commitments:register-of", args=[annex.pk])))
    assert [row["TT"] for row in own] == ["PL1.1"]


def test_the_register_is_flat(client, who, assert_flat_queries):
    client.force_login(who.receiving_head)
    one_in_force(who, year=2010)

    assert_flat_queries(
        lambda: sheet(client.get(REGISTER)),
        grow=lambda: [one_in_force(who, year=year) for year in range(2011, 2020)],
    )
