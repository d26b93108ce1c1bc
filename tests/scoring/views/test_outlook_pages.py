"""“Được gì nếu…?” as a page: tried by a form, carried by the address, written nowhere."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from scoring.models import Dossier, Ownership, Score, ScoreChange
from scoring.rules.workflow import DossierState
from tests.scoring.marked import a_year, mark, put
from tests.scoring.ranked import a_ranked_year, publish
from tests.scoring.views.of_a_dossier import address
from tests.worlds import a_filled_dossier, a_province, a_submitted_dossier, a_verified_dossier, fill
from units.permissions import Role

pytestmark = pytest.mark.django_db

HTMX = {"headers": {"hx-request": "true"}}


def shown(client, dossier, user, query: str = ""):
    client.force_login(user)
    return client.get(reverse("scoring:outlook", args=[dossier.pk]) + query)


def words(answer) -> str:
    page = html.fromstring(answer.content.decode())
    (main,) = page.xpath("//main") or [page]
    return " ".join(main.text_content().split())


def inputs(answer) -> dict[str, list[str]]:
    """What the form would send as it stands."""
    page = html.fromstring(answer.content.decode())
    (form,) = page.xpath("//form[@id='tinh-thu']")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def test_a_form_sent_as_it_stands_changes_nothing_and_leads_to_a_bare_address(client):
    work = a_filled_dossier()
    fill(work, "2.1.1", {"numerator": "0", "denominator": "0"})
    page = shown(client, work.dossier, work.editor)

    answer = client.post(address("outlook", work), inputs(page))

    assert answer.status_code == 302
    assert answer.url == f"{address('outlook', work)}?side=self"


def test_several_answers_at_once_stand_in_the_address_and_stay_after_a_reload(client):
    work = a_filled_dossier()
    sent = inputs(shown(client, work.dossier, work.editor))
    sent |= {"1.2.1-numerator": "0", "2.1.1-not_applicable": "1"}

    first = client.post(address("outlook", work), sent)
    page = client.get(first.url)

    assert first.status_code == 302
    assert "Nếu đổi 2 tiêu chí" in words(page)
    assert "Nếu như vậy: 0,00 điểm" in words(page)
    assert "Nếu như vậy: không áp dụng" in words(page)
    assert inputs(page)["1.2.1-numerator"] == ["0"]
    again = client.post(address("outlook", work), inputs(page))
    assert again.url == first.url


def test_an_answer_that_is_taken_away_is_carried_too(client):
    work = a_filled_dossier()
    sent = inputs(shown(client, work.dossier, work.editor))
    del sent["1.1.1-yes"]

    answer = client.post(address("outlook", work), sent, follow=True)

    assert "Nếu đổi 1 tiêu chí" in words(answer)
    assert "Nếu như vậy: chưa có điểm" in words(answer)


def test_a_part_of_the_page_comes_at_once_with_the_address_that_keeps_it(client):
    work = a_filled_dossier()
    sent = inputs(shown(client, work.dossier, work.editor)) | {"1.2.1-numerator": "0"}

    answer = client.post(address("outlook", work), sent, **HTMX)

    assert answer.status_code == 200
    assert answer.headers["HX-Replace-Url"].startswith(f"{address('outlook', work)}?side=self&")
    assert "1.2.1-numerator=0" in answer.headers["HX-Replace-Url"]
    assert "Nếu đổi 1 tiêu chí" in words(answer)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("1.2.1-numerator", "48", "lớn hơn"),
        ("1.2.1-numerator", "abc", "1 dòng chưa hợp lệ"),
        ("1.1.1-not_applicable", "1", "áp dụng với mọi đơn vị"),
    ],
)
def test_what_cannot_be_read_is_said_and_stays_as_typed(client, field, value, sentence):
    work = a_filled_dossier()
    sent = inputs(shown(client, work.dossier, work.editor)) | {field: value}

    answer = client.post(address("outlook", work), sent)
    by_address = client.get(address("outlook", work), {field: value, "1.2.1-denominator": "47"})

    assert answer.status_code == 422
    assert sentence in words(answer)
    if field in inputs(answer):
        assert inputs(answer)[field] == [value]
    assert by_address.status_code == 422


@pytest.mark.parametrize(
    "query", ["?9.9.9-x=1", "?side=la", "?-=1", "?side=verified", "?a-b-c=%00"]
)
def test_what_the_address_cannot_mean_is_left_aside(client, query):
    work = a_filled_dossier()

    answer = shown(client, work.dossier, work.editor, query)

    assert answer.status_code == 200
    assert "Hiện nay, theo điểm tự chấm" in words(answer)


def test_no_statement_of_a_look_or_a_trial_writes_anything(client):
    work = a_submitted_dossier()
    sent = inputs(shown(client, work.dossier, work.head)) | {"1.2.1-numerator": "0"}
    rows = list(Score.objects.order_by("pk").values())
    state = list(Dossier.objects.order_by("pk").values())

    with CaptureQueriesContext(connection) as asked:
        client.post(address("outlook", work), sent, follow=True)
        client.post(address("outlook", work), sent, **HTMX)

    verbs = {query["sql"].split()[0].upper() for query in asked.captured_queries}
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE"}
    assert list(Score.objects.order_by("pk").values()) == rows
    assert list(Dossier.objects.order_by("pk").values()) == state
    assert ScoreChange.objects.filter(changed_by=work.head).count() == 0


def test_the_distance_to_the_rank_above_and_a_supposed_rank_are_told_above_and_after_publication(
    client,
):
    year = a_ranked_year(["90", "80", "70", "60"])
    dossier = year.period.dossiers.order_by("unit__code")[1]
    head = year.province.a_person(Role.HEAD, dossier.unit)
    trial = "?side=verified&2.1.1-trong=1"
    tells = "Đến hạng 1: còn thiếu 10,00 điểm"

    before = [words(shown(client, dossier, who, trial)) for who in (head, year.organiser)]
    publish(year)
    after = words(shown(client, dossier, head, trial))

    assert tells not in before[0]
    assert "nêu sau khi công bố" in before[0]
    assert tells in before[1]
    assert tells in after


def test_others_are_counted_and_never_named(client):
    year = a_ranked_year(["100", "100", "100", "60"])
    dossier = year.period.dossiers.order_by("unit__code")[3]
    head = year.province.a_person(Role.HEAD, dossier.unit)

    page = shown(client, dossier, head).content.decode()

    assert "3/3 đạt điểm tối đa" in page
    assert not any(f"Phòng Nghiệp vụ {number}" in page for number in (1, 2, 3))


def test_whoever_only_owns_a_criterion_of_the_set_is_kept_out_and_not_led_there(client):
    work = a_verified_dossier()
    owner = work.year.province.departments[1]
    Ownership.objects.create(criterion=work.score("1.1.1").criterion.parent, unit=owner)
    verifier = work.year.province.a_person(Role.VERIFIER, owner)

    client.force_login(verifier)
    account = client.get(address("account", work))

    assert account.status_code == 200
    assert address("outlook", work) not in account.content.decode()
    assert client.get(address("outlook", work)).status_code == 403


def test_forty_units_cost_as_many_queries_as_three(client, assert_flat_queries):
    seen = {}

    def grow(code: str, units: int) -> None:
        year = a_year(a_province(code, departments=units), title=f"Kỳ {code}")
        mark(
            list(Score.objects.filter(dossier__period=year.period).select_related("criterion")),
            Random(1),
        )
        for one in year.period.dossiers.all():
            put(one, DossierState.VERIFIED, year.organiser)
        seen["at"] = reverse("scoring:outlook", args=[year.period.dossiers.first().pk])
        client.force_login(year.organiser)

    grow("TN", 3)
    assert_flat_queries(lambda: client.get(seen["at"]), grow=lambda: grow("LN", 40))
