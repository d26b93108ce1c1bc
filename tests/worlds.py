"""Situations for tests, built only through the services, so that none is impossible."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from scoring import tasks
from scoring.models import Block, CriteriaSet, Dossier, Period, Score
from scoring.rules.answers import Answer, TiersRule, parse_answer, parse_rule
from scoring.rules.catalogue import read_catalogue
from scoring.rules.criteria import CriteriaTree
from scoring.rules.kinds import Source
from scoring.rules.workflow import PeriodState
from scoring.services import blocks, catalogue, criteria, dossiers, periods, scores
from tests.factories import a_user
from units.kinds import UnitKind
from units.models import Unit, User
from units.permissions import Role
from units.services import people, unit_files

LONG_AGO = date(2020, 1, 1)

COLUMNS = (
    "code,name,kind,parent_code,valid_from,valid_to,successor_code,"
    "parent_code_from_2025_03_01,gso_code,basis"
)


@dataclass
class Province:
    """A ministry, one provincial police below it, and the person who administers the ministry."""

    ministry: Unit
    police: Unit
    departments: list[Unit]
    districts: list[Unit]
    communes: list[Unit]
    administrator: User

    def a_person(self, role: Role, at: Unit, *, first_on: date = LONG_AGO) -> User:
        """Somebody new who holds the role at the unit."""
        user = a_user()
        people.appoint(user, unit=at, role=role, first_on=first_on, by=self.administrator)
        return user


def a_province(
    code: str = "TN", *, departments: int = 2, districts: int = 0, communes: int = 0
) -> Province:
    """Codes: BCA, then `TN`, `TN-P01`…, `TN-H01`…, `TN-X001`… (in the first district, if any)."""
    lines = [COLUMNS, "BCA,Bộ Công an,ministry,,,,,,,"]
    lines.append(f"{code},Công an tỉnh Thử Nghiệm,province_police,BCA,,,,,,")
    lines += [
        f"{code}-P{n:02},Phòng Nghiệp vụ {n},department,{code},,,,,,"
        for n in range(1, departments + 1)
    ]
    lines += [
        f"{code}-H{n:02},Công an huyện {n},district_police,{code},,,,,,"
        for n in range(1, districts + 1)
    ]
    above = f"{code}-H01" if districts else code
    lines += [
        f"{code}-X{n:03},Công an xã {n},commune_police,{above},,,,,,"
        for n in range(1, communes + 1)
    ]
    (report,) = unit_files.load([("thu-nghiem.csv", "\n".join(lines).encode())])
    assert report.sound, report.rows
    units = {unit.code: unit for unit in Unit.objects.all()}
    return Province(
        ministry=units["BCA"],
        police=units[code],
        departments=[units[key] for key in units if key.startswith(f"{code}-P")],
        districts=[units[key] for key in units if key.startswith(f"{code}-H")],
        communes=[units[key] for key in units if key.startswith(f"{code}-X")],
        administrator=_the_administrator(units["BCA"]),
    )


def _the_administrator(ministry: Unit) -> User:
    """The one above every province; a second province has the same."""
    found = User.objects.filter(memberships__unit=ministry, memberships__role=Role.ADMINISTRATOR)
    if administrator := found.first():
        return administrator
    administrator = a_user(full_name="Quản trị Thử nghiệm")
    people.install_administrator(administrator, unit=ministry)
    return administrator


SMALL_SET = Path(__file__).parent / "data" / "small-set.json"


@dataclass
class Year:
    """A period, the province whose units it assesses, and the person who organises it there."""

    province: Province
    organiser: User
    period: Period

    @property
    def block(self) -> Block:
        """The first block."""
        return self.period.blocks.order_by("position").first()


def small_trees() -> tuple[CriteriaTree, ...]:
    """The small set as it stands in its file."""
    data = json.loads(SMALL_SET.read_text(encoding="utf-8"), parse_float=Decimal)
    found = read_catalogue(data)
    assert not found.faults, found.faults
    return found.sets


def the_small_set() -> CriteriaSet:
    """Eleven components, every kind of answer among them, 100 points; in the catalogue."""
    catalogue.import_sets(small_trees())
    return CriteriaSet.objects.newest().get(code="KIEM_THU")


def dates_around(today: date) -> dict[str, date]:
    """Dates of a period in whose self-assessment the day lies."""
    return {
        "data_from": today - timedelta(days=365),
        "data_until": today - timedelta(days=2),
        "opens_on": today - timedelta(days=1),
        "submit_by": today + timedelta(days=9),
        "verify_by": today + timedelta(days=30),
        "reply_by": today + timedelta(days=37),
        "publish_on": today + timedelta(days=60),
    }


def a_draft_period(province: Province | None = None, **columns) -> Year:
    """Nothing but title and dates, around today."""
    province = province or a_province()
    organiser = province.a_person(Role.ORGANISER, province.police)
    today = timezone.localdate()
    said = {"year": today.year, "title": f"Chỉ số cải cách hành chính năm {today.year}"}
    period = periods.draft(
        assessor=province.police, by=organiser, **(said | dates_around(today) | columns)
    )
    return Year(province, organiser, period)


def a_prepared_period(province: Province | None = None, **columns) -> Year:
    """One block of all departments with the small set: may be opened."""
    year = a_draft_period(province, **columns)
    block = blocks.add(
        year.period, by=year.organiser, name="Khối phòng", kinds=[UnitKind.DEPARTMENT]
    )
    criteria.copy_into(block, the_small_set(), by=year.organiser)
    blocks.choose_by_kind(block, by=year.organiser)
    return year


def an_open_period(province: Province | None = None, **columns) -> Year:
    """The same, opened: every department has a dossier in draft."""
    year = a_prepared_period(province, **columns)
    year.period = periods.open(year.period, by=year.organiser)
    if year.period.state == PeriodState.OPENING:  # a large one is left to a worker
        tasks.fill_period(year.period.pk)
        year.period.refresh_from_db(fields=["state"])
    return year


@dataclass
class Work:
    """One dossier of an open period, and everybody who has a hand in it."""

    year: Year
    dossier: Dossier
    editor: User
    head: User
    verifier: User

    def score(self, code: str) -> Score:
        """The score of a component, as it lies in the database now."""
        return self.dossier.scores.select_related("criterion", "dossier").get(criterion__code=code)

    def now(self) -> Dossier:
        """The dossier as it lies in the database now."""
        return Dossier.objects.for_page().get(pk=self.dossier.pk)


ANSWERS = {
    "binary": {"yes": True},
    "tiers": {"value": "0"},
    "state": {"level": 0},
    "ratio": {"numerator": "46", "denominator": "47"},
    "deduction": {"events": "1"},
    "count": {"items": "1"},
    "checklist": {"checked": [0]},
    "survey": {"satisfied": "2518", "rated": "2756"},
    "given": {"points": "0.5"},
}


EXPLANATION = "Theo sổ theo dõi của đơn vị."


def an_answer(score: Score, data: dict | None = None) -> Answer:
    """An answer the component's rule has read: this one, or a usual one of its kind."""
    rule = parse_rule(score.criterion.rule)
    by_state = isinstance(rule, TiersRule) and rule.by_state
    usual = ANSWERS["state" if by_state else rule.type]
    return parse_answer(rule, usual if data is None else data, score.maximum)


def fill(
    work: Work, code: str, data: dict | None = None, *, note: str = EXPLANATION, **columns
) -> Score:
    """The editor answers one component, with words for want of papers."""
    score = work.score(code)
    said = {"not_applicable": False, "seen_version": score.version, "by": work.editor} | columns
    return scores.save_self(score, answer=an_answer(score, data), note=note, **said)


def settle(
    work: Work, code: str, *, by: User | None = None, seen_version: int = 0, **verdict
) -> Score:
    """The verifier settles one component: accepts it, where nothing else is said."""
    score = work.score(code)
    return scores.save_verified(
        score,
        by=by or work.verifier,
        seen_version=seen_version or score.version,
        **(verdict or {"accept": True}),
    )


def a_draft_dossier(year: Year | None = None) -> Work:
    """The first department's dossier, nothing written yet."""
    year = year or an_open_period()
    dossier = year.period.dossiers.select_related("unit").order_by("unit__code").first()
    return Work(
        year=year,
        dossier=Dossier.objects.for_page().get(pk=dossier.pk),
        editor=year.province.a_person(Role.EDITOR, dossier.unit),
        head=year.province.a_person(Role.HEAD, dossier.unit),
        verifier=year.province.a_person(Role.VERIFIER, year.province.police),
    )


def a_filled_dossier(year: Year | None = None) -> Work:
    """Every component that the unit assesses itself is answered."""
    work = a_draft_dossier(year)
    for code in work.dossier.scores.unanswered().values_list("criterion__code", flat=True):
        fill(work, code)
    return work


def hand_in(work: Work) -> Work:
    """The head submits it as it is."""
    work.dossier = dossiers.submit(work.dossier, by=work.head, seen=work.dossier.scores.stamp())
    return work


def a_submitted_dossier(year: Year | None = None) -> Work:
    """Filled and handed in."""
    return hand_in(a_filled_dossier(year))


def a_settled_dossier(year: Year | None = None) -> Work:
    """Handed in and every component settled: accepted, or given where the unit does not assess."""
    work = a_submitted_dossier(year)
    for score in work.dossier.scores.select_related("criterion"):
        if score.criterion.source == Source.SELF:
            settle(work, score.criterion.code)
        else:
            answer = an_answer(score)
            settle(work, score.criterion.code, answer=answer, reason="Kết quả đo lường năm nay.")
    return work


def a_verified_dossier(year: Year | None = None) -> Work:
    """The verification is over."""
    work = a_settled_dossier(year)
    work.dossier = dossiers.verify(work.dossier, by=work.verifier)
    return work
