"""Collections of figures as their users open and fill them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from scoring.models import Collection, Criterion, Reading
from scoring.rules.indicator import Days, Span, usual_days
from scoring.services import collections, criteria, indicators, periods, readings
from tests.worlds import Province, Year, a_prepared_period, a_province
from units.models import User
from units.permissions import Role

USUAL = {"measure": "hồ sơ", "decimals": 0, "roll": "sum", "over_time": "sum"}
CATALOGUE = (
    {"code": "HS-02", "name": "Hồ sơ đã giải quyết"},
    {"code": "HS-03", "name": "Hồ sơ đúng hạn", "part_of": "HS-02"},
    {
        "code": "HS-05",
        "name": "Tỷ lệ đúng hạn",
        "roll": "ratio",
        "numerator": "HS-03",
        "denominator": "HS-02",
    },
    {"code": "TH-02", "name": "Kinh phí", "measure": "triệu đồng", "decimals": 2},
)


@dataclass
class Reports:
    """A province that asks its departments for figures, and who does what there."""

    province: Province
    organiser: User
    editor: User
    collection: Collection

    def reading(self, code: str, place: int = 0) -> Reading:
        """The figure of a department as it lies there."""
        unit = self.province.departments[place]
        return Reading.objects.for_page().get(
            collection=self.collection, unit=unit, indicator__code=code
        )

    def put(self, code: str, amount: str | None, *, place: int = 0, **said) -> Reading:
        """The organiser writes a figure for a department."""
        one = self.reading(code, place)
        told = {"by": self.organiser, "note": "", "seen_version": one.version} | said
        return readings.put(one.pk, amount=None if amount is None else Decimal(amount), **told)


def open_reports(
    province: Province | None = None, *, span: str = Span.HALF, year: int = 2026, organiser=None
) -> Reports:
    """The province asks for the four usual figures of the stretch."""
    province = province or a_province()
    organiser = organiser or province.a_person(Role.ORGANISER, province.police)
    if not province.police.indicators.exists():
        for line in CATALOGUE:
            indicators.add(province.police, USUAL | line, by=organiser)
    days = usual_days(span, year) or Days(date(year, 1, 1), date(year, 1, 31), date(year, 2, 5))
    collection = collections.open_(province.police, by=organiser, year=year, span=span, days=days)
    editor = province.a_person(Role.EDITOR, province.departments[0])
    return Reports(province, organiser, editor, collection)


def a_file(*lines: str) -> SimpleUploadedFile:
    """A table as somebody types it: codes of unit and indicator, figure."""
    text = "\n".join(["Mã đơn vị,Mã chỉ tiêu,Số liệu", *lines])
    return SimpleUploadedFile("so-lieu.csv", text.encode())


RATIO, COUNT = "1.2.1", "1.2.2"
"""Components that take the rate HS-03/HS-02, and the count HS-03."""
DRAWN = {
    RATIO: {"figure_numerator": "HS-03", "figure_denominator": "HS-02"},
    COUNT: {"figure_items": "HS-03"},
}


def a_drawn_period(province: Province | None = None, **columns) -> Year:
    """The usual period, with a ratio and a count that take reported figures; opened."""
    year = a_prepared_period(province, **columns)
    for code, said in DRAWN.items():
        node = Criterion.objects.get(criteria_set__block=year.block, code=code)
        criteria.edit(node, by=year.organiser, seen=node.version, rule={**node.rule, **said})
    year.period = periods.open(year.period, by=year.organiser)
    return year
