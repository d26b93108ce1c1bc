"""The pages of the workbook: down, up, looked through, written, refused."""

import io

import pytest
from django.urls import reverse

from scoring.models import ScoreChange, WorkbookUpload
from tests.scoring.books import Filled, a_book, as_upload, bring
from tests.scoring.papers import PDF
from tests.worlds import a_draft_dossier, a_filled_dossier, fill, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client):
    work = a_draft_dossier()
    client.force_login(work.editor)
    return work


def at(name: str, key: int) -> str:
    return reverse(f"scoring:{name}", args=[key])


def send(client, work, content: bytes):
    return client.post(at("workbook-upload", work.dossier.pk), {"file": as_upload(content)})


def sent_rows(upload: WorkbookUpload, *codes: str, **more) -> dict:
    """What the page sends when these rows are ticked."""
    scores = upload.dossier.scores.filter(criterion__code__in=codes)
    data = dict(more)
    for score in scores:
        data |= {f"dong-{score.pk}": "1", f"phien-ban-{score.pk}": str(score.version)}
    return data


def text(answer) -> str:
    return answer.content.decode()


def test_the_dossier_leads_to_its_workbook(client, work):
    assert at("workbook", work.dossier.pk) in text(client.get(at("dossier", work.dossier.pk)))


def test_the_workbook_comes_as_a_file_that_no_browser_keeps(client, work):
    answer = client.get(at("workbook-file", work.dossier.pk))

    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert f'filename="ho-so-TN-P01-{work.year.period.year}.xlsx"' in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    assert Filled(answer.getvalue()).page_of("1.1.1")


def test_down_filled_in_up_and_written(client, work):
    content = client.get(at("workbook-file", work.dossier.pk)).getvalue()
    book = Filled(content).put("1.2.2", 4, note="Bốn sáng kiến")

    preview = client.get(send(client, work, book.saved()).url)
    assert "4 sáng kiến" in text(preview)
    assert "chưa chấm → <b>5,00</b>" in " ".join(text(preview).split()).replace("> <", "><")
    assert work.score("1.2.2").self_answer is None

    upload = WorkbookUpload.objects.get()
    answer = client.post(at("workbook-apply", upload.pk), sent_rows(upload, "1.2.2"), follow=True)
    assert "Đã ghi 1 dòng từ tệp hồ sơ.xlsx." in text(answer)
    assert work.score("1.2.2").self_note == "Bốn sáng kiến"


def test_the_history_of_a_component_says_through_which_door_a_change_came(client, work):
    fill(work, "1.1.1", {"yes": False})
    upload = bring(work, a_book(work).put("1.1.1", "Có (đạt)"))
    client.post(at("workbook-apply", upload.pk), sent_rows(upload, "1.1.1"))

    page = text(client.get(at("score-history", work.score("1.1.1").pk)))

    assert f"{work.editor} · từ tệp Excel" in page
    assert f"{work.editor} · trên trang" in page


def test_only_ticked_rows_are_written(client, work):
    upload = bring(work, a_book(work).put("1.1.1", "Có (đạt)").put("1.1.2", 0))

    client.post(at("workbook-apply", upload.pk), sent_rows(upload, "1.1.2"))

    assert work.score("1.1.1").self_answer is None
    assert work.score("1.1.2").self_answer == {"value": "0"}


def test_nothing_ticked_is_said_and_nothing_written(client, work):
    upload = bring(work, a_book(work).put("1.1.1", "Có (đạt)"))

    answer = client.post(at("workbook-apply", upload.pk))

    assert answer.status_code == 422
    assert "Chưa chọn dòng nào để ghi." in text(answer)
    assert not ScoreChange.objects.exists()


def test_all_rows_are_ticked_until_somebody_wants_none(client, work):
    upload = bring(work, a_book(work).put("1.1.1", "Có (đạt)"))
    ticked = f'id="chon-{work.score("1.1.1").pk}" checked'

    assert ticked in text(client.get(at("workbook-preview", upload.pk)))
    assert ticked not in text(client.get(at("workbook-preview", upload.pk) + "?chon=khong"))


def test_somebody_faster_is_told_and_what_was_ticked_stays(client, work):
    upload = bring(work, a_book(work).put("1.1.1", "Có (đạt)", note="tệp").put("1.1.2", 0))
    data = sent_rows(upload, "1.1.1", "1.1.2")
    fill(work, "1.1.1", {"yes": False}, note="trang")

    answer = client.post(at("workbook-apply", upload.pk), data)

    assert answer.status_code == 409
    assert "Chưa ghi dòng nào: dòng 1.1.1 vừa được người khác sửa." in text(answer)
    assert "1 dòng có bản mới hơn trên cổng" in text(answer)
    assert f'id="chon-{work.score("1.1.2").pk}" checked' in text(answer)
    assert work.score("1.1.2").self_answer is None


@pytest.mark.parametrize(("way", "note"), [("", "trang"), ("file", "tệp"), ("both", "trang\ntệp")])
def test_of_a_conflict_the_chosen_version_is_kept(client, work, way, note):
    book = a_book(work).put("1.1.1", "Có (đạt)", note="tệp").put("1.1.2", 0)
    score = fill(work, "1.1.1", {"yes": False}, note="trang")
    upload = bring(work, book)

    page = text(client.get(at("workbook-preview", upload.pk)))
    data = sent_rows(upload, "1.1.2") | {
        f"ban-{score.pk}": way,
        f"phien-ban-{score.pk}": score.version,
    }
    client.post(at("workbook-apply", upload.pk), data)

    assert "<del>trang</del>" in page
    assert "<ins>tệp</ins>" in page
    assert work.score("1.1.1").self_note == note
    assert work.score("1.1.2").self_answer == {"value": "0"}


@pytest.mark.parametrize(
    "forged",
    [{"ban-{}": "mine"}, {"phien-ban-{}": "x"}, {"phien-ban-{}": "9" * 30}, {"phien-ban-{}": ""}],
)
def test_a_forged_choice_is_refused(client, work, forged):
    upload = bring(work, a_book(work).put("1.1.1", "Có (đạt)"))
    pk = work.score("1.1.1").pk
    data = sent_rows(upload, "1.1.1") | {name.format(pk): value for name, value in forged.items()}

    assert client.post(at("workbook-apply", upload.pk), data).status_code in (409, 422)
    assert not ScoreChange.objects.exists()


def test_invalid_rows_say_why_and_what_was_typed(client, work):
    upload = bring(work, a_book(work).put("1.2.1", "<b>46", 47, note="đã gõ"))

    page = text(client.get(at("workbook-preview", upload.pk)))

    assert "1 dòng chưa hợp lệ, không ghi được" in page
    assert "phải ghi bằng chữ số" in page
    assert "&lt;b&gt;46" in page
    assert "đã gõ" in page


def test_a_file_that_changes_nothing_says_so(client, work):
    upload = bring(work, a_book(work))

    assert "Không có dòng nào khác với hồ sơ" in text(client.get(at("workbook-preview", upload.pk)))


@pytest.mark.parametrize(
    ("content", "words"),
    [(PDF, "không phải là bảng tính Excel"), (b"", "Tệp rỗng"), (b"PK\x03\x04", "Tệp bị hỏng")],
)
def test_a_refused_file_is_answered_on_the_page(client, work, content, words):
    answer = send(client, work, content)

    assert answer.status_code == 422
    assert words in text(answer)
    assert not WorkbookUpload.objects.exists()


def test_no_file_at_all(client, work):
    answer = client.post(at("workbook-upload", work.dossier.pk))

    assert answer.status_code == 422
    assert "Đề nghị chọn tệp Excel đã điền." in text(answer)


def test_a_hundred_megabytes_are_refused_in_words(client, work, monkeypatch):
    monkeypatch.setattr("cchc_portal.kit.workbook_file.LARGEST", 1000)

    assert "Tệp lớn hơn" in text(send(client, work, a_book(work).saved()))


def test_after_the_deadline_the_workbook_is_to_read_and_the_upload_is_kept(client):
    work = a_filled_dossier()
    client.force_login(work.editor)
    upload = bring(work, a_book(work).put("1.1.2", 5))
    content = a_book(work).put("1.1.2", 6).saved()
    data = sent_rows(upload, "1.1.2")
    hand_in(work)

    page = text(client.get(at("workbook", work.dossier.pk)))
    assert "Tệp tải về chỉ để xem." in page
    assert "Đưa tệp đã điền lên" not in page
    assert send(client, work, content).status_code == 409
    assert client.post(at("workbook-apply", upload.pk), data).status_code == 409
    assert "Nội dung của tệp vẫn được giữ" in text(client.get(at("workbook-preview", upload.pk)))
    locked = Filled(client.get(at("workbook-file", work.dossier.pk)).getvalue())
    assert locked.answer_cell("1.1.2").protection.locked


def test_open_cells_are_open_and_everything_else_is_locked(work):
    book = a_book(work)
    page, row = book.page_of("2.1.1")

    unlocked = {
        cell.column for cells in page.iter_rows() for cell in cells if not cell.protection.locked
    }

    assert unlocked == {8, 9, 10}
    assert page.protection.sheet
    assert page.freeze_panes == "D4"
    assert page.column_dimensions["A"].hidden
    assert page.cell(row, 1).value == "t_dung_han#1"
    lists = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert all(rule.formula1.startswith("'Danh mục'!") for rule in lists)


def test_the_pages_ask_no_more_of_the_database_when_there_is_more(
    client, work, assert_flat_queries
):
    preview = at("workbook-preview", bring(work, a_book(work).put("1.1.1", "Có (đạt)")).pk)
    book = a_book(work)
    for code, answers in {"1.1.1": ("Có (đạt)",), "1.2.2": (4,), "2.1.1": (1, 2)}.items():
        book.put(code, *answers, note=f"Ghi chú {code}")
    larger = at("workbook-preview", bring(work, book).pk)
    pages = iter([preview, preview, larger])

    assert_flat_queries(lambda: client.get(next(pages)), grow=lambda: None)
    assert_flat_queries(
        lambda: client.get(at("workbook", work.dossier.pk)),
        grow=lambda: [bring(work, a_book(work)) for _ in range(3)],
    )


def test_the_download_asks_as_much_for_much_as_for_little(client, work, assert_flat_queries):
    def download():
        answer = client.get(at("workbook-file", work.dossier.pk))
        assert io.BytesIO(answer.getvalue()).read(2) == b"PK"

    assert_flat_queries(
        download, grow=lambda: [fill(work, code) for code in ("1.1.1", "1.2.1", "2.2.1")]
    )
