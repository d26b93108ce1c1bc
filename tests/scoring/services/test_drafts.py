"""What a pen sends is recognised, and what is not accepted is kept beside, never in, the score."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import ChangedMeanwhile
from scoring.models import Draft, ScoreChange
from scoring.rules.kinds import Hindrance
from scoring.rules.stroke import Stroke
from scoring.services import dossiers, drafts
from tests.races import at_once
from tests.worlds import a_draft_dossier, fill

pytestmark = pytest.mark.django_db


def keep(work, stroke, *, by=None, note="nháp", place=None):
    drafts.keep(
        place or work.score("1.1.1"),
        by=by or work.editor,
        typed={"note": [note]},
        hindrance=Hindrance.REFUSED,
        sentence="Chưa hợp lệ.",
        seen_version=1,
        stroke=stroke,
    )


def test_a_stroke_sent_again_is_recognised_though_somebody_has_not_heard_the_answer():
    work = a_draft_dossier()
    stroke = Stroke(uuid4(), 1)
    fill(work, "1.1.1", note="một lần", seen_version=1, stroke=stroke)

    again = fill(work, "1.1.1", note="một lần", seen_version=1, stroke=stroke)

    assert again.version == 2
    assert ScoreChange.objects.filter(column="self_note").count() == 1


def test_a_pen_that_goes_on_has_seen_its_own_last_stroke():
    work = a_draft_dossier()
    pen = uuid4()
    fill(work, "1.1.1", note="một", seen_version=1, stroke=Stroke(pen, 1))

    fill(work, "1.1.1", note="một hai", seen_version=1, stroke=Stroke(pen, 2))

    assert work.score("1.1.1").self_note == "một hai"


def test_an_old_stroke_that_comes_late_does_not_cover_a_newer_one():
    work = a_draft_dossier()
    pen = uuid4()
    fill(work, "1.1.1", note="mới", seen_version=1, stroke=Stroke(pen, 2))

    fill(work, "1.1.1", note="cũ", seen_version=1, stroke=Stroke(pen, 1))

    assert work.score("1.1.1").self_note == "mới"


def test_a_pen_does_not_go_on_over_what_somebody_else_wrote_in_between():
    work = a_draft_dossier()
    pen = uuid4()
    fill(work, "1.1.1", note="của tôi", seen_version=1, stroke=Stroke(pen, 1))
    fill(work, "1.1.1", note="của đồng chí", seen_version=2, by=work.head)

    with pytest.raises(ChangedMeanwhile):
        fill(work, "1.1.1", note="của tôi nữa", seen_version=2, stroke=Stroke(pen, 2))


def test_the_words_of_the_dossier_know_their_pen_too():
    work = a_draft_dossier()
    pen = uuid4()

    def write(text, number, **columns):
        said = {"by": work.editor, "difficulties": text, "proposals": "", "seen_version": 1}
        return dossiers.save_words(work.dossier, stroke=Stroke(pen, number), **(said | columns))

    write("một", 1)
    write("một", 1)
    write("một hai", 3)
    write("một", 2)

    assert work.now().difficulties == "một hai"
    assert work.now().version == 3


def test_a_draft_counts_for_nothing_and_gives_way_to_the_next_valid_save_of_its_pen():
    work = a_draft_dossier()
    pen = uuid4()
    keep(work, Stroke(pen, 1))
    assert work.score("1.1.1") in work.dossier.scores.unanswered()

    fill(work, "1.1.1", stroke=Stroke(pen, 2))

    assert not Draft.objects.exists()


def test_a_pen_has_one_draft_and_two_windows_have_two():
    work = a_draft_dossier()
    pen = uuid4()
    keep(work, Stroke(pen, 1), note="35")
    keep(work, Stroke(pen, 2), note="350")
    keep(work, Stroke(uuid4(), 1), note="khác")

    assert {draft.fields["note"][0] for draft in Draft.objects.all()} == {"350", "khác"}


def test_a_save_in_another_window_leaves_the_draft_where_it_is():
    work = a_draft_dossier()
    keep(work, Stroke(uuid4(), 1))

    fill(work, "1.1.1", stroke=Stroke(uuid4(), 1))

    assert Draft.objects.count() == 1


def test_a_window_that_takes_a_draft_up_lets_it_go_when_it_is_valid():
    work = a_draft_dossier()
    keep(work, Stroke(uuid4(), 1))

    fill(work, "1.1.1", stroke=Stroke(uuid4(), 1, draft=Draft.objects.get().pk))

    assert not Draft.objects.exists()


def test_a_draft_that_comes_late_does_not_cover_a_newer_one_nor_what_is_stored():
    work = a_draft_dossier()
    pen = uuid4()
    keep(work, Stroke(pen, 3), note="mới")
    keep(work, Stroke(pen, 2), note="cũ")
    assert Draft.objects.get().fields == {"note": ["mới"]}

    fill(work, "1.1.1", note="nhận", stroke=Stroke(pen, 4))
    keep(work, Stroke(pen, 3), note="mới")

    assert not Draft.objects.exists()


def test_the_words_of_a_dropped_draft_stay_in_the_log():
    work = a_draft_dossier()
    keep(work, Stroke(uuid4(), 1), note="Chữ đã gõ")

    drafts.drop(Draft.objects.get(), by=work.editor)

    assert not Draft.objects.exists()
    assert "Chữ đã gõ" in ScoreChange.objects.get(column="self_draft").before


def test_nobody_drops_the_draft_of_somebody_else():
    work = a_draft_dossier()
    keep(work, Stroke(uuid4(), 1))

    drafts.drop(Draft.objects.get(), by=work.head)

    assert Draft.objects.count() == 1


def test_who_takes_the_other_text_leaves_their_own_in_the_log_once():
    work = a_draft_dossier()
    stroke = Stroke(uuid4(), 1)
    keep(work, stroke, note="của tôi")
    said = {"by": work.editor, "typed": {"note": ["của tôi"]}, "stroke": stroke}

    drafts.take_theirs(work.score("1.1.1"), **said)
    drafts.take_theirs(work.score("1.1.1"), **said)

    assert not Draft.objects.exists()
    assert ScoreChange.objects.filter(column="self_draft").count() == 1


def test_a_draft_that_goes_with_that_choice_is_in_the_log_too_though_it_said_something_else():
    work = a_draft_dossier()
    keep(work, Stroke(uuid4(), 1), note="chữ của trang trước")
    (earlier,) = Draft.objects.all()
    stroke = Stroke(uuid4(), 1, draft=earlier.pk)
    typed = {"note": ["của tôi"]}

    drafts.take_theirs(work.score("1.1.1"), by=work.editor, typed=typed, stroke=stroke)

    told = ScoreChange.objects.filter(column="self_draft").values_list("before", flat=True)
    assert "của tôi" in "".join(told)
    assert "chữ của trang trước" in "".join(told)


def test_whoever_does_not_write_for_the_unit_keeps_no_draft():
    work = a_draft_dossier()

    with pytest.raises(PermissionDenied):
        keep(work, Stroke(uuid4(), 1), by=work.verifier)


def test_a_sign_that_the_database_cannot_hold_is_kept_as_its_picture():
    work = a_draft_dossier()

    keep(work, Stroke(uuid4(), 1), note="a\0b")

    assert Draft.objects.get().fields == {"note": ["a␀b"]}


@pytest.mark.django_db(transaction=True)
def test_the_same_stroke_sent_twice_at_once_is_written_once():
    work = a_draft_dossier()
    for turn in range(4):
        seen = work.score("1.1.1").version
        stroke = Stroke(uuid4(), 1)

        def write(seen=seen, stroke=stroke, turn=turn):
            fill(work, "1.1.1", note=f"lần {turn}", seen_version=seen, stroke=stroke)

        assert at_once(write, write) == []
        assert work.score("1.1.1").version == seen + 1


@pytest.mark.django_db(transaction=True)
def test_the_same_draft_sent_twice_at_once_is_kept_once():
    work = a_draft_dossier()
    for _ in range(4):
        stroke = Stroke(uuid4(), 1)
        at_once(lambda stroke=stroke: keep(work, stroke), lambda stroke=stroke: keep(work, stroke))

        assert Draft.objects.filter(pen=stroke.pen).count() == 1
