"""At a conference a whole list is signed, one paper after the other."""

from django.urls import reverse

from commitments.rules.workflow import CommitmentState
from commitments.services import commitments
from tests.commitments.situations import a_signed_one, fresh
from tests.factories import PASSWORD

CEREMONY = reverse("commitments:ceremony")


def test_a_list_is_signed_with_one_password_and_what_changed_is_not(client, who):
    first, second = a_signed_one(who, year=2025), a_signed_one(who, year=2026)
    client.force_login(who.receiving_head)
    papers = [value for value, _ in client.get(CEREMONY).context["waiting"]]
    assert len(papers) == 2

    wrong = client.post(CEREMONY, {"papers": papers, "password": "không phải"})
    assert wrong.status_code == 422
    assert fresh(first).state == CommitmentState.SIGNED
    signed = client.post(CEREMONY, {"papers": papers[:1], "password": PASSWORD})

    assert fresh(first).state == CommitmentState.IN_FORCE
    assert "Đã ký nhận" in signed.content.decode()
    commitments.decline(second, comment="Chưa rõ.", by=who.receiving_head)
    late = client.post(CEREMONY, {"papers": papers[1:], "password": PASSWORD})
    assert late.status_code == 422
    assert "xem lại danh sách" in late.content.decode()
    assert fresh(second).state == CommitmentState.DRAFT


def test_nothing_chosen_is_said(client, who, signed):
    client.force_login(who.receiving_head)

    answer = client.post(CEREMONY, {"password": PASSWORD})

    assert answer.status_code == 422
    assert "chọn ít nhất một bản" in answer.content.decode()
