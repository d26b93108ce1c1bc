"""Minutes and tables of a dialogue: as signed, as it stands, and without a name for everybody."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from commitments.models import Conference
from commitments.models.table import minutes_of
from commitments.services import releases
from reports.papers.dialogue_excel import table_excel
from reports.papers.dialogues import minutes_pdf, public_table_pdf, table_pdf
from tests.conferences.situations import (
    NAMED,
    QUESTION,
    a_conclusion,
    an_item,
    answered,
    held,
    minuted,
    released,
    sides,
)
from tests.reports.reading import text
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return sides()


@pytest.fixture
def conference(who):
    conference = held(who)
    answered(who, an_item(who, conference, NAMED))
    an_item(who, conference)
    a_conclusion(who, conference)
    return Conference.objects.for_page().get(pk=conference.pk)


def signed_and_released(who, conference):
    release = released(who, minuted(who, conference))
    release.conference = Conference.objects.for_page().get(pk=conference.pk)
    return release


def test_minutes_have_the_parts_of_decree_30_and_are_a_draft_until_signed(who, conference):
    draft = text(minutes_pdf(conference, names=True))
    minuted(who, conference)
    signed = text(minutes_pdf(Conference.objects.for_page().get(pk=conference.pk), names=True))

    assert "DỰ THẢO" in draft
    assert "DỰ THẢO" not in signed
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BIÊN BẢN",
        "Thời gian bắt đầu: 08 giờ 00",
        "Địa điểm: Hội trường",
        "46 cán bộ, chiến sĩ",
        "Chủ trì (chủ tọa): Trung tá Hoàng Minh Đức",
        "Thư ký (người ghi biên bản): Đại úy Lê Thị Hạnh",
        "1 ý kiến, 1 câu hỏi, 0 kiến nghị",
        "Lắp máy lấy số tự động.",
        "Hội nghị kết thúc vào 11 giờ 30",
        "THƯ KÝ",
        "CHỦ TỌA",
        "Nơi nhận:",
    ):
        assert part in signed


def test_the_table_for_everybody_bears_no_name_and_that_of_the_unit_does(who, conference):
    own = text(table_pdf(conference, names=True))
    public = text(public_table_pdf(signed_and_released(who, conference)))

    assert NAMED.speaker_name in own
    assert NAMED.speaker_name not in public
    for words in (NAMED.text, QUESTION.text, "Đã có hướng dẫn tại quầy."):
        assert words in own
        assert words in public


def test_readers_above_are_not_told_who_spoke(client, who, conference):
    minuted(who, conference)
    names = {}
    for reader in (who.editor, who.province.a_person(Role.LEADER, who.upper)):
        client.force_login(reader)
        pages = [
            client.get(reverse(f"reports:{name}", args=[conference.pk])).content
            for name in ("minutes", "dialogue-table", "dialogue-excel")
        ]
        book = load_workbook(BytesIO(pages.pop()))
        cells = " ".join(str(cell.value) for row in book.worksheets[0].rows for cell in row)
        names[reader] = [NAMED.speaker_name in words for words in [*map(text, pages), cells]]

    assert list(names.values()) == [[True] * 3, [False] * 3]


def test_nothing_in_the_workbook_is_a_formula(who, conference):
    an_item(who, conference, QUESTION.__class__("opinion", '=HYPERLINK("x")', "citizen"))

    book = load_workbook(BytesIO(table_excel(conference, minutes_of(conference))))

    items, conclusions = book.worksheets
    cells = [cell for row in items.iter_rows() for cell in row]
    assert '=HYPERLINK("x")' in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [row[1].value for row in conclusions.iter_rows(min_row=2)] == ["Lắp máy lấy số tự động."]


def test_anybody_reads_what_was_released_and_nothing_else(client, who, conference):
    page = reverse("reports:dialogue", args=[conference.pk])
    assert client.get(page).status_code == 404

    signed_and_released(who, conference)

    shown = client.get(page).content.decode()
    listed = client.get(reverse("reports:dialogues")).content.decode()
    assert NAMED.text in shown
    assert NAMED.speaker_name not in shown + listed
    assert conference.title in listed
    releases.take_down(conference, comment="Sai", by=who.head)
    assert client.get(page).status_code == 404
    assert client.get(reverse("reports:dialogue-paper", args=[conference.pk])).status_code == 404
