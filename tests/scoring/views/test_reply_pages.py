"""The pages of the right of reply: what the unit sees of its provisional result, and what a person
who decides sees."""

import pytest
from django.urls import reverse

from scoring.models import Explanation
from tests.scoring.replied import CHANGED, REASON, a_told_dossier
from tests.worlds import a_province, a_submitted_dossier, an_open_period, settle

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_a_unit_sees_nothing_of_the_verdicts_before_the_verification_has_ended(client):
    work = a_submitted_dossier(an_open_period(a_province(departments=1)))
    settle(work, "1.1.1", points=0, reason=REASON)
    client.force_login(work.head)

    page = client.get(reverse("scoring:reply", args=[work.dossier.pk])).content.decode()

    assert "Chưa có kết quả tạm thời" in page
    assert REASON not in page


def test_a_reply_goes_from_the_units_page_to_the_deciders_and_back(client, assert_flat_queries):
    told = a_told_dossier(an_open_period(a_province(departments=1)))
    work = told.work
    page = reverse("scoring:reply", args=[work.dossier.pk])
    save = reverse("scoring:reply-save", args=[work.score("1.1.1").pk])
    client.force_login(work.editor)

    shown = client.get(page).content.decode()
    assert shown.count(REASON) == 2 * len(CHANGED)
    assert "dòng không có ý kiến gửi đi được coi là đồng ý" in shown
    assert "Chưa có ý kiến <b>2</b>" in shown
    assert "thủ trưởng đơn vị gửi" in shown

    sent = {"stance": "object", "text": "Có báo cáo số 12.", "version": "0"}
    saved = client.post(save, sent, headers=HTMX)
    assert saved.status_code == 200
    assert "1 ý kiến đã soạn" in saved.content.decode()

    long = client.post(save, sent | {"text": "x" * 2001, "version": "1"}, headers=HTMX)
    assert long.status_code == 422
    assert "dài quá 2.000 ký tự" in long.content.decode()
    late = client.post(save, sent | {"text": "Bản khác", "version": "0"}, headers=HTMX)
    assert late.status_code == 409
    assert "Giữ bản của tôi" in late.content.decode()
    plain = client.post(save, sent | {"text": "y" * 2001, "version": "1"})
    assert plain.status_code == 422
    assert "y" * 2001 in plain.content.decode()
    assert Explanation.objects.get().text == "Có báo cáo số 12."

    client.force_login(work.head)
    assert "Xem kết quả tạm thời, giải trình" in client.get("/").content.decode()
    send = reverse("scoring:reply-send", args=[work.dossier.pk])
    assert client.post(send, {"seen": "7"}).status_code == 409
    assert client.post(send, {"seen": told.stamp()}).status_code == 302
    assert "Chờ kết luận <b>1</b>" in client.get(page).content.decode()

    client.force_login(told.decider)
    assert "Kết luận 1 giải trình" in client.get("/").content.decode()
    queue = client.get(reverse("scoring:objections"), {"state": "sent", "code": "1.1.1"})
    assert work.dossier.unit.name in queue.content.decode()
    address = reverse("scoring:objection", args=[Explanation.objects.get().pk])
    desk = client.get(address).content.decode()
    assert "Có báo cáo số 12." in desk
    assert REASON in desk
    refused = client.post(address, {"outcome": "partly", "decision": "Nhận một nửa", "version": 1})
    assert refused.status_code == 409
    assert "Nhận một nửa" in refused.content.decode()
    wrong = client.post(address, {"outcome": "", "decision": "Đã ghi", "version": 1})
    assert wrong.status_code == 422
    assert "Đề nghị chọn kết luận" in wrong.content.decode()
    assert "Đã ghi" in wrong.content.decode()
    done = client.post(
        address, {"outcome": "partly", "points": "0,25", "decision": "Nhận một phần", "version": 1}
    )
    assert done.url == reverse("scoring:objections")

    client.force_login(work.verifier)
    assert "người khác kết luận" not in client.get(address).content.decode()
    client.force_login(work.editor)
    final = client.get(page).content.decode()
    assert "Chấp nhận một phần" in final
    assert "0,25 điểm" in final
    assert "Nhận một phần" in final
    assert "Kết luận giải trình" in client.get("/").content.decode()


def test_the_pages_are_flat_and_say_what_keeps_the_period_from_being_locked(
    client, assert_flat_queries
):
    year = an_open_period(a_province(departments=2))
    told = a_told_dossier(year)
    client.force_login(told.decider)
    told.object_to(CHANGED[0])
    pages = [
        reverse("scoring:objections"),
        reverse("scoring:reply", args=[told.work.dossier.pk]),
        reverse("scoring:objection", args=[Explanation.objects.get().pk]),
    ]
    assert_flat_queries(
        lambda: [client.get(page) for page in pages], grow=lambda: told.object_to(CHANGED[1])
    )

    client.force_login(year.organiser)
    period = client.get(reverse("scoring:period", args=[year.period.pk])).content.decode()
    assert "Còn 2 giải trình chờ kết luận." in period
    assert f"{reverse('scoring:objections')}?state=sent" in period
    assert "Còn 1 hồ sơ chưa thẩm định xong" in period
