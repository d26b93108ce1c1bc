"""Figures that Công an tỉnh Hà Tĩnh asks of its departments, and a drive of identity cards.

Every figure is made up by a fixed seed and marked so; the indicators are the usual ones.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from reports.demo.people import Registry
from reports.demo.year import on
from scoring.models import Collection, Drive, Reading
from scoring.rules.indicator import Days, Roll, Span, usual_days
from scoring.services import collections, drives, indicators, readings
from units.kinds import UnitKind
from units.models import Unit, User
from units.permissions import Role

HALF_WAY = "HT-PC06"
"""Its people can try the page: some figures are there, one of them odd."""
MISSING = ("TTHC-03", "MC-01", "CC-02", "KT-03", "TH-02")
ODD = "TTHC-02"
"""Looks odd by itself, and stands in no share that would come to more than 100 %."""
SIGNED = {
    "VB-02": {"name": "Văn bản gửi điện tử, ký số", "part_of": "VB-03"},
    "VB-03": {"name": "Văn bản được phép gửi điện tử"},
}
"""Indicators of the province's own, which the self-assessment takes."""
SILENT = "HT-PH10"
USUAL = {
    "TTHC-01": 40, "TTHC-02": 6, "TTHC-03": 3, "HS-01": 1200, "HS-02": 1150, "HS-03": 1120,
    "HS-04": 900, "MC-01": 1, "MC-02": 60, "CC-01": 900, "CC-02": 820, "VB-01": 12,
    "VB-02": 290, "VB-03": 300, "KT-01": 3, "KT-02": 4, "KT-03": 3, "KT-04": 3, "KT-05": 3,
    "TH-01": 2, "TH-02": 90, "PA-01": 14, "PA-02": 13,
}  # fmt: skip
NOTED = {"MC-02": "Gồm kinh phí của năm trước chuyển sang (dữ liệu minh họa)."}
REASON = "Cộng sót sổ theo dõi của tháng cuối kỳ (dữ liệu minh họa)."
FEWER = 5
"""The department in charge gives out fewer cards than a commune, by so many times."""
CARDS, DAYS_GONE, DAYS_LEFT, COMMUNES = 1800, 45, 14, 6


def build(
    registry: Registry, province: Unit, organiser: User, editors: dict[int, User], *, today: date
) -> None:
    """Two half years, the second closed and corrected once; a month under way; a drive."""
    random = Random(20260714)
    with on(date(today.year - 1, 6, 15)):
        _catalogue(province, organiser)
        years = (
            (today.year - 1, today.year) if today > date(today.year, 6, 14) else (today.year - 1,)
        )
    for year in years:
        days = usual_days(Span.HALF, year)
        with on(days.ends_on):
            half = _open(province, organiser, Span.HALF, year, days)
        with on(days.due_on):
            _fill(half, organiser, editors, random, times=6)
            collections.close(half.pk, by=organiser)
        with on(days.due_on + timedelta(days=6)):
            _correct(half, organiser)
    last = today.replace(day=1) - timedelta(days=1)
    days = Days(last.replace(day=1), last, today + timedelta(days=3))
    title = f"Báo cáo số liệu tháng {last.month} năm {last.year}"
    with on(today - timedelta(days=4)):
        month = _open(province, organiser, Span.OWN, last.year, days, title)
    with on(today - timedelta(days=1)):
        _fill(month, organiser, editors, random, times=1)
    _drive(registry, province, organiser, editors, random, today)


def _catalogue(province: Unit, organiser: User) -> None:
    """The usual indicators and two of the province's own, reported by departments."""
    indicators.seed(province, by=organiser)
    for code, said in reversed(SIGNED.items()):
        of_papers = {"code": code, "measure": "văn bản", "decimals": 0, "roll": Roll.SUM}
        indicators.add(province, of_papers | said, by=organiser)
    for one in province.indicators.current():
        said = {"code": one.code, "kinds": [UnitKind.DEPARTMENT.value]}
        indicators.revise(one.pk, said, by=organiser, seen=indicators.mark(one))


def _open(
    province: Unit, organiser: User, span: str, year: int, days: Days, title: str = ""
) -> Collection:
    return collections.open_(
        province, by=organiser, year=year, span=span, days=days, title=title, made_up=True
    )


def _fill(
    collection: Collection,
    organiser: User,
    editors: dict[int, User],
    random: Random,
    *,
    times: int,
) -> None:
    """Every department but the silent one; the one half-way stops early while it is open. The
    collection is held once for all its figures, which is a third of the work."""
    held = Collection.objects.hold_open(collection.pk)
    rows = Reading.objects.for_page().filter(collection=collection).held()
    under_way = collection.span == Span.OWN
    sizes: dict[int, int] = {}
    for row in rows.in_order():
        size = sizes.setdefault(row.unit_id, random.randint(60, 140))
        if under_way and (
            row.unit.code == SILENT or row.unit.code == HALF_WAY and row.indicator.code in MISSING
        ):
            continue
        amount = Decimal(max(1, USUAL[row.indicator.code] * times * size // 600))
        if under_way and row.unit.code == HALF_WAY and row.indicator.code == ODD:
            amount += 20  # above the procedures of which they are a part
        readings.write(
            row,
            held,
            by=editors.get(row.unit_id, organiser),
            amount=amount,
            note=NOTED.get(row.indicator.code, ""),
            reason="",
            seen_version=row.version,
        )


def _correct(collection: Collection, organiser: User) -> None:
    row = Reading.objects.get(collection=collection, unit__code=HALF_WAY, indicator__code="HS-01")
    readings.put(
        row.pk,
        by=organiser,
        amount=(row.amount or Decimal()) + 12,
        note="",
        reason=REASON,
        seen_version=row.version,
    )


def _drive(
    registry: Registry,
    province: Unit,
    organiser: User,
    editors: dict[int, User],
    random: Random,
    today: date,
) -> Drive:
    """Identity cards in a few communes and the department in charge, whose days are offered to its
    report of the month."""
    below = Unit.objects.children_on(province, today)
    communes = list(below.filter(kind=UnitKind.COMMUNE_POLICE).order_by("code")[:COMMUNES])
    in_charge = below.get(code=HALF_WAY)
    first = today - timedelta(days=DAYS_GONE)
    with on(first - timedelta(days=3)):
        hands = {
            unit.pk: registry.person(f"nhaplieu.{unit.code.lower()}", unit, Role.EDITOR)
            for unit in communes
        } | {in_charge.pk: editors[in_charge.pk]}
        drive = drives.open_(
            province,
            by=organiser,
            title="Đợt cao điểm cấp căn cước công dân",
            noun="thẻ",
            starts_on=first,
            ends_on=today + timedelta(days=DAYS_LEFT),
            targets={unit.pk: CARDS + 100 * place for place, unit in enumerate(communes)}
            | {in_charge.pk: CARDS // FEWER},
            figure_code="CC-02",
            made_up=True,
        )
    for share in drive.shares.all():
        pace = random.randint(28, 52) // (FEWER if share.unit_id == in_charge.pk else 1)
        for at in range(DAYS_GONE):
            day = first + timedelta(days=at)
            if day.weekday() == 6:
                continue
            drives.tell(
                share.pk,
                by=hands[share.unit_id],
                day=day,
                number=random.randint(pace - pace // 3, pace + pace // 3),
                seen_edition=0,
                today=today,
            )
    return drive
