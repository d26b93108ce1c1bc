"""Takes the pictures of the guides from a running demo: `make pictures`.

Small on purpose: 256 colours, one screen each.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.fixtures.browser import QUIET

FOLDER = Path(__file__).parent.parent / "docs" / "guide" / "pictures"
SCREEN = {"width": 1240, "height": 640}
PASSWORD = "minh-hoa-cchc-2022"  # of every demo account: README.md
OFFICER, HEAD = "nhaplieu.pc06", "thutruong.pc06"
VERIFIER, ORGANISER = "thamdinh2", "thammuu"
LEADER = "lanhdao"
RECEIVER, PLANNER, SIGNER = "truong.cualo", "thutruong.pv01", "giamdoc"


def take(page: Page, name: str) -> None:
    """One picture of what the page shows now."""
    page.wait_for_load_state("networkidle")
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    image.quantize(256).save(FOLDER / f"{name}.png", optimize=True)
    sys.stdout.write(f"{name}.png\n")


def sign_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def open_dossier(page: Page) -> str:
    """The dossier of this year; its address."""
    page.goto("/ho-so/")
    page.locator("main tbody a").first.click()
    return page.url.partition("?")[0]


def of_the_officer(page: Page) -> None:
    sign_in(page, OFFICER)
    take(page, "ban-lam-viec")
    open_dossier(page)
    take(page, "ho-so")
    row = page.locator(".score-row").nth(1)
    row.locator("[data-toggle-row]").click()
    row.scroll_into_view_if_needed()
    take(page, "mot-dong")
    page.keyboard.press("m")
    take(page, "minh-chung")


def of_the_head(page: Page) -> None:
    sign_in(page, HEAD)
    dossier = open_dossier(page)
    page.goto(f"{dossier}phan-cong/")
    take(page, "phan-cong")
    page.goto(f"{dossier}trinh-nop/")
    take(page, "trinh-nop")


def of_the_verifier(page: Page) -> None:
    sign_in(page, VERIFIER)
    page.goto("/tham-dinh/")
    take(page, "danh-sach-tham-dinh")
    page.locator("main tbody a").first.click()
    take(page, "ban-tham-dinh")
    page.keyboard.press("n")
    take(page, "nhan-cung-luc")
    page.go_back()
    page.keyboard.press("m")
    take(page, "mot-tieu-chi")


def of_the_organiser(page: Page) -> None:
    sign_in(page, ORGANISER)
    page.goto("/ky-danh-gia/")
    page.locator("main tbody a").first.click()
    period = page.url
    take(page, "ky-danh-gia")
    for name, place in (
        ("tien-do-tham-dinh", "tham-dinh/"),
        ("diem-ngoai", "diem-ngoai/"),
        ("cham-lan-hai", "cham-lan-hai/"),
    ):
        page.goto(f"{period}{place}")
        take(page, name)
    page.goto(period)
    page.get_by_role("link", name="Xếp hạng", exact=True).last.click()
    take(page, "xep-hang")
    page.goto("/hai-long/")
    page.locator("main tbody a").first.click()
    page.get_by_role("heading", name="Theo đơn vị").scroll_into_view_if_needed()
    take(page, "hai-long")


def of_the_dialogue(page: Page) -> None:
    sign_in(page, OFFICER)
    page.goto("/hoi-nghi/")
    coming, followed = (page.locator("main tbody a").nth(n).get_attribute("href") for n in (0, 1))
    page.goto(followed)
    take(page, "hoi-nghi")
    page.goto(f"{coming}nhap-nhanh/")
    take(page, "nhap-nhanh")
    page.goto(f"{coming}gui-truoc/")
    take(page, "gui-truoc")
    page.goto(f"{followed}?ket_qua=escalated")
    page.locator("#y-kien ~ table tbody a").first.click()
    take(page, "chuyen-cap-tren")


def of_the_remarks(page: Page) -> None:
    page.goto("/gui-phan-anh/?words=quản+lý+hành+chính")
    page.locator("main .rows a").first.click()
    take(page, "gui-phan-anh")
    sign_in(page, OFFICER)
    page.goto("/phan-anh/")
    take(page, "phan-anh")


def of_the_inspections(page: Page) -> None:
    sign_in(page, ORGANISER)
    page.goto("/kiem-tra-cchc/")
    take(page, "kiem-tra")
    page.locator("tr", has_text="Đang theo dõi khắc phục").locator("th a").first.click()
    page.locator("#phat-hien").scroll_into_view_if_needed()
    take(page, "cuoc-kiem-tra")


def of_the_pledges(page: Page) -> None:
    sign_in(page, RECEIVER)
    page.goto("/cam-ket/")
    page.locator("main tbody a").first.click()
    take(page, "cam-ket")
    page.goto("/cam-ket/tinh-hinh/")
    take(page, "tinh-hinh-cam-ket")


def of_the_plan(page: Page) -> None:
    sign_in(page, PLANNER)
    page.goto("/ke-hoach/")
    page.locator("main tbody a").first.click()
    take(page, "ke-hoach")


def of_the_signer(page: Page) -> None:
    sign_in(page, SIGNER)
    page.goto("/cong-bo/")
    page.get_by_role("link", name="Chỉ số cải cách hành chính năm 2022").first.click()
    take(page, "ban-cong-bo")
    page.get_by_role("link", name="Bản ký").click()
    press = page.get_by_role("button", name="Ký tệp quyết định")
    if press.count():
        page.locator("main input[type=password]").fill(PASSWORD)
        press.click()
        page.get_by_text("chữ ký nguyên vẹn").wait_for()
    take(page, "ban-ky")


def of_the_leader(page: Page) -> None:
    sign_in(page, LEADER)
    page.goto("/dieu-hanh/")
    take(page, "dieu-hanh")
    page.goto("/cong-bo/")
    page.get_by_role("link", name="Chỉ số cải cách hành chính năm 2022").first.click()
    page.get_by_role("link", name="Phân tích").click()
    take(page, "phan-tich")


def of_the_reader(page: Page) -> None:
    page.goto("/cong-bo/")
    take(page, "ket-qua-cong-bo")
    page.get_by_role("link", name="Chỉ số cải cách hành chính năm 2022").first.click()
    page.goto(f"{page.url}?khoi=3")
    take(page, "xem-ban-cong-bo")
    page.locator("main tbody th a").first.click()
    take(page, "mot-don-vi")


def of_the_figures(page: Page) -> None:
    sign_in(page, OFFICER)
    page.goto("/so-lieu/")
    page.locator("main tbody a").first.click()
    take(page, "so-lieu-don-vi")


def of_the_sums(page: Page) -> None:
    sign_in(page, ORGANISER)
    page.goto("/so-lieu/")
    page.locator("main tbody a:not([href*=don-vi])").first.click()
    take(page, "so-lieu-tong-hop")
    page.goto("/so-lieu/cao-diem/")
    page.locator("main tbody a").first.click()
    take(page, "dot-cao-diem")


def of_the_reports(page: Page) -> None:
    sign_in(page, OFFICER)
    page.goto("/bao-cao/")
    page.locator("main tbody a").first.click()
    page.get_by_role("link", name="Cải cách thủ tục hành chính").click()
    take(page, "bao-cao-muc")


def of_the_merging(page: Page) -> None:
    sign_in(page, ORGANISER)
    page.goto("/bao-cao/")
    page.locator("[aria-labelledby=tiep-nhan] tbody a").first.click()
    take(page, "bao-cao-dot")
    page.get_by_role("link", name="Báo cáo tổng hợp của cấp mình").click()
    page.get_by_role("link", name="Cải cách thủ tục hành chính").click()
    page.locator("#cap-duoi").scroll_into_view_if_needed()
    take(page, "bao-cao-tong-hop")


STORIES = (
    of_the_officer,
    of_the_head,
    of_the_verifier,
    of_the_organiser,
    of_the_dialogue,
    of_the_remarks,
    of_the_inspections,
    of_the_pledges,
    of_the_plan,
    of_the_signer,
    of_the_leader,
    of_the_reader,
    of_the_figures,
    of_the_sums,
    of_the_reports,
    of_the_merging,
)


def main() -> None:
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*QUIET, "--lang=vi"],
            env=os.environ | {"LANGUAGE": "vi"},
        )
        for story in STORIES:
            context = chromium.new_context(base_url=address, locale="vi-VN", viewport=SCREEN)
            story(context.new_page())
            context.close()
        chromium.close()


if __name__ == "__main__":
    main()
