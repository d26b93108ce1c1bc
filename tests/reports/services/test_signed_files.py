"""Signed files stand beside the edition's own: looked at by a worker, told honestly, kept."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.key_for_show import NAME as FOR_SHOW
from cchc_portal.kit.signed_faults import Fault
from reports.models import SignedFile, SignedKind, SignedState
from reports.services import signed_files
from reports.tasks import check_signed_file, render_edition, sign_edition
from tests.reports import signed as by_hand
from tests.reports.situations import Publication, an_edition
from tests.units.files import a_docx, a_pdf, an_xlsx
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Publication:
    publication = an_edition()
    publication.edition = by_hand.with_paper(publication.edition)
    return publication


def bring(done: Publication, content: bytes, kind: str = SignedKind.BROUGHT, **said) -> SignedFile:
    usual = {"by": done.head, "kind": kind, "declared_not_secret": True}
    row = signed_files.receive(done.edition, upload=by_hand.an_upload(content), **(usual | said))
    check_signed_file(row.pk)
    row.refresh_from_db()
    return row


def test_a_file_signed_elsewhere_is_kept_with_who_brought_it_and_who_signed(done):
    content = by_hand.signed_by(by_hand.paper_of(done.edition))

    row = bring(done, content)

    assert (row.state, row.fault, row.by) == (SignedState.VERIFIED, "", done.head)
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.checked_at
    assert [one["name"] for one in row.signatures] == [by_hand.NAME]
    with row.file.open("rb") as kept:
        assert kept.read() == content
    assert bring(done, content) == row
    assert list(done.edition.signed_files.shown()) == [row]


def test_a_file_whose_first_page_was_emptied_and_then_signed_is_refused(done):
    row = bring(done, by_hand.signed_by(by_hand.emptied(by_hand.paper_of(done.edition))))

    assert (row.state, row.fault) == (SignedState.REFUSED, Fault.ALTERED.label)
    assert not done.edition.signed_files.shown().exists()


def test_a_signed_file_of_another_paper_is_refused(done):
    other = by_hand.with_paper(an_edition(title="Kỳ khác", province=done.year.province).edition)

    row = bring(done, by_hand.signed_by(by_hand.paper_of(other)))

    assert (row.state, row.fault) == (SignedState.REFUSED, Fault.OTHER.label)


def test_a_scan_is_kept_as_a_scan_and_never_called_verified(done):
    row = bring(done, by_hand.signed_by(by_hand.paper_of(done.edition)), SignedKind.SCAN)

    assert (row.state, row.signatures) == (SignedState.UNVERIFIED, [])
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedFile.objects.filter(pk=row.pk).update(
            state=SignedState.VERIFIED, signatures=[{}], checked_at=timezone.now()
        )


def test_the_portal_signs_once_by_its_key_for_show_which_says_so(done):
    for _ in range(2):
        sign_edition(done.edition.pk, done.head.pk)

    (row,) = done.edition.signed_files.all()
    assert (row.kind, row.state) == (SignedKind.PORTAL, SignedState.VERIFIED)
    assert [one["name"] for one in row.signatures] == [FOR_SHOW]
    assert not row.signatures[0]["trusted"]
    with pytest.raises(MoveRefused, match="đã được ký trên cổng"):
        signed_files.sign(done.edition, by=done.head)


def test_a_key_that_cannot_be_opened_is_told_and_signs_nothing(done, settings, tmp_path, client):
    settings.SIGNING_KEY_IS_FOR_SHOW = False
    settings.SIGNING_PKCS12 = str(tmp_path / "khong-co.p12")

    sign_edition(done.edition.pk, done.head.pk)

    assert not done.edition.signed_files.exists()
    client.force_login(done.head)
    assert (
        "Ký không thành công" in client.get(f"/cong-bo/{done.edition.pk}/ban-ky/").content.decode()
    )


def test_only_who_may_signs_and_brings(done):
    province = done.year.province
    others = [
        province.a_person(role, province.police)
        for role in Role
        if role not in (Role.HEAD, Role.ORGANISER)
    ]
    organiser = done.year.organiser

    for person in [*others, organiser]:
        with pytest.raises(PermissionDenied):
            signed_files.sign(done.edition, by=person)
    for person in others:
        with pytest.raises(PermissionDenied):
            bring(done, b"%PDF-1.7", by=person)


@pytest.mark.parametrize(
    ("content", "said", "sentence"),
    [
        (b"", {}, "rỗng"),
        (None, {"declared_not_secret": False}, "bí mật nhà nước"),
    ],
)
def test_what_is_not_received_is_told_why(done, content, said, sentence):
    content = by_hand.paper_of(done.edition) if content is None else content

    with pytest.raises(MoveRefused, match=sentence):
        bring(done, content, **said)
    assert not SignedFile.objects.exists()


@pytest.mark.parametrize("content", [b"not a paper", a_docx("Quyết định"), an_xlsx("1")])
@pytest.mark.parametrize("kind", [SignedKind.BROUGHT, SignedKind.SCAN])
def test_a_signed_file_of_another_kind_is_told_that_only_a_pdf_is_taken(done, content, kind):
    """Not the kinds that a cabinet takes: none of those would be received here."""
    with pytest.raises(MoveRefused) as refused:
        bring(done, content, kind=kind)

    assert "chỉ nhận ở dạng PDF" in refused.value.sentence
    assert "docx" not in refused.value.sentence


def test_an_edition_without_its_paper_is_not_signed():
    publication = an_edition()

    for act in (
        lambda: signed_files.sign(publication.edition, by=publication.head),
        lambda: bring(publication, a_pdf()),
    ):
        with pytest.raises(MoveRefused, match="chưa có tệp PDF"):
            act()


def test_a_withdrawn_file_is_no_longer_shown_and_stays_with_the_reason(done):
    row = bring(done, by_hand.signed_by(by_hand.paper_of(done.edition)))

    with pytest.raises(MoveRefused, match="lý do"):
        signed_files.withdraw(row, by=done.head, reason=" ")
    signed_files.withdraw(row, by=done.year.organiser, reason="Ký nhầm người.")

    row.refresh_from_db()
    assert row.state == SignedState.WITHDRAWN
    assert row.fault == f"{done.year.organiser.full_name}: Ký nhầm người."
    assert not done.edition.signed_files.shown().exists()
    with pytest.raises(MoveRefused, match="đã rút"):
        signed_files.withdraw(row, by=done.head, reason="Lần nữa.")


def test_the_database_lets_nobody_change_what_was_received(done):
    row = bring(done, by_hand.paper_of(done.edition), SignedKind.SCAN)
    changes = ("sha256 = repeat('0', 64)", "file = 'x.pdf'", "by_id = null", "kind = 'portal'")

    for words in (
        *(f"update reports_signedfile set {change}" for change in changes),
        "delete from reports_signedfile",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{words} where id = {row.pk}")


def test_a_file_nobody_has_looked_at_is_sent_again_by_the_clock(
    done, django_capture_on_commit_callbacks, monkeypatch
):
    content = by_hand.signed_by(by_hand.paper_of(done.edition))
    row = signed_files.receive(
        done.edition,
        by=done.head,
        upload=by_hand.an_upload(content),
        kind=SignedKind.BROUGHT,
        declared_not_secret=True,
    )
    sent = []
    monkeypatch.setattr(check_signed_file, "delay", sent.append)

    with django_capture_on_commit_callbacks(execute=True):
        assert signed_files.send_lost_ones_again(waiting_since=timezone.now()) == [row]

    assert sent == [row.pk]
    check_signed_file(row.pk)
    assert signed_files.send_lost_ones_again(waiting_since=timezone.now()) == []
    render_edition(done.edition.pk)
    assert by_hand.paper_of(done.edition) == content[: len(by_hand.paper_of(done.edition))]
