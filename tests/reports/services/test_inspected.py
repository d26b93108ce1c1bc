"""An inspection meets criteria, verification and figures: what is offered where, and papers."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import Inspection
from commitments.services import inspection_plans
from reports.papers.inspections import conclusion_pdf, minutes_pdf, plan_pdf
from reports.services import inspected, inspected_figures, told_figures
from scoring.models import Collection
from scoring.rules.indicator import Days, Span
from scoring.services import collections, indicators
from tests.inspections.situations import (
    Sides,
    a_draft_plan,
    again,
    an_issued_plan,
    followed,
    mended,
    minuted,
    paper,
    sides,
    sudden,
)
from tests.reports.reading import letters, text
from tests.worlds import Work, a_province, a_submitted_dossier, an_open_period
from units.permissions import Role


@pytest.fixture
def work(db) -> Work:
    return a_submitted_dossier(an_open_period())


def whos(work: Work) -> Sides:
    return sides(work.year.province)


def test_the_checklist_is_taken_from_the_set_of_the_inspected_unit_once(client, work: Work):
    who = whos(work)
    one = sudden(who)
    page = reverse("reports:inspection-criteria", args=[one.pk])
    client.force_login(who.organiser)
    nodes = inspected.components_for(inspected.dossier_for(one))
    assert len(nodes) == work.dossier.scores.count()
    assert client.post(page).status_code == 422
    sent = {"tc": [nodes[0].pk, nodes[1].pk]}
    assert client.post(page, sent).status_code == 302
    client.post(page, sent)
    said = list(one.checklist.values_list("criterion_code", "criterion_key", "text"))
    assert said == [(node.code, node.key, node.title) for node in nodes[:2]]
    elsewhere = work.year.province.departments[1]
    bare = Inspection(inspected=elsewhere, year=work.year.period.year - 1)
    assert inspected.dossier_for(bare) is None


def test_a_finding_is_offered_to_the_verifier_at_its_component_alone(client, work: Work):
    who = whos(work)
    one = minuted(who)
    row, other = work.score("1.1.1"), work.score("1.1.2")
    client.force_login(work.verifier)
    at_row = client.get(reverse("reports:inspected", args=[row.pk])).content.decode()
    assert "Ban hành chậm 12 ngày." in at_row
    assert f"{reverse('inspections:detail', args=[one.pk])}#phat-hien-1" in at_row
    headers = {"HX-Request": "true"}
    bare = client.get(reverse("reports:inspected", args=[other.pk]), headers=headers)
    assert bare.content.decode().strip() == ""
    desk = client.get(reverse("scoring:verification-desk", args=[work.dossier.pk]))
    assert "/kiem-tra/" in desk.content.decode()
    stranger = work.year.province.a_person(Role.VERIFIER, work.year.province.departments[1])
    (found,) = inspected.findings_at(row, stranger)
    assert (found.opens, found.finding.is_mended) == (False, False)
    before = work.year.period.data_from - timedelta(days=9)
    Inspection.objects.filter(pk=one.pk).update(
        year=before.year, starts_on=before, ends_on=before + timedelta(days=8)
    )
    assert inspected.findings_at(row, work.verifier) == []


def test_figures_of_inspections_are_offered_to_the_report_and_taken_by_a_press(client, db):
    who = sides()
    ministry = who.province.ministry
    above = who.province.a_person(Role.ORGANISER, ministry)
    editor = who.province.a_person(Role.EDITOR, who.unit)
    indicators.seed(ministry, by=above)
    today = timezone.localdate()
    plan = an_issued_plan(who, lines=2)
    mended(who, followed(who, plan.inspections.order_by("pk").first()))
    followed(who)
    days = Days(today - timedelta(days=30), today, today + timedelta(days=5))
    asked = collections.open_(
        ministry, by=above, year=today.year, span=Span.OWN, days=days, title="Thử"
    )

    offered = told_figures.offered_to(asked, who.unit.pk)
    told = {one.reading.indicator.code: one.amount for one in offered}
    assert told == {"KT-01": 2, "KT-02": 2, "KT-03": 1, "KT-04": 2, "KT-05": 1}
    page = reverse("reports:told-figures", args=[asked.pk, who.unit.pk])
    client.force_login(editor)
    readings = reverse("scoring:readings", args=[asked.pk, who.unit.pk])
    assert page in client.get(readings).content.decode()
    endless = {f"v-{offered[0].reading.pk}": "9" * 5000}
    assert client.post(page, endless).status_code == 409
    plan.refresh_from_db()
    inspection_plans.reopen(plan, seen=plan.version, comment="Thêm đơn vị", by=who.head)
    still = {
        one.reading.indicator.code: one.amount
        for one in told_figures.offered_to(asked, who.unit.pk)
    }
    assert (still["KT-04"], still["KT-05"]) == (2, 1)  # what was issued stays planned
    with pytest.raises(ChangedMeanwhile):
        told_figures.take(asked, who.unit.pk, seen={}, by=editor)
    plan.refresh_from_db()
    inspection_plans.issue(plan, seen=plan.version, paper=paper("KH"), by=who.head)
    seen = {f"v-{one.reading.pk}": one.reading.version for one in offered}
    assert client.post(page, seen).status_code == 302
    again_offered = told_figures.offered_to(asked, who.unit.pk)
    assert all(one.same for one in again_offered)
    assert again_offered[0].reading.amount == Decimal(2)
    nothing = client.post(page, seen)
    assert (nothing.status_code, "Không có số liệu nào để lấy" in nothing.content.decode()) == (
        409,
        True,
    )
    with pytest.raises(PermissionDenied):
        told_figures.take(asked, who.unit.pk, seen={}, by=who.editor)
    collections.close(asked.pk, by=above)
    asked.refresh_from_db()
    with pytest.raises(MoveRefused, match="đã chốt"):
        told_figures.take(asked, who.unit.pk, seen={}, by=editor)


def test_a_figure_belongs_to_the_stretch_in_which_it_came_to_be(db, time_machine):
    who, today = sides(), timezone.localdate()
    one = followed(who, an_issued_plan(who).inspections.get())
    time_machine.move_to(timezone.now() + timedelta(days=10))
    mended(who, again(one))

    def counts(first: int, last: int) -> dict[str, int]:
        days = {"starts_on": today + timedelta(first), "ends_on": today + timedelta(last)}
        return inspected_figures.counts_of([who.unit.pk], Collection(**days))[who.unit.pk]

    assert counts(-30, 0) == {"KT-01": 1, "KT-02": 1, "KT-03": 0, "KT-04": 1, "KT-05": 1}
    assert counts(1, 20) == {"KT-01": 0, "KT-02": 0, "KT-03": 1, "KT-04": 0, "KT-05": 0}
    assert counts(-30, 20) == {"KT-01": 1, "KT-02": 1, "KT-03": 1, "KT-04": 1, "KT-05": 1}


def test_a_conclusion_without_demands_asks_for_no_mending_and_names_who_stands_between(db):
    who = sides(a_province(districts=1, communes=1))
    commune, (district,) = who.province.communes[0], who.province.districts
    said = text(conclusion_pdf(minuted(replace(who, inspected=commune))))
    assert "giải trình của đơn vị" not in said
    assert "kết quả khắc phục kèm" not in said
    assert f"Thông báo để {commune} biết" in said
    assert f"{commune} thuộc {district}" in said
    assert f"{district} (để theo dõi)" in said


def test_a_paper_of_an_inspection_ends_once_and_its_lines_for_the_unit_are_three(db):
    who = sides()
    one = followed(who)
    minutes = text(minutes_pdf(again(one)))
    for words in (minutes, text(conclusion_pdf(again(one)))):
        assert words.count("./.") == 1
    assert "Thời kỳ kiểm tra: năm nay." in minutes
    opinion = minutes[minutes.index("IV. Ý KIẾN") : minutes.index("Buổi làm việc kết thúc")]
    dotted = [word for word in opinion.split() if not word.strip(".…")]
    assert len(dotted) == 3


def test_notes_have_more_room_in_the_minutes_than_codes(db):
    printed = list(letters(minutes_pdf(again(minuted(sides())))))
    line = "".join(letter.sign for letter in printed)

    def middle(words: str) -> float:
        at = line.index(words)
        return (printed[at].left + printed[at + len(words) - 1].right) / 2

    code, outcome, note = (middle(words) for words in ("Tiêuchí", "Kếtquả", "Ghichú"))
    assert note - outcome > 1.5 * (outcome - code)


def test_a_name_under_the_minutes_breaks_after_its_rank_and_only_where_three_do_not_fit(db):
    one, called = again(minuted(sides())), "Thượng tá Trần Thị Khánh"

    def lines() -> int:
        """Over how many the last of these names on the page is set."""
        printed = list(letters(minutes_pdf(one), 1))
        signs = called.replace(" ", "")
        at = "".join(letter.sign for letter in printed).rindex(signs)
        rank, name = printed[at : at + len("Thượngtá")], printed[at + len("Thượngtá") :]
        name = name[: len("TrầnThịKhánh")]
        assert max(sign.bottom for sign in name) - min(sign.bottom for sign in name) < 3
        return 1 + (min(sign.top for sign in name) > max(sign.top for sign in rank))

    one.host = called
    assert lines() == 1
    one.team.update(name=called)
    assert lines() == 2


def test_papers_of_an_inspection_say_who_what_and_until_when(db):
    who = sides()
    draft = a_draft_plan(who)
    assert "DỰ THẢO" in text(plan_pdf(draft))
    assert "Căn cứ thử nghiệm." in text(plan_pdf(draft))
    bare = text(minutes_pdf(sudden(who)))
    assert ("(chưa ban hành)" in bare, "ngày …… tháng ……" in bare) == (True, True)
    one = followed(who)
    said = {
        "plan": text(plan_pdf(an_issued_plan(who, year=draft.year - 1))),
        "minutes": text(minutes_pdf(again(one))),
        "conclusion": text(conclusion_pdf(again(one))),
    }
    assert all("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words for words in said.values())
    assert not [name for name, words in said.items() if "DỰ THẢO" in words]
    for words in ("12/KH-CAT", "Phòng Nghiệp vụ 1", str(who.head)):
        assert words in said["plan"]
    for words in ("BIÊN BẢN", "Lê Thị Thư", "Trần Văn Tiếp", "Chưa đạt", "Ban hành chậm 12 ngày"):
        assert words in said["minutes"]
    assert "Thời gian bắt đầu: hồi" in said["minutes"]
    assert "kết thúc vào hồi" in said["minutes"]
    task = one.tasks.get()
    due = task.due_on
    assert f"{task.number}. {task.told}" in said["conclusion"]
    for words in ("12/TB-CAT", "Cơ bản đạt", "Nguyễn Văn Sửa", f"{due:%d/%m/%Y}", "tiêu chí 1.1.1"):
        assert words in said["conclusion"]
