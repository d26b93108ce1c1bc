"""A level takes indicators of the level above into its own list."""

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.rules.indicator import Span, usual_days
from scoring.services import collections, indicators, indicators_above, readings
from scoring.services.indicators_above import above, mark, offers, take
from scoring.services.underneath import underneath
from tests.races import at_once
from tests.scoring.levels import Levels
from units.kinds import UnitKind
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return Levels()


def test_a_ratio_brings_along_what_it_is_taken_from_and_the_log_says_from_where(work):
    assert work.take("HS-05") == ["HS-02", "HS-03", "HS-05"]

    ratio, part = work.the("HS-05"), work.the("HS-03")
    assert (ratio.numerator, ratio.denominator, part.part_of) == ("HS-03", "HS-02", "HS-02")
    assert [one.code for one in work.police.indicators.current()] == ["HS-02", "HS-03", "HS-05"]
    event = part.events.get()
    assert (event.verb, event.by, event.comment) == (
        "add",
        work.by,
        "Lấy từ danh mục của Bộ Công an.",
    )
    assert work.offered()[0].indicator.code == "TH-02"
    assert len(work.offered()) == 1


def test_what_was_taken_adds_up_for_the_level_above_and_asks_every_kind_of_unit_below(work):
    files = work.the("HS-02", work.ministry)
    work.revise(files, kinds=[UnitKind.PROVINCE_POLICE.value])
    work.take("HS-02")
    half = {"year": 2026, "span": Span.HALF, "days": usual_days(Span.HALF, 2026)}
    upper = collections.open_(work.ministry, by=work.upper, **half)
    lower = collections.open_(work.police, by=work.by, **half)

    assert work.the("HS-02").kinds == []
    for number, row in enumerate(lower.readings.filter(indicator__code="HS-02"), start=10):
        readings.put(row.pk, by=work.by, amount=number, note="", seen_version=row.version)

    below = underneath(upper, upper.indicators.all())
    assert below[work.police.pk]["HS-02"].amount == 21


def test_what_is_not_asked_of_this_kind_or_was_given_up_is_offered_but_not_ticked(work):
    work.take("TH-02")
    one = work.the("TH-02")
    indicators.retire(one.pk, by=work.by, seen=indicators.mark(one))
    work.revise(work.the("HS-02", work.ministry), kinds=[UnitKind.MINISTRY_UNIT.value])

    told = {one.indicator.code: (one.usual, one.asked, one.given_up) for one in work.offered()}

    assert told == {
        "HS-02": (False, False, False),
        "HS-03": (True, True, False),
        "HS-05": (True, True, False),
        "TH-02": (False, True, True),
    }
    assert work.take("TH-02") == ["TH-02"]
    assert work.the("TH-02").edition == 2


def test_a_list_that_changed_on_either_side_meanwhile_is_refused_and_nothing_is_taken(work):
    seen = mark(work.offered())
    work.revise(work.the("HS-02", work.ministry), measure="bộ hồ sơ")
    with pytest.raises(ChangedMeanwhile):
        work.take("HS-02", seen=seen)

    seen = mark(work.offered())
    work.add(work.police, code="HS-02", name="Của tỉnh")
    with pytest.raises(ChangedMeanwhile):
        work.take("HS-03", seen=seen)

    seen = mark(work.offered())
    assert work.take("HS-03", seen=seen) == ["HS-03"]
    with pytest.raises(ChangedMeanwhile):
        work.take("HS-05", seen=seen)
    assert {one.code for one in work.police.indicators.all()} == {"HS-02", "HS-03"}


def test_what_needs_an_own_indicator_that_is_a_ratio_is_refused_with_its_code(work):
    for code in ("A", "B"):
        work.add(work.police, code=code, name=code)
    ratio = {"roll": "ratio", "numerator": "A", "denominator": "B"}
    work.add(work.police, code="HS-02", name="Tỷ lệ", **ratio)

    with pytest.raises(
        MoveRefused, match=r"HS-03: Không có chỉ tiêu nhập trực tiếp nào mang mã HS-02"
    ):
        work.take("TH-02", "HS-03")

    assert not work.police.indicators.filter(code="TH-02").exists(), "all or none"


@pytest.mark.django_db(transaction=True)
def test_two_who_take_at_once_take_once():
    work = Levels()
    other = work.province.a_person(Role.ORGANISER, work.police)

    refusals = at_once(
        lambda: work.take("HS-05"),
        lambda: work.take("HS-05", by=other),
    )

    assert len(refusals) == 1
    assert work.police.indicators.count() == 3


def test_whoever_does_not_keep_the_list_takes_nothing(work):
    reader = work.province.a_person(Role.HEAD, work.police)
    for person in (work.upper, reader):
        with pytest.raises(PermissionDenied):
            work.take("HS-02", by=person)


def test_the_ministry_has_no_level_above(work):
    assert above([work.ministry]) == {}
    assert offers(work.ministry, None) == []
    with pytest.raises(ChangedMeanwhile):
        take(work.ministry, chosen=set(), seen="", by=work.upper)


def test_what_the_level_above_has_otherwise_is_told_by_code(work):
    for code, measure in (("HS-02", "Hồ sơ"), ("HS-03", "hồ sơ"), ("X", "Hồ sơ")):
        work.add(work.police, code=code, name=code, measure=measure)

    told = above([work.police])[work.police.pk].differences(work.police.indicators.current())

    assert list(told) == ["HS-02"]
    assert "“hồ sơ”: số liệu không tự cộng lên được" in told["HS-02"]


def test_lists_of_many_levels_are_read_in_two_queries(work, django_assert_num_queries):
    units = [work.police, work.ministry, *work.province.departments]
    with django_assert_num_queries(2):
        found = indicators_above.above(units)
    level = found[work.police.pk]
    with django_assert_num_queries(1):
        offers(work.police, level)

    assert set(found) == {work.police.pk, *(one.pk for one in work.province.departments)}
