"""Signed files on their pages: brought, told, withdrawn; the public sees what holds."""

import pytest
from django.urls import reverse

from reports.models import SignedFile, SignedKind, SignedState
from reports.tasks import check_signed_file, sign_edition
from tests.factories import PASSWORD
from tests.reports import signed as by_hand
from tests.reports.situations import Publication, an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(client) -> Publication:
    publication = an_edition()
    publication.edition = by_hand.with_paper(publication.edition)
    client.force_login(publication.head)
    return publication


def bring(client, done: Publication, content: bytes, **said):
    usual = {"kind": SignedKind.BROUGHT, "declared": "on", "upload": by_hand.an_upload(content)}
    address = reverse("reports:signed", args=[done.edition.pk])
    return client.post(address, usual | said)


def file_of(row: SignedFile) -> str:
    return reverse("reports:signed-file", args=[row.edition_id, row.pk])


def test_what_is_brought_is_told_to_the_public_once_it_was_found_to_hold(client, done):
    paper = by_hand.paper_of(done.edition)
    edition = reverse("reports:edition", args=[done.edition.pk])

    answer = bring(client, done, by_hand.signed_by(paper))
    row = SignedFile.objects.get()
    client.logout()
    assert (answer.status_code, row.state) == (302, SignedState.WAITING)
    assert "đã ký số" not in client.get(edition).content.decode()
    assert client.get(file_of(row)).status_code == 404

    check_signed_file(row.pk)
    shown = client.get(edition).content.decode()
    assert "Quyết định đã ký số (PDF)" in shown
    assert by_hand.NAME in shown
    assert "chưa xác định được độ tin cậy" in shown
    assert b"".join(client.get(file_of(row))).startswith(paper)


def test_what_does_not_hold_is_told_to_whoever_brought_it_and_to_nobody_else(client, done):
    bring(client, done, by_hand.signed_by(by_hand.emptied(by_hand.paper_of(done.edition))))
    row = SignedFile.objects.get()
    check_signed_file(row.pk)

    page = client.get(reverse("reports:signed", args=[done.edition.pk])).content.decode()

    assert "Nội dung của quyết định đã bị thay đổi sau khi tải về" in page
    assert b"".join(client.get(file_of(row))).startswith(b"%PDF-")
    client.logout()
    assert client.get(file_of(row)).status_code == 404


def test_what_cannot_be_received_is_told_and_what_was_chosen_stays(client, done):
    missing = client.post(reverse("reports:signed", args=[done.edition.pk]), {"kind": "scan"})
    refused = bring(client, done, b"not a paper", kind=SignedKind.SCAN)

    assert (missing.status_code, refused.status_code) == (422, 409)
    assert "Đề nghị chọn tệp." in missing.content.decode()
    for page in (missing, refused):
        assert page.context["form"]["kind"].value() == "scan"
    assert not SignedFile.objects.exists()


def test_a_withdrawn_file_leaves_the_public_page_with_its_reason_kept(client, done):
    bring(client, done, by_hand.paper_of(done.edition), kind=SignedKind.SCAN)
    row = SignedFile.objects.get()
    address = reverse("reports:signed-withdraw", args=[done.edition.pk, row.pk])
    edition = reverse("reports:edition", args=[done.edition.pk])
    assert "không kiểm tra được chữ ký trên bản quét" in client.get(edition).content.decode()

    without = client.post(address, follow=True).content.decode()
    after = client.post(address, {"reason": "Quét thiếu trang."}, follow=True).content.decode()

    assert "Đề nghị ghi lý do rút." in without
    assert "Quét thiếu trang." in after
    assert "bản quét" not in client.get(edition).content.decode()


def test_the_pages_of_signed_files_are_read_flatly(client, done, assert_flat_queries):
    paper = by_hand.paper_of(done.edition)
    sign_edition(done.edition.pk, done.head.pk)

    def look():
        client.get(reverse("reports:signed", args=[done.edition.pk]))
        client.get(reverse("reports:edition", args=[done.edition.pk]))

    def grow():
        for number in range(4):
            name = f"Người ký {number}"
            bring(client, done, by_hand.signed_by(paper, name))
            check_signed_file(SignedFile.objects.latest("pk").pk)
        look()  # the seal is found out once for the rows as they are

    assert_flat_queries(look, grow=grow)


def test_the_portal_signs_only_for_who_gives_the_password_again(client, done):
    address = reverse("reports:sign", args=[done.edition.pk])

    nothing = client.post(address)
    wrong = client.post(address, {"password": "không phải"})
    told = client.get(reverse("reports:signed", args=[done.edition.pk])).context["signing"]
    right = client.post(address, {"password": PASSWORD})

    assert (nothing.status_code, wrong.status_code, right.status_code) == (422, 422, 302)
    assert "tệp chưa được ký" in wrong.content.decode()
    assert not told
    assert client.get(right.url).context["signing"]
