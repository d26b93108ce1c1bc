"""The kind of a file by its content: what is received, and every refusal in its own words."""

import io

import pytest

from tests.scoring.papers import DOCX, ODS, ODT, PDF, XLSX
from tests.units.files import a_picture, a_zip
from units.rules.file_kinds import (
    KINDS,
    LARGEST,
    FileFault,
    check_size,
    kind_by_type,
    kind_of,
)


def kind(content: bytes):
    return kind_of(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "extension", "in_place"),
    [
        (PDF, "pdf", True),
        (a_picture("PNG"), "png", True),
        (a_picture("JPEG"), "jpg", True),
        (DOCX, "docx", False),
        (XLSX, "xlsx", False),
        (ODT, "odt", False),
        (ODS, "ods", False),
    ],
)
def test_each_kind_is_known_by_its_content(content, extension, in_place):
    found = kind(content)

    assert (found.extension, found.shown_in_place) == (extension, in_place)
    assert kind_by_type(found.content_type) == found


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03" + b"\x00" * 60,
        b"<!doctype html><html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        b"just some words",
        b"<html>%PDF-1.7",
        b"GIF89a%PDF-1.4",
        a_picture("BMP"),
        a_zip({"notes.txt": "x"}),
        a_zip({"META-INF/MANIFEST.MF": "x"}),
        a_zip({"[Content_Types].xml": "<T/>", "ppt/presentation.xml": "<p/>"}),
        a_zip({"mimetype": "application/epub+zip"}),
    ],
)
def test_any_other_content_is_refused_whatever_it_calls_itself(content):
    with pytest.raises(FileFault, match="Chỉ nhận tệp pdf, docx, xlsx, odt, ods, png, jpg"):
        kind(content)


def test_an_empty_file_is_refused():
    with pytest.raises(FileFault, match="rỗng"):
        check_size(0)


def test_a_file_over_the_limit_is_refused_by_the_limit_that_is_set():
    with pytest.raises(FileFault, match="lớn hơn 50 MB"):
        check_size(LARGEST + 1)
    with pytest.raises(FileFault, match="lớn hơn 3 MB"):
        check_size(LARGEST, largest=3 * 1024 * 1024)


def test_a_file_at_the_limit_is_received():
    check_size(LARGEST)


def test_a_damaged_zip_is_refused():
    with pytest.raises(FileFault, match="hỏng"):
        kind(DOCX[:40])


def test_the_file_is_left_at_its_beginning():
    file = io.BytesIO(DOCX)

    kind_of(file)

    assert file.tell() == 0


@pytest.mark.parametrize("found", KINDS)
def test_a_name_that_ends_as_its_kind_does_is_fit(found):
    assert found.fits_name(f"Báo cáo.{found.extension.upper()}")
    assert not found.fits_name("Báo cáo.exe")


def test_a_name_may_end_in_jpeg():
    assert kind_by_type("image/jpeg").fits_name("ảnh.JPEG")
