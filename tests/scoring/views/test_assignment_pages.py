"""The pages of a period's verification: owners, assignments, progress, the rows behind a figure."""

import re

import pytest
from django.urls import reverse

from scoring.models import Assignment, Ownership
from scoring.rules.workflow import DossierState
from scoring.services import dossiers, ownership
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.marked import a_year, put
from tests.scoring.services.test_who_verifies import an_owner, give, node, who_was_there
from tests.worlds import a_province, a_submitted_dossier, an_open_period, settle
from units.permissions import Role

pytestmark = pytest.mark.django_db

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = (
    "period-verification",
    "period-rows",
    "period-owners",
    "period-assignments",
    "period-assign",
)


def a_work():
    return a_submitted_dossier(an_open_period(a_province(departments=3)))


@pytest.fixture
def work(client):
    found = a_work()
    client.force_login(found.year.organiser)
    return found


def page(name: str, work, **query) -> str:
    return reverse(f"scoring:{name}", args=[work.year.period.pk], query=query)


def chosen(work, officer, *, desk=None) -> dict:
    desk = desk or work.year.province.police
    return {"nguoi": f"{officer.pk}-{desk.pk}", "khoi": work.year.block.pk}


# ── owners ───────────────────────────────────────────────────────────────────────────────────


def test_a_whole_area_is_given_at_once_but_for_what_has_begun(client, work):
    unit = work.year.province.departments[1]
    work.year.province.a_person(Role.VERIFIER, unit)
    settle(work, "1.1.1")
    area = node(work, "1")

    answer = client.post(
        page("period-owners", work),
        {"seen": ownership.last_change(work.year.period), f"area_{area.pk}": unit.pk},
        follow=True,
    )

    assert answer.redirect_chain == [(page("period-owners", work), 302)]
    owned = Ownership.objects.filter(unit=unit).values_list("criterion__code", flat=True)
    assert list(owned) == ["1.2"]
    assert "đã có dòng thẩm định" in answer.content.decode()


def test_a_unit_without_verifiers_is_refused_and_a_stale_page_keeps_what_was_chosen(client, work):
    an_owner(work, code="2.1")
    unit, without = work.year.province.departments[1:]
    name = f"owner_{node(work, '1.1').pk}"

    strange = client.post(page("period-owners", work), {"seen": 0, name: without.pk})
    stale = client.post(page("period-owners", work), {"seen": 0, name: unit.pk})

    assert (strange.status_code, stale.status_code) == (422, 409)
    assert "chưa có cán bộ thẩm định" in strange.content.decode()
    assert "vừa được đồng chí khác sửa" in stale.content.decode()
    assert stale.context["form"][name].value() == str(unit.pk)
    assert Ownership.objects.count() == 1


def test_who_looks_on_reads_owners_and_changes_nothing(client, work):
    client.force_login(work.year.province.a_person(Role.LEADER, work.year.province.police))

    shown = client.get(page("period-owners", work)).content.decode()

    assert "<select" not in shown.partition("<main")[2]
    assert client.post(page("period-owners", work), {"seen": 0}).status_code == 403


# ── assignments ──────────────────────────────────────────────────────────────────────────────


def test_several_units_are_given_at_once_and_the_list_tells_what_is_left(client, work):
    keys = list(work.year.period.dossiers.values_list("pk", flat=True))
    address = page("period-assign", work, **chosen(work, work.verifier))

    answer = client.post(address, {"dossiers": keys}, follow=True)

    assert "Đã phân công 3 phần việc" in answer.content.decode()
    assert Assignment.objects.filter(officer=work.verifier, node=None).count() == 3
    assert {load.rows for _, load, _, _ in answer.context["rows"]} == {11}
    assert answer.context["free"] == 0
    assert f"{work.verifier}: Phòng Nghiệp vụ 1" in answer.context["log"][0].comment


def test_a_unit_the_person_may_not_verify_is_shown_with_the_reason_and_refused(client, work):
    party = who_was_there(work, first=400, last=100)
    address = page("period-assign", work, **chosen(work, party))

    shown = client.get(address).content.decode()
    answer = client.post(address, {"dossiers": [work.dossier.pk]})

    assert f"{party} đã công tác tại đơn vị này trong thời gian đánh giá" in shown
    assert f'value="{work.dossier.pk}" id="hs-' not in shown
    assert answer.status_code == 422
    assert "không giao được cho đồng chí ấy" in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_criterion_is_given_in_every_unit_only_where_one_was_chosen(client, work):
    officer = an_owner(work)
    desk = work.year.province.departments[1]
    address = page("period-assign", work, **chosen(work, officer, desk=desk))

    nodes = [code for _, code in client.get(address).context["form"].fields["node"].choices]
    none = client.post(address, {"everywhere": "1"})
    client.post(address, {"everywhere": "1", "node": node(work, "1.1").pk})

    assert [label.partition(" ")[0] for label in nodes] == ["Cả", "1.", "1.1."]
    assert none.status_code == 422
    (given,) = Assignment.objects.all()
    assert (given.officer, given.desk, given.dossier) == (officer, desk, None)


def test_a_day_after_the_deadline_is_refused_and_what_was_ticked_stays(client, work):
    address = page("period-assign", work, **chosen(work, work.verifier))

    answer = client.post(address, {"dossiers": [work.dossier.pk], "due_on": "2090-01-01"})

    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Hạn của phần việc nằm trong khoảng" in said
    assert 'value="2090-01-01"' in said
    assert re.search(rf'value="{work.dossier.pk}" id="hs-{work.dossier.pk}" checked', said)


def test_ticked_work_is_passed_on_and_taken_away_and_the_history_tells(client, work):
    second = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    (given,) = give(work, work.verifier)
    address = page("period-assignments", work)
    old = f"{given.pk}-{work.verifier.pk}"

    client.post(address, {"given": old, "act": "chuyen", "to": second.pk})
    stale = client.post(address, {"given": old, "act": "thoi"})
    nobody = client.post(address, {"given": f"{given.pk}-{second.pk}", "act": "chuyen"})
    nothing = client.post(address, {"act": "thoi"})

    assert Assignment.objects.get().officer == second
    assert (stale.status_code, nobody.status_code, nothing.status_code) == (409, 422, 422)
    assert f"vừa được chuyển cho {second}" in stale.content.decode()
    assert "chọn người nhận" in nobody.content.decode()
    assert f'value="{given.pk}-{second.pk}" id="pv-{given.pk}" checked' in nobody.content.decode()
    client.post(address, {"given": f"{given.pk}-{second.pk}", "act": "thoi"})
    assert not Assignment.objects.exists()
    shown = client.get(address).content.decode()
    assert f"{work.verifier} chuyển cho {second}" in shown
    assert f"thôi giao {second}" in shown


def test_giving_to_nobody_is_refused_with_a_sentence(client, work):
    answer = client.post(page("period-assign", work, nguoi="1-1"), {"dossiers": [1]})

    assert answer.status_code == 422
    assert "nay không thẩm định trong kỳ này" in answer.content.decode()
    assert "Đề nghị chọn người" in client.post(page("period-assign", work)).content.decode()


@pytest.mark.parametrize("given", ["1", "1-x", "-", f"{'9' * 30}-1"])
def test_strange_ticks_are_refused_with_a_sentence(client, work, given):
    answer = client.post(page("period-assignments", work), {"given": given, "act": "thoi"})

    assert answer.status_code == 422
    assert "đề nghị tải lại trang" in answer.content.decode()


# ── progress ─────────────────────────────────────────────────────────────────────────────────


def test_every_figure_of_the_board_is_the_number_of_rows_behind_it(client, work):
    province = work.year.province
    officer = an_owner(work)
    give(work, officer, code="1.1", whole=False, desk=province.departments[1].pk)
    give(work, work.verifier)
    settle(work, "1.1.1", by=officer)
    settle(work, "2.1.1")
    remarks = {work.score("1.2.1").pk: "Thiếu tài liệu"}
    dossiers.send_back(work.dossier, by=work.verifier, comment="Sửa", remarks=remarks)

    board = client.get(page("period-verification", work)).content.decode()

    main = board.partition("<main")[2]
    links = re.findall(r'href="([^"]*tham-dinh/dong/[^"]*)">([\d.]+)(?:/[\d.]+)?<', main)
    assert len(links) > 20
    for address, figure in links:
        rows = client.get(address.replace("&amp;", "&")).context["page"].paginator.count
        assert rows == int(figure), address
    desks = {
        line.unit: line for line in client.get(page("period-verification", work)).context["desks"]
    }
    assert desks[province.departments[1]].load.settled == 1
    assert desks[province.police].load.returned == 1
    whole = client.get(page("period-verification", work)).context["whole"]
    assert whole.rows == 33


def test_the_board_tells_who_is_late(client, work, time_machine):
    give(work, work.verifier)

    assert "Quá hạn" not in client.get(page("period-verification", work)).content.decode()
    time_machine.move_to(
        work.year.period.verify_by.replace(year=work.year.period.verify_by.year + 1)
    )
    client.force_login(work.year.organiser)

    lines = client.get(page("period-verification", work)).context["people"]
    assert {line.user for line in lines if line.late} == {work.verifier}


def test_the_pages_cost_the_same_for_three_units_and_thirty(client, assert_flat_queries):
    def a_large_one(code, number, **columns):
        year = a_year(a_province(code, departments=number), **columns)
        verifier = year.province.a_person(Role.VERIFIER, year.province.police)
        for dossier in year.period.dossiers.all():
            put(dossier, DossierState.SUBMITTED, year.organiser)
            Assignment.objects.create(
                block=year.block, desk=year.province.police, officer=verifier, dossier=dossier
            )
        who = {"nguoi": f"{verifier.pk}-{year.province.police.pk}", "khoi": year.block.pk}
        return year, who

    seen = [a_large_one("TN", 3), a_large_one("LN", 30, title="Kỳ của ba mươi đơn vị")]
    for name in PAGES:
        shown = [seen[0]]

        def look(name=name, shown=shown):
            year, who = shown[-1]
            query = who if name == "period-assign" else {}
            answer = client.get(reverse(f"scoring:{name}", args=[year.period.pk], query=query))
            assert answer.status_code == 200

        def grow(shown=shown):
            shown.append(seen[1])
            client.force_login(seen[1][0].organiser)

        client.force_login(seen[0][0].organiser)
        assert_flat_queries(look, grow=grow)


@pytest.mark.django_db(transaction=True)
def test_the_pages_keep_nobody_out_and_fit_both_screens(page, sign_in, assert_no_barriers):
    work = a_work()
    officer = an_owner(work, code="1.2")
    give(work, work.verifier)
    settle(work, "1.1.1", by=work.verifier)
    sign_in(work.year.organiser)

    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)
        for name in PAGES:
            query = chosen(work, officer, desk=work.year.province.departments[1])
            page.goto(
                reverse(
                    f"scoring:{name}",
                    args=[work.year.period.pk],
                    query=query if name == "period-assign" else {},
                )
            )
            assert_no_barriers(page)
            assert page.evaluate(WIDER) <= 0, (name, screen)
