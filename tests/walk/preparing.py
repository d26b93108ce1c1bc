"""Pages on the way to an open period: appointing people, drafting, blocks, criteria, units."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.walk.windows import Window
from units.models import Unit
from units.permissions import Role


@dataclass(frozen=True)
class Person:
    """Somebody the administrator makes an account for."""

    username: str
    full_name: str
    role: Role
    police_rank: str = ""
    post: str = ""


def make_account(window: Window, person: Person, *, at: Unit) -> None:
    """A new account with its first role, made on the page of the unit's people."""
    window.open(reverse("units:people", args=[at.pk]))
    window.follow("Tạo tài khoản…")
    fill = window.page.locator
    fill("[name=full_name]").fill(person.full_name)
    fill("[name=police_rank]").fill(person.police_rank)
    fill("[name=post]").fill(person.post)
    fill("[name=role]").select_option(label=person.role.label)
    fill("[name=username]").fill(person.username)
    fill("[name=password]").fill(PASSWORD)
    fill("[name=again]").fill(PASSWORD)
    window.press("Tạo tài khoản")
    expect(window.page.get_by_role("row", name=person.full_name)).to_contain_text(person.role.label)


def appoint(window: Window, username: str, role: Role, *, at: Unit, ground: str) -> None:
    """A role for somebody who has an account."""
    window.open(reverse("units:people", args=[at.pk]))
    window.follow("Phân công vai trò…")
    window.page.locator("[name=username]").fill(username)
    window.page.locator("[name=role]").select_option(label=role.label)
    window.page.locator("[name=comment]").fill(ground)
    window.press("Phân công")
    window.heading(f"Nhân sự {at.name}")
    window.is_told(ground)


def draft_period(window: Window, title: str, dates: dict[str, date]) -> None:
    """From the list of periods to the page of the new one."""
    window.menu("Kỳ đánh giá")
    window.follow("Lập kỳ đánh giá")
    window.page.locator("[name=title]").fill(title)
    for name, day in dates.items():
        window.page.locator(f"[name={name}]").fill(day.isoformat())
    window.press("Lập kỳ đánh giá")
    window.heading(title)
    window.is_told("Đã lập kỳ đánh giá.")
    window.look()


def add_block(window: Window, name: str, *, kind: str, criteria: str, units: int) -> None:
    """From the page of the period and back to it: the block, its copy of a set, its units."""
    period = window.page.url
    window.follow("Thêm khối")
    window.page.locator("[name=name]").fill(name)
    window.page.get_by_role("checkbox", name=kind, exact=True).check()
    window.press("Thêm khối")
    window.page.goto(period)
    window.follow(name)
    window.page.locator("[name=source]").select_option(label=_option(window, criteria))
    window.press("Sao chép vào khối")
    expect(window.page.get_by_role("heading", name=criteria)).to_be_visible()
    window.look()
    window.page.get_by_role("link", name="Đơn vị (0)").click()
    window.press(f"Chọn {units} đơn vị theo loại và chức năng")
    expect(window.page.get_by_role("link", name=f"Đơn vị ({units})")).to_be_visible()
    window.look()
    window.open(period)


def open_period(window: Window, *, dossiers: int) -> None:
    """Presses, is asked, says yes."""
    window.press("Mở kỳ đánh giá…")
    question = window.page.get_by_role("dialog", name="Mở kỳ đánh giá")
    window.assert_no_barriers(window.page)
    window.press("Mở kỳ đánh giá", within=question)
    window.is_told(f"Đã mở kỳ đánh giá, lập {dossiers} hồ sơ.")
    window.look()


def _option(window: Window, words: str) -> str:
    labels = window.page.locator("[name=source] option").all_inner_texts()
    return next(label for label in labels if words in label)
