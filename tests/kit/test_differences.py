"""Two texts side by side lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.differences import joined, side_by_side


def test_what_only_one_text_has_is_marked_in_it():
    mine, theirs = side_by_side("Đã thay máy quét mới", "Đã thay máy in mới")

    assert [part.text for part in mine if part.own] == ["quét"]
    assert [part.text for part in theirs if part.own] == ["in"]


@given(mine=st.text(), theirs=st.text())
def test_both_texts_stay_whole(mine, theirs):
    cut_mine, cut_theirs = side_by_side(mine, theirs)

    assert "".join(part.text for part in cut_mine) == mine
    assert "".join(part.text for part in cut_theirs) == theirs


@given(mine=st.text(), theirs=st.text())
def test_joined_holds_both_to_the_letter(mine, theirs):
    both = joined(theirs, mine)

    assert mine.strip() in both
    assert theirs.strip() in both


def test_joined_says_once_what_both_say():
    assert joined("Đã ban hành.", "Đã ban hành.") == "Đã ban hành."
    assert joined("Đã ban hành. Có phụ lục.", "Đã ban hành.") == "Đã ban hành. Có phụ lục."
    assert joined("Một", "Hai") == "Một\nHai"
