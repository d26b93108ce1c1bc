"""Tables published before the portal, brought in as their pages print them: real figures."""

from dataclasses import dataclass
from pathlib import Path

from scoring.rules.published_reading import read_renaming
from scoring.rules.ranking import USUAL_SCALE, Scale, read_limits
from scoring.services.published_tables import Told, assessor_of_year, bring_in


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
