"""Inspections in every state, built only through the services."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from commitments.models import (
    Inspection,
    InspectionFinding,
    InspectionPlan,
    InspectionTask,
)
from commitments.rules.inspection import InspectionTerms, PlanWords, PointWords
from commitments.services import (
    inspection_findings,
    inspection_openings,
    inspection_plans,
    inspection_team,
    inspections,
    mending,
)
from commitments.services.inspection_findings import Found
from commitments.services.inspection_team import Checked
from commitments.services.inspections import Minutes
from commitments.services.mending import Demand
from commitments.services.plans import Paper
from tests.worlds import Province, a_province
from units.models import Document, Unit, User
from units.permissions import Role
from units.services import documents

WORDS = PlanWords("Kế hoạch kiểm tra thử nghiệm", "Căn cứ thử nghiệm", "Mục đích thử nghiệm")


_numbers = count(1)


@dataclass
class Sides:
    """The police that inspects, the department that is inspected, and the people there."""

    province: Province
    unit: Unit
    inspected: Unit
    organiser: User
    head: User
    editor: User


def sides(province: Province | None = None) -> Sides:
    province = province or a_province()
    inspected = province.departments[0]
    return Sides(
        province,
        province.police,
        inspected,
        organiser=province.a_person(Role.ORGANISER, province.police),
        head=province.a_person(Role.HEAD, province.police),
        editor=province.a_person(Role.EDITOR, inspected),
    )


def again(one):
    """The row as it lies in the database now."""
    related = {Inspection: ("unit", "above", "inspected", "plan")}.get(type(one), ())
    return type(one).objects.select_related(*related).get(pk=one.pk)


def terms(**said) -> InspectionTerms:
    today = timezone.localdate()
    usual = {"scope": "Việc thực hiện kế hoạch", "covers": "năm nay", "starts_on": today}
    return InspectionTerms(**(usual | {"ends_on": said.get("starts_on", today)} | said))


def a_draft_plan(who: Sides, *, lines: int = 1, year: int | None = None) -> InspectionPlan:
    """A plan whose inspections begin today, or in June of another year."""
    today = timezone.localdate()
    first = today if year in (None, today.year) else date(year, 6, 1)
    plan = inspection_plans.draft(who.unit, year=first.year, words=WORDS, by=who.organiser)
    for at in range(lines):
        unit = who.province.departments[at % len(who.province.departments)]
        days = terms(starts_on=first)
        inspection_plans.add(plan, inspected=unit, terms=days, by=who.organiser)
    return again(plan)


def an_issued_plan(who: Sides, **said) -> InspectionPlan:
    plan = a_draft_plan(who, **said)
    return inspection_plans.issue(plan, seen=plan.version, paper=paper("KH"), by=who.head)


def paper(kind: str, day: date | None = None) -> Paper:
    return Paper(f"12/{kind}-CAT", day or timezone.localdate())


def sudden(who: Sides, **said) -> Inspection:
    said.setdefault("reason", "Theo chỉ đạo.")
    said.setdefault("scope", f"Việc số {next(_numbers)}")
    return inspection_openings.open_sudden(
        who.unit, inspected=who.inspected, terms=terms(**said), by=who.organiser
    )


def decided(who: Sides, inspection: Inspection | None = None) -> Inspection:
    one = inspection or sudden(who)
    today = timezone.localdate()
    for person, duty in ((who.organiser, "head"), (None, "secretary")):
        name = "" if person else "Lê Thị Thư"
        inspection_team.seat(one, person=person, name=name, post="", duty=duty, by=who.organiser)
    points = [
        PointWords("Ban hành kế hoạch", "t_ban_hanh", "1.1.1"),
        PointWords("Sổ theo dõi hồ sơ"),
    ]
    inspection_team.add_points(one, points=points, by=who.organiser)
    one = again(one)
    return inspections.decide(
        one,
        seen=one.version,
        number="215/QĐ-CAT-PV01",
        day=today,
        starts_on=today,
        ends_on=today + timedelta(days=1),
        by=who.organiser,
    )


def under_way(who: Sides, inspection: Inspection | None = None) -> Inspection:
    one = decided(who, inspection)
    return inspections.begin(one, seen=one.version, by=who.organiser)


def found(who: Sides, one: Inspection, kind: str = "shortcoming", point=None) -> InspectionFinding:
    said = Found(kind, "Ban hành chậm 12 ngày.", point)
    return inspection_findings.find(one, found=said, by=who.organiser)


def looked_at(who: Sides, inspection: Inspection | None = None) -> Inspection:
    """Every point has its result, a strength and a shortcoming at the first are found."""
    one = under_way(who, inspection)
    checked = {point.pk: Checked(point.version, "not_met", "Chậm") for point in one.checklist.all()}
    inspection_team.check(one, checked=checked, by=who.organiser)
    found(who, one, point=one.checklist.order_by("position").first())
    found(who, one, "strength")
    return again(one)


def minutes_of(one: Inspection) -> Minutes:
    return Minutes(timezone.localdate(), "Trụ sở", "Trần Văn Tiếp", "Trưởng phòng", "Khá.")


def minuted(who: Sides, inspection: Inspection | None = None) -> Inspection:
    one = looked_at(who, inspection)
    return inspections.minute(one, seen=one.version, minutes=minutes_of(one), by=who.organiser)


def drawn_up(who: Sides, inspection: Inspection | None = None, *, days: int = 10) -> Inspection:
    """Conclusion and one demand, not signed yet."""
    one = minuted(who, inspection)
    inspections.write_conclusion(
        one, seen=one.conclusion_seal, text="Cơ bản đạt.", by=who.organiser
    )
    demanded(who, one, days=days)
    return again(one)


def demanded(who: Sides, one: Inspection, *, days: int = 10) -> InspectionTask:
    finding = one.findings.shortcomings().first()
    due = timezone.localdate() + timedelta(days=days)
    said = Demand("Ban hành đúng thời hạn.", due, "Nguyễn Văn Sửa", finding)
    return mending.demand(one, demand=said, by=who.organiser)


def followed(who: Sides, inspection: Inspection | None = None, *, days: int = 10) -> Inspection:
    one = drawn_up(who, inspection, days=days)
    return inspections.conclude(one, seen=one.version, paper=paper("TB"), by=who.head)


def a_paper(unit: Unit, by: User, number: str = "9/BC") -> Document:
    return documents.note(unit, by=by, number=number, declared_not_secret=True)


def reported(who: Sides, one: Inspection) -> InspectionTask:
    task = one.tasks.get()
    return mending.report(
        task,
        seen=task.version,
        result="Đã ban hành.",
        done_on=timezone.localdate(),
        proofs=[a_paper(one.inspected, who.editor)],
        by=who.editor,
    )


def mended(who: Sides, one: Inspection) -> Inspection:
    task = reported(who, one)
    mending.accept(task, seen=task.version, by=who.organiser)
    one = again(one)
    return inspections.close(one, seen=one.version, by=who.organiser)
