"""The tables of earlier years in the demo: real figures, each under the name of its publisher."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from reports.demo import earlier
from scoring.models import PublishedTable
from scoring.services import results

UNITS = Path(settings.BASE_DIR) / "units" / "data"
PUBLISHED = Path(settings.BASE_DIR) / "scoring" / "data" / "published"


@pytest.fixture
def tables(db) -> list[PublishedTable]:
    files = (str(UNITS / f"units-{name}.csv") for name in ("ministry", "quangngai"))
    call_command("import_units", *files)
    earlier.build(PUBLISHED)
    return list(PublishedTable.objects.order_by("year").select_related("assessor"))


def test_both_tables_come_in_whole_and_say_where_they_are_from(tables):
    assert [(table.year, table.rows.count(), table.source_name) for table in tables] == [
        (2019, 10, "quang-ngai-police-2019-districts.csv (cchccongan.quangngai.gov.vn)"),
        (2023, 25, "tay-ninh-2023-departments-districts.csv (tayninh.gov.vn)"),
    ]


def test_each_table_stands_under_its_publisher_as_it_was_called_then(tables):
    police, civil = tables

    assert police.assessor.name == "Công an tỉnh Quảng Ngãi"
    assert str(police.assessor.last_on) == "2025-06-30"
    assert "do UBND tỉnh Tây Ninh công bố" in civil.title
    assert "Quyết định 2729/QĐ-UBND" in civil.title


def test_our_rules_give_the_printed_ranks_percentages_and_classes(tables):
    for table in tables:
        printed = {row.unit_name: row for row in table.rows.exclude(printed_rank=None)}
        ours = [line for line in results.lines(table) if line.rank and line.unit in printed]

        assert len(ours) == len([row for row in printed.values() if row.points is not None])
        for line in ours:
            row = printed[line.unit]
            assert line.rank == row.printed_rank
            assert line.percent == row.printed_percent
            assert line.classification == row.printed_band
