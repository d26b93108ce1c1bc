"""Công an tỉnh Hà Tĩnh 2022, told as published: on 24/11/2022 four phòng and two districts were
“Xuất sắc”, all others “Tốt” (portal of the provincial police). Which they were, and every figure,
is made up here by a fixed seed.
"""

from datetime import date
from fractions import Fraction
from random import Random

from reports.demo import satisfaction
from reports.demo.people import Registry
from reports.demo.year import DemoYear, on, send_reply
from reports.models import Edition
from reports.services import editions
from reports.services.frozen import Decision
from scoring.models import Dossier, Score
from scoring.rules.answers import parse_answer, parse_rule
from scoring.rules.kinds import Source
from scoring.services import dossiers, periods, scores, usual_reasons
from units.kinds import UnitKind
from units.models import Unit, User
from units.permissions import Role

EXCELLENT = ("HT-PC06", "HT-PA08", "HT-PV01", "HT-PX01", "HT-H446", "HT-H441")
CORRECTION = "Qua kiểm tra, văn bản được tính điểm ban hành sau kỳ số liệu (dữ liệu minh họa)."
TWINS = ("HT-H442", "HT-H437")
"""Two districts with the same answers, so that a shared rank can be seen."""

WITH_AN_EDITOR = ("HT-PC06", "HT-PH10", "HT-PC08")

DATES = {
    "data_from": date(2021, 9, 16),
    "data_until": date(2022, 9, 15),
    "opens_on": date(2022, 9, 16),
    "submit_by": date(2022, 9, 25),
    "verify_by": date(2022, 10, 20),
    "reply_by": date(2022, 10, 28),
    "publish_on": date(2022, 11, 24),
}


def staff_of_the_province(registry: Registry, province: Unit) -> dict[str, User]:
    """The people of the provincial police who run, verify, look on and sign."""
    staff_office = Unit.objects.get(code="HT-PV01")
    at_the_office = ((staff_office, Role.STAFF),)
    return {
        "organiser": registry.person(
            "thammuu", province, Role.ORGANISER, post="Cán bộ Phòng Tham mưu", also=at_the_office
        ),
        "verifier": registry.person(
            "thamdinh", province, Role.VERIFIER, post="Cán bộ thẩm định", also=at_the_office
        ),
        "second": registry.person(
            "thamdinh2", province, Role.VERIFIER, post="Tổ thẩm định, Thanh tra Công an tỉnh"
        ),
        "leader": registry.person(
            "lanhdao", province, Role.LEADER, post="Phó Giám đốc", rank="Đại tá"
        ),
        "head": registry.person("giamdoc", province, Role.HEAD, post="Giám đốc", rank="Đại tá"),
    }


def hands_of_the_units(
    registry: Registry, units: list[Unit]
) -> tuple[dict[int, User], dict[int, User]]:
    """Editors and heads by unit key: accounts nhaplieu.pc06, thutruong.pc06, thutruong.pv01, …

    Only the units shown to visitors have an editor of their own; elsewhere the head fills in too.
    """
    editors, heads = {}, {}
    for unit in units:
        short = unit.code.partition("-")[2].lower()
        head = registry.person(f"thutruong.{short}", unit, Role.HEAD)
        editors[unit.pk] = heads[unit.pk] = head
        if unit.code in WITH_AN_EDITOR:
            editors[unit.pk] = registry.person(
                f"nhaplieu.{short}", unit, Role.EDITOR, post="Cán bộ cải cách hành chính"
            )
    return editors, heads


def build(province: Unit, staff: dict[str, User], hands) -> None:
    """The whole year, from the draft in September to the decision in November."""
    editors, heads = hands
    with on(date(2022, 9, 5)):
        usual_reasons.begin(province, by=staff["organiser"])
        period = periods.draft(
            assessor=province,
            by=staff["organiser"],
            year=2022,
            title="Chỉ số cải cách hành chính năm 2022",
            made_up=True,
            **DATES,
        )
        year = DemoYear(
            period, staff["organiser"], staff["second"], editors, heads, Random(20221124)
        )
        department, district = [UnitKind.DEPARTMENT], [UnitKind.DISTRICT_POLICE]
        year.add_block(
            "Khối phòng trực tiếp giải quyết thủ tục hành chính", "PHONG_CO_TTHC", department, True
        )
        year.add_block(
            "Khối phòng không trực tiếp giải quyết thủ tục hành chính",
            "PHONG_KHONG_TTHC",
            department,
            False,
        )
        year.add_block("Khối Công an cấp huyện", "CA_HUYEN", district)
    with on(DATES["opens_on"]):
        year.open()
    truths = _truths(year)
    organiser = staff["organiser"]
    measured = satisfaction.measure(
        province, organiser=organiser, ends=DATES["data_until"], truths=truths
    )
    with on(date(2022, 9, 22), 14):
        for dossier, truth in truths.items():
            year.fill(dossier, truth)
            year.submit(dossier)
    with on(date(2022, 10, 12), 10):
        satisfaction.take_into(period.blocks.all(), measured, organiser=organiser)
        for dossier, truth in truths.items():
            year.judge(dossier, truth)
            year.verify(dossier)
    with on(date(2022, 11, 1)):
        periods.lock(year.period, by=organiser)
    with on(date(2022, 11, 24), 8):
        decision = decision_of("3412/QĐ-CAT-PV01", date(2022, 11, 24), staff["head"])
        edition = year.publish(by=staff["head"], decision=decision)
    _correct(year, edition, staff, heads)


def _correct(year: DemoYear, edition: Edition, staff: dict[str, User], heads) -> None:
    """Two weeks on: one component of one district did not hold, and a new decision says so."""
    head, organiser = staff["head"], staff["organiser"]
    line = edition.results.filter(block_position=3, rank=4).earliest("position")
    dossier = Dossier.objects.for_page().get(period=year.period, unit=line.unit_id)
    row = _one_answered_yes(dossier)
    with on(date(2022, 12, 5)):
        editions.open_for_correction(edition, by=head, comment=CORRECTION)
        dossiers.reopen(dossier, by=organiser, comment=CORRECTION)
        no = parse_answer(parse_rule(row.criterion.rule), {"yes": False}, row.maximum)
        scores.save_verified(
            row, by=staff["second"], seen_version=row.version, answer=no, reason=CORRECTION
        )
        dossiers.verify(Dossier.objects.for_page().get(pk=dossier.pk), by=staff["second"])
    with on(date(2022, 12, 6)):
        again = Dossier.objects.for_page().get(pk=dossier.pk)
        send_reply(again, by=heads[line.unit_id], agree_rest=True)
        periods.lock(year.period, by=organiser)
    with on(date(2022, 12, 8), 8):
        decision = decision_of("3568/QĐ-CAT-PV01", date(2022, 12, 8), head)
        year.publish(by=head, decision=decision._replace(reason=CORRECTION))


def _one_answered_yes(dossier: Dossier) -> Score:
    rows = dossier.scores.select_related("criterion", "dossier").filter(
        criterion__rule__type="binary", criterion__source=Source.SELF, verified_answer__yes=True
    )
    return rows.earliest("criterion__position")


def decision_of(number: str, day: date, head: User) -> Decision:
    """The paperwork of a decision of the province."""
    return Decision(
        number=number,
        decided_on=day,
        place="Hà Tĩnh",
        signer_authority="",
        signer_position="Giám đốc",
        signer_rank=head.police_rank,
        signer_name=head.full_name,
    )


def _truths(year: DemoYear) -> dict[Dossier, dict]:
    dossiers = list(Dossier.objects.filter(period=year.period).select_related("unit"))
    truths = {dossier: year.plan(dossier, _target(dossier, year.random)) for dossier in dossiers}
    first, second = (
        next(dossier for dossier in dossiers if dossier.unit.code == code) for code in TWINS
    )
    truths[second] = truths[first]
    return truths


def _target(dossier: Dossier, random: Random) -> Fraction:
    """Hundredths of a percent: 95,10 to 97,50 for the excellent, 81,00 to 94,40 for the good."""
    excellent = dossier.unit.code in EXCELLENT
    return Fraction(random.randint(9510, 9750) if excellent else random.randint(8100, 9440), 100)
