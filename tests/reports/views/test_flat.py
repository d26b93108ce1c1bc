"""The desk and the public pages ask the database no more for 300 rows than for 3."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from commitments.rules.terms import TaskTerms
from commitments.services import commitments, tasks
from scoring.rules.ranking import USUAL_SCALE
from scoring.services.published_tables import Told, bring_in
from tests.commitments import situations
from tests.reports.situations import an_edition
from tests.worlds import LONG_AGO, a_draft_dossier, a_province, an_open_period
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db


def test_the_desk_of_the_assessor_is_flat(client, assert_flat_queries):
    small, large = (
        an_open_period(a_province(code, departments=number))
        for code, number in (("TN", 3), ("TM", 300))
    )
    client.force_login(small.organiser)

    def grow():
        client.force_login(large.organiser)
        client.get("/")  # the first visit is written down

    assert_flat_queries(lambda: client.get("/"), grow=grow)


def test_the_desk_of_who_fills_in_many_dossiers_is_flat(client, assert_flat_queries):
    year = an_open_period(a_province(departments=40))
    work = a_draft_dossier(year)
    client.force_login(work.editor)

    def grow():
        for unit in year.province.departments[1:]:
            people.appoint(
                work.editor,
                unit=unit,
                role=Role.EDITOR,
                first_on=LONG_AGO,
                by=year.province.administrator,
            )

    assert_flat_queries(lambda: client.get("/"), grow=grow)
    (shelf,) = client.get("/").context["shelves"]
    assert (len(shelf.duties), shelf.count) == (10, 40)


def test_the_desk_of_who_reports_on_many_tasks_is_flat(client, assert_flat_queries):
    who = situations.parties()
    situations.one_in_force(who, year=2025, number_of_tasks=3)
    client.force_login(who.editor)

    def grow():
        draft = situations.a_draft(who, number_of_tasks=0)
        terms = TaskTerms(area="procedures", title="Nhiệm vụ", due_on=date(2024, 6, 30))
        for _ in range(100):
            tasks.add(draft, terms=terms, by=who.editor)
        signed = commitments.sign(draft, seen=situations.fresh(draft).version, by=who.head)
        commitments.countersign(signed, seen=signed.digest, by=who.receiving_head)

    assert_flat_queries(lambda: client.get("/"), grow=grow)


def test_the_desk_of_who_countersigns_many_commitments_is_flat(client, assert_flat_queries):
    who = situations.parties()
    situations.a_signed_one(who, year=2000)
    client.force_login(who.receiving_head)

    assert_flat_queries(
        lambda: client.get("/"),
        grow=lambda: [situations.a_signed_one(who, year=year) for year in range(2001, 2040)],
    )


def test_the_page_of_an_edition_and_a_sheet_of_it_are_flat(client, assert_flat_queries):
    small, large = (
        an_edition(a_province(code, departments=number)).edition
        for code, number in (("TN", 3), ("TM", 300))
    )

    for query in ("", "?khoi=1", "?q=phong+nghiep+vu", "?q=khong+co"):
        shown = [small]

        def draw_the_page(shown=shown, query=query):
            cache.clear()  # a page that was drawn is kept
            client.get(reverse("reports:edition", args=[shown[0].pk]) + query)

        assert_flat_queries(
            draw_the_page,
            grow=lambda shown=shown: shown.append(shown.pop() and large),
        )
    shown = [small]

    def draw_a_sheet():
        cache.clear()  # a sheet that was drawn is kept
        client.get(reverse("reports:sheet", args=[shown[0].pk, shown[0].results.get(rank=1).pk]))

    assert_flat_queries(draw_a_sheet, grow=lambda: shown.append(shown.pop() and large))
    answer = client.get(reverse("reports:edition", args=[large.pk]))
    assert answer.context["figures"].units == 300


def test_the_public_list_is_flat(client, assert_flat_queries):
    province = a_province()
    an_edition(province)
    table(province, "A,90\n")

    def grow():
        for number in range(12):
            an_edition(province, title=f"Kỳ thứ {number}")
            table(province, "A,90\nB,80\n", title=f"Bảng thứ {number}")

    def draw_the_list():
        cache.clear()
        client.get(reverse("reports:public"))

    assert_flat_queries(draw_the_list, grow=grow)


def test_the_page_of_an_earlier_table_is_flat(client, assert_flat_queries):
    province = a_province()
    small = table(province, "A,90\nB,80\nC,70\n")
    large = table(
        province, "".join(f"TN-P{n % 2 + 1:02},{n % 90}\n" for n in range(300)), title="Bảng dài"
    )
    shown = [small]

    def draw_the_table():
        cache.clear()
        client.get(reverse("reports:earlier-table", args=[shown[0].pk]))

    assert_flat_queries(
        draw_the_table,
        grow=lambda: shown.append(shown.pop() and large),
    )


def table(province, lines: str, title: str = "Bảng"):
    told = Told(assessor=province.police, year=2019, title=title, scale=USUAL_SCALE)
    return bring_in(f"unit,points\n{lines}".encode(), name="bang.csv", told=told).table
