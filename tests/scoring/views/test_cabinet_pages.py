"""The page of a cabinet, and the documents themselves: who gets what, under which headers."""

import pytest
from django.urls import reverse

from scoring.services import evidence
from tests.scoring.papers import DOCX, PDF, a_document, an_upload
from tests.scoring.views.test_evidence_pages import words
from tests.units.files import a_pdf, a_picture
from tests.worlds import a_draft_dossier
from units import tasks
from units.models import Document
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def work(client):
    built = a_draft_dossier()
    client.force_login(built.editor)
    return built


def at(name: str, *keys: int) -> str:
    return reverse(f"scoring:{name}", args=keys)


def cabinet(client, work, **asked):
    return client.get(at("cabinet", work.dossier.unit_id), asked)


def test_the_cabinet_tells_what_lies_in_it_and_where_it_is_used(client, work):
    paper = a_document(work, title="Kế hoạch năm", number="12/KH")
    a_document(work, DOCX, title="Báo cáo")
    evidence.attach(work.score("1.1.2"), by=work.editor, document=paper, page=1)

    page = words(cabinet(client, work))

    assert "Kế hoạch năm" in page
    assert f"{work.year.period.year}: 1.1.2 tr. 1" in page
    assert "chưa dùng" in page
    assert "trong 2,0 GB" in page


def test_the_cabinet_is_searched_without_diacritics_and_by_kind(client, work):
    a_document(work, title="Kế hoạch năm", paper_kind="plan")
    a_document(work, DOCX, title="Báo cáo", paper_kind="report")

    assert "1–1 trong 1 tài liệu" in words(cabinet(client, work, tim="ke hoach"))
    assert "1–1 trong 1 tài liệu" in words(cabinet(client, work, loai="report"))
    assert "Không có tài liệu nào như vậy" in words(cabinet(client, work, tim="khong co"))


def test_files_come_into_the_cabinet(client, work):
    address = at("cabinet-file", work.dossier.unit_id)
    sent = {"files": [an_upload(PDF), an_upload(b"", "rỗng.pdf")], "declared": "on"}

    answer = client.post(address, sent)

    assert answer.status_code == 409
    assert "rỗng.pdf : Tệp rỗng" in words(answer)
    assert Document.objects.get().title == "báo cáo"


def test_a_paper_kept_elsewhere_is_noted_in_the_cabinet(client, work):
    address = at("cabinet-note", work.dossier.unit_id)

    refused = client.post(address, {"number": "", "declared": "on", "title": "Kế hoạch"})
    client.post(address, {"number": "12/KH", "declared": "on"})

    assert refused.status_code == 409
    assert 'value="Kế hoạch"' in refused.content.decode()
    assert Document.objects.get().kind_words == "VB"


def test_a_document_is_described_and_a_faster_hand_is_told(client, work):
    paper = a_document(work)
    address = at("document-edit", paper.pk)
    typed = {"title": "Tên mới", "number": "1/BC", "version": 1}

    client.post(address, typed)
    late = client.post(address, typed | {"title": "Tên khác"})

    paper.refresh_from_db()
    assert (paper.title, paper.number) == ("Tên mới", "1/BC")
    assert late.status_code == 409
    assert 'value="Tên khác"' in late.content.decode()


def test_a_document_is_withdrawn_with_a_reason_and_leaves_a_trace(client, work):
    paper = a_document(work, title="Đưa nhầm")
    address = at("document-withdraw", paper.pk)

    refused = client.post(address, {"reason": ""})
    client.post(address, {"reason": "Tài liệu của đơn vị khác"})

    assert refused.status_code == 422
    page = words(cabinet(client, work))
    assert "Đã rút (1)" in page
    assert "Lý do: Tài liệu của đơn vị khác" in page
    assert client.get(at("document-file", paper.pk)).status_code == 404


def test_a_document_in_use_says_so_before_anybody_tries(client, work):
    paper = a_document(work)
    evidence.attach(work.score("1.1.1"), by=work.editor, document=paper)

    page = client.get(at("document-withdraw", paper.pk))
    answer = client.post(at("document-withdraw", paper.pk), {"reason": "x"})

    assert "Chưa rút được vì tài liệu đang dùng cho" in words(page)
    assert answer.status_code == 409


def test_the_cabinet_is_flat(client, work, assert_flat_queries):
    def one(n):
        paper = a_document(work, a_picture("PNG", (9 + n, 9)), title=f"Ảnh {n}")
        evidence.attach(work.score("1.1.1"), by=work.editor, document=paper)
        evidence.attach(work.score("1.1.2"), by=work.editor, document=paper)

    one(0)
    assert_flat_queries(lambda: cabinet(client, work), grow=lambda: [one(n) for n in range(1, 8)])


def test_a_document_of_the_cabinet_that_proves_nothing_is_not_the_assessors_to_see(client, work):
    paper = a_document(work)
    client.force_login(work.verifier)

    assert client.get(at("document-file", paper.pk)).status_code == 404
    evidence.attach(work.score("1.1.1"), by=work.editor, document=paper)
    answer = client.get(at("document-file", paper.pk))
    assert answer.status_code == 200
    assert b"".join(answer) == PDF


@pytest.mark.parametrize(
    ("content", "how"), [(PDF, "attachment"), (DOCX, "attachment"), (a_picture("PNG"), "inline")]
)
def test_a_file_is_served_under_headers_that_lock_it_up(client, work, content, how):
    paper = a_document(work, content, title="Báo cáo")

    answer = client.get(at("document-file", paper.pk))

    assert b"".join(answer) == content
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith(how)
    assert answer["X-Frame-Options"] == "DENY"
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "sandbox"):
        assert part in policy
    assert "allow-scripts" not in policy


def test_a_page_is_shown_once_a_worker_has_drawn_it(client, work, monkeypatch):
    paper = a_document(work, a_pdf("Báo cáo", pages=3))
    asked = []
    monkeypatch.setattr(tasks.draw_page, "delay_on_commit", lambda *keys: asked.append(keys))
    view, picture = at("document", paper.pk), at("document-page", paper.pk, 2)

    first = client.get(view, {"trang": 2})
    again = client.get(view, {"trang": 2})
    missing = client.get(picture)
    tasks.draw_page(*asked[0])

    assert asked == [(paper.pk, 2)]
    assert "Đang vẽ trang 2" in words(first)
    assert "Đang vẽ trang 2" in words(again)
    assert missing.status_code == 404
    assert picture in client.get(view, {"trang": 2}).content.decode()
    shown = client.get(picture)
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert b"".join(shown).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("asked", ["0", "99", "x", "", "9" * 30])
def test_a_page_that_is_not_there_becomes_the_nearest_one(client, work, asked):
    paper = a_document(work, a_pdf("Báo cáo", pages=3))

    assert client.get(at("document", paper.pk), {"trang": asked}).status_code == 200
    assert client.get(at("document-page", paper.pk, 4)).status_code == 404


def test_a_page_that_cannot_be_drawn_is_said_to_be_so(client, work, monkeypatch):
    paper = a_document(work)
    monkeypatch.setattr(tasks, "DRAW", "tests.kit.confined_work:crash")
    tasks.draw_page(paper.pk, 1)

    assert "Không vẽ được trang này" in words(client.get(at("document", paper.pk)))


def test_a_file_that_is_lost_from_the_store_is_not_found(client, work):
    paper = a_document(work)
    paper.file.storage.delete(paper.file.name)

    assert client.get(at("document-file", paper.pk)).status_code == 404


def test_the_page_of_a_unit_leads_its_own_people_to_the_cabinet(client, work):
    unit = work.dossier.unit_id
    address = at("cabinet", unit)

    assert address in client.get(reverse("units:unit", args=[unit])).content.decode()
    client.force_login(work.verifier)
    assert address not in client.get(reverse("units:unit", args=[unit])).content.decode()


def test_a_reader_of_the_unit_sees_the_cabinet_and_no_way_to_write(client, work):
    a_document(work)
    client.force_login(work.year.province.a_person(Role.STAFF, work.dossier.unit))

    page = cabinet(client, work).content.decode()

    assert "Rút…" not in page
    assert "data-uploads" not in page
