"""What is remarkable in a table is told before it is published, and nothing else."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

from reports.rules.remarks import remarks
from scoring.rules.ranking import USUAL_SCALE


def row(unit: int, points: str = "", rank: int | None = None, *, block: int = 1, why: str = ""):
    return SimpleNamespace(
        unit_id=unit,
        unit_name=f"Phòng {unit}",
        block_position=block,
        block_name=f"Khối {block}",
        points=Fraction(points) if points else None,
        maximum=Decimal(100) if points else None,
        rank=rank,
        unranked_reason=why,
        satisfied=None,
        rated=None,
        people=None,
    )


def told(*rows) -> list[tuple[str, str]]:
    return [(remark.block, remark.sentence) for remark in remarks(rows, USUAL_SCALE, 2)]


def test_an_ordinary_table_has_nothing_to_be_remarked():
    assert told(row(1, "97", 1), row(2, "90", 2), row(3, "90.01", 1, block=2)) == []


def test_those_who_share_a_rank_are_named_together_block_by_block():
    found = told(row(1, "90", 1), row(2, "90", 1), row(3, "90", 1, block=2))

    assert found == [("Khối 1", "Đồng hạng 1, 2 đơn vị: Phòng 1; Phòng 2.")]


def test_a_figure_close_to_a_limit_is_told_with_the_side_on_which_it_fell():
    found = told(row(1, "95.1", 1), row(2, "94.9", 2), row(3, "94.89", 3), row(4, "94.995", 4))

    assert [sentence for _, sentence in found] == [
        "Sát ngưỡng: Phòng 1 95,10 %, đạt mức “Xuất sắc” (từ 95 %).",
        "Sát ngưỡng: Phòng 2 94,90 %, chưa đạt mức “Xuất sắc” (từ 95 %).",
        "Sát ngưỡng: Phòng 4 95,00 %, đạt mức “Xuất sắc” (từ 95 %).",
    ]


def test_a_unit_without_a_rank_is_told_with_the_reason():
    assert told(row(1, "90", 1), row(2, why="không đánh giá kỳ này")) == [
        ("Khối 1", "Không xếp hạng Phòng 2: không đánh giá kỳ này.")
    ]


def test_every_remark_has_a_key_of_its_own():
    rows = [row(1, "95", 1), row(2, "95", 1), row(3, why="a"), row(4, "95", 1, block=2)]
    keys = [remark.key for remark in remarks(rows, USUAL_SCALE, 2)]

    assert len(keys) == len(set(keys)) == 5


def test_satisfaction_that_is_no_longer_what_was_measured_is_told_with_both_counts():
    stale, fresh, elsewhere = row(1, "90", 1), row(2, "88", 2), row(3, "86", 3)
    for one, people in ((stale, None), (fresh, 400), (elsewhere, None)):
        one.satisfied, one.rated, one.people = 381, 382, people
    found = remarks([stale, fresh, elsewhere], USUAL_SCALE, 2, {1: (981, 1082), 2: (381, 382)})

    assert [one.sentence for one in found] == [
        "Mức hài lòng khác kết quả đo lường hiện nay: Phòng 1 (381/382 lượt, đợt đo lường ghi "
        "981/1.082 lượt)."
    ]
