"""Texts merged through several levels stay readable: whose each line is can be seen."""

from reports.rules.merging import stands_in, told_by

WARDS = "\n".join(
    [
        told_by("Công an phường Nghi Thủy", "Rà soát 3 thủ tục."),
        told_by("Công an phường Nghi Tân", "Rà soát 2 thủ tục."),
    ]
)


def test_every_line_of_a_merged_text_stands_under_the_unit_it_came_through():
    town = told_by("Công an thị xã Cửa Lò", WARDS)
    province = told_by("Công an tỉnh Nghệ An", f"{town}\n\nKiểm tra 5 đơn vị.")

    assert town.splitlines() == [
        "Công an thị xã Cửa Lò:",
        "- Công an phường Nghi Thủy: Rà soát 3 thủ tục.",
        "- Công an phường Nghi Tân: Rà soát 2 thủ tục.",
    ]
    assert province.splitlines() == [
        "Công an tỉnh Nghệ An:",
        "- Công an thị xã Cửa Lò:",
        "+ Công an phường Nghi Thủy: Rà soát 3 thủ tục.",
        "+ Công an phường Nghi Tân: Rà soát 2 thủ tục.",
        "- Kiểm tra 5 đơn vị.",
    ]
    deepest = told_by("Bộ", told_by("A", told_by("B", province)))
    assert "· Công an phường Nghi Tân: Rà soát 2 thủ tục." in deepest


def test_a_text_is_known_again_at_every_depth():
    town = told_by("Công an thị xã Cửa Lò", WARDS)
    province = told_by("Công an tỉnh Nghệ An", town)

    assert stands_in(WARDS, province)
    assert stands_in(town, f"Mở đầu.\n{province}")
    assert stands_in("Rà soát 3 thủ tục.", province)
    assert stands_in("a\nb", "Đơn vị: a\nb"), "as texts were taken before"
    assert not stands_in("Rà soát 4 thủ tục.", province)
