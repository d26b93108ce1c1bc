"""The table of a dialogue as an Excel file: texts as texts, whatever they begin with."""

import io
from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook

from cchc_portal.kit.workbook_looks import A4, write
from commitments.models import Conference

COLUMNS = (
    ("TT", "number", 5),
    ("Loại", "kind", 11),
    ("Nội dung", "text", 60),
    ("Người nêu", "speaker", 18),
    ("Họ tên, nơi công tác", "speaker_name", 24),
    ("Lĩnh vực", "area", 24),
    ("Trả lời, xử lý", "handling", 60),
    ("Người trả lời", "answered_by", 22),
    ("Kết quả", "outcome", 18),
)
CONCLUSIONS = (
    ("TT", "", 5),
    ("Nội dung kết luận", "text", 70),
    ("Đơn vị chủ trì", "owner", 36),
    ("Thời hạn", "due_on", 13),
    ("Tình trạng", "standing", 18),
)


def table_excel(conference: Conference, content: Mapping[str, Any]) -> bytes:
    """Two pages: the items and the conclusions of `models.table.minutes_of`."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": content["heading"]["title"]})
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    note = "Dữ liệu minh họa" if conference.made_up else ""
    pages = (
        ("Ý kiến", COLUMNS, content["items"]),
        ("Kết luận", CONCLUSIONS, content["conclusions"]),
    )
    for name, columns, rows in pages:
        page = book.add_worksheet(name)
        for place, (title, _, width) in enumerate(columns):
            page.write_string(0, place, title, heading)
            page.set_column(place, place, width)
        for line, row in enumerate(rows, start=1):
            page.write_number(line, 0, line, cell)
            for place, (_, column, _) in enumerate(columns[1:], start=1):
                write(page, line, place, str(row[column]), cell)
        if note:
            page.write_string(len(rows) + 2, 1, note)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer("&RTrang &P/&N")
    book.close()
    return out.getvalue()
