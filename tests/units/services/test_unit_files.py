"""A file of units against what is stored: new, changed, unchanged, wrong; all or nothing."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tests.factories import a_decision
from tests.worlds import COLUMNS, a_province
from units.kinds import UnitKind, UnitVerb
from units.models import Succession, Unit, UnitSpell
from units.services import mergers, units
from units.services.unit_files import RowWord, load

JAN, MARCH, JULY = date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1)

FILE = (
    "BCA,Bộ Công an,ministry,,,,,,,",
    "TN,Công an tỉnh Thử Nghiệm,province_police,BCA,,,,,,",
    "TN-H01,Công an huyện Một,district_police,TN,,2025-02-28,,,,",
    "TN-X1,Công an xã A,commune_police,TN-H01,,2025-06-30,TN-X3,TN,00001,inferred",
    "TN-X2,Công an xã B,commune_police,TN-H01,,2025-06-30,TN-X3,TN,00002,",
    "TN-X3,Công an xã Mới,commune_police,TN,2025-07-01,,,,00001,",
)

pytestmark = pytest.mark.django_db


def loaded(*lines: str, **options):
    (report,) = load([("thu.csv", "\n".join([COLUMNS, *lines]).encode())], **options)
    return report


def words(report) -> list[str]:
    return [row.word.value for row in report.rows]


def wrong(*lines: str) -> list[tuple[int, str]]:
    """Line and detail of every fault; nothing may have been stored."""
    before = stored()
    report = loaded(*lines)
    assert stored() == before
    return [(row.line, row.detail) for row in report.rows if row.word == RowWord.WRONG]


def stored():
    return [list(model.objects.order_by("pk").values_list()) for model in (Unit, UnitSpell)]


def changed(old: str, new: str) -> list[str]:
    """The file with one line told otherwise."""
    assert old in FILE
    return [new if line == old else line for line in FILE]


def test_a_new_file_is_stored_with_lives_parents_and_successors():
    report = loaded(*FILE)

    assert words(report) == ["new"] * 6
    commune = Unit.objects.get(code="TN-X1")
    assert commune.parent.code == "TN"
    assert [
        (spell.parent.code, spell.in_force.lower, spell.in_force.upper)
        for spell in commune.spells.order_by("in_force")
    ] == [("TN-H01", None, MARCH), ("TN", MARCH, JULY)]
    succession = commune.successions.get()
    assert (succession.successor.code, succession.happened_on) == ("TN-X3", JULY)
    assert commune.events.get().verb == UnitVerb.LOAD
    assert commune.certainty == "Suy ra từ nguồn công khai"


def test_the_same_file_again_changes_nothing():
    loaded(*FILE)
    before = stored()

    assert words(loaded(*FILE)) == ["same"] * 6
    assert stored() == before
    assert Succession.objects.count() == 2


def test_a_dry_run_tells_the_same_and_stores_nothing():
    assert words(loaded(*FILE, dry_run=True)) == ["new"] * 6
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        (FILE[2], FILE[2].replace("Một", "Hai"), "name: “Công an huyện Một” → “Công an huyện Hai”"),
        (FILE[4], FILE[4].replace("00002", "00009"), "gso_code: “00002” → “00009”"),
        (FILE[4], FILE[4] + "press", "basis: “” → “press”"),
        (
            FILE[4],
            FILE[4].replace("2025-06-30,TN-X3", "2025-05-31,"),
            "valid_to: “2025-06-30” → “2025-05-31”; successor_code: “TN-X3” → “”",
        ),
        (FILE[4], FILE[4].replace("TN-X3,TN,", "TN-X3;BCA,TN,"), "“TN-X3” → “BCA;TN-X3”"),
        (
            FILE[4],
            FILE[4].replace("TN-H01", "TN"),
            "parent_code: “TN-H01, TN từ 2025-03-01” → “TN”",
        ),
        (
            FILE[5],
            FILE[5].replace("commune_police", "station"),
            "kind: “Công an cấp xã” → “Đồn, trạm Công an”",
        ),
    ],
)
def test_a_line_told_otherwise_is_changed_and_then_unchanged(old, new, detail):
    loaded(*FILE)

    report = loaded(*changed(old, new))

    (row,) = [row for row in report.rows if row.word == RowWord.CHANGED]
    assert row.line == FILE.index(old) + 2
    assert detail in row.detail
    assert words(loaded(*changed(old, new))) == ["same"] * 6
    assert words(loaded(*FILE)).count("changed") == 1  # and back again


def test_a_code_changes_hands_within_one_file():
    loaded("BCA,Bộ Công an,ministry,,,,,,,", "X,Phòng Cũ,department,BCA,,,,,,")

    report = loaded(
        "BCA,Bộ Công an,ministry,,,,,,,",
        "X,Phòng Mới,department,BCA,2025-03-01,,,,,",
        "X,Phòng Cũ,department,BCA,,2025-02-28,X,,,",
    )

    assert words(report) == ["same", "new", "changed"]
    old = Unit.objects.get(name="Phòng Cũ")
    assert old.successions.get().successor.name == "Phòng Mới"


@pytest.mark.parametrize(
    ("old", "new", "line", "detail"),
    [
        (
            FILE[1],
            FILE[1].replace(",BCA,", ",BCB,"),
            3,
            "parent_code: cấp trên: không có đơn vị mã BCB",
        ),
        (
            FILE[5],
            FILE[5].replace(",TN,", ",TN-H01,"),
            7,
            "parent_code: cấp trên: đơn vị mã TN-H01 không tồn tại suốt thời gian từ 2025-07-01",
        ),
        (
            FILE[3],
            FILE[3].replace(",TN,00001", ",TN-H01,00001"),
            5,
            "cấp trên: đơn vị mã TN-H01 không tồn tại suốt",
        ),
        (
            FILE[4],
            FILE[4].replace("TN-X3", "TN-X9"),
            6,
            "successor_code: đơn vị kế thừa: không có đơn vị mã TN-X9",
        ),
        (
            FILE[4],
            FILE[4].replace("TN-X3", "TN-X1"),
            6,
            "đơn vị kế thừa: đơn vị mã TN-X1 không tồn tại suốt thời gian từ 2025-07-01",
        ),
        (
            FILE[1],
            FILE[1].replace(",BCA,", ",TN-X3,"),
            3,
            "không tồn tại suốt",
        ),
        (FILE[4], FILE[4].replace("TN-X2", "TN-X1"), 6, "mã TN-X1 đã có ở dòng 5"),
        (
            FILE[4],
            FILE[4].replace("2025-06-30", "30/6/2025"),
            6,
            "valid_to: “30/6/2025” không phải",
        ),
        (FILE[5], FILE[5].replace("2025-07-01,", "2025-07-01,2025-06-30"), 7, "trước ngày bắt đầu"),
        (FILE[5], FILE[5].replace("commune_police", "xa"), 7, "không có loại đơn vị “xa”"),
    ],
)
def test_a_file_with_a_wrong_line_is_refused_whole(old, new, line, detail):
    faults = wrong(*changed(old, new))

    assert any(at == line and detail in told for at, told in faults), faults


def test_a_circle_is_refused_with_its_first_day_and_its_way():
    faults = wrong(
        "A,Phòng A,department,,,,,B,,",
        "B,Phòng B,department,A,,,,,,",
    )

    assert faults == [(2, "cột parent_code: cấp trên tạo thành vòng từ ngày 2025-03-01: A → B → A")]


def test_lines_that_lean_on_a_wrong_line_are_not_blamed_for_it():
    faults = wrong(*changed(FILE[1], FILE[1].replace("province_police", "tinh")))

    assert [line for line, _ in faults] == [3]


def test_a_unit_the_file_leaves_out_keeps_its_superior_on_every_day():
    loaded(*FILE)
    without = [line for line in FILE if not line.startswith(("TN-X1", "TN-X2"))]

    faults = wrong(*(line.replace("2025-02-28", "2025-01-31") for line in without))

    assert {line for line, _ in faults} == {4}
    assert "“Công an xã A” (TN-X1) trên cổng còn trực thuộc ngoài thời gian này" in faults[0][1]


def test_a_code_borne_by_a_unit_on_the_portal_is_not_given_twice():
    loaded("BCA,Bộ Công an,ministry,,,,,,,", "X,Một,department,BCA,,2025-02-28,,,,")
    loaded("X,Hai,department,BCA,2025-03-01,,,,,")

    faults = wrong("X,Một,department,BCA,,2025-12-31,,,,")

    assert faults == [(2, "cột code: mã X cùng thời gian thuộc về “Hai” trên cổng")]


def test_a_file_may_repeat_but_not_undo_what_was_decided_on_the_portal():
    province = a_province(departments=1)
    line = "TN-P01,Phòng Nghiệp vụ 1,department,TN,,,,,,"
    units.rename(
        province.departments[0],
        name="Phòng Mới",
        decision=a_decision(MARCH),
        by=province.administrator,
    )

    ((at, detail),) = wrong(line)
    assert at == 2
    assert "“Phòng Mới” → “Phòng Nghiệp vụ 1”: đơn vị đã thay đổi theo quyết định" in detail
    before = UnitSpell.objects.filter(unit__code="TN-P01").count()
    assert words(loaded(line.replace("Nghiệp vụ 1", "Mới"))) == ["same"]
    assert words(loaded(line.replace("Nghiệp vụ 1", "Mới") + "confirmed")) == ["changed"]
    assert UnitSpell.objects.filter(unit__code="TN-P01").count() == before == 2


def test_a_unit_that_received_another_may_still_be_told_anew():
    province = a_province(departments=2)
    one, two = province.departments
    mergers.merge([one], into=two, decision=a_decision(MARCH), by=province.administrator)

    assert words(loaded("TN-P02,Phòng Khác,department,TN,,,,,,")) == ["changed"]


def functions(*lines: str):
    content = "\n".join(["department_code,from,basis", *lines]).encode()
    (report,) = load([], functions=("chuc-nang.csv", content))
    return [(row.line, row.word.value, row.code, row.detail) for row in report.rows]


def test_functions_are_given_to_the_department_of_every_province():
    province = a_province(departments=2)

    assert functions("P01,,x", "P02,2025-03-01,y") == [
        (2, "changed", "P01", "TN-P01"),
        (3, "changed", "P02", "TN-P02 từ 2025-03-01"),
    ]
    assert [word for _, word, _, _ in functions("P01,,x", "P02,2025-03-01,y")] == ["same", "same"]
    second = province.departments[1]
    assert [spell.handles_procedures for spell in second.spells.order_by("in_force")] == [
        False,
        True,
    ]
    assert functions("P02,,y") == [(2, "changed", "P02", "TN-P02")]
    assert second.spells.get().handles_procedures


def test_functions_survive_a_file_that_tells_the_unit_anew():
    a_province(departments=1)
    functions("P01,2025-03-01,x")

    loaded("TN-P01,Phòng Khác,department,TN,,,,,,")

    spells = Unit.objects.get(code="TN-P01").spells.order_by("in_force")
    assert [(s.name, s.handles_procedures) for s in spells] == [
        ("Phòng Khác", False),
        ("Phòng Khác", True),
    ]


def test_a_function_decided_on_the_portal_stays():
    province = a_province(departments=1)
    decision = a_decision(JULY)
    units.change_function(
        province.departments[0],
        handles_procedures=True,
        decision=decision,
        by=province.administrator,
    )

    assert functions("P01,,x") == [(2, "same", "P01", "")]


def test_a_function_of_no_department_is_wrong():
    a_province(departments=1)

    assert functions("P01,,x", "P77,,y")[1] == (
        3,
        "wrong",
        "",
        "cột department_code: không có phòng mã P77",
    )
    assert not Unit.objects.filter(handles_procedures=True).exists()


def test_a_file_that_is_no_table_is_one_wrong_line():
    a_province(departments=1)

    (units_file, functions_file) = load([("a.csv", b"code\nX")], functions=("b.csv", b"\xff"))

    assert [(row.line, row.word) for row in units_file.rows] == [(1, RowWord.WRONG)]
    assert "thiếu cột trong dòng tiêu đề" in units_file.rows[0].detail
    assert functions_file.rows[0].detail == "tệp không phải bảng mã UTF-8"


def test_functions_pass_by_a_department_that_ended_before():
    province = a_province(departments=1)
    mergers.close(province.departments[0], decision=a_decision(JAN), by=province.administrator)

    assert functions("P01,2025-03-01,x") == [(2, "same", "P01", "")]


def test_the_command_stores_nothing_and_fails_when_a_line_is_wrong(tmp_path, capsys):
    file = tmp_path / "thu.csv"
    file.write_text("\n".join([COLUMNS, *FILE, "X,,department,TN,,,,,,"]), encoding="utf-8")

    with pytest.raises(CommandError, match="Không ghi gì"):
        call_command("import_units", str(file))

    told = capsys.readouterr().out
    assert "dòng 8 | sai | cột name: để trống" in told
    assert "thu.csv: 7 dòng: 6 mới, 0 thay đổi, 0 không đổi, 1 sai." in told
    assert not Unit.objects.exists()


def test_the_command_on_a_dry_run_says_so(tmp_path, capsys):
    file = tmp_path / "thu.csv"
    file.write_text("\n".join([COLUMNS, *FILE]), encoding="utf-8")

    call_command("import_units", str(file), dry_run=True)

    assert "Chạy thử: không ghi gì." in capsys.readouterr().out
    assert not Unit.objects.exists()


def test_a_line_with_two_faults_is_told_twice_and_counted_once(tmp_path, capsys):
    file = tmp_path / "thu.csv"
    file.write_text(f"{COLUMNS}\nX,,phòng,,,,,,,", encoding="utf-8")

    with pytest.raises(CommandError):
        call_command("import_units", str(file))

    told = capsys.readouterr().out
    assert told.count("dòng 2 | sai") == 2
    assert "thu.csv: 1 dòng: 0 mới, 0 thay đổi, 0 không đổi, 1 sai." in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], r"Đề nghị nêu"),
        (["khong-co.csv"], r"Không đọc được tệp khong-co\.csv: không có tệp này\."),
        (["units"], r"Không đọc được tệp units: đây là thư mục\."),
    ],
)
def test_the_command_says_what_it_misses(arguments, told):
    with pytest.raises(CommandError, match=told):
        call_command("import_units", *arguments)


def test_a_merged_file_keeps_kinds_a_unit_may_have():
    lines = [f"U{n},Đơn vị {n},{kind},BCA,,,,,," for n, kind in enumerate(UnitKind.values[1:])]

    assert set(words(loaded("BCA,Bộ Công an,ministry,,,,,,,", *lines))) == {"new"}
