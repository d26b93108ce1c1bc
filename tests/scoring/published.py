"""Tables published elsewhere, brought in by the command: what it said, and what was stored."""

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from scoring.models import PublishedTable
from tests.factories import a_unit
from units.kinds import UnitKind
from units.models import Unit

PUBLISHED = Path(__file__).parents[2] / "scoring" / "data" / "published"
YEAR = "2019"


@dataclass
class Said:
    """`code` as the shell sees it: 1 where the command refused, and then with `refusal`."""

    code: int
    out: list[str]
    faults: list[str]
    refusal: str = ""

    @property
    def findings(self) -> list[str]:
        """The lines about one row of the file."""
        return [line for line in self.out if line.startswith("Dòng ")]


def an_assessor() -> Unit:
    """Nothing but the unit whose results the tables of a test are."""
    return a_unit("TN", name="Công an tỉnh Thử Nghiệm", kind=UnitKind.PROVINCE_POLICE)


def run(command: str, *arguments: str) -> Said:
    """The command as it is typed, with what it wrote."""
    out, err = StringIO(), StringIO()
    code, refusal = 0, ""
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except CommandError as fault:
        code, refusal = 1, str(fault)
    return Said(code, out.getvalue().splitlines(), err.getvalue().splitlines(), refusal)


def bring(
    folder: Path, content: str | bytes, *options: str, name: str = "bang.csv", year: str = YEAR
) -> Said:
    """The content as a file, imported for Công an tỉnh Thử Nghiệm (TN)."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return run("import_results", str(file), "--assessor", "TN", "--year", year, *options)


def stored(**columns) -> list[tuple]:
    """These columns of every stored row, in the order of the file."""
    (table,) = PublishedTable.objects.filter(**columns)
    return list(table.rows.order_by("line").values_list("unit_name", "points", "maximum"))
