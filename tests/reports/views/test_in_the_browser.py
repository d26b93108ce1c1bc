"""The pages of reports as people see them: nothing in the way, on a desk and on a phone."""

import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from reports.models import Edition, RenderState, SignedKind
from reports.seal import short_code
from reports.services import signed_files
from reports.tasks import check_signed_file, render_edition, sign_edition
from scoring.rules.ranking import USUAL_SCALE
from scoring.services.published_tables import Told, bring_in
from tests.factories import PASSWORD, a_user
from tests.fixtures.browser import DESK, PHONE
from tests.races import at_once
from tests.reports.signed import an_upload, emptied, paper_of, with_paper
from tests.reports.situations import (
    CORRECTION,
    a_changed_period,
    a_decision,
    a_locked_period,
    an_edition,
    publish,
)
from tests.worlds import a_province, a_submitted_dossier, an_open_period
from units.permissions import Role

SCREENS = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
TABLE = (
    "block,unit,points,max_points,percent,classification,rank,tự chấm\n"
    "Khối một,Phòng có tên rất dài để xem bảng trên điện thoại có rộng ra không,45,50,90,Tốt,1,9\n"
    "Khối một,B,96,100,96,Tốt,2,96\n"
    "Khối hai,C,,,,,5,\n"
)


@pytest.fixture
def shown(page, assert_no_barriers):
    """`shown(address)`: the page at the address, with nothing in the way and not too wide."""

    def show(address: str) -> None:
        page.goto(address)
        assert_no_barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{address} is {wide} px too wide"

    return show


@SCREENS
def test_no_desk_has_barriers_or_is_too_wide(live_server, page, sign_in, shown, screen):
    page.set_viewport_size(screen)
    province = a_province(departments=3)
    an_edition(province, title="Kỳ đã công bố", made_up=True)
    work = a_submitted_dossier(an_open_period(province))
    empty = province.a_person(Role.STAFF, province.ministry)

    for user in (work.verifier, work.editor, work.year.organiser, empty, a_user()):
        sign_in(user)
        shown("/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Chào đồng chí")


@SCREENS
def test_no_public_page_has_barriers_or_is_too_wide(live_server, page, shown, screen):
    page.set_viewport_size(screen)
    shown(reverse("reports:public"))
    edition = an_edition(a_province(departments=3), verified=2, made_up=True).edition
    told = Told(
        assessor=edition.period.assessor,
        year=2019,
        title="Bảng kết quả năm 2019",
        scale=USUAL_SCALE,
        parts=("tự chấm",),
    )
    table = bring_in(TABLE.encode(), name="bang.csv", told=told).table
    address = reverse("reports:edition", args=[edition.pk])

    shown(reverse("reports:public"))
    shown(address)
    shown(f"{address}?q=khong+co")
    shown(f"{address}?khoi=1&loai=1&xep=hai-long")
    shown(f"{reverse('reports:public')}?q=phong")
    for name in ("public-units", "published-satisfaction", "open-data"):
        shown(reverse(f"reports:{name}"))
    shown(reverse("reports:public-unit", args=[edition.results.get(rank=1).unit_id]))
    shown(reverse("reports:checking"))
    shown(f"{reverse('reports:checking')}?ma=khong-phai-ma")
    shown(reverse("reports:check", args=[short_code(edition)]))
    shown(reverse("reports:earlier-table", args=[table.pk]))
    page.get_by_text("khác bản in").first.wait_for()
    with (
        pgtrigger.ignore("reports.EditionResult:append_only"),
        connection.cursor() as cursor,
    ):
        cursor.execute("update reports_editionresult set unit_name = 'Phòng khác' where rank = 1")
    shown(address)
    expect(page.get_by_text("Số liệu không còn khớp với mã niêm phong")).to_be_visible()
    shown(reverse("reports:check", args=[short_code(edition)]))


@SCREENS
def test_no_page_of_a_correction_has_barriers_or_is_too_wide(
    live_server, page, sign_in, shown, screen
):
    page.set_viewport_size(screen)
    done = an_edition(a_province(departments=3), verified=2)
    old = done.edition
    sign_in(done.head)

    shown(reverse("reports:correct", args=[old.pk]))
    page.get_by_role("button", name="Mở kỳ để đính chính").click()
    expect(page.get_by_text("Đề nghị ghi rõ lý do đính chính.").first).to_be_visible()
    a_changed_period(done)
    shown(reverse("reports:publish", args=[done.period.pk]))
    expect(page.get_by_role("heading", name="Nội dung sẽ thay đổi")).to_be_visible()
    new = publish(done.period, by=done.head, decision=a_decision(reason=CORRECTION))
    for edition in (old, new):
        shown(reverse("reports:edition", args=[edition.pk]))


@SCREENS
def test_publishing_has_no_barriers_and_ends_on_the_edition(
    live_server, page, sign_in, shown, assert_no_barriers, screen
):
    page.set_viewport_size(screen)
    ready = a_locked_period()
    sign_in(ready.head)
    shown(reverse("reports:publish", args=[ready.period.pk]))

    page.get_by_role("button", name="Tiếp tục: kiểm tra").click()
    page.get_by_role("button", name="Tiếp tục: quyết định").click()
    expect(page.get_by_text("Còn 1 điều chưa đánh dấu")).to_be_visible()
    assert_no_barriers(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Tiếp tục: quyết định").click()
    assert_no_barriers(page)
    page.get_by_label("Số, ký hiệu").fill("3412/QĐ-CAT-PV01")
    page.get_by_role("button", name="Tiếp tục: xác nhận").click()
    assert_no_barriers(page)
    page.get_by_label("Mật khẩu của đồng chí").fill("sai")
    page.get_by_role("button", name="Công bố kết quả").click()
    expect(page.locator("#div_id_password")).to_contain_text(
        "Mật khẩu chưa đúng, kết quả chưa được"
    )
    assert_no_barriers(page)
    expect(page.get_by_text("số 3412/QĐ-CAT-PV01 ngày")).to_be_visible()
    page.get_by_label("Mật khẩu của đồng chí").fill(PASSWORD)
    page.get_by_role("button", name="Công bố kết quả").click()

    expect(page.get_by_text("Số liệu đúng như khi công bố")).to_be_visible()
    assert_no_barriers(page)
    shown(reverse("reports:publish", args=[ready.period.pk]))


@SCREENS
def test_no_page_of_signed_files_has_barriers_or_is_too_wide(
    live_server, page, sign_in, shown, screen
):
    page.set_viewport_size(screen)
    done = an_edition()
    edition = with_paper(done.edition)
    address = reverse("reports:signed", args=[edition.pk])
    sign_in(done.head)
    shown(address)
    expect(page.get_by_text("khóa minh họa")).to_be_visible()
    at_once(lambda: sign_edition(edition.pk, done.head.pk))  # in a thread without a loop
    for content, kind in (
        (emptied(paper_of(edition)), SignedKind.BROUGHT),
        (paper_of(edition), SignedKind.SCAN),
    ):
        row = signed_files.receive(
            edition,
            by=done.head,
            upload=an_upload(content),
            kind=kind,
            declared_not_secret=True,
        )
        check_signed_file(row.pk)

    shown(address)
    expect(page.get_by_text("chữ ký nguyên vẹn")).to_be_visible()
    expect(page.get_by_text("đã bị thay đổi sau khi tải về")).to_be_visible()
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_text("Đề nghị chọn tệp.").first).to_be_visible()
    shown(reverse("reports:edition", args=[edition.pk]))
    expect(page.get_by_role("link", name="Quyết định đã ký số (PDF)")).to_be_visible()
    expect(page.get_by_text("khóa minh họa", exact=True)).to_be_visible()
    expect(page.get_by_text("cổng không kiểm tra được chữ ký trên bản quét")).to_be_visible()


def test_the_page_learns_by_itself_that_the_paper_is_there(live_server, page):
    edition = an_edition().edition
    Edition.objects.update(render_state=RenderState.RENDERING)
    page.goto(reverse("reports:edition", args=[edition.pk]))
    expect(page.get_by_text("Đang kết xuất")).to_be_visible()

    render_edition(edition.pk)

    expect(page.get_by_role("link", name="Quyết định (PDF)")).to_be_visible()


@SCREENS
def test_the_pages_that_say_no_have_no_barriers(live_server, page, sign_in, shown, screen):
    page.set_viewport_size(screen)
    ready = a_locked_period()
    shown("/khong-co/")
    sign_in(ready.year.organiser)
    shown(reverse("reports:publish", args=[ready.period.pk]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("chưa được giao quyền")
