"""The panel of a component: files brought, picked, noted, located, taken off; what stays typed."""

import re

import pytest
from django.urls import reverse

from scoring.models import Evidence
from scoring.services import evidence
from tests.scoring.papers import DOCX, PDF, a_document, an_upload
from tests.units.files import a_pdf, a_picture
from tests.worlds import a_draft_dossier, a_submitted_dossier, an_open_period
from units.models import Document
from units.permissions import Role
from units.services import documents

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def work(client):
    built = a_draft_dossier()
    client.force_login(built.editor)
    return built


def at(name: str, key: int) -> str:
    return reverse(f"scoring:{name}", args=[key])


def bring(client, work, *uploads, declared: str = "on", **headers):
    address = at("evidence-attach", work.score("1.1.1").pk)
    return client.post(address, {"files": list(uploads), "declared": declared}, **headers)


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_several_files_come_at_once_by_a_plain_form(client, work):
    answer = bring(client, work, an_upload(PDF), an_upload(DOCX, "kế hoạch.docx"))

    assert answer.status_code == 302
    assert set(Evidence.objects.values_list("document__title", flat=True)) == {
        "báo cáo",
        "kế hoạch",
    }


def test_one_bad_file_keeps_no_good_one_away_and_is_named(client, work):
    answer = bring(client, work, an_upload(PDF), an_upload(b"MZ", "a.pdf"))

    assert answer.status_code == 409
    assert "1 tệp chưa nhận được" in words(answer)
    assert "a.pdf : Chỉ nhận tệp" in words(answer)
    assert Evidence.objects.count() == 1


def test_nothing_comes_without_the_declaration(client, work):
    answer = bring(client, work, an_upload(PDF), declared="")

    assert answer.status_code == 422
    assert "bí mật nhà nước trước khi đưa lên" in words(answer)
    assert not Document.objects.exists()


def test_no_file_at_all_is_said(client, work):
    assert "ít nhất một tệp" in words(bring(client, work))


def test_what_is_sent_beyond_the_limit_is_counted_and_not_kept(client, work, settings):
    settings.DOCUMENT_LARGEST = 100_000
    answer = bring(client, work, an_upload(b"%PDF-1.7" + bytes(4_000_000)))

    assert "Tệp lớn hơn 0 MB" in words(answer)


def test_a_script_is_answered_with_the_panel_and_the_count(client, work):
    answer = bring(client, work, an_upload(PDF), headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "1 tài liệu" in words(answer)
    assert "data-piece" in answer.content.decode()


def test_a_closed_pen_files_nothing(client):
    work = a_submitted_dossier()
    client.force_login(work.editor)

    answer = bring(client, work, an_upload(PDF))

    assert answer.status_code == 409
    assert "1 tệp chưa nhận được" in words(answer)
    assert not Document.objects.exists()


def test_a_document_of_the_cabinet_is_found_without_diacritics_and_attached(client, work):
    paper = a_document(work, title="Kế hoạch cải cách hành chính", number="12/KH")
    a_document(work, DOCX, title="Báo cáo khác")
    score = work.score("1.1.1")

    offered = client.get(at("evidence", score.pk), {"tim": "ke hoach cai cach"})
    answer = client.post(at("evidence-pick", score.pk), {"document": paper.pk})

    assert "Kế hoạch cải cách hành chính" in words(offered)
    assert "Báo cáo khác" not in words(offered)
    assert answer.status_code == 302
    assert Evidence.objects.get().document == paper


def test_a_document_of_another_cabinet_is_not_picked(client, work):
    beside = work.year.province.departments[1]
    theirs = documents.file(
        beside,
        by=work.year.province.a_person(Role.EDITOR, beside),
        upload=an_upload(PDF),
        declared_not_secret=True,
    )

    answer = client.post(at("evidence-pick", work.score("1.1.1").pk), {"document": theirs.pk})

    assert answer.status_code == 422
    assert "không có trong tủ" in words(answer)


def test_an_address_elsewhere_is_noted_and_attached(client, work):
    score = work.score("1.1.1")
    typed = {"link": "https://vanban.example.vn/1", "title": "Kế hoạch", "declared": "on"}

    client.post(at("evidence-note", score.pk), typed)

    page = client.get(at("evidence", score.pk)).content.decode()
    assert 'href="https://vanban.example.vn/1" target="_blank" rel="noopener noreferrer' in page


def test_what_was_typed_stays_when_an_address_is_refused(client, work):
    score = work.score("1.1.1")
    typed = {"link": "http://vanban.example.vn/1", "title": "Kế hoạch năm", "declared": "on"}

    answer = client.post(at("evidence-note", score.pk), typed)

    assert answer.status_code == 409
    assert "Chỉ nhận địa chỉ bắt đầu bằng https://" in words(answer)
    assert 'value="http://vanban.example.vn/1"' in answer.content.decode()
    assert 'value="Kế hoạch năm"' in answer.content.decode()
    assert not Document.objects.exists()


def described(piece: Evidence, **typed) -> dict:
    return {
        "title": "Kế hoạch",
        "paper_kind": "plan",
        "number": "12/KH",
        "issued_on": "2026-01-05",
        "page": "2",
        "passage": "47 thủ tục",
        "version": piece.version,
        "document_version": piece.document.version,
    } | typed


def a_piece(work) -> Evidence:
    paper = a_document(work, a_pdf("Báo cáo", pages=3))
    return evidence.attach(work.score("1.1.1"), by=work.editor, document=paper)


def test_page_passage_number_day_and_kind_are_written_together(client, work):
    piece = a_piece(work)

    client.post(at("evidence-edit", piece.pk), described(piece))

    piece.refresh_from_db()
    assert (piece.page, piece.passage) == (2, "47 thủ tục")
    assert piece.document.reference == "Kế hoạch 12/KH, 05/01/2026"


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"page": "9"}, 409, "chỉ có 3 trang"),
        ({"page": "ba"}, 422, "chữ số"),
        ({"issued_on": "32/01/2026"}, 422, "Ngày không hợp lệ"),
        ({"version": "7"}, 409, "người khác thay đổi"),
        ({"document_version": "7"}, 409, "người khác thay đổi"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, work, typed, status, told):
    piece = a_piece(work)

    answer = client.post(at("evidence-edit", piece.pk), described(piece, **typed))

    assert answer.status_code == status
    assert told in words(answer)
    assert 'value="47 thủ tục"' in answer.content.decode()
    piece.refresh_from_db()
    assert (piece.page, piece.document.number) == (None, "")


def test_a_document_is_taken_off_with_a_reason_that_is_shown(client, work):
    piece = a_piece(work)
    address = at("evidence-detach", piece.pk)

    refused = client.post(address, {"reason": ""})
    client.post(address, {"reason": "Gắn nhầm"})

    assert refused.status_code == 422
    page = words(client.get(at("evidence", piece.score_id)))
    assert "Đã gỡ (1)" in page
    assert "Lý do: Gắn nhầm" in page


def test_last_years_document_is_offered_with_its_age(client, work):
    piece = a_piece(work)
    year = work.year.period.year + 1
    now = a_draft_dossier(an_open_period(work.year.province, year=year, title="Kỳ sau"))
    client.force_login(now.editor)

    page = words(client.get(at("evidence", now.score("1.1.1").pk)))

    assert f"Năm {year - 1} dùng cho tiêu chí này" in page
    assert "đưa vào hôm nay" in page
    client.post(at("evidence-pick", now.score("1.1.1").pk), {"document": piece.document_id})
    assert Evidence.objects.filter(document=piece.document).count() == 2


def test_a_reader_is_shown_no_way_to_write(client, work):
    piece = a_piece(work)
    client.force_login(work.year.province.a_person(Role.STAFF, work.dossier.unit))

    page = client.get(at("evidence", piece.score_id)).content.decode()

    assert piece.document.title in page
    assert "<form" not in page.split("data-panel", 1)[1].split("</main>")[0]


def test_the_panel_is_flat(client, work, assert_flat_queries):
    a_piece(work)
    score = work.score("1.1.1")

    def grow():
        for n in range(6):
            paper = a_document(work, a_picture("PNG", (9 + n, 9)), title=f"Ảnh {n}")
            attached = evidence.attach(score, by=work.editor, document=paper)
            if n % 2:
                evidence.detach(attached, by=work.editor, reason="Thử")

    assert_flat_queries(lambda: client.get(at("evidence", score.pk)), grow=grow)
