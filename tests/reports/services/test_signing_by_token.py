"""A token signs as a file of a key does; without it nothing is signed, and the page says why."""

import json
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import sleep

import pkcs11
import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from pkcs11 import TokenFlag

from cchc_portal.kit import pdf_signing, signing_token
from cchc_portal.kit.pdf import render_pdf
from cchc_portal.kit.pdf_signing import signed
from cchc_portal.kit.signed_pdf import examine
from cchc_portal.kit.signing_key import name_of, opened_key
from cchc_portal.kit.token_named import KeyFault, TokenNamed, token_named
from reports.models import SignedFile, SignedKind, SignedState
from reports.tasks import sign_edition, signing_of
from tests.reports import signed as by_hand
from tests.reports.samples import three_blocks
from tests.reports.signing_elsewhere import die_signing, files_kept
from tests.reports.situations import Publication, an_edition
from tests.reports.tokens import NAME, OFFICE, PIN, the_pin_changed_to, the_token


def an_edition_on_paper() -> Publication:
    publication = an_edition()
    publication.edition = by_hand.with_paper(publication.edition)
    return publication


@pytest.fixture(scope="module")
def ours() -> bytes:
    paper = three_blocks()
    return render_pdf("reports/pdf/edition.html", {"paper": paper}, title=paper.title)


@pytest.mark.parametrize(
    "asked",
    [
        {"key_label": "khóa rsa"},
        {"key_label": "", "key_id": b"\x02"},
        {"key_label": "khóa ec", "certificate_label": "chứng thư ec", "from_a_file": True},
    ],
)
def test_our_paper_signed_by_a_token_is_ours_and_a_signature_trusted_by_its_root(
    ours, settings, tmp_path, asked
):
    token = the_token()
    if asked.pop("from_a_file", False):
        (tmp_path / "pin").write_text(f"{PIN}\n", encoding="utf-8")
        asked |= {"pin": "", "pin_file": str(tmp_path / "pin")}
    settings.SIGNING_TOKEN = replace(token.named, **asked)

    with opened_key() as key:
        assert name_of(key) == NAME
        content = signed(ours, by=key, lines=[f"Người ký: {NAME}"], anchor="cho-ky")

    said = json.loads(examine(BytesIO(content), str(len(ours)), str(token.roots)))
    assert content.startswith(ours)
    assert said["fault"] == ""
    assert [(one["name"], one["issuer"], one["trusted"]) for one in said["signatures"]] == [
        (NAME, OFFICE, True)
    ]
    altered = by_hand.emptied(content)
    assert json.loads(examine(BytesIO(altered), str(len(ours)), ""))["fault"] == "altered"


def test_what_is_wrong_with_a_token_is_told_in_a_sentence(settings):
    for asked, sentence in (
        ({"module": "/khong/co.so"}, signing_token.NO_MODULE),
        ({"label": "Không cắm"}, signing_token.NO_TOKEN),
        ({"slot": 987654}, signing_token.NO_TOKEN),
        ({"label": ""}, signing_token.SEVERAL_TOKENS),
        ({"key_label": "khóa khác"}, signing_token.NO_KEY),
        ({"key_label": ""}, signing_token.NO_KEY),
        ({"certificate_label": "chứng thư khác"}, signing_token.NO_CERTIFICATE),
        ({"pin": ""}, "Chưa khai báo mã PIN của thiết bị ký số."),
        ({"pin": "", "pin_file": "/khong/co"}, "Không đọc được tệp chứa mã PIN"),
    ):
        settings.SIGNING_TOKEN = replace(the_token().named, **asked)

        with pytest.raises(KeyFault) as told, opened_key():
            pass

        assert sentence in told.value.sentence


@pytest.mark.django_db
def test_a_wrong_pin_signs_nothing_is_told_never_written_down_and_not_tried_again(
    settings, client, caplog
):
    done, wrong = an_edition_on_paper(), "975312"
    settings.SIGNING_TOKEN = replace(the_token().named, pin=wrong)
    before = files_kept()

    with caplog.at_level(logging.DEBUG):
        sign_edition(done.edition.pk, done.head.pk)

    client.force_login(done.head)
    page = client.get(f"/cong-bo/{done.edition.pk}/ban-ky/").content.decode()
    assert signing_token.WRONG_PIN in page
    assert signing_token.WRONG_PIN in caplog.text
    assert wrong not in page + caplog.text + repr(settings.SIGNING_TOKEN)
    assert not SignedFile.objects.exists()
    assert files_kept() == before

    with the_pin_changed_to(wrong):
        with pytest.raises(KeyFault, match="không thử lại"), opened_key():
            pass
        cache.clear()
        with opened_key() as key:
            assert name_of(key) == NAME


class ATokenThatRefuses:
    """Slow to say so, as a token is."""

    serial, flags = b"0042", TokenFlag(0)

    def __init__(self):
        self.tried = 0

    def open(self, user_pin):
        self.tried += 1
        sleep(0.2)
        raise pkcs11.PinIncorrect


def test_two_workers_who_sign_at_once_try_a_wrong_pin_once():
    token, told = ATokenThatRefuses(), []

    def sign(_):
        with pytest.raises(KeyFault) as fault:
            signing_token._session(token, "975312")
        told.append(fault.value.sentence)

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(sign, range(2)))

    assert told == [signing_token.WRONG_PIN] * 2
    assert token.tried == 1


@pytest.mark.django_db
def test_who_signs_an_edition_after_another_was_faster_leaves_no_file(settings, monkeypatch):
    done = an_edition_on_paper()
    settings.SIGNING_TOKEN = the_token().named
    errand = (done.edition.pk, done.head.pk)

    def overtaken(*said, **named):
        monkeypatch.setattr(pdf_signing, "signed", signed)
        sign_edition(*errand)
        return signed(*said, **named)

    monkeypatch.setattr(pdf_signing, "signed", overtaken)
    before = files_kept()
    sign_edition(*errand)

    (row,) = done.edition.signed_files.all()
    assert row.state == SignedState.VERIFIED
    assert files_kept() - before == {Path(row.file.path)}


@pytest.mark.django_db(transaction=True)
def test_whoever_is_killed_while_the_token_signs_leaves_nothing_and_it_is_signed_anew(settings):
    done = an_edition_on_paper()
    settings.SIGNING_TOKEN = the_token().named
    before = files_kept()

    assert die_signing(done.edition.pk, done.head.pk) == -signal.SIGKILL

    assert not SignedFile.objects.exists()
    assert files_kept() == before
    cache.delete(signing_of(done.edition.pk))
    sign_edition(done.edition.pk, done.head.pk)
    (row,) = done.edition.signed_files.all()
    assert (row.kind, row.state) == (SignedKind.PORTAL, SignedState.VERIFIED)
    assert [one["name"] for one in row.signatures] == [NAME]


def test_the_environment_names_a_token_or_none_and_never_half_a_number():
    said = {"label": "", "key_label": "", "certificate_label": "", "pin": "1", "pin_file": ""}

    assert token_named("", slot="", key_id="", **said) is None
    named = token_named("/m.so", slot="0x10", key_id="0aFF", **said)
    assert named == TokenNamed("/m.so", slot=16, key_id=b"\x0a\xff", pin="1")
    for wrong in ({"slot": "hai", "key_id": ""}, {"slot": "", "key_id": "xyz"}):
        with pytest.raises(ImproperlyConfigured, match="SIGNING_PKCS11_SLOT"):
            token_named("/m.so", **wrong, **said)
