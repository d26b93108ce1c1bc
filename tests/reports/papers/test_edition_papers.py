"""The matrix of a block, the report of a year, the tasks that arose: what they say, and that it is
what was published."""

from fractions import Fraction

import pytest
from django.urls import reverse

from cchc_portal.kit.numerals import exactly, written
from reports.models import LostPoint, ResultDetail
from reports.papers.arising_tasks import arising_paper
from reports.papers.matrix import matrix_paper
from reports.papers.summary import summary_paper
from reports.rules.sealed_detail import mark_of, nodes_of
from scoring.rules.points import shown
from scoring.rules.ranking import USUAL_SCALE
from scoring.services.published_tables import Told, bring_in
from tests.reports.reading import text
from tests.reports.situations import Publication, a_lost_point, an_edition
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication() -> Publication:
    """Two units ranked, one excused."""
    return an_edition(a_province(departments=3), verified=2)


def details_of(publication: Publication) -> list[ResultDetail]:
    return list(ResultDetail.objects.of_block(publication.edition, 1))


def test_the_foot_of_the_matrix_is_what_was_published_and_what_its_components_come_to(publication):
    edition, details = publication.edition, details_of(publication)
    (group,) = matrix_paper(edition, details).groups
    foot = {row.title: row.cells for row in group.rows if row.level == "foot"}
    nodes = nodes_of(1, edition.criteria)

    assert [name for _, name in group.units] == [one.result.unit_name for one in details]
    for column, detail in enumerate(details):
        line = detail.result
        marks = [mark_of(one, nodes[one["code"]]) for one in detail.document["components"]]
        assert sum((mark.counted_points for mark in marks), Fraction(0)) == line.points
        assert foot["Tổng điểm"][column] == exactly(shown(line.points), 2)
        assert foot["Chỉ số (%)"][column] == written(line.percent, edition.places)
        assert foot["Xếp hạng trong khối"][column] == str(line.rank)
        components = [row for row in group.rows if row.level == "component"]
        assert [row.code for row in components] == [
            one["code"] for one in detail.document["components"]
        ]
        for row, mark, one in zip(components, marks, detail.document["components"], strict=True):
            told = "–" if one["not_applicable"] else written(mark.counted_points, 2)
            assert row.cells[column] == told


def test_units_stand_in_groups_as_wide_as_a_page(publication, monkeypatch):
    monkeypatch.setattr("reports.papers.matrix.UNITS_A_PAGE", 1)

    groups = matrix_paper(publication.edition, details_of(publication)).groups

    assert [[number for number, _ in group.units] for group in groups] == [[1], [2]]
    assert groups[1].words == "Đơn vị thứ 2 đến 2 của 2 đơn vị được xếp hạng"
    assert {len(row.cells) for group in groups for row in group.rows} == {1}


def test_the_page_of_an_edition_leads_those_who_oversee_to_its_papers(client, publication):
    client.force_login(publication.head)

    page = client.get(reverse("reports:edition", args=[publication.edition.pk])).content.decode()

    assert reverse("reports:matrix-paper", args=[publication.edition.pk, 1]) in page
    assert reverse("reports:summary-paper", args=[publication.edition.pk]) in page


def test_a_matrix_whose_details_were_changed_is_not_printed(client, publication):
    import pgtrigger

    broken = details_of(publication)[0]
    with pgtrigger.ignore():
        ResultDetail.objects.filter(pk=broken.pk).update(text=broken.text.replace("}", "} ", 1))
    client.force_login(publication.head)

    answer = client.get(reverse("reports:matrix-paper", args=[publication.edition.pk, 1]))

    assert answer.status_code == 409
    assert broken.result.unit_name in answer.content.decode()


def test_the_report_tells_the_year_beside_the_one_before(publication):
    edition = publication.edition
    first, second = edition.results.filter(rank__isnull=False).order_by("position")
    rows = f"unit_code,percent\n{first.unit_code},{first.percent - 1}\n{second.unit_code},99\n"
    told = Told(
        assessor=publication.period.assessor,
        year=edition.year - 1,
        title="Bảng năm trước",
        scale=USUAL_SCALE,
    )
    bring_in(rows.encode(), name="bang.csv", told=told)

    paper = summary_paper(edition)

    assert paper.general[0] == "Có 03 đơn vị trong 01 khối, trong đó 02 đơn vị được xếp hạng."
    middle = (Fraction(first.points) / Fraction(first.maximum) * 100) / 2 + (
        Fraction(second.points) / Fraction(second.maximum) * 100
    ) / 2
    assert paper.blocks[0].mean == written(middle, edition.places)
    assert paper.before_year == edition.year - 1
    assert [(row.name, row.points) for row in paper.risen] == [(first.unit_name, "+1,00")]
    assert [row.name for row in paper.fallen] == [second.unit_name]
    assert (
        "01 đơn vị tăng, 01 đơn vị giảm, không có đơn vị nào giữ nguyên" in paper.movement_words[0]
    )
    assert sum(int(piece.words) for piece in paper.classes.bars[0].pieces) == 2


def test_a_report_without_a_year_before_says_so(publication):
    assert summary_paper(publication.edition).movement_words == (
        "Chưa có kết quả công bố của năm trước để so sánh.",
    )


def test_the_tasks_that_arose_are_told_unit_by_unit(client, publication):
    edition, province = publication.edition, publication.year.province
    unit = edition.results.get(rank=2).unit
    point = a_lost_point(edition, unit, by=province.a_person(Role.EDITOR, unit))

    paper = arising_paper(edition, list(LostPoint.objects.arising_from(edition)))

    assert [one.unit for one in paper.units] == [unit.name]
    (task,) = paper.units[0].tasks
    assert (task.code, task.lost) == (point.code, written(point.lost, 2))
    assert task.title == point.task.title
    assert paper.result.startswith("Có 01 đơn vị đưa điểm bị mất vào cam kết năm sau")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("matrix-paper", "BẢNG ĐIỂM THEO TIÊU CHÍ THÀNH PHẦN"),
        ("summary-paper", "Tổng hợp kết quả xác định Chỉ số cải cách hành chính năm"),
        ("arising-paper", "Chưa có nhiệm vụ, cam kết nào phát sinh"),
    ],
)
def test_whoever_oversees_the_units_gets_each_paper_as_a_file(client, publication, name, words):
    block = [1] if name == "matrix-paper" else []
    client.force_login(publication.head)

    answer = client.get(reverse(f"reports:{name}", args=[publication.edition.pk, *block]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert words in text(answer.content)


def test_the_matrix_is_asked_for_in_as_many_queries_for_three_units_as_for_one(
    django_assert_max_num_queries, publication
):
    with django_assert_max_num_queries(1):
        assert len(details_of(publication)) == 2
    details = details_of(publication)
    with django_assert_max_num_queries(0):
        matrix_paper(publication.edition, details)
