"""The pages of second marks: every door by which the first mark could be seen, and the work."""

from decimal import Decimal

import pytest
from django.urls import reverse

from scoring.models import SecondMark
from scoring.rules.second_mark import Choice, MarkState
from scoring.rules.workflow import ACCEPT
from scoring.services import collections, dossiers, scores, second_draws
from scoring.services.preparation import note
from tests.scoring.reported import COUNT, a_drawn_period, open_reports
from tests.scoring.twice import REASON, marked_twice
from tests.worlds import a_province, a_settled_dossier, an_open_period, settle
from units.permissions import Role

pytestmark = pytest.mark.django_db

FIGURE, WHY = "3,21", "Lý do riêng của lần một."


@pytest.fixture
def twice():
    """One row waits; its first mark is told from all others by figure, reason and name."""
    twice = marked_twice(an_open_period(a_province(departments=1)), drawn=False)
    twice.work.verifier.full_name = "Người Chấm Đầu"
    twice.work.verifier.save()
    settle(twice.work, "1.1.1", points=Decimal("3.21"), reason=WHY)
    twice.draw()
    twice.only("1.1.1")
    return twice


def at(name: str, *args) -> str:
    return reverse(f"scoring:{name}", args=args)


def doors(twice) -> dict[str, str]:
    """Every page on which a verdict of the row could stand."""
    score, dossier = twice.work.score("1.1.1"), twice.work.dossier
    return {
        "dossier": f"{at('dossier', dossier.pk)}?dong={score.pk}",
        "row": at("score-row", score.pk),
        "history": at("score-history", score.pk),
        "desk": f"{at('verification-desk', dossier.pk)}?dong={score.pk}",
        "across": f"{at('component-desk', score.criterion_id)}?dong={score.pk}",
        "returning": at("dossier-return", dossier.pk),
        "account": at("account", dossier.pk),
        "account, asked": f"{at('account', dossier.pk)}?side=verified",
        "replies": at("reply", dossier.pk),
        "evidence": at("evidence", score.pk),
        "mark": at("second-mark", twice.mark("1.1.1").pk),
        "marks": at("second-marks"),
    }


def told(text: str) -> list[str]:
    return [word for word in (FIGURE, WHY, "Người Chấm Đầu") if word in text]


@pytest.mark.parametrize("state", ["waiting", "in hand"])
def test_the_first_mark_is_shown_to_the_second_verifier_at_no_door(client, twice, state):
    if state == "in hand":
        twice.take()
    client.force_login(twice.second)

    seen = {name: client.get(address) for name, address in doors(twice).items()}

    assert {name: told(page.content.decode()) for name, page in seen.items()} == dict.fromkeys(
        seen, []
    )
    refused = {name for name, page in seen.items() if page.status_code == 403}
    assert refused == {"replies"}
    assert "đang chấm lần hai" in seen["desk"].content.decode()


def test_an_act_that_accepted_many_rows_is_told_to_the_second_verifier_at_no_door(client, twice):
    work = twice.work
    period, words = work.year.period, f"2 dòng, 9,99 điểm: 1.1.1 ({FIGURE})"
    component = work.score("1.1.1").criterion
    block = component.criteria_set.block.name
    note(period, ACCEPT, f"{component}, {block}, 2 đơn vị: {words}", by=work.verifier)
    work.dossier.events.create(verb=ACCEPT, comment=words, by=work.verifier)
    pages = [
        at("log", period.pk),
        at("log-csv", period.pk),
        at("period", period.pk),
        at("accept-of-unit", work.dossier.pk),
        at("accept-of-component", component.pk),
    ]

    def seen(user) -> list[str]:
        client.force_login(user)
        answers = [(page, client.get(page)) for page in pages]
        assert {answer.status_code for _, answer in answers} == {200}
        return [page for page, answer in answers if FIGURE in answer.getvalue().decode()]

    assert seen(twice.second) == []
    assert seen(work.verifier) == pages


def test_what_was_taken_back_may_be_given_anew_and_the_log_still_keeps_it(client, twice):
    score = twice.work.score("1.1.1")
    scores.take_back(score, by=twice.work.verifier, seen_version=score.version)
    client.force_login(twice.third)

    desk = client.get(doors(twice)["desk"]).content.decode()
    history = client.get(doors(twice)["history"]).content.decode()

    assert reverse("scoring:verdict-save", args=[score.pk]) in desk
    assert told(history) == []


def test_the_desk_says_why_a_settled_dossier_cannot_be_ended(client, twice):
    client.force_login(twice.work.verifier)
    desk = client.get(doors(twice)["desk"]).content.decode()
    assert "Còn 1 dòng chưa chấm lần hai xong nên chưa kết thúc được." in desk

    ended = client.post(at("dossier-verify", twice.work.dossier.pk))

    assert ended.status_code == 409
    assert "chưa chấm lần hai xong" in ended.content.decode()


def test_sums_do_not_give_away_what_is_blank(client, twice):
    client.force_login(twice.work.verifier)
    own = client.get(doors(twice)["desk"]).content.decode()
    client.force_login(twice.second)
    blank = client.get(doors(twice)["desk"]).content.decode()

    whole = twice.work.dossier.scores.count()
    assert f"{whole} <small>/ {whole} dòng" in own
    assert f"{whole - 1} <small>/ {whole} dòng" in blank


def test_tables_of_the_period_are_closed_to_whoever_has_a_mark_in_hand(client, twice):
    period = twice.work.year.period.pk
    client.force_login(twice.second)
    pages = [at("standings", period), at("standings-workbook", period)]

    assert [client.get(page).status_code for page in pages] == [200, 200]
    twice.take()
    assert [client.get(page).status_code for page in pages] == [403, 403]
    twice.give(twice.mark("1.1.1"), points=Decimal("3.2"), reason=REASON)
    assert [client.get(page).status_code for page in pages] == [200, 200]


def test_whoever_gave_it_still_sees_it_and_afterwards_everybody_of_the_desk_does(client, twice):
    client.force_login(twice.work.verifier)
    page = client.get(doors(twice)["desk"]).content.decode()
    assert FIGURE in page
    assert WHY in page
    twice.give(twice.take(), points=Decimal("3.2"), reason=REASON)

    client.force_login(twice.second)

    assert told(client.get(doors(twice)["mark"]).content.decode())
    assert FIGURE in client.get(doors(twice)["history"]).content.decode()
    bound = client.get(doors(twice)["desk"]).content.decode()
    assert "Dòng này đã chấm lần hai" in bound


def test_nobody_is_sent_to_a_result_that_is_kept_from_them(client):
    """Drawn after the verification ended: the unit may still reply, the organiser waits for it."""
    work = a_settled_dossier(an_open_period(a_province(departments=1)))
    settle(work, "1.1.1", points=Decimal("3.21"), reason=WHY)
    dossiers.verify(work.now(), by=work.verifier)
    period, organiser = work.year.period, work.year.organiser
    second_draws.arrange(period, by=organiser, share=Decimal(100), tolerance=Decimal(10), seen=0)
    second_draws.draw(period, by=organiser)
    other = work.year.province.a_person(Role.VERIFIER, work.year.province.police)

    for person, offered in ((work.verifier, True), (other, False)):
        client.force_login(person)
        assert (client.get(at("reply", work.dossier.pk)).status_code == 200) is offered
        for page in (at("period", period.pk), at("dossier", work.dossier.pk)):
            assert (at("reply", work.dossier.pk) in client.get(page).content.decode()) is offered


def test_a_row_is_taken_marked_and_what_is_refused_stays_typed(client, twice):
    client.force_login(twice.second)
    answer = client.post(at("second-mark-take"))
    mark = SecondMark.objects.get(second_by=twice.second)
    here = at("second-mark", mark.pk)
    assert answer.url == here
    typed = {"way": "points", "given": "1,5", "reason": "", "version": mark.version}

    preview = client.get(at("second-mark-preview", mark.pk), typed)
    assert "1,50" in preview.content.decode()
    refused = client.post(here, typed)
    assert refused.status_code == 409
    assert 'value="1,5"' in refused.content.decode()
    assert "Đề nghị ghi lý do" in refused.content.decode()
    assert told(refused.content.decode()) == []
    assert client.post(here, typed | {"given": "9"}).status_code == 422
    assert client.post(here, {}).status_code == 422
    given = client.post(here, typed | {"reason": REASON}, follow=True)

    assert FIGURE in given.content.decode()
    assert "vượt ngưỡng" in given.content.decode()
    assert twice.mark("1.1.1").state == MarkState.DISPUTED


def test_a_row_is_marked_as_the_unit_says_by_one_key_and_given_back(client, twice):
    client.force_login(twice.second)
    mark = twice.take()

    client.post(at("second-mark-release", mark.pk), {"version": mark.version})
    assert twice.mark("1.1.1").state == MarkState.WAITING
    taken = twice.take()
    client.post(at("second-mark", taken.pk), {"accept": "1", "version": taken.version})

    assert twice.mark("1.1.1").points == 5


def test_a_third_person_sees_both_and_decides_the_two_do_not(client, twice):
    twice.give(twice.take(), points=Decimal(0), reason=REASON)
    mark = twice.mark("1.1.1")
    here = at("second-mark-decide", mark.pk)
    typed = {"choice": "other", "points": "2,5", "reason": "", "version": mark.version}
    for person in (twice.second, twice.work.verifier):
        client.force_login(person)
        assert client.get(here).status_code == 403

    client.force_login(twice.third)
    page = client.get(here).content.decode()
    assert FIGURE in page
    assert REASON in page
    assert "Người Chấm Đầu" in page
    refused = client.post(here, typed)
    assert refused.status_code == 422
    assert 'value="2,5"' in refused.content.decode()
    assert client.post(here, typed | {"points": "9", "reason": "x"}).status_code == 409
    done = client.post(here, typed | {"reason": "Đã xem cả hai."})

    assert done.url == at("second-marks")
    assert twice.work.score("1.1.1").verified_points == Decimal("2.5")
    assert "2,50" in client.get(at("second-mark", mark.pk)).content.decode()


def test_the_organiser_sets_draws_and_gives_up(client):
    twice = marked_twice(an_open_period(a_province(departments=1)), share=0, drawn=False)
    period = twice.work.year.period.pk
    here = at("second-marking", period)
    client.force_login(twice.organiser)

    page = client.get(here).content.decode()
    assert twice.marking.seed not in page
    assert twice.marking.commitment in page
    refused = client.post(here, {"share": "101", "tolerance": "abc", "seen": 1})
    assert refused.status_code == 422
    assert 'value="101"' in refused.content.decode()
    assert client.post(here, {"share": "100", "tolerance": "2,5", "seen": 0}).status_code == 409
    assert client.post(here, {"share": "100", "tolerance": "2,5", "seen": 1}).status_code == 302
    client.post(at("second-draw", period))
    mark = twice.mark("1.1.1")
    shown = client.get(here).content.decode()
    assert "Kiểm tra một dòng" not in shown
    assert "1.1.1" in shown
    away = at("second-mark-waive", mark.pk)
    assert client.post(away, {"comment": "", "version": mark.version}).status_code == 422
    client.post(away, {"comment": "Không đủ người", "version": mark.version})
    assert twice.mark("1.1.1").state == MarkState.WAIVED


def test_the_pages_cost_the_same_for_one_row_and_for_many(client, assert_flat_queries):
    twice = marked_twice(an_open_period(a_province(departments=1)), share=0, drawn=False)
    scores = list(twice.work.dossier.scores.order_by("pk"))

    def mark(some):
        marking = twice.marking
        SecondMark.objects.bulk_create(
            SecondMark(marking=marking, score=one, maximum=one.maximum, cause="lot") for one in some
        )

    def look():
        client.force_login(twice.organiser)
        client.get(at("second-marking", twice.work.year.period.pk))
        client.force_login(twice.second)
        client.get(at("second-marks"))
        client.get(at("dossier", twice.work.dossier.pk))

    mark(scores[:1])
    assert_flat_queries(look, grow=lambda: mark(scores[1:]))


def test_decisions_come_one_after_another(client, twice):
    twice.give(twice.take(), points=Decimal(0), reason=REASON)
    client.force_login(twice.third)

    listed = client.get(at("second-marks")).content.decode()

    assert at("second-mark-decide", twice.mark("1.1.1").pk) in listed
    twice.decide(twice.mark("1.1.1"), Choice.FIRST)
    late = client.get(at("second-mark-decide", twice.mark("1.1.1").pk))
    assert late.status_code == 200
    assert "giữ kết quả lần một" in late.content.decode()


def test_the_second_verifier_reads_what_the_unit_reported_and_where_it_says_otherwise(client):
    year = a_drawn_period(a_province(departments=1))
    reports = open_reports(year.province, year=year.period.year, organiser=year.organiser)
    reports.put("HS-02", "40")
    reports.put("HS-03", "30")
    collections.close(reports.collection.pk, by=reports.organiser)
    twice = marked_twice(year)
    twice.work.verifier.full_name = "Người Chấm Đầu"
    twice.work.verifier.save()
    mark = twice.take_this(COUNT)
    client.force_login(twice.second)

    page = client.get(at("second-mark", mark.pk)).content.decode()

    assert "Khác số liệu báo cáo." in page
    assert "đã báo cáo <b>30" in page
    assert "Người Chấm Đầu" not in page
