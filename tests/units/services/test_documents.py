"""A file comes into a unit's cabinet: once, under its digest, by those who may."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import MoveRefused
from tests.kit.scanner import a_scanner
from tests.races import at_once
from tests.scoring.papers import DOCX, PDF, an_upload
from tests.units.files import a_docx, a_locked_pdf
from tests.worlds import a_province
from units.models import Document
from units.permissions import Role
from units.services import documents, intake


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def file(province, *, content=PDF, name="báo cáo.pdf", at=0, role=Role.EDITOR, **said) -> Document:
    unit = province.departments[at]
    words = {"declared_not_secret": True} | said
    return documents.file(
        unit, by=province.a_person(role, unit), upload=an_upload(content, name), **words
    )


@pytest.mark.django_db
def test_a_file_is_stored_under_its_digest_with_what_was_said_of_it(tmp_path):
    document = file(a_province(), title="  Báo  cáo quý ", number="12/BC", office="PC06")

    digest = hashlib.sha256(PDF).hexdigest()
    stored = Document.objects.get(pk=document.pk)
    assert stored.sha256 == digest
    assert stored.file.name == f"documents/{document.unit_id}/{digest[:2]}/{digest}"
    assert (tmp_path / stored.file.name).read_bytes() == PDF
    assert (stored.title, stored.number, stored.office) == ("Báo cáo quý", "12/BC", "PC06")
    assert (stored.content_type, stored.size) == ("application/pdf", len(PDF))


@pytest.mark.django_db
def test_the_kind_is_told_by_the_content_where_the_name_says_none():
    document = file(a_province(), content=DOCX, name="Báo cáo số 12.2026")

    assert document.kind_words == "DOCX"
    assert document.download_name == "Báo cáo số 12.2026.docx"
    assert not document.shown_in_place


@pytest.mark.django_db
def test_the_same_file_twice_in_a_unit_is_one_document(tmp_path):
    province = a_province()
    first = file(province, title="Tên đầu")

    again = file(province, title="Tên sau", name="khác.pdf")

    assert again == first
    assert again.title == "Tên đầu"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
def test_the_same_file_in_two_units_is_a_document_of_each():
    province = a_province()

    assert file(province, at=0) != file(province, at=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\etc\\passwd", "passwd"),
        ("/tmp/../báo cáo.pdf", "báo cáo.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_only_ever_a_name(name, kept):
    upload = an_upload(PDF)
    upload._name = name
    province = a_province()
    unit = province.departments[0]

    document = documents.file(
        unit,
        by=province.a_person(Role.EDITOR, unit),
        upload=upload,
        declared_not_secret=True,
    )

    assert document.file_name == kept


@pytest.mark.django_db
def test_a_file_nobody_declared_free_of_secrets_is_refused():
    with pytest.raises(MoveRefused, match="bí mật nhà nước"):
        file(a_province(), declared_not_secret=False)


@pytest.mark.django_db
def test_a_file_of_another_kind_is_refused_and_not_stored(tmp_path):
    with pytest.raises(MoveRefused, match="Chỉ nhận tệp"):
        file(a_province(), content=b"<html><script>alert(1)</script>", name="a.pdf")

    assert not Document.objects.exists()
    assert not list(tmp_path.rglob("*"))


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.STAFF, Role.VERIFIER, Role.LEADER])
def test_only_those_who_write_for_the_unit_file(role):
    with pytest.raises(PermissionDenied):
        file(a_province(), role=role)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_filed_twice_at_once_is_one_document(tmp_path):
    province = a_province()
    unit = province.departments[0]
    editor = province.a_person(Role.EDITOR, unit)

    def act():
        documents.file(unit, by=editor, upload=an_upload(PDF), declared_not_secret=True)

    assert at_once(act, act, act) == []
    assert Document.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.pdf", "Tệp rỗng"),
        (PDF[:300], "a.pdf", "bị hỏng"),
        (PDF, "kế hoạch TUYỆT MẬT.pdf", "Tên tệp có dấu chỉ độ mật “TUYỆT MẬT”"),
        (a_docx("BÁO CÁO", "TỐI MẬT"), "a.docx", "Nội dung tệp có dấu chỉ độ mật “TỐI MẬT”"),
        (a_locked_pdf(), "a.pdf", "có mật khẩu"),
        (PDF, "a.docx", "nhưng nội dung là tệp PDF"),
    ],
)
def test_a_file_that_is_refused_leaves_nothing_behind(tmp_path, content, name, told):
    with pytest.raises(MoveRefused, match=told):
        file(a_province(), content=content, name=name)

    assert not Document.objects.exists()
    assert not list(tmp_path.rglob("*"))


@pytest.mark.django_db
def test_a_file_over_the_limit_that_is_set_is_refused(settings):
    settings.DOCUMENT_LARGEST = len(PDF) - 1

    with pytest.raises(MoveRefused, match="Tệp lớn hơn 0 MB"):
        file(a_province())


@pytest.mark.django_db
def test_a_file_that_breaks_its_reader_is_refused(monkeypatch):
    monkeypatch.setattr(intake, "EXAMINE", "tests.kit.confined_work:crash")

    with pytest.raises(MoveRefused, match="giới hạn an toàn"):
        file(a_province())


@pytest.mark.django_db
def test_bytes_known_in_another_cabinet_are_not_read_again(monkeypatch):
    province = a_province()
    file(province, at=0)
    monkeypatch.setattr(intake, "EXAMINE", "tests.kit.confined_work:crash")

    assert file(province, at=1).pages == 1


@pytest.mark.django_db
def test_a_full_cabinet_takes_no_more_and_says_how_full_it_is(settings):
    province = a_province()
    file(province, at=0)
    settings.UNIT_STORE_LARGEST = len(PDF) + 10

    with pytest.raises(MoveRefused, match=r"đã dùng .* trong .* không đủ chỗ"):
        file(province, content=DOCX, name="a.docx")
    assert file(province, at=1)


@pytest.mark.django_db
def test_a_virus_is_refused_and_so_is_a_file_nobody_could_scan(settings):
    province = a_province()
    with a_scanner(b"stream: Eicar FOUND\0") as (address, _):
        settings.CLAMD_URL = address
        with pytest.raises(MoveRefused, match=r"mã độc \(Eicar\)"):
            file(province)
    with pytest.raises(MoveRefused, match="máy quét không trả lời"):
        file(province)
    with a_scanner() as (address, received):
        settings.CLAMD_URL = address
        assert file(province)
    assert received == [PDF]


@pytest.mark.django_db
def test_who_declared_a_file_free_of_secrets_is_kept():
    document = file(a_province())

    assert document.declared_by == document.filed_by
    assert document.declared_at
    with pytest.raises(IntegrityError, match="declared"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(declared_at=None, declared_by=None)


@pytest.mark.django_db
def test_half_a_file_is_refused_by_the_database():
    document = file(a_province())

    for spoiled in ({"sha256": ""}, {"size": None}, {"size": 0}, {"file": "", "number": "1/BC"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**spoiled)


@pytest.mark.django_db
def test_a_document_that_is_nothing_is_refused_by_the_database():
    document = file(a_province())

    with pytest.raises(IntegrityError, match="document_is_something"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(file="", sha256="", size=None, number="")
