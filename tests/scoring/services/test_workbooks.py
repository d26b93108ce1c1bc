"""The dossier out as a workbook and back: what is told, what is written, what is refused."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import ScoreChange, WorkbookUpload
from scoring.rules.kinds import Door
from scoring.rules.workbook_changes import Standing
from scoring.services import dossiers, workbooks
from tests.scoring.books import a_book, as_upload, bring, pick_all, told, write_all
from tests.worlds import (
    a_draft_dossier,
    a_filled_dossier,
    a_submitted_dossier,
    an_answer,
    fill,
    hand_in,
)

pytestmark = pytest.mark.django_db

ANSWERS = {
    "1.1.1": ("Có (đạt)",),
    "1.1.2": (3,),
    "1.1.3": ("ghi rõ một trong hai",),
    "1.2.1": (46, 47),
    "1.2.2": (4,),
    "2.1.1": (1200, 1250),
    "2.1.2": (1,),
    "2.2.1": ("Đạt", "Không đạt", "Đạt"),
    "3.1.3": ("Không (chưa đạt)",),
}


def filled(work):
    book = a_book(work)
    for code, answers in ANSWERS.items():
        book.put(code, *answers, note=f"Ghi chú {code}")
    return book


def test_a_book_brought_back_as_it_was_changes_nothing():
    work = a_filled_dossier()
    fill(work, "1.2.1", note="  =1+1\n- dòng hai \n")
    fill(work, "2.1.1", {"numerator": "0", "denominator": "0"})

    upload = bring(work, a_book(work))

    assert upload.rows == []
    assert told(upload) == {}


def test_every_kind_of_answer_comes_back_as_it_was_filled_in():
    work = a_draft_dossier()

    upload = bring(work, filled(work))
    assert write_all(work, upload) == len(ANSWERS)

    assert work.score("1.1.1").self_answer == {"yes": True}
    assert work.score("1.1.2").self_answer == {"value": "3"}
    assert work.score("1.1.3").self_answer == {"level": 1}
    assert work.score("1.2.1").self_points == Fraction(460, 47)
    assert work.score("1.2.2").self_answer == {"items": "4"}
    assert work.score("2.1.1").self_answer == {"numerator": "1200", "denominator": "1250"}
    assert work.score("2.1.2").self_answer == {"events": "1"}
    assert work.score("2.2.1").self_answer == {"checked": [0, 2]}
    assert work.score("3.1.3").self_answer == {"yes": False}
    assert work.score("1.2.1").self_note == "Ghi chú 1.2.1"


def test_what_came_in_by_excel_says_so_in_the_log():
    work = a_draft_dossier()
    fill(work, "1.1.1")

    write_all(work, bring(work, a_book(work).put("1.1.2", 0)))

    doors = set(ScoreChange.objects.values_list("score__criterion__code", "door"))
    assert doors == {("1.1.1", Door.PAGE), ("1.1.2", Door.EXCEL)}


def test_the_preview_tells_points_before_and_after_and_writes_nothing():
    work = a_draft_dossier()
    fill(work, "1.2.2", {"items": "2"})

    changes = told(bring(work, a_book(work).put("1.2.2", 4)))

    assert set(changes) == {"1.2.2"}
    assert changes["1.2.2"].standing == Standing.CHANGE
    assert (work.score("1.2.2").self_points, changes["1.2.2"].points) == (5, 5)
    assert work.score("1.2.2").self_answer == {"items": "2"}


def test_a_cell_that_was_emptied_takes_the_answer_away():
    work = a_draft_dossier()
    fill(work, "1.2.1", note="giữ")
    book = a_book(work)
    for line in (0, 1):
        book.answer_cell("1.2.1", line).value = None

    write_all(work, bring(work, book))

    score = work.score("1.2.1")
    assert (score.self_answer, score.self_points, score.self_note) == (None, None, "giữ")


def test_what_was_written_on_the_portal_meanwhile_stays_where_the_file_was_not_touched():
    work = a_draft_dossier()
    book = a_book(work).put("1.1.2", 0)
    fill(work, "1.1.1", note="viết trên cổng")

    upload = bring(work, book)

    assert set(told(upload)) == {"1.1.2"}
    write_all(work, upload)
    assert work.score("1.1.1").self_note == "viết trên cổng"


def test_a_row_changed_in_both_places_is_a_conflict_with_both_versions():
    work = a_draft_dossier()
    book = a_book(work).put("1.1.1", "Có (đạt)", note="từ tệp")
    fill(work, "1.1.1", {"yes": False}, note="từ cổng")

    upload = bring(work, book)

    assert told(upload)["1.1.1"].standing == Standing.CONFLICT
    assert told(upload)["1.1.1"].note == "từ tệp"
    assert work.score("1.1.1").self_note == "từ cổng"


@pytest.mark.parametrize(
    ("way", "note"),
    [(workbooks.Way.FILE, "từ tệp"), (workbooks.Way.BOTH, "từ cổng\ntừ tệp")],
)
def test_of_a_conflict_the_version_of_the_file_is_written_when_it_was_chosen(way, note):
    work = a_draft_dossier()
    book = a_book(work).put("1.1.1", "Có (đạt)", note="từ tệp")
    score = fill(work, "1.1.1", {"yes": False}, note="từ cổng")
    upload = bring(work, book)

    workbooks.write(upload, by=work.editor, picks=[workbooks.Pick(score.pk, score.version, way)])

    assert (work.score("1.1.1").self_note, work.score("1.1.1").self_points) == (note, 5)


def test_both_places_saying_the_same_is_no_conflict():
    work = a_draft_dossier()
    book = a_book(work).put("1.1.1", "Có (đạt)", note="như nhau")
    fill(work, "1.1.1", {"yes": True}, note="như nhau")

    assert told(bring(work, book))["1.1.1"].standing == Standing.SAME


def test_chosen_rows_are_written_and_the_others_wait():
    work = a_draft_dossier()
    upload = bring(work, filled(work))

    picks = pick_all(upload, lambda score: score.criterion.code in ("1.1.1", "2.2.1"))
    assert workbooks.write(upload, by=work.editor, picks=picks) == 2

    changes = told(upload)
    assert changes["1.1.1"].standing == changes["2.2.1"].standing == Standing.SAME
    assert changes["1.1.2"].standing == Standing.CHANGE
    assert work.score("1.1.2").self_answer is None


def test_a_row_that_was_saved_since_the_preview_stops_all_of_them():
    work = a_draft_dossier()
    upload = bring(work, filled(work))
    picks = pick_all(upload)
    fill(work, "2.1.2", {"events": "0"}, note="vừa lưu")

    with pytest.raises(ChangedMeanwhile) as refusal:
        workbooks.write(upload, by=work.editor, picks=picks)

    assert "dòng 2.1.2 vừa được người khác sửa" in refusal.value.sentence
    assert work.score("1.1.1").self_answer is None
    assert told(upload)["2.1.2"].standing == Standing.CONFLICT


def test_a_row_that_the_service_refuses_stops_all_of_them_and_is_named(monkeypatch):
    work = a_draft_dossier()
    upload = bring(work, filled(work))
    saved = workbooks.scores.save_self

    def refusing(score, **said):
        if score.criterion.code == "2.1.2":
            raise MoveRefused("Không được.")
        return saved(score, **said)

    monkeypatch.setattr(workbooks.scores, "save_self", refusing)

    with pytest.raises(MoveRefused) as refusal:
        workbooks.write(upload, by=work.editor, picks=pick_all(upload))

    assert refusal.value.sentence == "Chưa ghi dòng nào. Dòng 2.1.2: Không được."
    assert work.score("1.1.1").self_answer is None


def test_an_invalid_row_cannot_be_written_even_when_it_is_asked_for():
    work = a_draft_dossier()
    upload = bring(work, a_book(work).put("1.2.1", 50, 47))
    score = work.score("1.2.1")

    with pytest.raises(MoveRefused, match=r"dòng 1\.2\.1 trong tệp chưa hợp lệ"):
        workbooks.write(upload, by=work.editor, picks=[workbooks.Pick(score.pk, score.version)])


def test_writing_the_same_book_twice_changes_nothing_more():
    work = a_draft_dossier()
    upload = bring(work, filled(work))
    picks = pick_all(upload)
    workbooks.write(upload, by=work.editor, picks=picks)
    lines = ScoreChange.objects.count()

    assert workbooks.write(upload, by=work.editor, picks=picks) == 0
    assert ScoreChange.objects.count() == lines


def test_the_head_and_a_stranger_at_the_upload():
    work = a_draft_dossier()
    content = filled(work).saved()

    with pytest.raises(PermissionDenied):
        workbooks.take_in(work.now(), by=work.verifier, upload=as_upload(content))
    upload = bring(work, content)
    with pytest.raises(PermissionDenied):
        workbooks.write(upload, by=work.verifier, picks=pick_all(upload))


def test_a_dossier_handed_in_takes_no_book_and_writes_none():
    work = a_submitted_dossier()
    book = a_book(work)

    with pytest.raises(MoveRefused, match="đang ở trạng thái “đã trình nộp”"):
        bring(work, book)
    assert not WorkbookUpload.objects.exists()


def test_a_book_handed_in_before_the_dossier_was_is_kept_but_not_written():
    work = a_filled_dossier()
    upload = bring(work, a_book(work).put("1.1.2", 5))
    picks = pick_all(upload)
    hand_in(work)

    with pytest.raises(MoveRefused):
        workbooks.write(upload, by=work.editor, picks=picks)
    assert told(upload)["1.1.2"].standing == Standing.CHANGE


def test_of_a_dossier_sent_back_only_the_named_components_are_open_in_the_workbook():
    work = a_submitted_dossier()
    remarks = {work.score("1.1.1").pk: "Bổ sung"}
    dossiers.send_back(work.dossier, by=work.verifier, comment="Sửa", remarks=remarks)
    book = a_book(work)
    locked = {code: book.answer_cell(code).protection.locked for code in ("1.1.1", "1.1.2")}
    book.put("1.1.1", "Không (chưa đạt)").put("1.1.2", 4)

    upload = bring(work, book)
    changes = told(upload)

    assert locked == {"1.1.1": False, "1.1.2": True}
    assert changes["1.1.1"].standing == Standing.CHANGE
    assert changes["1.1.2"].standing == Standing.INVALID
    assert "dòng này không bị trả lại" in changes["1.1.2"].faults[0]
    assert write_all(work, upload) == 1


def test_what_was_read_cannot_be_altered():
    work = a_draft_dossier()
    upload = bring(work, filled(work))

    with pytest.raises(IntegrityError):
        WorkbookUpload.objects.filter(pk=upload.pk).update(rows=[])


def test_only_the_newest_few_uploads_of_a_dossier_are_kept(monkeypatch):
    monkeypatch.setattr(workbooks, "KEPT_UPLOADS", 2)
    work = a_draft_dossier()
    content = filled(work).saved()

    kept = [bring(work, content).pk for _ in range(3)]

    assert list(work.dossier.workbooks.values_list("pk", flat=True)) == kept[:0:-1]


def test_not_applicable_is_proposed_where_it_may_be():
    work = a_draft_dossier()

    write_all(work, bring(work, a_book(work).put("2.1.1", excuse="Có", note="Không có hồ sơ")))

    score = work.score("2.1.1")
    assert (score.self_not_applicable, score.self_points) == (True, None)
    assert bring(work, a_book(work)).rows == []


def test_a_ratio_of_nothing_proposes_itself_and_comes_back_unchanged():
    work = a_draft_dossier()

    upload = bring(work, a_book(work).put("2.1.1", 0, 0))
    assert told(upload)["2.1.1"].excused
    write_all(work, upload)

    assert work.score("2.1.1").self_not_applicable
    assert bring(work, a_book(work)).rows == []


def test_an_answer_with_a_fraction_of_points_is_told_exactly():
    work = a_draft_dossier()
    upload = bring(work, a_book(work).put("1.2.1", 46, 47))

    expected = work.score("1.2.1")
    assert told(upload)["1.2.1"].answer == an_answer(
        expected, {"numerator": "46", "denominator": "47"}
    )
    assert told(upload)["1.2.1"].points == Fraction(460, 47)
