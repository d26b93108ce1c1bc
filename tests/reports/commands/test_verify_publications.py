"""`manage.py verify_publications`: with the walls down, whatever was changed is found and named."""

from io import StringIO

import pgtrigger
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from tests.reports.situations import a_correction, an_edition
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

WALLS = (
    "reports.EditionResult:append_only",
    "reports.ResultDetail:append_only",
    "reports.Edition:sealed",
    "reports.Edition:kept",
)


def verify() -> tuple[list[str], str]:
    """A line for each edition, and the closing refusal."""
    out = StringIO()
    try:
        call_command("verify_publications", stdout=out)
    except CommandError as refusal:
        return out.getvalue().splitlines(), str(refusal)
    return out.getvalue().splitlines(), ""


def tamper(statement: str) -> None:
    with pgtrigger.ignore(*WALLS), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount


def test_untouched_editions_and_corrections_are_sound_a_line_each():
    a_correction(an_edition(a_province(departments=3), verified=2))
    an_edition(a_province("TM"))

    lines, refusal = verify()

    assert (len(lines), refusal) == (3, "")
    assert all(line.endswith(": đúng") for line in lines)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "update reports_editionresult set points = array[1,3] where rank = 1",
            "Phòng Nghiệp vụ 1: điểm 1/3 không bằng tổng điểm các lĩnh vực",
        ),
        (
            "update reports_editionresult set maximum = maximum - 1 where rank = 1",
            "không bằng tổng các lĩnh vực",
        ),
        (
            "update reports_editionresult set percent = percent - 0.01 where rank = 1",
            "Phòng Nghiệp vụ 1: chỉ số",
        ),
        (
            "update reports_editionresult set rank = 2 where rank = 1",
            "Phòng Nghiệp vụ 1: hạng 2, tính lại là 1",
        ),
        (
            "update reports_editionresult set band = 'Khá' where rank = 1",
            "Phòng Nghiệp vụ 1: xếp loại “Khá”, tính lại là",
        ),
        (
            "update reports_editionresult set areas = jsonb_set(areas, '{0,percent}', '\"1\"') "
            "where rank = 1",
            "tỷ lệ của lĩnh vực",
        ),
        (
            "update reports_editionresult set areas = jsonb_set(areas, '{0,title}', '\"Khác\"') "
            "where rank = 1",
            "không có trong tiêu chí của khối",
        ),
        (
            "update reports_editionresult set position = 9 where rank is null",
            "dòng thứ 3 mang thứ tự 9",
        ),
        (
            "with gone as (delete from reports_resultdetail where result_id in "
            "(select id from reports_editionresult where rank = 1)) "
            "delete from reports_editionresult where rank = 1",
            "dòng thứ 1 mang thứ tự 2",
        ),
        ("update reports_edition set band_labels[2] = 'Giỏi'", "tính lại là “Giỏi”"),
        ("update reports_edition set places = 4", "tỷ lệ của lĩnh vực"),
        (
            "update reports_editionresult set unit_name = 'Phòng khác' where rank = 1",
            "không còn khớp với mã niêm phong",
        ),
        (
            "update reports_edition set decision_number = '1/QĐ'",
            "không còn khớp với mã niêm phong",
        ),
        ("update reports_edition set criteria = criteria || '[]'::jsonb || criteria", "mã niêm"),
        (
            "update reports_edition set published_at = published_at + interval '1 second'",
            "mã niêm phong",
        ),
        (
            "update reports_edition set digest = repeat('0', 64)",
            "mã niêm phong",
        ),
    ],
)
def test_one_thing_changed_by_sql_is_found_and_the_first_fault_is_named(statement, fault):
    an_edition(a_province(departments=3), verified=2)

    tamper(statement)

    (line,), refusal = verify()
    assert "SAI: " in line
    assert fault in line
    assert refusal == "Có 1 bản công bố không khớp."


def test_a_link_laid_to_another_edition_is_named():
    _, second, third = (an_edition(a_province(code)).edition for code in ("TN", "TM", "TP"))

    tamper(f"update reports_edition set previous_id = id where id = {third.pk}")
    tamper(f"update reports_edition set previous_id = {second.pk} where id = {second.pk}")

    lines, _ = verify()
    assert ["SAI: mắt xích không nối" in line for line in lines] == [False, True, True]


def test_a_digest_made_anew_after_a_change_breaks_the_edition_that_follows():
    first, second = (an_edition(a_province(code)).edition for code in ("TN", "TM"))

    tamper(f"update reports_edition set digest = repeat('a', 64) where id = {first.pk}")

    lines, refusal = verify()
    assert ["SAI" in line for line in lines] == [True, True]
    assert refusal == "Có 2 bản công bố không khớp."
    assert second.previous == first


def test_a_correction_that_claims_to_correct_another_period_is_named():
    other = an_edition(a_province("TM")).edition
    new = a_correction(an_edition(verified=2)).edition

    tamper(f"update reports_edition set corrects_id = {other.pk} where id = {new.pk}")

    lines, _ = verify()
    assert "bản được đính chính không phải bản liền trước" in lines[-1]
