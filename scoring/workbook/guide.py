"""The first sheet of a workbook: what it is, and how it is filled in."""

from xlsxwriter.worksheet import Worksheet

from cchc_portal.kit.cell_words import clean
from cchc_portal.kit.workbook_looks import A4, CLOSED, GREEN, Looks, height
from scoring.rules.workbook import Book

NAMES, WORDS = 16, 92

STEPS = (
    "Mỗi lĩnh vực là một trang. Chỉ điền vào các ô nền vàng: Trả lời, Không áp dụng, Ghi chú.",
    "Ô có danh sách: bấm vào ô rồi chọn. Ô số: gõ bằng chữ số, không gõ công thức, không gõ %.",
    "Danh mục kiểm: chọn Đạt hoặc Không đạt từng mục; mục để trống được hiểu là Không đạt khi đã "
    "chọn mục khác của cùng tiêu chí.",
    "Không áp dụng: chọn “Có” để đề nghị, và ghi lý do ở phần ghi chú. Dòng ghi “–” áp dụng với "
    "mọi đơn vị.",
    "Không đổi tên trang, không chèn, xóa hay chuyển dòng, cột: cổng sẽ không nhận tệp. Cần nháp "
    "thì thêm trang mới, trang đó không được đọc.",
    "Xuống dòng trong ghi chú: Alt+Enter. Ghi chú dài tối đa 5.000 ký tự.",
    "Cột “Điểm đã lưu” là điểm trên cổng lúc tải tệp; điểm mới tính khi đưa tệp lên.",
    "Điền xong, mở hồ sơ trên cổng, chọn Excel, đưa tệp lên. Cổng cho xem từng dòng sẽ đổi trước "
    "khi ghi. Minh chứng gắn trên trang hồ sơ.",
)


def draw_guide(page: Worksheet, book: Book, looks: Looks) -> None:
    """What the dossier is, and the steps; or why nothing can be filled in."""
    page.set_column(0, 0, NAMES)
    page.set_column(1, 1, WORDS)
    page.hide_gridlines(2)
    title = looks.title()
    page.write_string(0, 0, clean(book.title), title)
    row = 2
    for name, words in book.facts:
        page.write_string(row, 0, name, looks.look(bold=True))
        page.write_string(row, 1, clean(words), looks.look())
        row += 1
    row += 1
    if book.closed_because:
        page.write_string(row, 0, "Chỉ để xem", looks.look(bold=True))
        page.write_string(row, 1, clean(book.closed_because), looks.look())
    else:
        page.write_string(row, 0, "Cách điền", looks.look(bold=True, font_color=GREEN))
        for step, words in enumerate(STEPS, start=1):
            page.write_string(row + step, 0, f"{step}.", looks.look(align="right", indent=1))
            page.write_string(row + step, 1, words, looks.look())
            page.set_row(row + step, height(words, WORDS))
    page.protect("", CLOSED)
    page.set_portrait()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
