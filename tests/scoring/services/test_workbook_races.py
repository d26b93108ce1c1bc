"""A workbook is written while somebody is at the page, or writes another."""

import pytest

from scoring.models import WorkbookUpload
from scoring.rules.workflow import DossierState
from scoring.services import dossiers, workbooks
from tests.races import at_once
from tests.scoring.books import a_book, bring, pick_all, told
from tests.worlds import a_draft_dossier, a_filled_dossier, fill

pytestmark = pytest.mark.django_db(transaction=True)

CODES = ("1.1.1", "1.1.2", "2.1.2", "3.1.3")


def a_large_book(work, note: str):
    return bring(work, filled(work, note))


def filled(work, note: str):
    book = a_book(work)
    book.put("1.1.1", "Có (đạt)", note=note).put("1.1.2", 3, note=note)
    return book.put("2.1.2", 1, note=note).put("3.1.3", "Có (đạt)", note=note)


def notes(work) -> dict[str, str]:
    return {code: work.score(code).self_note for code in CODES}


def test_a_row_saved_between_preview_and_writing_stops_the_whole_book_or_comes_after_it():
    work = a_draft_dossier()
    for turn in range(4):
        upload = a_large_book(work, f"tệp {turn}")
        picks = pick_all(upload)
        before, seen = notes(work), work.score("2.1.2").version

        (refusal,) = at_once(
            lambda upload=upload, picks=picks: workbooks.write(upload, by=work.editor, picks=picks),
            lambda turn=turn, seen=seen: fill(
                work, "2.1.2", note=f"trang {turn}", seen_version=seen
            ),
        )

        if "Chưa ghi dòng nào" in refusal:
            assert notes(work) == before | {"2.1.2": f"trang {turn}"}
            assert told(upload)["2.1.2"].note == f"tệp {turn}"
        else:
            assert notes(work) == dict.fromkeys(CODES, f"tệp {turn}")


def test_of_two_books_written_at_once_one_is_whole_and_the_other_is_told():
    work = a_draft_dossier()
    first, second = a_large_book(work, "một"), a_large_book(work, "hai")
    one, other = pick_all(first), pick_all(second)

    (refusal,) = at_once(
        lambda: workbooks.write(first, by=work.editor, picks=one),
        lambda: workbooks.write(second, by=work.editor, picks=other),
    )

    assert "Chưa ghi dòng nào" in refusal
    assert set(notes(work).values()) in ({"một"}, {"hai"})


def test_one_book_written_twice_at_once_is_written_once():
    work = a_draft_dossier()
    upload = a_large_book(work, "một")
    picks = pick_all(upload)

    def write():
        workbooks.write(upload, by=work.editor, picks=picks)

    assert at_once(write, write) == []
    assert {work.score(code).version for code in CODES} == {2}


def test_a_book_written_while_the_dossier_is_handed_in_is_in_it_or_refused():
    work = a_filled_dossier()
    upload = a_large_book(work, "phút cuối")
    picks, before = pick_all(upload), notes(work)
    seen = work.dossier.scores.stamp()  # what the head looked at lies before both

    (refusal,) = at_once(
        lambda: workbooks.write(upload, by=work.editor, picks=picks),
        lambda: dossiers.submit(work.dossier, by=work.head, seen=seen),
    )

    submitted = work.now().state == DossierState.SUBMITTED
    assert submitted == (notes(work) == before)
    assert ("đã trình nộp" in refusal) == submitted


def test_two_books_brought_at_once_are_both_kept():
    work = a_draft_dossier()
    one, other = filled(work, "một").saved(), filled(work, "hai").saved()

    assert at_once(lambda: bring(work, one), lambda: bring(work, other)) == []
    assert WorkbookUpload.objects.count() == 2
