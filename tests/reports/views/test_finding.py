"""The search of the bar finds what one may see, and neither shows nor counts anything else."""

import pytest
from django.urls import reverse

from commitments.models import CommitmentTask
from reports.services import finding
from reports.services.finding import KINDS, SHOWN
from scoring.models import Collection, Indicator
from scoring.services import evidence, indicators
from tests.commitments import situations
from tests.commitments.plans import a_plan
from tests.conferences.situations import Sides, an_item, held
from tests.inspections import situations as inspected
from tests.inspections.situations import an_issued_plan
from tests.periodic.situations import a_round
from tests.reports.drive_addresses import a_drive
from tests.reports.situations import an_edition
from tests.scoring.papers import a_document
from tests.scoring.reported import USUAL, open_reports
from tests.worlds import a_draft_dossier, a_province, an_open_period
from units.models import Document
from units.permissions import Role

pytestmark = pytest.mark.django_db

OF_OTHERS = (
    "tieu-chi",
    "ke-hoach",
    "tai-lieu",
    "nhiem-vu",
    "y-kien",
    "hoi-nghi",
    "bao-cao",
    "kiem-tra",
    "cao-diem",
)
"""Kinds of which a stranger sees nothing; units and decisions are everybody's, and
every unit below is asked for the figures of the world."""


@pytest.fixture
def world():
    """A department with one of everything, and a district police that has nothing to do with it."""
    province = a_province(departments=1, districts=1)
    work = a_draft_dossier(an_open_period(province))
    who = situations.Parties(
        province, work.dossier.unit, province.police, work.editor, work.head, work.head
    )
    a_document(work, title="Báo cáo quý hai")
    situations.a_draft(who, number_of_tasks=1)
    a_plan(who)
    sides = Sides(province, who.unit, who.receiver, who.editor, who.head, who.head)
    an_item(sides, held(sides))
    a_round(province, work.year.organiser, span="half", year=2026)
    an_issued_plan(inspected.sides(province))
    a_drive(province, by=work.year.organiser)
    open_reports(province, organiser=work.year.organiser)
    work.stranger = province.a_person(Role.EDITOR, province.districts[0])
    return work


WORDS = {
    "don-vi": "nghiep phong",
    "tieu-chi": "1.1.1",
    "ke-hoach": "hoach 2026",
    "tai-lieu": "quy bao",
    "nhiem-vu": "thu vu",
    "y-kien": "chup anh",
    "hoi-nghi": "doi thoai",
    "bao-cao": "6 thang 2026",
    "kiem-tra": "nghiep vu",
    "cao-diem": "the cuoc can",
    "chi-tieu": "le dung ty",
}


def counts(client, user, words: str) -> dict[str, int]:
    """How many of each kind the page says there are for this person."""
    client.force_login(user)
    groups = client.get("/tim-kiem/", {"tim": words}).context["groups"]
    return {group.kind.slug: group.count for group in groups}


@pytest.mark.parametrize("slug", WORDS)
def test_who_may_see_it_finds_it_and_its_page_opens(client, world, slug):
    assert counts(client, world.editor, WORDS[slug])[slug] == 1

    answer = client.get("/tim-kiem/", {"tim": WORDS[slug], "loai": slug})

    (hit,) = answer.context["hits"]
    assert any(part.hit for part in hit.name)
    assert client.get(hit.address).status_code == 200


@pytest.mark.parametrize("slug", OF_OTHERS)
def test_a_stranger_neither_finds_nor_counts_it(client, world, slug):
    assert slug not in counts(client, world.stranger, WORDS[slug])

    answer = client.get("/tim-kiem/", {"tim": WORDS[slug], "loai": slug})

    assert answer.context["hits"] == []
    assert answer.context["page"].paginator.count == 0


def test_every_kind_is_asked_of_by_these_tests():
    assert {kind.slug for kind in KINDS} == {*WORDS, "quyet-dinh"}


def test_a_decision_is_found_by_everybody_who_has_signed_in(client):
    publication = an_edition(a_province(departments=1), title="Chỉ số thử 2024")
    stranger = publication.year.province.a_person(Role.STAFF, publication.year.province.ministry)

    assert counts(client, stranger, "chi so 2024") == {"quyet-dinh": 1}


def test_the_assessor_is_led_to_the_block_and_the_unit_to_its_own_row(client, world):
    pages = {}
    for person in (world.editor, world.year.organiser):
        client.force_login(person)
        answer = client.get("/tim-kiem/", {"tim": "1.1.1", "loai": "tieu-chi"})
        pages[person] = answer.context["hits"][0].address
        assert client.get(pages[person].partition("#")[0]).status_code == 200

    row = world.score("1.1.1").pk
    assert pages[world.editor] == f"/ho-so/{world.dossier.pk}/?dong={row}"
    assert pages[world.year.organiser].startswith(
        reverse("scoring:block", args=[world.year.block.pk])
    )


def test_the_level_that_asks_is_led_to_all_figures_of_an_indicator_and_the_unit_to_its_own(
    client, world
):
    owner = Indicator.objects.get(code="TH-02").owner
    never = indicators.add(
        owner, {**USUAL, "code": "TH-99", "name": "Chưa hỏi bao giờ"}, by=world.year.organiser
    )
    collection = Collection.objects.get()
    pages = {
        (world.editor, "le dung ty"): f"/so-lieu/{collection.pk}/don-vi/{world.dossier.unit_id}/",
        (world.year.organiser, "le dung ty"): f"/so-lieu/{collection.pk}/",
        (world.year.organiser, "chua hoi"): f"/so-lieu/chi-tieu/{never.pk}/",
    }
    for (person, words), page in pages.items():
        client.force_login(person)
        (hit,) = client.get("/tim-kiem/", {"tim": words, "loai": "chi-tieu"}).context["hits"]
        assert hit.address == page
        assert client.get(page).status_code == 200

    assert "chi-tieu" not in counts(client, world.editor, "chua hoi")
    outside = world.year.province.a_person(Role.STAFF, world.year.province.ministry)
    assert "chi-tieu" not in counts(client, outside, "le dung ty")


def test_what_is_found_is_escaped_and_marked(client, world):
    CommitmentTask.objects.update(title="<script>bao</script> cáo")
    client.force_login(world.editor)

    said = client.get("/tim-kiem/", {"tim": "báo"}).content.decode()

    assert "&lt;script&gt;<mark>bao</mark>&lt;/script&gt; cáo" in said
    assert "<script>bao" not in said


def test_nothing_asked_is_advice_and_one_letter_is_refused_with_a_sentence(client, world):
    client.force_login(world.editor)

    assert "Kết quả tìm hiện ở đây" in client.get("/tim-kiem/").content.decode()
    answer = client.get("/tim-kiem/", {"tim": "a"})
    assert answer.status_code == 422
    assert "ít nhất hai chữ cái" in answer.content.decode()
    assert client.get("/tim-kiem/", {"tim": "báo", "loai": "gi-do"}).status_code == 404


def test_ten_of_a_kind_are_shown_and_the_rest_by_pages_with_as_many_queries(
    client, world, assert_flat_queries
):
    client.force_login(world.editor)
    who = situations.Parties(
        world.year.province, world.dossier.unit, None, world.editor, world.head, world.head
    )
    commitment = CommitmentTask.objects.get().commitment
    situations.add_tasks(who, commitment, SHOWN)

    assert_flat_queries(
        lambda: client.get("/tim-kiem/", {"tim": "nhiem vu"}),
        grow=lambda: situations.add_tasks(who, commitment, 34),
    )

    (group,) = client.get("/tim-kiem/", {"tim": "nhiem thu"}).context["groups"]
    assert (len(group.hits), group.count) == (SHOWN, 45)
    answer = client.get("/tim-kiem/", {"tim": "nhiem thu", "loai": "nhiem-vu", "page": 2})
    assert len(answer.context["hits"]) == 15


def test_more_than_are_counted_are_told_as_such(client, world, monkeypatch):
    monkeypatch.setattr(finding, "MOST_COUNTED", 12)
    client.force_login(world.editor)
    who = situations.Parties(
        world.year.province, world.dossier.unit, None, world.editor, world.head, world.head
    )
    situations.add_tasks(who, CommitmentTask.objects.get().commitment, 2 * SHOWN)

    whole = client.get("/tim-kiem/", {"tim": "nhiem thu"})
    alone = client.get("/tim-kiem/", {"tim": "nhiem thu", "loai": "nhiem-vu"})

    assert "Trên 12 kết quả cho" in whole.content.decode()
    assert "Xem 12 nhiệm vụ đầu tiên" in whole.content.decode()
    assert "Trên 12 nhiệm vụ có" in alone.content.decode()
    assert "Chỉ xem được 12 nhiệm vụ đầu tiên" in alone.content.decode()
    assert len(alone.context["hits"]) == 12


def test_who_oversees_finds_the_documents_that_prove_something_and_no_others(client, world):
    leader = world.year.province.a_person(Role.LEADER, world.year.province.police)
    assert "tai-lieu" not in counts(client, leader, WORDS["tai-lieu"])

    (document,) = Document.objects.all()
    evidence.attach(world.score("1.1.1"), by=world.editor, document=document)

    for seer in (leader, world.editor):
        assert counts(client, seer, WORDS["tai-lieu"])["tai-lieu"] == 1
    assert "tai-lieu" not in counts(client, world.stranger, WORDS["tai-lieu"])


def test_the_box_is_in_the_bar_of_who_has_signed_in_and_of_nobody_else(client, world):
    assert "tim-trong-cong" not in client.get("/cong-bo/").content.decode()
    client.force_login(world.stranger)
    assert "tim-trong-cong" in client.get("/cong-bo/").content.decode()
