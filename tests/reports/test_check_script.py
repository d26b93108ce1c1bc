"""docs/check_edition.py agrees with the portal about every exported edition, without our code."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from reports.models import Edition
from tests.reports.situations import a_correction, an_edition
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

SCRIPT = settings.BASE_DIR / "docs" / "check_edition.py"


def run(*files: Path) -> tuple[int, str]:
    """Exit code and words of the script, run in isolation: no site, no path of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(SCRIPT), *map(str, files)],
        capture_output=True,
        cwd="/",
        env={},
        timeout=60,
        check=False,
    )
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


@pytest.fixture
def exported(client, tmp_path) -> Callable[[Edition], Path]:
    def export(edition: Edition) -> Path:
        path = tmp_path / f"{edition.pk}.json"
        path.write_bytes(client.get(reverse("reports:edition-json", args=[edition.pk])).content)
        return path

    return export


def test_exported_editions_and_corrections_are_sound_alone_and_as_a_chain(exported):
    done = an_edition(a_province(departments=3), verified=2)
    first, second = done.edition, a_correction(done).edition
    third = an_edition(a_province("TM"), tie_rule="dense", places=4).edition
    files = [exported(edition) for edition in (third, first, second)]

    code, said = run(*files)

    assert code == 0
    assert [line.split(": ")[1].split(",")[0] for line in said.splitlines()] == ["đúng"] * 3
    assert all(edition.digest in said for edition in (first, second, third))


def points(row):
    row["points"] = "1/3"


def name(row):
    row["unit_name"] = "Phòng khác"


def rank(row):
    row["rank"] = 2


def band(row):
    row["band"] = "Khá"


def share(row):
    row["percent"] = "12.34"


def area(row):
    row["areas"][0]["percent"] = "1"


def unit(row):
    row["unit"] = 10**6


def survey(row):
    row["survey"] = "“Khảo sát khác” (01/01/2022 – 31/12/2022)"


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        (points, "điểm không bằng tổng điểm các lĩnh vực"),
        (name, "nội dung không khớp với mã"),
        (rank, "hạng 2, tính lại là 1"),
        (band, "xếp loại “Khá”"),
        (share, "chỉ số không đúng với điểm"),
        (area, "tỷ lệ của lĩnh vực"),
        (unit, "nội dung không khớp với mã"),
        (survey, "số người và đợt đo lường không đi cùng nhau"),
    ],
)
def test_one_thing_changed_in_the_file_is_named(exported, tampering, fault):
    path = exported(an_edition(verified=2).edition)
    said = json.loads(path.read_text(encoding="utf-8"))
    tampering(said["sealed"]["results"][0])
    path.write_text(json.dumps(said), encoding="utf-8")

    code, words = run(path)

    assert (code, "SAI: " in words) == (1, True)
    assert fault in words


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"form": 4', '"form": 5', "mới hơn chương trình này"),
        ('"rank": 1,', '"rank": 1.0,', "không viết chính xác"),
        ('"rank": 1,', '"rank": 2, "rank": 1,', "một tên đứng hai lần"),
        ('"short_code": "', '"short_code": "0', "mã rút gọn"),
        ('"previous": null', f'"previous": "{"0" * 64}"', "không khớp với mã"),
        ('"tie_rule": "skip"', '"tie_rule": "dense"', "không khớp với mã"),
    ],
)
def test_a_file_written_otherwise_is_refused(exported, old, new, fault):
    path = exported(an_edition(verified=2).edition)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    code, words = run(path)

    assert (code, fault in words) == (1, True), words


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"sealed": 1}', "không phải JSON"])
def test_what_is_no_edition_is_told_apart_from_a_false_one(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")

    code, words = run(path, tmp_path / "không-có.json")

    assert code == 2
    assert words.count("không đọc được như một bản công bố") == 2


def test_two_files_that_follow_the_same_edition_do_not_make_a_chain(exported, tmp_path):
    path = exported(an_edition().edition)
    twin = tmp_path / "twin.json"
    twin.write_bytes(path.read_bytes())

    code, words = run(path, twin)

    assert code == 1
    assert "cùng nối một mắt xích" in words


def test_composed_and_decomposed_letters_give_one_digest(exported):
    path = exported(an_edition().edition)
    text = path.read_text(encoding="utf-8")
    assert "ị" in text

    path.write_text(text.replace("Phòng", "Pho\u0300ng"), encoding="utf-8")

    assert run(path)[0] == 0


def test_an_edition_without_classes_or_without_an_end_is_told_in_a_sentence(exported, tmp_path):
    path, deep = exported(an_edition().edition), tmp_path / "deep.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["sealed"]["rules"] |= {"band_labels": [], "band_floors": []}
    path.write_text(json.dumps(said), encoding="utf-8")
    deep.write_text("[" * 200_000 + "]" * 200_000, encoding="utf-8")

    code, words = run(path, deep)

    assert code == 2
    assert words.count("không đọc được như một bản công bố") == 2
