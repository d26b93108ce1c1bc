"""Commitments on the desk: to finish, to sign, to countersign, to report on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.rules.terms import Heading, TaskTerms
from commitments.services import commitments, tasks
from tests.commitments import situations
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> situations.Parties:
    return situations.parties()


def duties(client, user):
    client.force_login(user)
    return [duty for shelf in client.get("/").context["shelves"] for duty in shelf.duties]


def titles(client, user) -> list[str]:
    return [duty.title for duty in duties(client, user)]


def others(who: situations.Parties):
    """People who have nothing to do with the commitment of the first department."""
    province = who.province
    return [
        province.a_person(Role.STAFF, who.unit),
        province.a_person(Role.HEAD, province.departments[1]),
        province.a_person(Role.EDITOR, province.departments[1]),
        province.a_person(Role.LEADER, who.receiver),
        province.a_person(Role.ORGANISER, who.receiver),
        province.administrator,
    ]


def one_in_force_due(who, *days: int):
    """In force, a task due so many days from today for each."""
    draft = commitments.draft(who.unit, year=2026, heading=Heading("Bản cam kết"), by=who.editor)
    for number, left in enumerate(days, start=1):
        due_on = timezone.localdate() + timedelta(days=left)
        terms = TaskTerms(area="procedures", title=f"Nhiệm vụ {number}", due_on=due_on)
        tasks.add(draft, terms=terms, by=who.editor)
    signed = commitments.sign(draft, seen=situations.fresh(draft).version, by=who.head)
    return commitments.countersign(signed, seen=signed.digest, by=who.receiving_head)


def test_a_draft_waits_for_its_writer_and_its_signatory(client, who):
    draft = situations.a_draft(who)

    (mine,) = duties(client, who.editor)
    (to_sign,) = duties(client, who.head)

    assert (mine.title, mine.action) == ("Soạn bản cam kết năm 2026", "Soạn tiếp")
    assert mine.detail.endswith("2 nhiệm vụ, chờ thủ trưởng ký")
    assert (to_sign.title, to_sign.action) == ("Ký bản cam kết năm 2026", "Đọc, ký")
    assert mine.address == to_sign.address == reverse("commitments:detail", args=[draft.pk])
    for user in [who.receiving_head, *others(who)]:
        assert titles(client, user) == []


def test_nobody_is_asked_to_sign_an_empty_paper(client, who):
    situations.a_draft(who, number_of_tasks=0)

    (duty,) = duties(client, who.head)

    assert (duty.title, duty.action) == ("Soạn bản cam kết năm 2026", "Soạn tiếp")
    assert duty.detail.endswith("chưa có nhiệm vụ")


def test_what_is_signed_waits_for_the_receiving_head_alone(client, who):
    situations.a_signed_one(who)

    (duty,) = duties(client, who.receiving_head)

    assert (duty.title, duty.action) == ("Ký nhận bản cam kết năm 2026", "Đọc, ký nhận")
    assert duty.detail == f"{who.unit.name} đã ký · 2 nhiệm vụ"
    for user in [who.editor, who.head, *others(who)]:
        assert titles(client, user) == []


def test_tasks_due_within_thirty_days_wait_for_those_who_report_on_them(client, who):
    in_force = one_in_force_due(who, -1, 0, 30, 31)

    found = duties(client, who.editor)

    words = "Báo cáo nhiệm vụ {} của bản cam kết năm 2026"
    assert [duty.title for duty in found] == [words.format(number) for number in (1, 2, 3)]
    assert found[0].address == reverse(
        "commitments:task-report", args=[in_force.tasks.get(position=1).pk]
    )
    assert titles(client, who.head) == [duty.title for duty in found]
    for user in [who.receiving_head, *others(who)]:
        assert titles(client, user) == []


def test_a_task_that_was_reported_on_waits_no_more(client, who):
    in_force = one_in_force_due(who, -1, 2)

    situations.report_all(who, in_force)

    assert titles(client, who.editor) == []


def test_a_task_of_a_paper_that_is_not_in_force_waits_for_nobody(client, who):
    situations.a_signed_one(who)
    situations.a_closed_one(who, year=2024)

    assert titles(client, who.editor) == []


def test_a_task_says_how_much_is_to_be_reached(client, who):
    draft = situations.a_draft(who, number_of_tasks=0)
    terms = TaskTerms(
        area="procedures",
        title="Rà soát thủ tục",
        measure="thủ tục",
        target="12",
        due_on=date(2026, 1, 5),
    )
    tasks.add(draft, terms=terms, by=who.editor)
    signed = commitments.sign(draft, seen=situations.fresh(draft).version, by=who.head)
    commitments.countersign(signed, seen=signed.digest, by=who.receiving_head)

    (duty,) = duties(client, who.editor)

    assert duty.detail.startswith("Rà soát thủ tục · chỉ tiêu ")
    assert "12" in duty.detail


def test_many_tasks_end_in_a_line_for_each_degree_of_urgency(client, who):
    one_in_force_due(who, *[-5] * 11, *[20] * 4)

    client.force_login(who.editor)
    page = client.get("/")

    late, later = page.context["shelves"]
    assert (len(late.duties), late.count) == (10, 11)
    assert late.duties[-1].title == "2 nhiệm vụ cam kết khác đến hạn báo cáo"
    assert [duty.count for duty in later.duties] == [4]
    assert "Có 15 việc chờ, trong đó 11 việc quá hạn." in page.context["greeting"]


def test_many_drafts_end_in_a_line_that_leads_to_all(client, who):
    for year in range(2015, 2027):
        situations.a_draft(who, year=year, number_of_tasks=0)

    found = duties(client, who.editor)

    assert len(found) == 10
    assert found[-1].title == "3 bản cam kết khác"
    assert found[-1].address == reverse("commitments:list")


def test_the_news_tell_of_signatures_and_not_of_the_writing(client, who):
    draft = situations.a_draft(who)
    signed = commitments.sign(draft, seen=draft.version, by=who.head)
    commitments.decline(signed, by=who.receiving_head, comment="Đề nghị bổ sung chỉ tiêu.")
    client.force_login(who.editor)

    lines = client.get("/").context["news"].before

    assert [line.words for line in lines] == [
        "Trả lại bản cam kết",
        "Ký bản cam kết",
        "Lập bản cam kết",
    ]
    assert lines[0].comment == "Đề nghị bổ sung chỉ tiêu."
    assert lines[0].address == reverse("commitments:detail", args=[draft.pk])
    for user in others(who)[1:3]:
        client.force_login(user)
        assert client.get("/").context["news"].before == ()
