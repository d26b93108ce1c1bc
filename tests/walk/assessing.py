"""A dossier in the browser: typed by the officer, handed in by the head, judged at the desk."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD
from tests.walk.windows import Window


@contextmanager
def row(window: Window, code: str) -> Iterator[Locator]:
    """The row of a component, opened; what was written in it has saved itself at the end."""
    found = window.page.locator(".score-row", has=window.page.get_by_text(code, exact=True))
    opened = found.locator("[data-toggle-row]")
    if opened.get_attribute("aria-expanded") != "true":
        opened.click()
    yield found
    found.press("Escape")
    expect(found.locator(".row-state")).to_contain_text("Đã lưu")


def choose(window: Window, code: str, *labels: str) -> None:
    """Ticks what holds."""
    with row(window, code) as found:
        for label in labels:
            found.get_by_label(label, exact=True).check()


def untick(window: Window, code: str, label: str) -> None:
    """Takes a tick back."""
    with row(window, code) as found:
        found.get_by_label(label, exact=True).uncheck()


def write(window: Window, code: str, **numbers: str) -> None:
    """Numbers into the inputs of the row, as somebody types them."""
    with row(window, code) as found:
        for name, typed in numbers.items():
            field = found.locator(f"[name={name}]")
            field.fill("")
            field.press_sequentially(typed)
            field.press("Tab")


def explain(window: Window, code: str, words: str) -> None:
    """The note of a row."""
    with row(window, code) as found:
        found.get_by_label("Ghi chú, giải trình").fill(words)


def points_of(window: Window, code: str) -> Locator:
    """What the row is worth, as the page says it."""
    found = window.page.locator(".score-row", has=window.page.get_by_text(code, exact=True))
    return found.locator(".pts")


def attach(window: Window, code: str, *, name: str, content: bytes) -> None:
    """A file from the machine, beside the row; the cabinet calls it by its name."""
    with row(window, code):
        panel = window.page.get_by_role("region", name="Minh chứng của dòng đang chọn")
        expect(panel.get_by_role("heading").first).to_contain_text(f"Minh chứng của {code}")
        file = {"name": name, "mimeType": "application/pdf", "buffer": content}
        panel.locator("input[type=file]").set_input_files(files=[file])
        panel.locator("form[data-uploads] [name=declared]").check()
        expect(panel.locator(".name", has_text=name.removesuffix(".pdf"))).to_be_visible()


def hand_in(window: Window) -> None:
    """The head, on the page of the dossier."""
    window.follow("Trình nộp…")
    window.type("Mật khẩu", PASSWORD)
    window.press("Trình nộp hồ sơ")
    window.is_told("Đã trình nộp")


def expect_row(page: Page, code: str) -> None:
    """The desk shows this component."""
    column = page.get_by_role("region", name="Tự chấm")
    expect(column).to_contain_text(re.compile(rf"{re.escape(code)} · tối đa"))


def go_to(window: Window, code: str) -> None:
    """A line of the desk's queue."""
    queue = window.page.get_by_role("region", name="Hàng đợi các dòng")
    queue.get_by_role("link", name=re.compile(rf"^{re.escape(code)} ")).click()
    expect_row(window.page, code)


def in_order_of_the_set(window: Window) -> None:
    """The queue goes by the set of criteria instead of by risk; the address keeps it."""
    window.page.keyboard.press("s")
    expect(window.page.get_by_role("link", name="theo rủi ro")).to_be_visible()


def accept_by_key(window: Window, *codes: str) -> None:
    """C, as often as there are components in a row; each leads on to the next."""
    for code in codes:
        expect_row(window.page, code)
        window.page.keyboard.press("c")
        expect(window.page.get_by_text(f"Đã ghi {code}:")).to_be_visible()


def judge(window: Window, code: str, *, reason: str, gives: str, **numbers: str) -> None:
    """Another answer than the unit's, with the reason; by the keyboard's own way to write it."""
    expect_row(window.page, code)
    form = window.page.locator("#phieu-tham-dinh")
    for name, typed in numbers.items():
        form.locator(f"[name={name}]").fill(typed)
    expect(window.page.locator("#so-sanh .now")).to_have_text(gives)
    form.locator("[name=reason]").fill(reason)
    window.page.keyboard.press("Control+Enter")
    expect(window.page.get_by_text(f"Đã ghi {code}:")).to_be_visible()


def send_back(window: Window, reason: str, **remarks: str) -> None:
    """The dossier, on the page that asks why and what is to be mended in which row."""
    window.follow("Trả lại…")
    window.page.get_by_label("Lý do").fill(reason)
    for code, remark in remarks.items():
        window.page.get_by_label(re.compile(rf"^{re.escape(code)} ")).fill(remark)
    window.press("Trả lại hồ sơ")
    window.is_told("Bị trả lại")
