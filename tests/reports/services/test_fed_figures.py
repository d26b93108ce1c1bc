"""The rate of a commitment becomes the figure of a component that is fed by it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from reports.rules.loop import retold
from reports.services import fed_figures
from scoring.models import Criterion, Score, ScoreChange
from scoring.rules.answers import RuleFault, parse_rule
from scoring.rules.answers.ratio import RatioAnswer
from scoring.rules.kinds import Side
from scoring.services.accounts import account
from tests.reports.fed import OUTSIDE, OWN, a_commitment, a_fed_period
from tests.worlds import a_draft_dossier, a_province, fill


@pytest.fixture
def year(db):
    return a_fed_period(a_province(departments=2))


@pytest.fixture
def work(year):
    return a_draft_dossier(year)


def rows(year, code: str) -> list[Score]:
    found = Score.objects.filter(dossier__period=year.period, criterion__code=code)
    return list(found.select_related("criterion", "dossier__unit").order_by("dossier__unit__code"))


def component(year) -> Criterion:
    return Criterion.objects.get(criteria_set__block=year.block, code=OUTSIDE)


def test_the_figure_is_the_rate_that_the_page_of_the_commitment_shows(work, year, client):
    commitment = a_commitment(year, work.dossier.unit, tasks=6, done=5)

    offered = fed_figures.figure_of(work.score(OWN))

    client.force_login(work.editor)
    shown = client.get(reverse("commitments:detail", args=[commitment.pk])).context["rate"]
    assert offered.rate == shown == (5, 6)
    assert offered.answer == RatioAnswer(Decimal(5), Decimal(6))


def test_one_press_fills_both_numbers_and_the_account_says_where_from(work, year, client):
    a_commitment(year, work.dossier.unit, tasks=6, done=5)
    score = work.score(OWN)
    client.force_login(work.editor)

    answer = client.post(
        reverse("reports:fed-figure", args=[score.pk]),
        {"version": score.version, "note": "Kèm báo cáo."},
    )

    now = work.score(OWN)
    source = f"Lấy từ kết quả thực hiện cam kết năm {year.period.year}: 5/6 nhiệm vụ"
    assert answer.status_code == 302
    assert now.self_answer == {"numerator": "5", "denominator": "6"}
    assert now.self_note == f"{source}\nKèm báo cáo."
    assert ScoreChange.objects.filter(score=now, column="self_points").exists()
    told = account(work.now(), Side.SELF).account
    line = next(line for area in told.areas for line in area.lines if line.code == OWN)
    assert source in line.reason


def test_who_differs_is_asked_to_say_why(work, year, client):
    a_commitment(year, work.dossier.unit, tasks=6, done=5)
    fill(work, OWN, {"numerator": "6", "denominator": "6"})
    client.force_login(work.editor)

    shown = client.get(reverse("reports:fed-figure", args=[work.score(OWN).pk]))

    assert "Số đã ghi khác số này: đề nghị nêu lý do" in shown.content.decode()


def test_the_row_of_the_dossier_offers_it_where_the_component_is_fed_alone(work, client):
    client.force_login(work.editor)
    shown = client.get(reverse("scoring:dossier", args=[work.dossier.pk])).content.decode()

    assert reverse("reports:fed-figure", args=[work.score(OWN).pk]) in shown
    other = reverse("reports:fed-figure", args=[work.score("1.1.1").pk])
    assert other not in shown
    assert client.get(other).status_code == 404


def test_without_a_signed_commitment_of_the_year_nothing_is_offered(work, year, client):
    a_commitment(year, work.dossier.unit, of_year=year.period.year - 1)
    score = work.score(OWN)
    client.force_login(work.editor)

    answer = client.post(reverse("reports:fed-figure", args=[score.pk]), {"version": score.version})

    assert answer.status_code == 409
    assert "không có bản cam kết nào được ký nhận" in answer.content.decode()
    assert work.score(OWN).self_answer is None


@pytest.mark.parametrize("note", ["\0", "a" * 5001], ids=["no letter", "too long"])
def test_a_note_that_is_none_is_refused_in_words(work, year, client, note):
    a_commitment(year, work.dossier.unit)
    score = work.score(OWN)
    client.force_login(work.editor)

    answer = client.post(
        reverse("reports:fed-figure", args=[score.pk]), {"version": score.version, "note": note}
    )

    assert answer.status_code == 422
    assert work.score(OWN).self_answer is None


def test_what_somebody_wrote_meanwhile_is_not_overwritten(work, year):
    a_commitment(year, work.dossier.unit)
    seen = work.score(OWN).version
    fill(work, OWN, {"numerator": "2", "denominator": "3"})

    with pytest.raises(ChangedMeanwhile):
        fed_figures.take(work.score(OWN), by=work.editor, seen_version=seen, note="")


def test_the_organiser_takes_the_figures_of_all_units_at_once(year, client):
    first, second = rows(year, OUTSIDE)
    a_commitment(year, first.dossier.unit, tasks=4, done=3)
    client.force_login(year.organiser)
    address = reverse("reports:fed-block", args=[year.block.pk, component(year).pk])

    page = client.get(address).content.decode()
    answer = client.post(address, {"row": f"{first.pk}:{first.version}"})

    assert "3/4" in page
    assert "chưa có bản được ký nhận" in page
    assert answer.status_code == 302
    written, blank = rows(year, OUTSIDE)
    assert written.verified_answer == {"numerator": "3", "denominator": "4"}
    assert written.verified_source.endswith(f"cam kết năm {year.period.year}: 3/4 nhiệm vụ")
    assert (blank.pk, blank.verified_points) == (second.pk, None)
    assert "đúng số này" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "chọn ít nhất một đơn vị"),
        ({"row": "1:x"}, "Trang này đã cũ"),
        ({"row": "999999999:1"}, "Trang này đã cũ"),
        ({"row": "{second}:1"}, "không có bản cam kết nào được ký nhận"),
        ({"row": "{first}:99"}, "vừa"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words_and_nothing_is_written(
    year, client, sent, sentence
):
    first, second = rows(year, OUTSIDE)
    a_commitment(year, first.dossier.unit)
    client.force_login(year.organiser)
    address = reverse("reports:fed-block", args=[year.block.pk, component(year).pk])
    typed = {name: text.format(first=first.pk, second=second.pk) for name, text in sent.items()}

    answer = client.post(address, typed)

    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert all(row.verified_points is None for row in rows(year, OUTSIDE))


def test_nobody_but_the_organiser_fills_what_comes_from_outside(year, work):
    (first, _) = rows(year, OUTSIDE)
    a_commitment(year, first.dossier.unit)

    with pytest.raises(PermissionDenied):
        fed_figures.fill(
            year.block, component(year), chosen={first.pk: first.version}, by=work.editor
        )


def test_a_component_that_is_not_fed_takes_nothing(work):
    with pytest.raises(MoveRefused, match="không lấy số liệu"):
        fed_figures.figure_of(work.score("1.1.1"))


def test_the_figures_of_a_block_take_one_query(year, django_assert_num_queries):
    for row in rows(year, OUTSIDE):
        a_commitment(year, row.dossier.unit)
    units = [row.dossier.unit_id for row in rows(year, OUTSIDE)]

    with django_assert_num_queries(1):
        assert len(fed_figures.achieved_by(units, year.period.year)) == 2


def test_a_fed_ratio_says_so_and_counts(year):
    rule = component(year).rule

    assert "Số liệu lấy từ kết quả thực hiện cam kết của năm." in component(year).rule_words
    with pytest.raises(RuleFault):
        parse_rule({**rule, "amounts": True})


def test_the_source_is_told_once_in_a_note():
    assert retold("", "Lấy từ kết quả thực hiện cam kết năm 2022: 5/6 nhiệm vụ").count("\n") == 0
    note = "Lấy từ kết quả thực hiện cam kết năm 2022: 4/6 nhiệm vụ\nKèm báo cáo."
    assert retold(note, "Nguồn mới") == "Nguồn mới\nKèm báo cáo."
