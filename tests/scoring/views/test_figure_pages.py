"""The organiser's pages of what units do not assess themselves, and where a unit reads of it."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from scoring.models import FigureUpload, Score
from scoring.services import dossiers
from tests.scoring.figures import PAPER, a_table, as_upload, bring_figures, put
from tests.worlds import a_draft_dossier, a_province, a_settled_dossier, an_open_period
from units.permissions import Role

pytestmark = pytest.mark.django_db

FIRST = "TN-P01"
SCRIPT = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def work(client):
    work = a_draft_dossier()
    client.force_login(work.year.organiser)
    return work


def page_of(work, code="3.1.2") -> str:
    address = reverse("scoring:figures-block", args=[work.year.block.pk])
    return f"{address}?dong={work.score(code).criterion_id}"


def save(client, work, code="3.1.2", **sent):
    score = work.score(code)
    address = reverse("scoring:figure-save", args=[score.pk])
    return client.post(address, {"version": score.version} | sent, **SCRIPT)


def test_the_page_of_the_period_says_for_how_many_units_there_is_a_figure(client, work):
    put(work, "3.1.2", {"points": "5"})

    page = client.get(reverse("scoring:figures", args=[work.year.period.pk])).content.decode()

    assert "3.1.2" in page
    assert "1/2" in page
    assert "0/2" in page
    assert "1.1.1" not in page


def test_a_row_saves_itself_and_says_what_it_comes_to(client, work):
    answer = save(client, work, "3.1.1", satisfied="2518", rated="2756", source=PAPER)

    assert answer.status_code == 200
    assert "9,14" in answer.content.decode()
    assert work.score("3.1.1").verified_source == PAPER


def test_the_same_stroke_sent_twice_is_written_once(client, work):
    sent = {"points": "5", "source": PAPER, "pen": uuid4(), "stroke": 1, "version": 1}
    for _ in range(2):
        assert save(client, work, **sent).status_code == 200

    assert work.score("3.1.2").version == 2


def test_somebody_elses_hand_at_the_same_machine_is_refused(client, work):
    answer = save(client, work, points="5", source=PAPER, person=work.editor.pk)

    assert answer.status_code == 403
    assert answer.headers["Portal-Another"] == "yes"


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"points": "7", "source": PAPER}, 422, "lớn hơn điểm tối đa (6,00)"),
        ({"points": "5"}, 409, "Đề nghị ghi nguồn số liệu"),
        ({"points": "5", "source": "x" * 301}, 422, "Nguồn số liệu dài quá 300 ký tự"),
        ({"points": "5", "source": PAPER, "version": "x"}, 422, "Trang này đã cũ"),
    ],
)
def test_a_refused_row_keeps_what_was_typed_also_without_script(
    client, work, sent, status, sentence
):
    answer = save(client, work, **sent)
    plain = client.post(
        reverse("scoring:figure-save", args=[work.score("3.1.2").pk]), {"version": 1} | sent
    )

    assert answer.status_code == plain.status_code == status
    assert sentence in answer.content.decode()
    assert sentence in plain.content.decode()
    assert f'value="{sent["points"]}"' in plain.content.decode()
    assert not work.score("3.1.2").settled


def test_without_script_the_page_that_holds_the_row_is_shown_also_where_it_is_not_the_first(
    client, work, monkeypatch
):
    monkeypatch.setattr("scoring.views.figures.UNITS_A_PAGE", 1)
    last = (
        Score.objects.filter(criterion=work.score("3.1.2").criterion_id)
        .order_by("dossier__unit__position", "dossier__unit__code")
        .last()
    )
    address = reverse("scoring:figure-save", args=[last.pk])

    refused = client.post(address, {"version": last.version, "points": "7", "source": PAPER})
    saved = client.post(
        address, {"version": last.version, "points": "5", "source": PAPER}, follow=True
    )

    assert (refused.status_code, saved.status_code) == (422, 200)
    assert f'value="{PAPER}"' in refused.content.decode()
    for page in (refused, saved):
        assert f'id="don-vi-{last.pk}"' in page.content.decode()


def test_of_two_versions_one_is_chosen(client, work):
    put(work, "3.1.2", {"points": "4"})

    answer = save(client, work, version=1, points="5", source=PAPER)
    assert answer.status_code == 409
    assert "4,00 điểm" in answer.content.decode()
    theirs = save(client, work, version=1, points="5", source=PAPER, choose="theirs")
    assert 'value="4"' in theirs.content.decode()
    mine = {"version": 1, "their_version": 2, "choose": "mine"}
    assert save(client, work, points="5", source=PAPER, **mine).status_code == 200
    assert work.score("3.1.2").verified_points == 5


def test_a_table_is_brought_looked_through_and_written(client, work):
    table = a_table(work.year).put("3.1.2", FIRST, points=5, reason="Theo biên bản.")
    table.put("3.1.2", "TN-P02", points=99)
    address = reverse("scoring:figures-upload", args=[work.year.block.pk])

    preview = client.post(address, {"file": as_upload(table)}, follow=True)
    page = preview.content.decode()
    assert "lớn hơn điểm tối đa" in page
    assert "Theo biên bản." in page
    assert not work.score("3.1.2").settled

    score, upload = work.score("3.1.2"), FigureUpload.objects.get()
    apply = reverse("scoring:figures-apply", args=[upload.pk])
    assert client.post(apply, {}).status_code == 422
    sent = {f"dong-{score.pk}": "1", f"phien-ban-{score.pk}": score.version}
    assert client.post(apply, sent | {f"phien-ban-{score.pk}": "9"}).status_code == 409
    assert client.post(apply, sent).status_code == 302
    assert work.score("3.1.2").verified_points == 5


def test_a_file_that_is_none_is_refused_on_the_page(client, work):
    address = reverse("scoring:figures-upload", args=[work.year.block.pk])

    answer = client.post(address, {"file": as_upload(b"khong", "a.xlsx")})

    assert answer.status_code == 422
    assert "không phải là bảng tính Excel" in answer.content.decode()


def test_another_assessors_organiser_meets_404(client, work):
    elsewhere = a_province("TM")
    client.force_login(elsewhere.a_person(Role.ORGANISER, elsewhere.police))
    upload = bring_figures(work.year, a_table(work.year).put("3.1.2", FIRST, points=5))

    for name, key in (
        ("figures", work.year.period.pk),
        ("figures-block", work.year.block.pk),
        ("figures-preview", upload.pk),
    ):
        assert client.get(reverse(f"scoring:{name}", args=[key])).status_code == 404
    assert save(client, work, points="5", source=PAPER).status_code == 404


def test_the_unit_reads_figure_and_source_once_it_is_told_and_not_before():
    work = a_settled_dossier()
    unit = Client()
    unit.force_login(work.head)
    put(work, "3.1.2", {"points": "5"}, reason="Phối hợp tốt.")
    page = reverse("scoring:dossier", args=[work.dossier.pk])

    assert PAPER not in unit.get(page).content.decode()
    dossiers.verify(work.now(), by=work.verifier)

    for name in ("dossier", "account"):
        told = unit.get(reverse(f"scoring:{name}", args=[work.dossier.pk])).content.decode()
        assert PAPER in told
        assert "Phối hợp tốt." in told


def test_a_page_with_many_units_asks_the_database_no_more(client, assert_flat_queries):
    large = an_open_period(a_province(departments=12))
    client.force_login(large.organiser)
    work = a_draft_dossier(large)
    for paper in large.period.dossiers.exclude(pk=work.dossier.pk)[:9]:
        dossiers.excuse(paper, by=large.organiser, comment="Mới thành lập.")

    def grow():
        for paper in large.period.dossiers.filter(state="absent"):
            dossiers.recall(paper, by=large.organiser, comment="Đánh giá lại.")

    assert_flat_queries(lambda: client.get(page_of(work)), grow=grow)
    assert_flat_queries(
        lambda: client.get(reverse("scoring:figures", args=[large.period.pk])), grow=lambda: None
    )
