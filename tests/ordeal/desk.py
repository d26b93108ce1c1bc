"""People at their computers: what each tab shows, what is typed into it, what becomes of it."""

import time
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as BrowserFault

from units.models import User

PATIENCE = 60
SIGN_IN_AGAIN = "Đăng nhập lại"

WRITE = """([place, name, text, leaves]) => {
  const field = document.querySelector(place).elements[name];
  field.value = text;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  if (leaves) field.dispatchEvent(new Event("change", {bubbles: true}));
}"""
LOOK = """places => places.map(place => {
  const form = document.querySelector(place);
  const fields = Array.from(form.querySelectorAll("textarea, input.field-num"));
  const theirs = Array.from(form.querySelectorAll(".choice blockquote, [data-stored]"));
  const texts = fields.map(field => [field.name, field.value]);
  return [place, texts, theirs.map(text => text.textContent)];
})"""
KEPT_HERE = "async () => (await portalPen.kept()).length > 0"
ALL_SENT = """async () => {
  const sign = document.querySelector("[data-unsent]");
  return sign.hidden && (await portalPen.kept()).length === 0;
}"""
CHOOSE = (
    """([place, choice]) => document.querySelector(`${place} .choice [value=${choice}]`).click()"""
)
HAS_CHOICE = "place => Boolean(document.querySelector(`${place} .choice`))"
BREAK = """how => {
  const whole = window.fetch;
  window.fetch = async (...asked) => {
    if ((asked[1] || {}).method !== "POST") return whole(...asked);
    window.fetch = whole;
    if (how === "before") throw new TypeError("the wire broke");
    if (how !== "after") return new Response("", {status: Number(how)});
    await whole(...asked);
    throw new TypeError("the wire broke before the answer came");
  };
}"""
LEAVE = """() => document.querySelectorAll("form[data-row] textarea").forEach(field =>
  field.dispatchEvent(new FocusEvent("focusout", {bubbles: true})))"""
NUDGE = "() => window.dispatchEvent(new Event('focus'))"

_names = count(1)


@dataclass
class Computer:
    """One browser, and who is signed in there."""

    context: BrowserContext
    address: str
    places: tuple[str, ...]
    person: User
    tabs: list["Tab"] = field(default_factory=list)

    def sign_in(self, user: User) -> None:
        """The cookie of a new session, as the form would give it."""
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": cookie,
                    "url": urljoin(self.address, "/"),
                }
            ]
        )

    def expire(self) -> None:
        """The sessions of everybody here run out on the server."""
        for cookie in self.context.cookies():
            if cookie["name"] == settings.SESSION_COOKIE_NAME:
                Session.objects.filter(pk=cookie["value"]).delete()

    def open_tab(self) -> "Tab":
        tab = Tab(self, self.context.new_page())
        tab.page.on("dialog", lambda dialog: dialog.accept())
        tab.load()
        self.tabs.append(tab)
        return tab


@dataclass(eq=False)
class Tab:
    """One page of the dossier. `seen`: every text it has ever shown, by place."""

    computer: Computer
    page: Page
    name: str = field(default_factory=lambda: f"t{next(_names)}")
    seen: dict[str, set[str]] = field(default_factory=dict)

    def load(self) -> None:
        self.page.goto(self.computer.address)
        self.look()

    def look(self) -> dict[tuple[str, str], str]:
        """Notes what the tab shows now; the texts that stand in its fields."""
        standing = {}
        for place, fields, others in self.page.evaluate(LOOK, list(self.computer.places)):
            shown = self.seen.setdefault(place, {""})
            shown.update(others)
            for name, text in fields:
                shown.add(text)
                standing[place, name] = text
        return standing

    def write(self, place: str, name: str, text: str, *, leaves: bool = True) -> None:
        self.page.evaluate(WRITE, [place, name, text, leaves])
        self.seen[place].add(text)

    def wait_until_kept(self) -> None:
        """What was typed lies on this machine, or is with the server already."""
        deadline = time.monotonic() + PATIENCE
        while not (self.page.evaluate(KEPT_HERE) or self.all_sent()):
            assert time.monotonic() < deadline, self.states()
            self.page.wait_for_timeout(20)

    def all_sent(self) -> bool:
        """Whether nothing of this person waits, here or in another tab of this browser."""
        return self.page.evaluate(ALL_SENT)

    def leave_the_row(self) -> None:
        """Whoever typed goes elsewhere: half an answer is sent then too."""
        self.page.evaluate(LEAVE)

    def states(self) -> str:
        rows = [
            " ".join(text.split()) for text in self.page.locator(".row-state").all_inner_texts()
        ]
        left = self.page.evaluate("async () => [portalPen.page, await portalPen.kept()]")
        return f"{self.name}: {rows}; left: {left}"

    def nudge(self) -> None:
        """Somebody comes back to this tab."""
        self.page.evaluate(NUDGE)

    def break_next_request(self, how: str) -> None:
        """The next thing sent gets lost "before" the server or "after" it; or has this status."""
        self.page.evaluate(BREAK, how)

    def has_choice(self, place: str) -> bool:
        return self.page.evaluate(HAS_CHOICE, place)

    def choose(self, place: str, choice: str) -> None:
        self.look()
        self.page.evaluate(CHOOSE, [place, choice])

    def close(self) -> None:
        """Without a question, as a crash would."""
        self.page.close()
        self.computer.tabs.remove(self)

    def crash(self) -> None:
        """The renderer dies in the middle of whatever it does."""
        try:
            self.page.goto("chrome://crash", timeout=5_000)
        except BrowserFault:
            self.close()


def everything_sent(computers: list[Computer]) -> None:
    """No tab of anybody has anything left to send."""
    tabs = [tab for computer in computers for tab in computer.tabs]
    for tab in tabs:
        tab.leave_the_row()
    deadline = time.monotonic() + PATIENCE
    while waiting := [tab for tab in tabs if not tab.all_sent()]:
        assert time.monotonic() < deadline, "\n".join(tab.states() for tab in waiting)
        waiting[0].page.wait_for_timeout(30)
        for tab in tabs if time.monotonic() > deadline - PATIENCE + 5 else ():
            if tab.page.get_by_text(SIGN_IN_AGAIN).count():
                # a late answer to the ended session has taken the new cookie away: once more
                tab.computer.sign_in(tab.computer.person)
                tab.nudge()
