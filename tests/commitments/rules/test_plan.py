"""How far a task that was passed down is covered."""

from hypothesis import given
from hypothesis import strategies as st

from commitments.rules.plan import PlannedTerms, PlanState, cover, task_changes

UNITS = st.frozensets(st.integers(1, 9))
TAKEN = st.lists(st.tuples(st.integers(1, 12), st.sampled_from([str(s.value) for s in PlanState])))


@given(UNITS, TAKEN)
def test_every_unit_below_is_in_exactly_one_of_the_three(below, taken):
    found = cover(below, taken)

    assert found.issued | found.drafted | found.missing == below
    assert found.all == len(below)


def test_an_issued_plan_counts_before_a_draft():
    found = cover([1, 2, 3], [(1, "draft"), (1, "issued"), (2, "draft"), (9, "issued")])

    assert found == (frozenset({1}), frozenset({2}), frozenset({3}))


def test_a_change_is_told_by_the_names_of_the_form():
    before = PlannedTerms(area="digital", title="Số hóa", due_text="quý I")
    after = PlannedTerms(area="digital", title="Số hóa", due_text="quý II", passed_down=True)

    assert [str(change) for change in task_changes(before, after)] == [
        "Thời hạn (ghi bằng chữ): quý I → quý II",
        "Giao đơn vị trực thuộc thực hiện: không → có",
    ]
