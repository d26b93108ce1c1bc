"""The tasks of a draft in Excel: out, filled in, brought back, looked through, written."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import Workbook

from cchc_portal.kit import workbook_file
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workbook_file import WorkbookFault
from cchc_portal.kit.workbook_stamp import STAMP_SHEET
from commitments.models import CommitmentTask
from commitments.rules.task_changes import Standing
from commitments.rules.task_table import HEADER_ROW, SHEET, digest
from commitments.rules.terms import TaskTerms
from commitments.rules.workflow import Change, CommitmentVerb
from commitments.services import annexes, commitments, task_tables, tasks
from tests.commitments.situations import TERMS, a_draft, an_annex, fresh, one_in_force
from tests.commitments.tables import bring, left, taken, told, write_all
from units.permissions import Role

WHOLE = TaskTerms(
    area="digital",
    title="=1+1 Số hóa hồ sơ",
    product="@báo cáo",
    measure="-tỷ lệ _x0041_",
    measure_unit="%",
    baseline=Decimal("12.5"),
    target=Decimal("9999999999.1234"),
    due_on=date(2026, 6, 30),
    due_text="6/2026",
    lead="+Đội 1",
    partners="Đội 2\x07",
    aim="reach",
    due_from=date(2026, 1, 1),
    criterion="3.2.1",
    money=Decimal("1.234"),
    proof="http://văn-bản",
)


def refusal(who, draft, table) -> str:
    with pytest.raises(WorkbookFault) as refused:
        bring(who, draft, table)
    return " ".join(refused.value.sentences)


def test_what_came_as_it_went_changes_nothing(who):
    draft = a_draft(who, number_of_tasks=1)
    tasks.add(draft, terms=WHOLE, by=who.editor)

    upload = bring(who, draft, taken(who, draft))

    assert upload.rows == []
    assert left(upload) == []


def test_nothing_in_the_file_can_run(who):
    draft = a_draft(who, number_of_tasks=0)
    tasks.add(draft, terms=WHOLE, by=who.editor)

    kinds = {cell.data_type for row in taken(who, draft).page.iter_rows() for cell in row}

    assert kinds <= {"s", "n", "d"}
    assert taken(who, draft).cell(1, "title").value == "=1+1 Số hóa hồ sơ"


def test_each_column_says_its_rule_and_only_terms_are_open(who, draft):
    table = taken(who, draft)

    assert table.cell(0, "target").value.startswith("Số. Bắt buộc, lớn hơn 0")
    assert table.cell(0, "title").value == "Bắt buộc. Tối đa 500 ký tự."
    assert table.page.protection.sheet
    assert table.cell(0, "title").protection.locked
    assert table.mark(1).protection.locked
    assert not table.cell(1, "title").protection.locked
    assert not table.cell(tasks.TASKS_AT_MOST, "title").protection.locked
    lists = [one for one in table.page.data_validations.dataValidation if one.type == "list"]
    assert len(lists) == 2


def test_rows_are_added_and_changed_in_one_go_and_the_log_tells_of_the_file(who):
    draft = a_draft(who, number_of_tasks=2)
    table = taken(who, draft)
    table.put(2, title="Nhiệm vụ đã sửa", target=25.5, aim="giảm", due_on=date(2026, 9, 2))
    table.put(3, area="Chính quyền điện tử, chính quyền số", title="Mới", due_on="30/06/2026")

    upload = bring(who, draft, table)
    counts = write_all(who, upload)

    first, second, third = draft.tasks.order_by("position")
    assert counts == {"thêm": 1, "sửa": 1, "xóa": 0}
    assert (first.title, first.version) == ("Nhiệm vụ thử 1", 1)
    assert (second.title, second.target, second.aim) == ("Nhiệm vụ đã sửa", Decimal("25.5"), "cut")
    assert second.due_on == date(2026, 9, 2)
    assert third.terms == TaskTerms(area="digital", title="Mới", due_on=date(2026, 6, 30))
    told_of = draft.events.of(CommitmentVerb.WORKBOOK).get()
    assert (told_of.about, told_of.comment) == ("nhiệm vụ.xlsx", "thêm 1, sửa 1")
    assert draft.events.of(CommitmentVerb.EDIT_TASK).count() == 1


def test_a_file_brought_twice_adds_once(who, draft):
    table = taken(who, draft).put(3, area="Cải cách thể chế", title="Mới", due_text="quý I")
    upload = bring(who, draft, table)
    write_all(who, upload)

    again = bring(who, draft, table)

    assert [change.standing for change in told(again)] == [Standing.SAME]
    assert write_all(who, upload) == {"thêm": 0, "sửa": 0, "xóa": 0}
    assert draft.tasks.count() == 3


def test_a_task_that_is_not_in_the_file_stays_unless_chosen(who, draft):
    one, other = draft.tasks.order_by("position")
    upload = bring(who, draft, taken(who, draft).empty(1))

    write_all(who, upload)
    assert draft.tasks.count() == 2
    assert left(upload) == [one]
    write_all(who, upload, removals=[task_tables.Removal(one.pk, one.version)])

    assert list(draft.tasks.values_list("pk", "position")) == [(other.pk, 1)]


def test_rows_put_in_another_order_are_known_by_their_mark(who, draft):
    table = taken(who, draft)
    for column in ("title", "due_on", "area"):
        one, other = table.cell(1, column), table.cell(2, column)
        one.value, other.value = other.value, one.value
    table.mark(1).value, table.mark(2).value = table.mark(2).value, table.mark(1).value

    assert bring(who, draft, table).rows == []


def test_what_somebody_wrote_meanwhile_conflicts_and_shows_both(who, draft):
    task = draft.tasks.first()
    table = taken(who, draft).put(1, lead="Của tệp")
    tasks.edit(task, seen=task.version, terms=TERMS, by=who.head)

    upload = bring(who, draft, table)

    (change,) = told(upload)
    assert change.standing == Standing.CONFLICT
    assert {"Nhiệm vụ", "Chủ trì"} <= {one.label for one in change.differences}
    write_all(who, upload)
    assert fresh(task).lead == "Của tệp"


def test_a_row_nobody_touched_never_undoes_what_was_written_meanwhile(who, draft):
    task = draft.tasks.first()
    table = taken(who, draft)
    tasks.edit(task, seen=task.version, terms=TERMS, by=who.head)

    assert bring(who, draft, table).rows == []
    assert fresh(task).terms == TERMS


def test_a_task_removed_meanwhile_is_offered_to_be_added_again(who, draft):
    task = draft.tasks.first()
    table = taken(who, draft).put(1, lead="Của tệp")
    tasks.remove(task, seen=task.version, by=who.head)

    upload = bring(who, draft, table)

    assert [change.standing for change in told(upload)] == [Standing.GONE]
    write_all(who, upload)
    assert draft.tasks.get(lead="Của tệp").position == 2


def test_a_row_written_after_the_preview_stops_all_of_them(who, draft):
    task = draft.tasks.first()
    table = taken(who, draft).put(1, lead="Của tệp").put(2, lead="Cũng của tệp")
    upload = bring(who, draft, table)
    picks = [task_tables.Pick(one.row.line, one.version) for one in told(upload)]
    tasks.edit(task, seen=task.version, terms=TERMS, by=who.head)

    with pytest.raises(ChangedMeanwhile, match="Chưa ghi dòng nào"):
        task_tables.write(upload, by=who.editor, picks=picks)

    assert not draft.tasks.filter(lead__contains="của tệp").exists()
    assert fresh(task).terms == TERMS


def test_one_task_too_many_stops_all_of_them(who, draft, monkeypatch):
    table = taken(who, draft).put(1, lead="Của tệp")
    table.put(3, area="Cải cách thể chế", title="Mới", due_text="quý I")
    upload = bring(who, draft, table)
    monkeypatch.setattr(tasks, "TASKS_AT_MOST", 2)

    with pytest.raises(MoveRefused, match="không quá 2 nhiệm vụ"):
        write_all(who, upload)

    assert not draft.tasks.filter(lead="Của tệp").exists()


STRANGE = [
    ({"title": None}, "Đề nghị ghi nội dung nhiệm vụ."),
    ({"title": "=SUM(1,2)"}, "là công thức"),
    ({"title": "x" * 501}, "dài 501 ký tự, tối đa 500"),
    ({"title": date(2026, 6, 1)}, "không phải là chữ"),
    ({"area": None}, "còn trống, đề nghị chọn lĩnh vực"),
    ({"area": "Tài chính"}, "đề nghị chọn trong danh sách"),
    ({"aim": "cao hơn"}, "đề nghị chọn trong danh sách"),
    ({"target": "khoảng 20"}, "ghi “khoảng 20”, phải ghi bằng chữ số"),
    ({"target": "12.480"}, "có thể hiểu theo hai cách"),
    ({"target": "=1+1"}, "là công thức"),
    ({"target": 1.23456}, "tối đa 10 chữ số phần nguyên và 4 chữ số lẻ"),
    ({"target": date(2026, 6, 1)}, "là ngày tháng"),
    ({"baseline": 5}, "Có hiện trạng thì cần ghi mức cần đạt"),
    ({"aim": "giảm"}, "cần ghi mức lớn hơn 0"),
    ({"money": -1}, "Kinh phí không thể là số âm"),
    ({"due_on": "tháng sáu"}, "phải là ngày"),
    ({"due_on": "46203"}, "phải là ngày"),
    ({"due_on": date(1890, 1, 1)}, "ngoài các năm"),
    ({"due_on": None}, "Đề nghị ghi thời hạn"),
    ({"due_from": date(2030, 1, 1)}, "không thể trước ngày bắt đầu"),
]


def test_a_row_that_cannot_be_written_is_named_with_the_reason(who):
    draft = a_draft(who, number_of_tasks=len(STRANGE))
    table = taken(who, draft)
    for row, (said, _) in enumerate(STRANGE, start=1):
        table.put(row, **said)

    upload = bring(who, draft, table)

    changes = told(upload)
    assert {change.standing for change in changes} == {Standing.INVALID}
    for change, (said, sentence) in zip(changes, STRANGE, strict=True):
        (fault,) = change.row.faults
        assert sentence in fault, said
        assert f"{change.row.line}" in fault
    pick = task_tables.Pick(changes[0].row.line, changes[0].version)
    with pytest.raises(MoveRefused, match="Chưa ghi dòng nào"):
        task_tables.write(upload, by=who.editor, picks=[pick])


def test_a_row_copied_with_its_mark_is_read_from_neither(who, draft):
    table = taken(who, draft)
    table.put(3, area="Cải cách thể chế", title="Chép", due_text="quý I")
    table.mark(3).value = table.mark(1).value

    upload = bring(who, draft, table)

    assert {change.standing for change in told(upload)} == {Standing.INVALID}
    assert "trùng mã" in told(upload)[0].row.faults[0]


def test_a_file_of_strange_shape_is_refused_with_its_reason(who, draft):
    renamed, moved, missing = taken(who, draft), taken(who, draft), taken(who, draft)
    renamed.page.title = "Khác"
    moved.page.insert_rows(1)
    missing.page.cell(HEADER_ROW, 4).value = "Việc"
    swapped = taken(who, draft)
    one, other = swapped.page.cell(HEADER_ROW, 4), swapped.page.cell(HEADER_ROW, 5)
    one.value, other.value = other.value, one.value
    bare = Workbook()
    bare.active.title = SHEET
    plain = io.BytesIO()
    bare.save(plain)
    forged = taken(who, draft)
    forged.book[STAMP_SHEET]["A1"].value += "x"

    assert f"Không thấy trang “{SHEET}”" in refusal(who, draft, renamed)
    assert "chuyển dòng" in refusal(who, draft, moved)
    assert "Thiếu cột “Nhiệm vụ”" in refusal(who, draft, missing)
    assert "đã bị đổi chỗ" in refusal(who, draft, swapped)
    assert "không phải là tệp tải từ cổng" in refusal(who, draft, plain.getvalue())
    assert "đã bị sửa" in refusal(who, draft, forged)
    assert "không phải là bảng tính" in refusal(who, draft, b"PDF")


def test_a_file_too_large_or_that_swells_is_refused(who, draft, monkeypatch):
    content = taken(who, draft).saved()
    monkeypatch.setattr(workbook_file, "MOST_UNPACKED", 1000)
    assert "bung ra lớn bất thường" in refusal(who, draft, content)
    monkeypatch.setattr(workbook_file, "LARGEST", 1000)
    assert "lớn hơn" in refusal(who, draft, content)


def test_the_file_of_another_unit_year_or_shape_is_refused(who, draft, monkeypatch):
    last_year = taken(who, a_draft(who, year=2025))
    CommitmentTask.objects.filter(commitment=draft).update(version=7)
    old = taken(who, draft)
    monkeypatch.setattr(task_tables, "FORM", 2)
    assert "theo mẫu cũ" in refusal(who, draft, old)
    monkeypatch.undo()

    assert "bản cam kết năm 2025, không phải bản cam kết năm 2026" in refusal(who, draft, last_year)
    neighbour = who.province.departments[1]
    their_editor = who.province.a_person(Role.EDITOR, neighbour)
    other = commitments.draft(neighbour, year=2026, heading=draft.heading, by=their_editor)
    theirs = task_tables.draw(other, by=their_editor)
    assert "không phải của" in refusal(who, draft, theirs)


def test_only_who_writes_for_the_unit_brings_a_file_and_only_into_a_draft(who, draft):
    table = taken(who, draft).put(1, lead="Của tệp").saved()
    upload = bring(who, draft, table)
    with pytest.raises(PermissionDenied):
        task_tables.take_in(draft, by=who.receiving_head, upload=None)
    commitments.sign(draft, seen=fresh(draft).version, by=who.head)

    with pytest.raises(MoveRefused, match="đã ký"):
        bring(who, draft, table)
    with pytest.raises(MoveRefused, match="đã ký"):
        write_all(who, upload)


def test_an_annex_goes_out_without_the_rows_that_only_end_a_task(who):
    whole = one_in_force(who)
    annex = an_annex(who, whole)
    ended, altered = whole.tasks.order_by("position")
    annexes.touch(annex, task=ended, change=Change.CANCEL, by=who.editor)
    annexes.touch(annex, task=altered, change=Change.ALTER, by=who.editor)

    table = taken(who, annex).put(1, lead="Của tệp")
    upload = bring(who, annex, table)
    write_all(who, upload)

    assert left(upload) == []
    assert annex.tasks.get(replaces=altered).lead == "Của tệp"
    assert annex.tasks.filter(replaces=ended).exists()


def test_only_the_last_ten_files_are_kept(who, draft):
    content = taken(who, draft).saved()
    for _ in range(12):
        bring(who, draft, content)

    assert draft.uploads.count() == 10


def test_a_digest_tells_terms_apart():
    assert digest(WHOLE) != digest(TERMS)
    assert digest(WHOLE) == digest(WHOLE)
