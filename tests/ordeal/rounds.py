"""Rounds of bad luck, in random order from a seed: somebody types, something breaks, all is mended,
and the account is drawn up."""

from collections.abc import Callable
from random import Random

from tests.ordeal.account import Account
from tests.ordeal.desk import Computer, Tab, everything_sent
from tests.ordeal.server import Server

NUMBERS = ("numerator", "denominator")
MOST_TABS = 2
LETTERS = "ă â đ ê ô ơ ư Ệ ỗ “ngoặc” <thẻ> & 100 % ' \" \\ /"
CHOICES = ("mine", "theirs", "both")


class Ordeal:
    """Two computers, a server, and a random hand."""

    def __init__(self, seed: int, server: Server, desks: list[Computer], account: Account) -> None:
        self.random = Random(seed)
        self.seed = seed
        self.server = server
        self.desks = desks
        self.account = account
        self.texts = 0
        self.happened: dict[str, int] = {}
        self.mishaps: list[tuple[Callable[[Tab], None], int]] = [
            (self.all_goes_well, 3),
            (self.no_network, 4),
            (self.request_is_lost, 3),
            (self.answer_is_lost, 4),
            (self.server_is_busy, 4),
            (self.worker_is_killed, 3),
            (self.server_is_killed, 1),
            (self.tab_is_closed, 3),
            (self.tab_crashes, 1),
            (self.page_is_reloaded, 3),
            (self.session_expires, 3),
            (self.somebody_else_signs_in, 2),
            (self.another_tab_writes_too, 4),
            (self.somebody_else_writes_too, 5),
        ]

    def round(self) -> None:
        """One mishap, mended; whoever is asked may choose; then nothing is lost."""
        desk = self.random.choice(self.desks)
        tab = self.random.choice(desk.tabs)
        mishaps, weights = zip(*self.mishaps, strict=True)
        (mishap,) = self.random.choices(mishaps, weights)
        self.happened[mishap.__name__] = self.happened.get(mishap.__name__, 0) + 1
        mishap(tab)
        everything_sent(self.desks)
        for place in self.account.places:
            self._answer_choices(place)
        everything_sent(self.desks)

    def check(self) -> None:
        """Draws up the account; says with which seed it can be had again."""
        faults = {
            "lost": self.account.lost(),
            "overwritten unseen": self.account.overwritten_unseen(),
            "written twice": self.account.written_twice(),
        }
        assert not any(faults.values()), f"seed {self.seed}, {self.happened}: {faults}"

    # --- What people do

    def write(self, tab: Tab, place: str | None = None, *, leaves: bool | None = None) -> str:
        """Something new into some field, perhaps again before the first is sent; the place."""
        place = place or self.random.choice(list(self.account.places))
        standing = tab.look()
        fields = [name for where, name in standing if where == place]
        for _ in range(self.random.choice((1, 1, 2))):
            name = self.random.choice(fields)
            text = self._text(tab, name)
            over = tab.look()[place, name]
            goes_on = self.random.random() < 0.8 if leaves is None else leaves
            tab.write(place, name, text, leaves=goes_on)
            self.account.typed(tab, place, name, text, over)
        return place

    def _text(self, tab: Tab, name: str) -> str:
        self.texts += 1
        mark = f"⟦{tab.name}.{self.texts}⟧"
        if name in NUMBERS:
            return self.random.choice((str(self.random.randint(1, 40)), f"12x{mark}"))
        length = self.random.choice((0, 3, 40))
        middle = " ".join(self.random.choices(LETTERS.split(" "), k=length))
        return f"{mark}{self.random.choice(('', chr(10)))}{middle}{mark}"

    def _answer_choices(self, place: str) -> None:
        for desk in self.desks:
            for tab in list(desk.tabs):
                if tab.has_choice(place) and self.random.random() < 0.7:
                    choice = self.random.choice(CHOICES)
                    self.account.chosen.add(place)
                    self.account.shown(tab, place)
                    tab.choose(place, choice)
                    everything_sent(self.desks)
                    tab.look()

    # --- What goes wrong

    def all_goes_well(self, tab: Tab) -> None:
        self.write(tab)

    def no_network(self, tab: Tab) -> None:
        tab.computer.context.set_offline(True)
        self.write(tab)
        self.write(tab)
        tab.computer.context.set_offline(False)

    def request_is_lost(self, tab: Tab) -> None:
        tab.break_next_request("before")
        self.write(tab)
        self._come_back(tab)

    def answer_is_lost(self, tab: Tab) -> None:
        tab.break_next_request("after")
        self.write(tab, leaves=True)
        if self.random.random() < 0.5:
            self.write(tab)
        self._come_back(tab)

    def server_is_busy(self, tab: Tab) -> None:
        tab.break_next_request(str(self.random.choice((500, 502, 503, 429))))
        self.write(tab)
        self._come_back(tab)

    def worker_is_killed(self, tab: Tab) -> None:
        self.write(tab)
        self.server.kill_worker()
        self.write(tab)
        self._come_back(tab)

    def server_is_killed(self, tab: Tab) -> None:
        self.write(tab)
        self.server.kill()
        self.write(tab)
        tab.wait_until_kept()
        self.server.start()
        self._come_back(tab)

    def tab_is_closed(self, tab: Tab) -> None:
        desk = tab.computer
        self.write(tab, leaves=self.random.random() < 0.5)
        tab.wait_until_kept()
        tab.close()
        desk.open_tab()

    def tab_crashes(self, tab: Tab) -> None:
        desk = tab.computer
        self.write(tab, leaves=self.random.random() < 0.5)
        tab.wait_until_kept()
        tab.crash()
        desk.open_tab()

    def page_is_reloaded(self, tab: Tab) -> None:
        self.write(tab)
        tab.wait_until_kept()
        tab.load()

    def session_expires(self, tab: Tab) -> None:
        tab.computer.expire()
        self.write(tab)
        tab.wait_until_kept()
        tab.computer.sign_in(tab.computer.person)
        for other in tab.computer.tabs:
            other.nudge()

    def somebody_else_signs_in(self, tab: Tab) -> None:
        others = [desk.person for desk in self.desks if desk is not tab.computer]
        tab.computer.sign_in(self.random.choice(others))
        self.write(tab)
        tab.wait_until_kept()
        tab.computer.sign_in(tab.computer.person)
        for other in tab.computer.tabs:
            other.nudge()

    def another_tab_writes_too(self, tab: Tab) -> None:
        desk = tab.computer
        if len(desk.tabs) < MOST_TABS:
            desk.open_tab()
        other = self.random.choice([one for one in desk.tabs if one is not tab])
        place = self.write(tab)
        self.write(other, place)
        if self.random.random() < 0.3:
            other.wait_until_kept()
            other.close()
            tab.nudge()  # what was behind it comes to the front

    def somebody_else_writes_too(self, tab: Tab) -> None:
        (desk,) = [desk for desk in self.desks if desk is not tab.computer]
        place = self.write(tab)
        self.write(self.random.choice(desk.tabs), place)

    def _come_back(self, tab: Tab) -> None:
        """Most people come back to the tab; with the others the queue tries again by itself."""
        tab.page.wait_for_timeout(30)
        if self.random.random() < 0.8:
            tab.nudge()
