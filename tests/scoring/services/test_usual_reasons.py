"""The catalogue of usual reasons: kept for ever; verdicts remember what they were made of."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Score, ScoreChange, UsualReason
from scoring.rules.reply import Outcome
from scoring.rules.usual_reason import STARTERS, Usual
from scoring.services import usual_reasons
from tests.races import at_once
from tests.scoring.replied import a_told_dossier
from tests.worlds import a_province, a_submitted_dossier, settle
from units.permissions import Role

pytestmark = pytest.mark.django_db

WORDS = Usual("Không có tài liệu kiểm chứng kèm theo.")


@pytest.fixture
def work():
    return a_submitted_dossier()


def an_entry(work, usual: Usual = WORDS) -> UsualReason:
    return usual_reasons.add(work.year.province.police, usual, by=work.year.organiser)


def found_less(work, entry, *, more: str = "", code: str = "1.1.1") -> Score:
    settle(work, code, points=0, usual=entry, reason=f"{entry}{more}")
    return work.score(code)


def use_in(work) -> dict[str, tuple[int, int]]:
    entries = UsualReason.objects.with_use_in(work.year.period)
    return {one.text: (one.used, one.units) for one in entries}


def test_an_empty_catalogue_begins_with_the_starters_and_only_an_empty_one(work):
    police, organiser = work.year.province.police, work.year.organiser

    usual_reasons.begin(police, by=organiser)

    assert [one.usual for one in police.usual_reasons.order_by("pk")] == list(STARTERS)
    with pytest.raises(MoveRefused, match="đã có lý do"):
        usual_reasons.begin(police, by=organiser)


def test_only_the_organiser_keeps_it(work):
    entry = an_entry(work)
    attempts = (
        lambda: usual_reasons.add(entry.assessor, Usual("Khác."), by=work.verifier),
        lambda: usual_reasons.begin(entry.assessor, by=work.verifier),
        lambda: usual_reasons.reword(entry, Usual("Khác."), by=work.verifier),
        lambda: usual_reasons.retire(entry, by=work.verifier),
    )

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_the_same_words_stand_once_until_they_are_out_of_use(work):
    entry = an_entry(work)

    with pytest.raises(MoveRefused, match="đã có lý do này"):
        an_entry(work)
    usual_reasons.retire(entry, by=work.year.organiser)

    assert an_entry(work).pk != entry.pk


def test_other_words_are_another_entry_and_verdicts_keep_the_old_one(work):
    entry = an_entry(work)
    found_less(work, entry)

    new = usual_reasons.reword(entry, Usual("Chưa có tài liệu kèm theo."), by=work.year.organiser)

    entry.refresh_from_db()
    assert (new.replaces, entry.retired_by) == (entry, work.year.organiser)
    assert work.score("1.1.1").usual_reason == entry
    assert use_in(work) == {new.text: (0, 0), entry.text: (1, 1)}
    with pytest.raises(ChangedMeanwhile):
        usual_reasons.reword(entry, Usual("Lại khác."), by=work.year.organiser)
    with pytest.raises(ChangedMeanwhile):
        usual_reasons.retire(entry, by=work.year.organiser)


def test_the_same_words_again_change_nothing(work):
    entry = an_entry(work)

    assert usual_reasons.reword(entry, WORDS, by=work.year.organiser) == entry
    assert UsualReason.objects.get().retired_at is None


def test_a_verdict_remembers_what_was_picked_and_the_log_tells(work):
    entry = an_entry(work)

    score = found_less(work, entry, more=" Thiếu Kế hoạch năm.")

    assert (score.usual_reason, score.verified_reason) == (entry, f"{entry} Thiếu Kế hoạch năm.")
    line = ScoreChange.objects.get(score=score, column="usual_reason")
    assert (line.before, line.after, line.changed_by) == ("", entry.text, work.verifier)


def test_a_verdict_whose_words_are_others_remembers_nothing(work):
    entry = an_entry(work)
    found_less(work, entry)

    settle(work, "1.1.1", points=0, usual=entry, reason="Văn bản chậm một tháng.")

    assert work.score("1.1.1").usual_reason is None
    assert use_in(work) == {entry.text: (0, 0)}


def test_a_verdict_taken_back_or_decided_otherwise_is_no_longer_counted():
    told = a_told_dossier()
    work = told.work
    entry = an_entry(work)
    Score.objects.filter(pk=work.score("1.1.1").pk).update(usual_reason=entry)

    told.decide(told.object_to("1.1.1"), Outcome.ACCEPTED)

    assert use_in(work) == {entry.text: (0, 0)}


def test_an_entry_of_another_assessor_is_refused(work):
    other = a_province("LN")
    organiser = other.a_person(Role.ORGANISER, other.police)
    entry = usual_reasons.add(other.police, WORDS, by=organiser)

    with pytest.raises(MoveRefused, match="không thuộc danh mục"):
        settle(work, "1.1.1", points=0, usual=entry, reason=entry.text)


def test_the_narrower_ones_are_offered_first_and_what_does_not_fit_is_not(work):
    for usual in (
        Usual("Mọi tiêu chí."),
        Usual("Có hoặc không.", kind="binary"),
        Usual("Lĩnh vực 1, có hoặc không.", area="1", kind="binary"),
        Usual("Lĩnh vực 2.", area="2"),
        Usual("Tỷ lệ.", kind="ratio"),
    ):
        an_entry(work, usual)
    score = work.score("1.1.1")
    assert score.criterion.rule["type"] == "binary"

    offered = [one.text for one in UsualReason.objects.offered_for(score)]

    assert offered == ["Lĩnh vực 1, có hoặc không.", "Có hoặc không.", "Mọi tiêu chí."]


def test_one_that_is_out_of_use_is_offered_only_where_it_stands(work):
    entry = an_entry(work)
    found_less(work, entry)
    usual_reasons.retire(entry, by=work.year.organiser)

    assert UsualReason.objects.offered_for(work.score("1.1.1")) == [entry]
    assert UsualReason.objects.offered_for(work.score("1.1.2")) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update scoring_usualreason set text = 'Khác.'",
        "update scoring_usualreason set retired_at = null, retired_by_id = null",
        "delete from scoring_usualreason",
        "truncate scoring_usualreason cascade",
    ],
)
def test_the_database_neither_changes_nor_revives_nor_loses_one(work, statement):
    usual_reasons.retire(an_entry(work), by=work.year.organiser)

    refused = pytest.raises(DatabaseError, match="sealed|append-only|Cannot update")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(statement)


def test_a_verdict_that_differs_without_a_reason_is_refused_by_the_database(work):
    score = work.score("1.1.1")

    with pytest.raises(IntegrityError, match="score_difference_has_a_reason"), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(verified_points=0)


@pytest.mark.django_db(transaction=True)
def test_two_who_reword_one_at_once_leave_one_in_its_place():
    work = a_submitted_dossier()
    entry = an_entry(work)

    refusals = at_once(
        lambda: usual_reasons.reword(entry, Usual("Câu thứ nhất."), by=work.year.organiser),
        lambda: usual_reasons.reword(entry, Usual("Câu thứ hai."), by=work.year.organiser),
    )

    assert len(refusals) == 1
    assert UsualReason.objects.in_use().count() == 1
