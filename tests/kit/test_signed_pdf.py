"""A signed file is ours and signatures, or it is refused, whatever its last signature covers."""

import json
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import pem

from cchc_portal.kit.pdf import render_pdf
from cchc_portal.kit.signed_faults import Fault
from cchc_portal.kit.signed_pdf import examine
from tests.reports import signed as by_hand
from tests.reports.archive import faults
from tests.reports.samples import three_blocks
from tests.units.files import a_pdf


@pytest.fixture(scope="module")
def ours() -> bytes:
    paper = three_blocks()
    return render_pdf("reports/pdf/edition.html", {"paper": paper}, title=paper.title)


@pytest.fixture(scope="module")
def signed(ours) -> bytes:
    return by_hand.signed_by(ours)


def found(content: bytes, ours: bytes, roots: str = "") -> dict:
    return json.loads(examine(BytesIO(content), str(len(ours)), roots))


def test_our_paper_and_its_signatures_are_told_with_name_and_time(ours, signed):
    twice = by_hand.signed_by(signed, "Trần Thị Bình")

    said = found(twice, ours)

    assert said["fault"] == ""
    assert [one["name"] for one in said["signatures"]] == [by_hand.NAME, "Trần Thị Bình"]
    assert said["signatures"][0]["organisation"] == "Công an tỉnh"
    assert said["signatures"][0]["at"]
    assert not said["signatures"][0]["trusted"]


def test_a_key_is_trusted_only_where_its_root_was_named(ours, signed, tmp_path):
    roots = tmp_path / "roots.pem"
    der = by_hand.a_key(by_hand.NAME).signing_cert.dump()
    roots.write_bytes(pem.armor("CERTIFICATE", der))

    (one,) = found(signed, ours, str(roots))["signatures"]

    assert one["trusted"]


def test_the_signed_file_begins_with_ours_stays_for_the_archive_and_embeds_its_letters(
    ours, signed
):
    assert signed.startswith(ours)
    assert faults(signed) == []
    with pikepdf.open(BytesIO(signed)) as paper:
        (field,) = paper.Root.AcroForm.Fields
        left, below, right, above = map(float, field.Rect)
    assert 200 < left < right < 560
    assert 40 < above - below < 70
    assert all(embedded for _, embedded in _fonts(signed))


def _fonts(content: bytes) -> list[tuple[str, bool]]:
    with pikepdf.open(BytesIO(content)) as paper:
        told = [one for one in paper.objects if isinstance(one, pikepdf.Dictionary)]
        return [
            (str(one.FontName), "/FontFile2" in one or "/FontFile3" in one)
            for one in told
            if one.get("/Type") == "/FontDescriptor"
        ]


@pytest.mark.parametrize("harm", [by_hand.emptied, by_hand.with_another_root, by_hand.with_a_note])
def test_a_file_that_was_altered_and_then_signed_is_refused(ours, signed, harm):
    before, after = by_hand.signed_by(harm(ours)), by_hand.signed_by(harm(signed))

    for content in (before, after):
        assert content.startswith(ours)
        assert found(content, ours)["fault"] == Fault.ALTERED


def test_what_is_changed_after_the_last_signature_is_refused(ours, signed):
    assert found(by_hand.emptied(signed), ours)["fault"] == Fault.ALTERED
    assert found(signed + b"\n%a tail\n", ours)["fault"]


def test_a_flipped_byte_of_the_signature_is_found(ours, signed):
    at = signed.index(b"/Contents <", len(ours)) + 400
    broken = signed[:at] + (b"0" if signed[at : at + 1] != b"0" else b"1") + signed[at + 1 :]

    assert found(broken, ours)["fault"] in (Fault.BROKEN, Fault.UNREADABLE)


def test_a_second_file_tied_on_behind_ours_is_no_signature(ours):
    other = by_hand.signed_by(a_pdf("Một văn bản khác"))

    assert found(ours + other, ours)["fault"] in (Fault.ALTERED, Fault.UNREADABLE)


def test_our_file_alone_is_unsigned(ours):
    assert found(ours, ours)["fault"] == Fault.UNSIGNED
