"""The unit answers for itself: what is written, what is refused, what is left in the log."""

from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Score, ScoreChange
from scoring.rules.answers import parse_answer, parse_rule
from scoring.services import dossiers, scores
from tests.worlds import (
    a_draft_dossier,
    a_settled_dossier,
    a_submitted_dossier,
    an_answer,
    an_open_period,
    fill,
    settle,
)
from units.permissions import Role

pytestmark = pytest.mark.django_db


def test_an_answer_becomes_exact_points_with_a_name_and_a_time_beside_them():
    work = a_draft_dossier()

    saved = fill(work, "1.2.1", {"numerator": "46", "denominator": "47"}, note="Theo báo cáo")

    stored = Score.objects.get(pk=saved.pk)
    assert stored.self_points == Fraction(460, 47)
    assert stored.self_answer == {"numerator": "46", "denominator": "47"}
    assert stored.self_note == "Theo báo cáo"
    assert (stored.version, stored.updated_by) == (2, work.editor)
    assert stored.updated_at is not None


def test_every_changed_column_leaves_a_line_that_says_from_what_to_what():
    work = a_draft_dossier()
    fill(work, "1.2.1", {"numerator": "46", "denominator": "47"}, note="Một")

    fill(work, "1.2.1", {"numerator": "47", "denominator": "47"}, note="Một")

    last = ScoreChange.objects.filter(before__gt="")
    assert {(line.column, line.before, line.after) for line in last} == {
        (
            "self_answer",
            '{"denominator": "47", "numerator": "46"}',
            '{"denominator": "47", "numerator": "47"}',
        ),
        ("self_points", "460/47", "10"),
    }
    assert {line.changed_by for line in last} == {work.editor}


def test_a_ratio_of_nothing_is_proposed_as_not_applicable():
    work = a_draft_dossier()

    saved = fill(work, "1.2.1", {"numerator": "0", "denominator": "0"})

    assert saved.self_not_applicable
    assert saved.self_points is None
    assert saved.self_answer == {"numerator": "0", "denominator": "0"}


def test_not_applicable_is_proposed_only_where_the_component_allows_it():
    work = a_draft_dossier()
    allowed = work.dossier.scores.filter(criterion__not_applicable_allowed=True).first()
    code = allowed.criterion.code

    assert fill(work, code, not_applicable=True).self_not_applicable
    with pytest.raises(MoveRefused, match="áp dụng với mọi đơn vị"):
        fill(work, "1.1.1", not_applicable=True)


def test_a_note_without_an_answer_is_kept_and_leaves_the_component_unanswered():
    work = a_draft_dossier()
    score = work.score("1.1.1")

    saved = scores.save_self(
        score, by=work.editor, answer=None, note="Chờ số liệu", not_applicable=False, seen_version=1
    )

    assert saved.self_note == "Chờ số liệu"
    assert saved in work.dossier.scores.unanswered()


def test_the_note_is_kept_to_the_letter():
    work = a_draft_dossier()

    saved = fill(work, "1.1.1", note="  dòng một\r\n\r\ndòng hai  ")

    assert Score.objects.get(pk=saved.pk).self_note == "  dòng một\n\ndòng hai  "


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten():
    work = a_draft_dossier()
    fill(work, "1.1.1", note="của người trước", seen_version=1)

    with pytest.raises(ChangedMeanwhile):
        fill(work, "1.1.1", note="của người sau", seen_version=1)

    assert work.score("1.1.1").self_note == "của người trước"


def test_the_same_answer_sent_twice_is_written_once():
    work = a_draft_dossier()
    fill(work, "1.1.1", note="một lần", seen_version=1)

    fill(work, "1.1.1", note="một lần", seen_version=1)

    assert work.score("1.1.1").version == 2
    assert ScoreChange.objects.filter(column="self_note").count() == 1


@pytest.mark.parametrize("role", [Role.STAFF, Role.VERIFIER, Role.ORGANISER, Role.LEADER])
def test_only_editor_and_head_of_the_unit_write(role):
    work = a_draft_dossier()
    other = work.year.province.a_person(role, work.dossier.unit)

    with pytest.raises(PermissionDenied):
        fill(work, "1.1.1", by=other)


def test_the_editor_of_another_unit_does_not_write():
    work = a_draft_dossier()
    stranger = work.year.province.a_person(Role.EDITOR, work.year.province.departments[1])

    with pytest.raises(PermissionDenied):
        fill(work, "1.1.1", by=stranger)


def test_a_submitted_dossier_is_closed_to_the_pen():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="đã trình nộp"):
        fill(work, "1.1.1", note="muộn")


def test_what_the_assessor_scores_is_not_answered_by_the_unit():
    work = a_draft_dossier()
    survey = work.dossier.scores.exclude(criterion__source="self").first()

    with pytest.raises(MoveRefused, match="cơ quan thẩm định chấm"):
        fill(work, survey.criterion.code)


def test_what_the_unit_touches_after_a_return_must_be_looked_at_anew():
    work = a_settled_dossier()
    work.dossier = dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung số liệu")

    fill(work, "1.2.1", {"numerator": "40", "denominator": "47"})

    touched, untouched = work.score("1.2.1"), work.score("1.1.1")
    assert (touched.verified_points, touched.verified_answer) == (None, None)
    assert untouched.settled


def test_the_reason_of_an_earlier_verdict_stays_when_the_verdict_falls():
    work = a_submitted_dossier()
    settle(work, "1.1.1", answer=an_answer(work.score("1.1.1"), {"yes": False}), reason="Chưa ký")
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")

    fill(work, "1.1.1", {"yes": False})

    assert work.score("1.1.1").verified_reason == "Chưa ký"
    assert work.score("1.1.1").verified_points is None


def test_before_its_opening_day_nobody_writes():
    tomorrow = timezone.localdate() + timedelta(days=1)
    work = a_draft_dossier(an_open_period(opens_on=tomorrow))

    with pytest.raises(MoveRefused, match="Chưa đến ngày mở"):
        fill(work, "1.1.1")


def the_clock_stands_at(monkeypatch, day, hour: time) -> None:
    moment = datetime.combine(day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    monkeypatch.setattr(timezone, "now", lambda: moment.astimezone(UTC))


def test_the_deadline_is_the_end_of_its_day_in_viet_nam(monkeypatch):
    work = a_draft_dossier()
    last_day = work.dossier.period.submit_by

    the_clock_stands_at(monkeypatch, last_day, time(23, 59, 59))
    fill(work, "1.1.1", note="phút cuối")
    the_clock_stands_at(monkeypatch, last_day + timedelta(days=1), time(0, 0))
    with pytest.raises(MoveRefused, match=f"hết hạn ngày {last_day:%d/%m/%Y}"):
        fill(work, "1.1.1", note="quá giờ")

    assert work.score("1.1.1").self_note == "phút cuối"


def test_a_returned_dossier_is_mended_until_the_day_of_verification(monkeypatch):
    work = a_submitted_dossier()
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")
    last_day = work.dossier.period.verify_by

    the_clock_stands_at(monkeypatch, last_day, time(23, 59, 59))
    fill(work, "1.1.1", note="đã bổ sung")
    the_clock_stands_at(monkeypatch, last_day + timedelta(days=1), time(0, 0))
    with pytest.raises(MoveRefused, match="hết hạn"):
        fill(work, "1.1.1", note="quá giờ")


COUNTS = st.integers(min_value=0, max_value=10**6)
ANSWERS = {
    "1.1.1": st.builds(lambda yes: {"yes": yes}, st.booleans()),
    "1.1.2": st.builds(lambda days: {"value": str(days)}, COUNTS),
    "1.1.3": st.builds(lambda level: {"level": level}, st.integers(0, 2)),
    "1.2.1": st.tuples(COUNTS, COUNTS).map(
        lambda pair: {"numerator": str(min(pair)), "denominator": str(max(pair))}
    ),
    "1.2.2": st.builds(lambda items: {"items": str(items)}, COUNTS),
}


@pytest.fixture
def work(db):
    return a_draft_dossier()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=st.sampled_from(sorted(ANSWERS)).flatmap(lambda c: st.tuples(st.just(c), ANSWERS[c])))
def test_what_is_stored_is_exactly_what_the_rule_gives(work, case):
    code, data = case
    criterion = work.score(code).criterion
    rule = parse_rule(criterion.rule)
    given_points = rule.points(parse_answer(rule, data), criterion.maximum)

    fill(work, code, data)

    stored = work.score(code)
    assert stored.self_points == (given_points if isinstance(given_points, Fraction) else None)
    assert stored.self_not_applicable == (not isinstance(given_points, Fraction))
    assert 0 <= (stored.self_points or 0) <= stored.maximum
