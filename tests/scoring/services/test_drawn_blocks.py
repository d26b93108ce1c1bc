"""Reported figures fill the empty rows of a block in one act, and a verifier sees where a unit says
otherwise."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Criterion, DossierEvent, PeriodEvent, Score, ScoreChange
from scoring.rules.drawn import Standing
from scoring.rules.kinds import Door
from scoring.rules.risk import Risk
from scoring.rules.workflow import DRAW, DossierState
from scoring.services import collections, dossiers, drawn_blocks, evidence, risks, scores
from tests.scoring.papers import a_document
from tests.scoring.reported import COUNT, RATIO, a_drawn_period, open_reports
from tests.worlds import a_draft_dossier, a_province, fill, hand_in

REASON = "Trừ 1 hồ sơ rút đơn sau ngày chốt."


@pytest.fixture
def work(db):
    """Three units: the first types one of its rows itself, the last has reported nothing."""
    year = a_drawn_period(a_province(departments=3))
    work = a_draft_dossier(year)
    work.reports = open_reports(year.province, year=year.period.year, organiser=year.organiser)
    for place in range(2):
        work.reports.put("HS-02", "40", place=place)
        work.reports.put("HS-03", "30", place=place)
    fill(work, RATIO, {"numerator": "29", "denominator": "40"}, note=REASON)
    return work


def closed(work):
    collections.close(work.reports.collection.pk, by=work.reports.organiser)


def standings(work) -> list[tuple[str, str]]:
    lines = drawn_blocks.lines(drawn_blocks.rows_of_block(work.year.block))
    return [(line.score.criterion.code, line.standing) for line in lines]


def test_one_act_fills_the_empty_rows_of_all_units_and_none_that_a_person_typed(work, client):
    block, organiser = work.year.block, work.year.organiser
    with pytest.raises(MoveRefused, match="chốt"):
        drawn_blocks.fill_block(block, by=organiser)  # what may still move is not taken
    with pytest.raises(PermissionDenied):
        drawn_blocks.fill_block(block, by=work.editor)
    closed(work)
    before = [(RATIO, how) for how in ("differs", "takes", "missing")]
    assert standings(work) == [*before, *[(COUNT, how) for how in ("takes", "takes", "missing")]]

    assert drawn_blocks.fill_block(block, by=organiser) == 3

    same, missing = Standing.SAME, Standing.MISSING
    after = [Standing.DIFFERS, same, missing, same, same, missing]
    assert [how for _, how in standings(work)] == after
    assert work.score(RATIO).self_answer == {"numerator": "29", "denominator": "40"}
    taken = work.score(COUNT)
    assert taken.self_answer == {"items": "30"}
    assert taken.self_note.startswith("Theo số liệu báo cáo năm")
    doors = ScoreChange.objects.filter(score=taken).values_list("door", flat=True)
    assert set(doors) == {Door.REPORTED}
    told = DossierEvent.objects.get(dossier=work.dossier, verb=DRAW)
    assert (told.by, told.comment) == (organiser, f"1 dòng: {COUNT} (30 {_item(taken)})")
    assert PeriodEvent.objects.get(verb=DRAW).comment == "Khối phòng: 3 dòng của 2 đơn vị"

    client.force_login(organiser)
    page = client.get(reverse("scoring:drawn-block", args=[block.pk])).content.decode()
    assert "29/40" in page
    assert REASON in page
    assert client.post(reverse("scoring:drawn-block", args=[block.pk])).status_code == 409
    work.reports.put("HS-03", "31", place=1, reason="Cộng sót")
    again = client.post(reverse("scoring:drawn-block", args=[block.pk]))
    assert again.status_code == 302, "what figures filled follows figures that were corrected"
    other = Score.objects.get(
        criterion__code=COUNT, dossier__unit=work.year.province.departments[1]
    )
    assert other.self_answer == {"items": "31"}


def _item(score: Score) -> str:
    return score.criterion.rule["item"]


def test_a_unit_fills_its_own_dossier_and_a_row_it_emptied_stays_empty(work, client):
    closed(work)
    emptied = work.score(RATIO)
    scores.save_self(
        emptied,
        by=work.editor,
        answer=None,
        note="",
        not_applicable=False,
        seen_version=emptied.version,
    )
    client.force_login(work.editor)
    paper = client.get(reverse("scoring:dossier", args=[work.dossier.pk])).content.decode()
    address = reverse("scoring:drawn-dossier", args=[work.dossier.pk])
    assert address in paper

    assert client.post(address).status_code == 302

    assert work.score(COUNT).self_answer == {"items": "30"}
    assert work.score(RATIO).self_answer is None
    assert "Đơn vị đang tự ghi" in client.get(address).content.decode()
    assert client.post(address).status_code == 409


def test_a_verifier_is_shown_what_the_unit_reported_where_it_says_otherwise(work, client):
    closed(work)
    drawn_blocks.fill_dossier(work.dossier, by=work.editor)
    for code in work.dossier.scores.unanswered().values_list("criterion__code", flat=True):
        fill(work, code)
    hand_in(work)
    rows = list(
        work.dossier.scores.filter(criterion__code__in=(RATIO, COUNT))
        .select_related("criterion", "dossier")
        .prefetch_related("evidence")
        .order_by("criterion__code")
    )
    other, same = risks.risks_of(rows, work.year.period).values()
    assert "khác số liệu báo cáo (30/40)" in [one.sentence for one in other.risk.reasons]
    assert Risk.REPORTED not in [one.kind for one in same.risk.reasons]

    client.force_login(work.verifier)
    node = Criterion.objects.get(criteria_set__block=work.year.block, code=RATIO)
    ways = (
        reverse("scoring:verification-desk", args=[work.dossier.pk]) + f"?dong={rows[0].pk}",
        reverse("scoring:component-desk", args=[node.pk]) + "?loc=khac-so-lieu",
    )
    for way in ways:
        shown = client.get(way).content.decode()
        assert "đã báo cáo <b>30/40</b>" in shown
        assert REASON in shown
    desk = reverse("scoring:verification-desk", args=[work.dossier.pk]) + f"?dong={rows[1].pk}"
    assert "đúng như đơn vị ghi" in client.get(desk).content.decode()


SOURCE = "Theo số liệu báo cáo năm 2026: HS-03: 30."


def test_a_row_that_differs_from_reported_figures_is_not_handed_in_without_a_reason(work, client):
    closed(work)
    for code in work.dossier.scores.unanswered().values_list("criterion__code", flat=True):
        fill(work, code)
    fill(work, RATIO, {"numerator": "29", "denominator": "40"}, note=SOURCE)
    fill(work, COUNT, {"items": "30"})
    evidence.attach(work.score(RATIO), by=work.editor, document=a_document(work))

    with pytest.raises(MoveRefused, match=rf"1 dòng \({RATIO}\) ghi khác số liệu báo cáo"):
        hand_in(work)
    client.force_login(work.head)
    page = client.get(reverse("scoring:dossier-submit", args=[work.dossier.pk])).content.decode()
    assert "Ghi 29/40, đã báo cáo 30/40" in page
    assert "Xác nhận trình nộp" not in page

    fill(work, RATIO, {"numerator": "29", "denominator": "40"}, note=f"{SOURCE}\n{REASON}")
    hand_in(work)
    assert work.now().state == DossierState.SUBMITTED


def test_a_row_that_a_return_left_closed_is_asked_for_no_reason(work):
    closed(work)
    drawn_blocks.fill_dossier(work.dossier, by=work.editor)
    for code in work.dossier.scores.unanswered().values_list("criterion__code", flat=True):
        fill(work, code)
    hand_in(work)
    remarks = {work.score("1.1.1").pk: "Bổ sung"}
    dossiers.send_back(work.dossier, by=work.verifier, comment="Đề nghị sửa", remarks=remarks)
    work.reports.put("HS-03", "31", reason="Cộng sót")

    fill(work, "1.1.1", note="đã bổ sung")
    hand_in(work)

    assert work.now().state == DossierState.SUBMITTED
    (row,) = work.dossier.scores.filter(criterion__code=COUNT).select_related(
        "criterion", "dossier"
    )
    known = risks.risks_of([row], work.year.period)[row.pk]
    (told,) = [one.sentence for one in known.risk.reasons if one.kind == Risk.REPORTED]
    assert told.endswith(", chưa nêu lý do")


@pytest.mark.django_db
def test_the_page_of_a_block_asks_as_often_for_three_units_as_for_thirty(django_assert_num_queries):
    asked = []
    for code, units in (("TN", 3), ("TL", 30)):
        year = a_drawn_period(a_province(code, departments=units))
        reports = open_reports(year.province, year=year.period.year, organiser=year.organiser)
        for place in range(units):
            reports.put("HS-03", "30", place=place)
        collections.close(reports.collection.pk, by=reports.organiser)
        rows = drawn_blocks.rows_of_block(year.block)
        with django_assert_num_queries(4):
            asked.append(len(drawn_blocks.lines(rows)))
    assert asked == [6, 60]
