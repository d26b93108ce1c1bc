"""What the level that asks is told and asked before it acts; files and reasons that are refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring.models import Collection, Indicator
from scoring.rules.indicator import CollectionState
from scoring.services import collections, indicators
from tests.scoring.reported import USUAL, Reports, a_file, open_reports
from units.permissions import Role

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"HX-Request": "true"}}


def page_of(work: Reports, name: str = "collection") -> str:
    return reverse(f"scoring:{name}", args=[work.collection.pk])


def test_units_with_odd_figures_are_counted_marked_and_found(client):
    work = open_reports()
    work.put("HS-02", "10")
    work.put("HS-03", "12")
    work.put("HS-02", "100", place=1)
    client.force_login(work.organiser)

    page = client.get(page_of(work)).content.decode()
    only = client.get(page_of(work) + "?xem-lai=1").content.decode()

    assert "đơn vị có số cần xem lại" in page
    for shown in (page, only):
        assert "Hồ sơ đúng hạn (12) lớn hơn Hồ sơ đã giải quyết (10)." in shown
    one, two = (unit.name for unit in work.province.departments[:2])
    assert one in only
    assert two not in only


def test_closing_says_who_has_not_reported_and_asks_first(client):
    work = open_reports()
    work.put("HS-02", "10")
    client.force_login(work.organiser)
    address = page_of(work, "collection-close")

    asked = client.get(address).content.decode()
    assert "2/2 đơn vị chưa báo cáo đủ" in asked
    assert "1 đơn vị chưa có số liệu nào" in asked
    assert Collection.objects.get().state == CollectionState.OPEN
    assert client.post(address).status_code == 302
    assert Collection.objects.get().state == CollectionState.CLOSED
    assert client.post(address).status_code == 409


def test_the_last_day_is_moved_and_an_empty_collection_cancelled_on_their_pages(client):
    work = open_reports()
    client.force_login(work.organiser)
    due, cancel = page_of(work, "collection-due"), page_of(work, "collection-cancel")
    later = timezone.localdate() + timedelta(days=9)
    sent = {"seen": work.collection.due_on.isoformat(), "due_on": f"{later:%d/%m/%Y}"}

    assert sent["seen"] in client.get(due).content.decode()
    bare = client.post(due, sent)
    assert bare.status_code == 422
    assert "Đề nghị ghi rõ lý do." in bare.content.decode()
    assert client.post(due, sent | {"comment": "Chờ sổ"}).status_code == 302
    stale = client.post(due, sent | {"comment": "Chờ sổ"})
    assert stale.status_code == 409
    assert "vừa được dời" in stale.content.decode()
    assert "Chờ sổ" in client.get(page_of(work)).content.decode()
    nul = client.post(cancel, {"comment": "nhầm\x00"})
    assert nul.status_code == 422
    assert client.post(cancel, {"comment": "Mở nhầm"}).status_code == 302
    shown = client.get(page_of(work)).content.decode()
    assert "Đã hủy" in shown
    assert "Chốt số liệu" not in shown


def test_a_year_out_of_reach_is_refused_where_one_opens(client):
    work = open_reports()
    client.force_login(work.organiser)
    said = {"owner": work.province.police.pk, "year": 2100, "span": "q1"}
    for name in ("scoring:collection-open", "periodic:open"):
        answer = client.post(reverse(name), said)
        assert answer.status_code == 422
        assert "Đề nghị ghi một năm từ 2000 đến" in answer.content.decode()


def test_what_was_corrected_after_the_closing_is_told_to_who_organises(client):
    work = open_reports()
    work.put("HS-02", "140")
    collections.close(work.collection.pk, by=work.organiser)
    client.force_login(work.organiser)
    assert "Sửa sau khi chốt:" not in client.get(page_of(work)).content.decode()
    desk = reverse("reports:desk")
    client.get(desk)

    work.put("HS-02", "100", by=work.editor, reason="Cộng sót")

    shown = client.get(page_of(work)).content.decode()
    assert "Sửa sau khi chốt: 1 lần" in shown
    assert "Cộng sót" in shown
    told = client.get(desk).content.decode()
    assert "Ghi, sửa số liệu sau khi chốt" in told
    assert f"{work.province.departments[0].name}, {work.collection.title}" in told
    client.force_login(work.province.a_person(Role.EDITOR, work.province.departments[1]))
    assert "Ghi, sửa số liệu sau khi chốt" not in client.get(desk).content.decode()


def brought(client, work: Reports, *lines: str) -> str:
    address = reverse("scoring:readings-upload", args=[work.collection.pk])
    return client.post(address, {"file": a_file(*lines)}).url


def test_a_file_with_codes_in_small_letters_is_read_and_what_cannot_be_read_is_quoted(client):
    work = open_reports()
    client.force_login(work.editor)
    one, two = (unit.code for unit in work.province.departments[:2])

    shown = client.get(
        brought(
            client,
            work,
            f"{one.lower()},hs-02,10",
            f"{one},HS-03,12",
            f"{one},TH-02,mười hai",
            f"{one},XX,1",
            f"{two},HS-02,9",
        )
    ).content.decode()

    assert "mười hai" in shown
    assert shown.count("Đợt này không có chỉ tiêu") == 1
    assert f"Đồng chí không nhập số liệu của đơn vị “{two}” trong đợt này." in shown
    assert "1 đơn vị có số cần xem lại" in shown
    assert "Hồ sơ đúng hạn (12) lớn hơn Hồ sơ đã giải quyết (10)." in shown


def test_a_reason_with_a_nul_or_too_long_is_refused_in_words_and_kept(client):
    work = open_reports()
    work.put("HS-02", "5")
    collections.close(work.collection.pk, by=work.organiser)
    client.force_login(work.editor)
    code, unit = work.province.departments[0].code, work.province.departments[0].pk
    one = work.reading("HS-02")
    preview = brought(client, work, f"{code},HS-02,7")
    sent = {f"dong-{one.pk}": "1", f"phien-ban-{one.pk}": str(one.version)}
    long = "x" * 501
    take_all = reverse("scoring:readings-take", args=[work.collection.pk, unit])
    for address, said in ((take_all, {}), (preview, sent)):
        for reason in ("a\x00b", long):
            answer = client.post(address, said | {"reason": reason})
            assert answer.status_code == 422
    assert long in answer.content.decode()
    take = reverse("scoring:reading-take", args=[one.pk])
    answer = client.post(take, {"version": 1, "reason": long}, **SCRIPT)
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert work.reading("HS-02").amount == 5


def test_a_conflict_over_an_indicator_shows_what_lies_there_and_keeps_what_was_typed(client):
    work = open_reports()
    one = work.reading("TH-02").indicator
    client.force_login(work.organiser)
    edit = reverse("scoring:indicator-edit", args=[one.pk])
    seen = indicators.mark(one)
    assert seen in client.get(edit).content.decode()
    said = USUAL | {"code": "TH-02", "name": "Kinh phí", "measure": "triệu đồng", "decimals": 2}
    first = said | {"name": "Kinh phí năm", "seen": seen}
    assert client.post(edit, first).status_code == 302

    answer = client.post(edit, said | {"name": "Tiền chi", "seen": seen})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Tiền chi" in shown
    assert "Kinh phí năm" in shown
    one.refresh_from_db()
    assert indicators.mark(one) in shown
    again = client.post(edit, said | {"name": "Tiền chi", "seen": indicators.mark(one)})
    assert again.status_code == 302
    assert Indicator.objects.get(pk=one.pk).name == "Tiền chi"
    retire = reverse("scoring:indicator-retire", args=[one.pk])
    assert client.post(retire, {"seen": seen}).status_code == 409
    assert client.post(retire).status_code == 409
