"""`manage.py import_criteria`: all of a sound file or nothing of a faulty one."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from scoring.models import CriteriaSet, Criterion
from scoring.rules.kinds import Level
from tests.worlds import SMALL_SET, a_prepared_period

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[3] / "scoring" / "data"


def run(file, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_criteria", str(file), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(file) -> tuple[str, str]:
    """The closing sentence, and the lines on the error stream."""
    err = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_criteria", str(file), stdout=StringIO(), stderr=err)
    assert not CriteriaSet.objects.exists()
    return str(refusal.value), err.getvalue()


@pytest.fixture
def changed(tmp_path):
    """`changed(lambda data: …)`: the small set with something done to it, as a file."""

    def write(change) -> Path:
        data = json.loads(SMALL_SET.read_text(encoding="utf-8"))
        change(data)
        file = tmp_path / "tieu-chi.json"
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return file

    return write


def first_component(data) -> dict:
    return data["sets"][0]["areas"][0]["criteria"][0]["components"][0]


def test_the_catalogue_that_comes_with_the_portal_goes_in():
    out, _ = run(DATA / "criteria.json")

    assert CriteriaSet.objects.count() == 7
    assert Criterion.objects.filter(level=Level.COMPONENT).count() == 401
    assert (
        "PHONG_CO_TTHC: mới, phiên bản 1: 8 lĩnh vực, 24 tiêu chí, 62 tiêu chí thành phần; "
        "tổng điểm 100\n"
    ) in out


def test_the_one_stop_model_goes_in_on_a_scale_of_ten():
    out, _ = run(DATA / "one-stop-model.json")

    assert "MOT_CUA: mới, phiên bản 1" in out
    assert CriteriaSet.objects.get().maximum == 10


def test_a_file_imported_twice_changes_nothing_the_second_time():
    run(SMALL_SET)

    out, _ = run(SMALL_SET)

    assert "KIEM_THU: không đổi, phiên bản 1" in out
    assert CriteriaSet.objects.count() == 1


def test_a_changed_set_becomes_a_new_version_and_the_old_one_stays(changed):
    run(SMALL_SET)

    out, _ = run(changed(lambda data: first_component(data).update(title_vi="Tên mới")))

    assert "KIEM_THU: phiên bản mới, phiên bản 2" in out
    titles = Criterion.objects.filter(code="1.1.1").order_by("criteria_set__version")
    assert [node.title for node in titles] == ["Ban hành kế hoạch", "Tên mới"]


def test_a_change_back_is_a_third_version(changed):
    run(SMALL_SET)
    run(changed(lambda data: first_component(data).update(title_vi="Tên mới")))

    out, _ = run(SMALL_SET)

    assert "phiên bản mới, phiên bản 3" in out


def test_another_number_of_the_file_alone_is_no_change(changed):
    run(SMALL_SET)

    out, _ = run(changed(lambda data: data.update(version="7")))

    assert "không đổi, phiên bản 1" in out


def test_the_copies_of_blocks_are_not_touched(changed):
    year = a_prepared_period()

    run(changed(lambda data: first_component(data).update(title_vi="Tên mới")))

    assert year.block.criteria_set.criteria.get(code="1.1.1").title == "Ban hành kế hoạch"


def test_a_dry_run_says_the_same_and_stores_nothing():
    out, _ = run(SMALL_SET, "--dry-run")

    assert "KIEM_THU: mới, phiên bản 1" in out
    assert "chưa lưu" in out
    assert not CriteriaSet.objects.exists()


def test_points_are_read_exactly(changed):
    def halve(data):
        first_component(data)["max_points"] = 4.9
        data["sets"][0]["areas"][0]["criteria"][0]["components"][1]["max_points"] = 10.1

    run(changed(halve))

    assert str(Criterion.objects.get(code="1.1.1").maximum) == "4.900"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: first_component(data).update(max_points=6), "các tiêu chí thành phần cộng"),
        (lambda data: first_component(data).update(max_points="năm"), "không phải là số"),
        (lambda data: first_component(data).update(code="1.1.2"), "xuất hiện 2 lần"),
        (lambda data: first_component(data).update(key="t_kip_thoi"), "xuất hiện 2 lần"),
        (lambda data: first_component(data).update(title_vi=" "), "Thiếu tên"),
        (lambda data: first_component(data).pop("scoring"), "Thiếu cách chấm"),
        (lambda data: first_component(data).update(scoring={"type": "dice"}), "kiểu chấm điểm"),
        (
            lambda data: first_component(data).update(scoring={"type": "count", "item": "tin"}),
            "mức điểm",
        ),
        (lambda data: first_component(data).update(points_from="moon"), "nguồn điểm"),
        (lambda data: first_component(data).update(evidence="giấy"), "danh sách"),
        (lambda data: data["sets"][0].update(max_points=99), "các lĩnh vực cộng lại"),
        (lambda data: data["sets"][0].update(areas=[]), "chưa có lĩnh vực"),
        (lambda data: data.update(sets=data["sets"] * 2), "hai bộ tiêu chí cùng mã"),
        (lambda data: data.update(sets={}), "danh sách"),
    ],
)
def test_a_faulty_file_is_refused_with_its_fault(changed, change, told):
    closing, lines = refused(changed(change))

    assert told in lines
    assert "chưa lưu nội dung nào" in closing


def test_every_fault_of_a_file_is_listed(changed):
    def spoil(data):
        first_component(data).update(max_points=6, title_vi="")

    closing, lines = refused(changed(spoil))

    assert len(lines.splitlines()) == 2
    assert "2 lỗi" in closing


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "không phải JSON hợp lệ (dòng 1)"),
        (b"[1, 2", "không phải JSON hợp lệ"),
        ("Bộ tiêu chí".encode("utf-16"), "không phải văn bản UTF-8"),
        (b'{"sets": "' + b"1" * 20 + b'\\u0000"}', "ký tự không hợp lệ"),
        (b'{"sets": "\\ud800"}', "ký tự không hợp lệ"),
        (b"[" * 100_000, "không phải JSON hợp lệ"),
        (b'{"sets": ' + b"1" * 5000 + b"}", "không phải JSON hợp lệ"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(tmp_path, content, told):
    file = tmp_path / "hong.json"
    file.write_bytes(content)

    closing, _ = refused(file)

    assert told in closing


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path):
    closing, _ = refused(tmp_path / "khong-co.json")

    assert "Không đọc được tệp" in closing


def test_a_file_without_a_set_is_refused(tmp_path):
    file = tmp_path / "rong.json"
    file.write_bytes(b'{"sets": []}')

    _, lines = refused(file)

    assert lines == "tệp: Tệp không có bộ tiêu chí nào.\n"


@pytest.mark.parametrize("content", [b"[]", b"3", b'"bo"', b"null", b'{"sets": [3]}'])
def test_json_of_another_shape_is_refused(tmp_path, content):
    file = tmp_path / "khac.json"
    file.write_bytes(content)

    _, lines = refused(file)

    assert lines
