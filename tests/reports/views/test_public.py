"""What anyone may read without signing in: the list, an edition, its papers."""

import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse

from reports.models import Edition, RenderState
from reports.tasks import render_edition
from tests.boxes import unboxed
from tests.factories import a_user
from tests.reports.reading import text
from tests.reports.situations import Publication, an_edition
from tests.worlds import a_province
from units.models import Unit
from units.permissions import Role

pytestmark = pytest.mark.django_db

PUBLIC = reverse("reports:public")


def address(name: str, edition: Edition, *more) -> str:
    return reverse(f"reports:{name}", args=[edition.pk, *more])


def body(answer) -> str:
    assert answer.status_code == 200
    return unboxed(answer.content.decode())


@pytest.fixture
def published() -> Publication:
    """Two units ranked, one excused."""
    return an_edition(a_province(departments=3), verified=2)


@pytest.fixture
def printed(settings, tmp_path) -> Edition:
    settings.MEDIA_ROOT = tmp_path
    edition = an_edition().edition
    render_edition(edition.pk)
    edition.refresh_from_db()
    return edition


def in_state(edition: Edition, state: RenderState, **columns) -> Edition:
    Edition.objects.filter(pk=edition.pk).update(render_state=state, **columns)
    return edition


# --- the list


def test_the_list_is_read_without_signing_in_newest_first(client):
    province = a_province()
    first = an_edition(province, title="Kỳ công bố trước").edition
    second = an_edition(province, title="Kỳ công bố sau").edition

    page = client.get(PUBLIC)

    assert list(page.context["page"]) == [second, first]
    assert f"{second.decision_number} ngày" in body(page)
    assert address("edition", second) in body(page)


def test_a_row_of_the_list_counts_units_and_the_best_class(client, published):
    (row,) = client.get(PUBLIC).context["page"]

    best = published.edition.results.filter(band="Xuất sắc").count()
    assert (row.unit_count, row.ranked_count, row.best_count) == (3, 2, best)


def test_before_anything_is_published_the_list_says_when_there_will_be_something(client, db):
    assert "Chưa có kết quả nào được công bố" in body(client.get(PUBLIC))


@pytest.mark.parametrize("page", ["0", "99", "hai", "-1", "1.5", "%00"])
def test_a_page_that_is_not_there_is_the_nearest_one(client, published, page):
    assert published.edition.title in body(client.get(f"{PUBLIC}?page={page}", follow=True))


def test_the_list_says_which_paper_is_still_on_its_way(client, published):
    assert "Đang chờ kết xuất" in body(client.get(PUBLIC))


# --- one edition


def test_an_edition_is_read_without_signing_in(client, published):
    edition = published.edition

    page = body(client.get(address("edition", edition)))

    assert f"Quyết định số {edition.decision_number}" in page
    assert "Công an tỉnh Thử Nghiệm" in page
    for result in edition.results.all():
        assert result.unit_name in page
    assert "không xếp hạng: không đánh giá kỳ này" in page
    assert "Số liệu đúng như khi công bố" in page
    assert edition.digest in page
    assert "Đại tá Nguyễn Văn An, Phó Giám đốc" in page


def test_figures_before_the_table_count_what_is_in_it(client, published):
    figures = client.get(address("edition", published.edition)).context["figures"]

    assert (figures.units, figures.ranked) == (3, 2)
    assert sum(count for _, count in figures.counts) == 2
    assert figures.ratings.rated == 2 * 2756
    assert figures.ratings.share == pytest.approx(2518 / 2756 * 100)


def test_a_line_shows_points_maximum_percentage_and_class_as_frozen(client, published):
    page = client.get(address("edition", published.edition))

    (table,) = page.context["drawn"]
    frozen = published.edition.results.filter(rank__isnull=False).order_by("rank")
    assert [line.entry for line in table.lines] == list(frozen)
    assert [line.percent for line in table.lines] == [row.percent for row in frozen]
    assert table.mean == sum(line.figure for line in table.lines) / 2


@pytest.mark.parametrize("words", ["nghiep vu 1", "NGHIỆP  vụ 1", "TN-P01", "tn-p01"])
def test_a_unit_is_found_without_diacritics_and_by_its_code(client, published, words):
    page = client.get(address("edition", published.edition), {"q": words})

    (table,) = page.context["drawn"]
    assert [line.entry.unit_name for line in table.lines] == ["Phòng Nghiệp vụ 1"]
    assert table.unranked == ()


def test_thai_hoa_finds_the_unit_of_that_name(client):
    province = a_province(departments=1)
    Unit.objects.filter(pk=province.departments[0].pk).update(name="Công an thị xã Thái Hoà")
    province.departments[0].spells.update(name="Công an thị xã Thái Hoà")
    edition = an_edition(province).edition

    for words in ("thai hoa", "thái hòa", "Thái Hoà", "THAI HOA"):
        assert "Công an thị xã Thái Hoà" in body(
            client.get(address("edition", edition), {"q": words})
        )


def test_a_found_unit_keeps_the_rank_it_has_in_its_block(client, published):
    (table,) = client.get(address("edition", published.edition), {"q": "vu 2"}).context["drawn"]

    assert [line.rank for line in table.lines] == [2]


def test_a_search_that_finds_nothing_says_so_and_shows_the_way_back(client, published):
    page = body(client.get(address("edition", published.edition), {"q": "không có đâu"}))

    assert "Không có đơn vị nào khớp" in page
    assert "Xem cả bản công bố" in page


@pytest.mark.parametrize(
    "words", ["\0", "a\0b", "%", "_", "'; drop table x; --", "<script>", "x" * 5000, "\u200b"]
)
def test_no_words_break_the_search(client, published, words):
    page = body(client.get(address("edition", published.edition), {"q": words}))

    assert "<script>" not in page.replace("<script src", "")
    assert "\0" not in page


@pytest.mark.parametrize("block", ["", "0", "99", "hai", "1' or '1'='1", "\0"])
def test_a_block_that_is_not_there_is_the_first(client, published, block):
    page = client.get(address("edition", published.edition), {"khoi": block}, follow=True)

    assert page.context["chosen"].position == 1


@pytest.mark.parametrize(
    "tampering",
    [
        "update reports_editionresult set rank = 1 where rank = 2",
        "update reports_editionresult set block_position = 7 where rank = 2",
        "with gone as (delete from reports_resultdetail) delete from reports_editionresult",
    ],
)
def test_whatever_was_tampered_with_the_page_still_opens_and_says_so(client, published, tampering):
    with (
        pgtrigger.ignore("reports.EditionResult:append_only", "reports.ResultDetail:append_only"),
        connection.cursor() as cursor,
    ):
        cursor.execute(tampering)

    page = body(client.get(address("edition", published.edition)))

    assert "Số liệu không còn khớp với mã niêm phong" in page
    assert "Dữ liệu đã bị thay đổi ngoài cổng" in page


def test_what_is_made_up_is_called_so(client):
    real = an_edition(a_province("TN")).edition
    made_up = an_edition(a_province("TM"), made_up=True).edition

    assert "Dữ liệu minh họa" in body(client.get(address("edition", made_up)))
    assert "Dữ liệu minh họa" not in body(client.get(address("edition", real)))


# --- the paper on its way


def test_while_the_paper_is_on_its_way_the_page_asks_again(client, published):
    for state in (RenderState.WAITING, RenderState.RENDERING):
        in_state(published.edition, state)
        part = body(client.get(address("edition-press", published.edition)))
        assert f'hx-get="{address("edition-press", published.edition)}"' in part
        assert RenderState(state).label in part
        assert "<html" not in part


def test_when_the_paper_is_there_the_page_stops_asking_and_offers_it(client, printed):
    answer = client.get(address("edition-press", printed))

    assert "hx-get" not in body(answer)
    assert address("edition-paper", printed) in body(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_why_a_paper_failed_is_told_only_to_who_may_print_again(client, published):
    edition = in_state(published.edition, RenderState.FAILED, render_error="hết chỗ trên đĩa")
    readers = {
        None: False,
        published.head: True,
        published.year.organiser: True,
        a_user(): False,
        published.year.province.a_person(Role.LEADER, published.year.province.police): False,
    }

    for reader, told in readers.items():
        client.logout()
        if reader:
            client.force_login(reader)
        for name in ("edition", "edition-press"):
            page = body(client.get(address(name, edition)))
            assert RenderState.FAILED.label in page
            assert ("hết chỗ trên đĩa" in page) is told
            assert (address("print-again", edition) in page) is told


def test_the_paper_is_the_file_that_the_press_delivered(client, printed):
    answer = client.get(address("edition-paper", printed))

    paper = b"".join(answer)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert f"cong-bo-{printed.year}-{printed.pk}-1.pdf" in answer.headers["Content-Disposition"]
    assert f"Số: {printed.decision_number}" in text(paper)


def test_a_paper_that_was_fetched_is_not_sent_again(client, printed):
    first = client.get(address("edition-paper", printed))
    list(first)
    stamp = first.headers["Last-Modified"]

    again = client.get(address("edition-paper", printed), headers={"If-Modified-Since": stamp})

    assert (again.status_code, again.content) == (304, b"")
    old = {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}
    assert b"".join(client.get(address("edition-paper", printed), headers=old))[:5] == b"%PDF-"


def test_a_paper_that_is_not_there_yet_is_404(client, published):
    for state in (RenderState.WAITING, RenderState.RENDERING, RenderState.FAILED):
        in_state(published.edition, state)
        assert client.get(address("edition-paper", published.edition)).status_code == 404


def test_a_paper_that_is_lost_on_the_disk_is_404(client, printed):
    printed.pdf.storage.delete(printed.pdf.name)

    assert client.get(address("edition-paper", printed)).status_code == 404


# --- the result sheet


def test_the_sheet_tells_a_ranked_unit_its_frozen_figures(client, published):
    line = published.edition.results.get(rank=2)

    answer = client.get(address("sheet", published.edition, line.pk))

    said = " ".join(text(answer.content).split())
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "phieu-ket-qua-" in answer.headers["Content-Disposition"]
    assert line.unit_name in said
    assert f"{line.percent:.2f} %".replace(".", ",") in said.replace("\xa0", " ")
    assert "2/2" in said
    assert line.band in said
    assert published.edition.decision_number in said


def test_a_sheet_is_drawn_once_however_often_it_is_read(
    client, published, django_assert_max_num_queries
):
    sheet = address("sheet", published.edition, published.edition.results.get(rank=1).pk)
    first = client.get(sheet)

    with django_assert_max_num_queries(2):
        again = client.get(sheet)

    assert again.content == first.content


def test_a_unit_without_a_rank_has_no_sheet(client, published):
    line = published.edition.results.get(rank=None)

    assert client.get(address("sheet", published.edition, line.pk)).status_code == 404


def test_a_sheet_belongs_to_its_own_edition(client):
    here, there = an_edition(a_province("TN")).edition, an_edition(a_province("TM")).edition
    line = there.results.get(rank=1)

    assert client.get(address("sheet", here, line.pk)).status_code == 404


# --- what is not there, and what only reads


@pytest.mark.parametrize("name", ["edition", "edition-press", "edition-paper", "earlier-table"])
@pytest.mark.parametrize("pk", [0, 99, 10**18, 10**30])
def test_what_is_not_there_is_404_in_vietnamese(client, db, name, pk):
    answer = client.get(reverse(f"reports:{name}", args=[pk]))

    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()


@pytest.mark.parametrize("pk", [0, 10**18, 10**30])
def test_a_sheet_that_is_not_there_is_404(client, published, pk):
    assert client.get(address("sheet", published.edition, pk)).status_code == 404


@pytest.mark.parametrize("name", ["edition", "edition-press", "edition-paper"])
def test_what_is_only_read_takes_no_post(client, published, name):
    assert client.post(address(name, published.edition)).status_code == 405


def test_nothing_on_the_public_pages_names_who_worked_on_the_dossiers(client, published):
    people = {published.year.organiser, published.head} | {
        event.by for event in published.period.events.exclude(by=None)
    }

    for page in (PUBLIC, address("edition", published.edition)):
        said = body(client.get(page))
        assert not [person for person in people if str(person) in said]
