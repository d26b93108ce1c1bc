"""The log of a period: what it tells, how it is narrowed, and its files."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from scoring.models import DossierEvent, PeriodEvent, ScoreChange
from scoring.rules.log import Asked
from scoring.rules.workflow import EXTEND
from scoring.services import dossiers, extensions, preparation, scores
from scoring.services.log import Log, people_of
from tests.worlds import a_submitted_dossier, an_open_period, settle
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client):
    work = a_submitted_dossier()
    client.force_login(work.year.organiser)
    return work


def address(work, name="log", **query) -> str:
    at = reverse(f"scoring:{name}", args=[work.year.period.pk])
    return f"{at}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def lines(work, **asked) -> list[tuple[str, str, str]]:
    return [(one.kind, one.subject[:5], one.words) for one in Log(work.year.period, Asked(**asked))]


def test_a_verdict_is_one_line_with_what_changed_and_why(work):
    settle(work, "1.1.1", points=4, reason="Kế hoạch ban hành chậm.")

    (kind, code, words), *_ = lines(work)

    assert (kind, code) == ("Ghi kết quả thẩm định", "1.1.1")
    assert "Điểm thẩm định: chưa có → 4,00" in words
    assert "Lý do thẩm định: Kế hoạch ban hành chậm." in words
    assert [one[0] for one in lines(work)].count(kind) == 1


def test_moves_returns_extensions_and_the_period_stand_in_one_order(work):
    settle(work, "1.1.1")
    dossiers.send_back(work.dossier, by=work.verifier, comment="Thiếu kế hoạch.")
    until = work.now().last_day + timedelta(days=2)
    extensions.extend(
        work.now(),
        by=work.year.organiser,
        until=until,
        reason="Mất điện.",
        seen=work.now().last_day,
    )

    kinds = [one.kind for one in Log(work.year.period, Asked())]

    assert kinds[:4] == ["Gia hạn", "Trả lại", "Ghi kết quả thẩm định", "Trình nộp"]
    assert "Mở kỳ đánh giá" in kinds
    assert kinds[-1] == "Lập kỳ đánh giá"


def test_what_the_unit_writes_in_its_own_dossier_is_not_in_it(work):
    assert {one.kind for one in Log(work.year.period, Asked()) if one.unit} == {"Trình nộp"}


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (lambda work: {"kind": "dossier-submit"}, {"Trình nộp"}),
        (lambda work: {"kind": "verdict-page"}, {"Ghi kết quả thẩm định"}),
        (lambda work: {"unit": work.dossier.unit_id}, {"Trình nộp", "Ghi kết quả thẩm định"}),
        (lambda work: {"person": work.head.pk}, {"Trình nộp"}),
        (lambda work: {"text": "CHẬM BA ngày"}, {"Ghi kết quả thẩm định"}),
        (lambda work: {"text": "trình nộp"}, {"Trình nộp"}),
        (lambda work: {"text": "Ban hành kế hoạch"}, {"Ghi kết quả thẩm định"}),
        (lambda work: {"kind": "verdict-page", "person": work.head.pk}, set()),
        (lambda work: {"before": timezone.now() - timedelta(hours=1)}, set()),
        (lambda work: {"kind": "no-such"}, set()),
    ],
)
def test_a_filter_leaves_what_answers_to_it(work, asked, kinds):
    settle(work, "1.1.1", points=4, reason="Nộp chậm ba ngày.")

    assert {one.kind for one in Log(work.year.period, Asked(**asked(work)))} == kinds


def test_another_periods_events_are_not_in_it(work):
    before = Log(work.year.period, Asked()).count()

    other = an_open_period(work.year.province, title="Kỳ khác")

    assert Log(work.year.period, Asked()).count() == before
    assert Log(other.period, Asked()).count() > 0


def test_people_to_choose_from_are_those_who_did_something(work):
    settle(work, "1.1.1")
    work.year.province.a_person(Role.VERIFIER, work.year.province.police)

    assert set(people_of(work.year.period)) == {work.year.organiser, work.head, work.verifier}


def test_filters_lie_in_the_address_and_go_with_the_files(client, work):
    answer = client.get(address(work, kind="dossier-submit", unit=work.dossier.unit_id))

    page = answer.content.decode()
    assert "Trình nộp" in page
    assert "Lập kỳ đánh giá</th>" not in page
    assert f"nhat-ky/csv/?kind=dossier-submit&amp;unit={work.dossier.unit_id}" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"since": "31/31/2026"}, "Ngày chưa đúng"),
        ({"until": "9999-12-31"}, "Đề nghị ghi một ngày trong các năm"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "Ngày cuối phải sau ngày đầu."),
        ({"kind": "nothing"}, "Loại việc này không có trong nhật ký."),
        ({"unit": "x"}, "Điều kiện lọc này không có trong kỳ."),
        ({"person": "999999999999999999999"}, "Điều kiện lọc này không có trong kỳ."),
        ({"text": "x" * 101}, "Chữ cần tìm dài quá 100 ký tự."),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_with_a_sentence(client, work, query, sentence):
    for name in ("log", "log-csv", "log-workbook"):
        answer = client.get(address(work, name, **query))

        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_a_page_that_is_not_there_is_the_last_one(client, work):
    assert client.get(address(work, page="99")).context["page"].number == 1


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"]


def test_no_cell_of_a_file_is_a_formula(client, work):
    for words in DANGEROUS:
        preparation.note(work.year.period, "own", words, by=work.year.organiser)

    told = b"".join(client.get(address(work, "log-csv", kind="period-own"))).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(told, newline=""))
    book = load_workbook(io.BytesIO(b"".join(client.get(address(work, "log-workbook")))))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value]

    assert header[4] == "Nội dung"
    assert [row[4] for row in reversed(rows)] == [
        f"'{words}".replace("\r", "\n") for words in DANGEROUS
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=1+1" in {cell.value for cell in cells}


def test_a_long_log_asks_the_database_no_more_than_a_short_one(client, work, assert_flat_queries):
    settle(work, "1.1.1")
    period, by = work.year.period, work.year.organiser
    score = work.score("1.1.2")

    def grow():
        for n in range(100):
            PeriodEvent.objects.create(period=period, verb="own", by=by)
            DossierEvent.objects.create(dossier=work.dossier, verb=EXTEND, by=by)
            line = {"column": "verified_points", "after": "1", "changed_by": by, "transaction": n}
            ScoreChange.objects.create(score=score, **line)

    assert_flat_queries(lambda: client.get(address(work)), grow=grow)
    assert Log(period, Asked()).count() > 300


def test_a_verdict_taken_back_is_told(work):
    settle(work, "1.1.1")
    score = work.score("1.1.1")
    scores.take_back(score, by=work.verifier, seen_version=score.version)

    (_, _, words), *_ = lines(work)

    assert "Điểm thẩm định: 5,00 → chưa có" in words
