"""Anyone checks a paper by its code, and corrections are told on every page they concern."""

import pgtrigger
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from reports.models import Edition
from reports.papers.editions import edition_paper
from reports.seal import short_code
from scoring.rules.workflow import PeriodState
from tests.boxes import unboxed
from tests.factories import a_user
from tests.reports.situations import (
    CORRECTION,
    Publication,
    a_changed_period,
    a_correction,
    an_edition,
)
from tests.reports.views.test_publishing import typed
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

CHECKING = reverse("reports:checking")
SOUND = "Bản công bố này đúng như khi công bố"
BROKEN = "Bản công bố này không còn đúng như khi công bố"


def check(client, code: str, status: int = 200) -> str:
    answer = client.get(reverse("reports:check", args=[code]))
    assert answer.status_code == status
    return answer.content.decode()


def page(client, edition: Edition) -> str:
    return unboxed(client.get(reverse("reports:edition", args=[edition.pk])).content.decode())


def test_the_square_on_the_paper_leads_to_the_check_of_its_edition(client, settings):
    settings.PORTAL_ADDRESS = "https://cchc.example.vn"
    edition = Edition.objects.for_page().get(pk=an_edition().edition.pk)

    square = edition_paper(edition).check

    assert square.page == f"cchc.example.vn{CHECKING}"
    address = square.address.removeprefix(settings.PORTAL_ADDRESS)
    assert SOUND in client.get(address).content.decode()


def test_where_a_code_is_typed_nobody_has_to_sign_in(client):
    said = client.get(CHECKING).content.decode()

    assert 'name="ma" value=""' in said
    assert reverse("reports:check-script") in said
    assert CHECKING in client.get(reverse("reports:public")).content.decode()


def test_a_code_is_read_with_or_without_its_hyphens_in_either_case_or_whole(client):
    edition = an_edition(verified=2).edition
    code = short_code(edition)

    for way in (code, code.lower(), code.replace("-", " "), edition.digest):
        found = client.get(CHECKING, {"ma": f" {way} "}, follow=True)
        assert SOUND in found.content.decode()
        assert edition.decision_number in found.content.decode()


@pytest.mark.parametrize("typed", ["xyz", "123", "%00", "3F9A-04C2-77B", "g" * 12, "a" * 5000])
def test_what_is_no_code_is_refused_with_a_sentence_and_stays_typed(client, typed):
    answer = client.get(CHECKING, {"ma": typed})

    assert answer.status_code == 422
    assert "Mã kiểm tra gồm 12" in answer.content.decode()
    assert typed[:80] in answer.content.decode()


@pytest.mark.parametrize("code", ["0000-0000-0000", "khong-phai-ma", "'; drop"])
def test_a_code_nobody_bears_is_not_found_and_says_so(client, code):
    an_edition()

    assert "Không có bản công bố nào mang mã này" in check(client, code, status=404)


def test_with_the_walls_down_the_check_names_what_was_changed(client):
    edition = an_edition(verified=2).edition
    code = short_code(edition)
    assert SOUND in check(client, code)

    with pgtrigger.ignore("reports.EditionResult:append_only"), connection.cursor() as cursor:
        cursor.execute("update reports_editionresult set rank = 2 where rank = 1")

    said = check(client, code)
    assert BROKEN in said
    assert "Phòng Nghiệp vụ 1: hạng 2, tính lại là 1" in said
    assert SOUND not in said


def test_the_script_that_is_handed_out_is_the_one_that_is_tested(client):
    answer = client.get(reverse("reports:check-script"))

    assert (
        b"".join(answer.streaming_content)
        == (settings.BASE_DIR / "docs" / "check_edition.py").read_bytes()
    )


def test_old_and_new_edition_name_each_other_and_list_what_changed(client):
    done = an_edition(verified=2)
    old = done.edition
    assert "đính chính" not in page(client, old)
    new = a_correction(done).edition

    before, after = page(client, old), page(client, new)

    assert "Bản này đã được đính chính bằng" in before
    assert reverse("reports:edition", args=[new.pk]) in before
    assert f"thay thế Quyết định số {old.decision_number}" in after
    assert reverse("reports:edition", args=[old.pk]) in after
    assert all(CORRECTION in said for said in (before, after))
    assert "Thay đổi so với Bản công bố số 1" in after
    cache.clear()
    assert len(client.get(reverse("reports:edition", args=[new.pk])).context["differences"]) == 2
    listed = client.get(reverse("reports:public")).content.decode()
    assert "đã được đính chính" in listed
    assert "Bản công bố số 2, đính chính" in listed


def correcting(edition: Edition) -> str:
    return reverse("reports:correct", args=[edition.pk])


def test_the_head_corrects_on_the_pages_from_the_reason_to_the_second_edition(client):
    done: Publication = an_edition(verified=2)
    old = done.edition
    client.force_login(done.head)
    assert correcting(old) in page(client, old)

    refused = client.post(correcting(old), {"comment": "\u200b"})
    assert refused.status_code == 422
    assert "Đề nghị ghi rõ lý do đính chính." in refused.content.decode()
    assert client.post(correcting(old), {"comment": CORRECTION}).status_code == 302
    assert done.period.state == PeriodState.OPEN
    again = client.post(correcting(old), {"comment": CORRECTION})
    assert again.status_code == 409
    assert "Không thể mở kỳ để đính chính" in again.content.decode()
    assert correcting(old) not in page(client, old)

    publish = reverse("reports:publish", args=[done.period.pk])
    assert "Kỳ đánh giá đang mở để đính chính" in client.get(publish).content.decode()


def test_a_correction_is_published_on_the_page_that_shows_what_will_change(client):
    done = a_changed_period(an_edition(verified=2))
    old = done.edition
    client.force_login(done.head)
    publish = reverse("reports:publish", args=[done.period.pk])

    shown = client.get(publish)
    assert shown.context["decision"].initial["reason"] == CORRECTION
    assert len(shown.context["differences"]) == 2
    same = client.post(publish, typed(done, number=old.decision_number, reason="Vì sao"))
    bare = client.post(publish, typed(done, reason=""))
    answer = client.post(publish, typed(done, reason="Vì một sai sót"), follow=True)

    assert (same.status_code, bare.status_code, answer.status_code) == (422, 422, 200)
    assert "cần số riêng" in same.content.decode()
    assert "Vì sao" in same.content.decode()
    new = Edition.objects.get(number=2)
    assert (new.corrects, new.reason) == (old, "Vì một sai sót")


def test_who_is_not_the_head_sees_no_button_and_is_refused(client):
    done = an_edition()

    for person in (done.year.organiser, a_user()):
        client.force_login(person)
        assert correcting(done.edition) not in page(client, done.edition)
        assert client.post(correcting(done.edition), {"comment": "x"}).status_code == 403
    client.logout()
    assert client.get(correcting(done.edition)).status_code == 302
    assert done.period.state == PeriodState.PUBLISHED


def test_checks_and_corrections_are_flat(client, assert_flat_queries):
    small, large = (
        a_correction(an_edition(a_province(code, departments=number), verified=2)).edition
        for code, number in (("TN", 2), ("TM", 30))
    )

    for address in (
        lambda edition: reverse("reports:check", args=[short_code(edition)]),
        lambda edition: reverse("reports:edition", args=[edition.pk]),
    ):
        shown = [small]
        assert_flat_queries(
            lambda shown=shown, address=address: (cache.clear(), client.get(address(shown[0]))),
            grow=lambda shown=shown: shown.append(shown.pop() and large),
        )
