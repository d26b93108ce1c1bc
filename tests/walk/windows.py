"""People at their computers: a browser window for each, every page looked at on the way."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD
from tests.fixtures.browser import PHONE

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Window:
    """One person's browser. Each page they look at must be open to everybody and fit."""

    def __init__(self, page: Page, assert_no_barriers: Callable[[Page], None]) -> None:
        self.page = page
        self.assert_no_barriers = assert_no_barriers
        self.seen: dict[str, None] = {}

    def sign_in(self, username: str) -> None:
        """By the form, as everybody."""
        self.page.goto("/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.locator("#id_password").fill(PASSWORD)
        self.press("Đăng nhập")
        self.heading("Chào đồng chí")
        self.look()

    def open(self, address: str) -> None:
        """Goes there and looks."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        self.look()

    def menu(self, label: str) -> None:
        """Presses a line of the menu and looks at what it leads to."""
        self.page.get_by_role("navigation", name="Chính").get_by_role("link", name=label).click()
        self.look()

    def follow(self, name: str) -> None:
        """Presses the link of this name and looks at what it leads to."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.look()

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Presses the button of this name, once it can be pressed."""
        button = (within or self.page).get_by_role("button", name=name, exact=True)
        expect(button).to_be_enabled()
        button.click()

    def type(self, label: str, text: str) -> None:
        """Into the field of this label, which bears a star where it must be filled."""
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}\s*\*?$")).fill(text)

    def is_told(self, sentence: str) -> None:
        """The page says so."""
        expect(self.page.get_by_text(sentence).first).to_be_visible()

    def heading(self, words: str) -> None:
        """The page is the one of this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def look(self) -> None:
        """Nothing keeps anybody out, nothing is wider than the screen, nothing claims to be
        made up: the figures of this story stand for real ones."""
        self.page.wait_for_load_state("load")
        self.assert_no_barriers(self.page)
        self._fits()
        expect(self.page.get_by_text("Dữ liệu minh họa")).to_have_count(0)
        self.seen.setdefault(self.page.url.partition("#")[0])

    def look_again_on_a_phone(self) -> None:
        """Every page this person has been on that is still there."""
        self.page.set_viewport_size(PHONE)
        for address in self.seen:
            answer = self.page.goto(address)
            if answer is not None and answer.status == 200:
                self.assert_no_barriers(self.page)
                self._fits()

    def _fits(self) -> None:
        wide = self.page.evaluate(TOO_WIDE)
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
