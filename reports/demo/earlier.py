"""Tables published before the portal, brought in as their pages print them: real figures. And one
of Công an tỉnh Hà Tĩnh, made up and called so, so that its units have a year on paper too.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from django.db.models import QuerySet

from scoring.rules.published_reading import read_renaming
from scoring.rules.ranking import USUAL_SCALE, Scale, read_limits
from scoring.services.published_tables import Told, assessor_of_year, bring_in
from units.kinds import UnitKind
from units.models import Unit


@dataclass(frozen=True)
class EarlierTable:
    """A file of scoring/data/published, and what its page says around the table."""

    file: str
    site: str
    assessor: str
    year: int
    title: str
    renaming: tuple[str, ...]
    scale: Scale = USUAL_SCALE


TABLES = (
    EarlierTable(
        file="quang-ngai-police-2019-districts.csv",
        site="cchccongan.quangngai.gov.vn",
        assessor="QN",
        year=2019,
        title="Chỉ số cải cách hành chính năm 2019 của Công an cấp huyện",
        renaming=("index_percent=percent",),
    ),
    # The people's committee is no unit of the force: its table is kept for reference by the
    # department that stands for reform, and its title names the publisher.
    EarlierTable(
        file="tay-ninh-2023-departments-districts.csv",
        site="tayninh.gov.vn",
        assessor="BCA-V03",
        year=2023,
        title=(
            "Bảng tham khảo: Chỉ số cải cách hành chính năm 2023 do UBND tỉnh Tây Ninh công bố "
            "(Quyết định 2729/QĐ-UBND ngày 25/12/2023)"
        ),
        renaming=("verified_points=points", "ratio_percent=percent"),
        scale=read_limits("Tốt:80,Khá:60,Kém:0"),
    ),
)


ON_PAPER = 2020
MADE_UP = "Chỉ số cải cách hành chính năm 2020 của Công an tỉnh Hà Tĩnh (dữ liệu minh họa)"
LEFT_OUT = "HT-PC08"
"""Without a result that year, so that one line has nothing to stand beside."""


def build(folder: Path) -> None:
    """Both tables, each with the address of its page beside the name of its file."""
    for table in TABLES:
        told = Told(
            assessor=assessor_of_year(table.assessor, table.year),
            year=table.year,
            title=table.title,
            scale=table.scale,
            renaming=read_renaming(table.renaming),
        )
        name = f"{table.file} ({table.site})"
        outcome = bring_in((folder / table.file).read_bytes(), name=name, told=told)
        if outcome.faults:
            raise ValueError(outcome.faults)


def of_the_province(province: Unit) -> None:
    """The year before the first on the portal, by the same blocks, as `import_results` takes it."""
    lived = Unit.objects.children_on(province, date(ON_PAPER, 12, 31)).exclude(code=LEFT_OUT)
    random = Random(20201120)
    blocks = (
        (
            "Khối phòng trực tiếp giải quyết thủ tục hành chính",
            lived.filter(kind=UnitKind.DEPARTMENT, handles_procedures=True),
        ),
        ("Khối Công an cấp huyện", lived.filter(kind=UnitKind.DISTRICT_POLICE)),
    )
    lines = [line for name, units in blocks for line in _ranked(name, units, random)]
    paper = io.StringIO()
    csv.writer(paper).writerows([("block", "unit", "unit_code", "percent", "rank"), *lines])
    told = Told(
        assessor=assessor_of_year(province.code, ON_PAPER),
        year=ON_PAPER,
        title=MADE_UP,
        scale=USUAL_SCALE,
        renaming=read_renaming(()),
    )
    name = f"bang-ket-qua-{ON_PAPER}-minh-hoa.csv"
    outcome = bring_in(paper.getvalue().encode(), name=name, told=told)
    if outcome.faults:
        raise ValueError(outcome.faults)


def _ranked(block: str, units: QuerySet, random: Random) -> list[tuple]:
    """No two alike, so that the ranks are those of the order."""
    found = list(units.order_by("code"))
    figures = sorted(random.sample(range(7800, 9300), len(found)), reverse=True)
    random.shuffle(found)
    return [
        (block, unit.name, unit.code, f"{figure // 100}.{figure % 100:02}", rank)
        for rank, (unit, figure) in enumerate(zip(found, figures, strict=True), start=1)
    ]
