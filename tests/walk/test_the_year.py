"""One whole year in the browser, from the appointment of people to the published paper.

The figures expected here are reckoned by hand from the answers, never by the code under test.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from reports.models import Edition
from scoring.models import Period
from tests.factories import PASSWORD, a_user
from tests.reports import reading
from tests.walk import assessing, preparing, publishing
from tests.walk.others import carry_through
from tests.walk.preparing import Person
from tests.walk.publishing import Line
from tests.worlds import a_province
from units.kinds import UnitKind
from units.permissions import Role

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("walk")]

TITLE = "Chỉ số cải cách hành chính của các đơn vị"
DEPARTMENTS, DISTRICTS = "Khối phòng", "Khối Công an cấp huyện"

ORGANISER = Person("tham.muu", "Trần Văn Bình", Role.ORGANISER, "Thiếu tá", "Cán bộ Phòng Tham mưu")
VERIFIER = Person("tham.dinh", "Lê Thị Chi", Role.VERIFIER, "Đại úy", "Tổ thẩm định")
DIRECTOR = Person("giam.doc", "Phạm Quốc Dũng", Role.HEAD, "Đại tá", "Giám đốc")
OFFICER = Person("nhap.lieu", "Hoàng Thu Giang", Role.EDITOR, "Thượng úy", "Cán bộ tổng hợp")
HEAD = Person("thu.truong", "Võ Đức Hải", Role.HEAD, "Thượng tá", "Trưởng phòng")

# Everything right, and 19 of 20 people content: 80 + 20 × 19/20 = 99 of 100 points.
THE_BEST = {
    "1.1.1": {"yes": True},
    "1.1.2": {"value": "100"},
    "1.1.3": {"checked": [0, 1, 2, 3]},
    "1.2.1": {"numerator": "80", "denominator": "80"},
    "1.2.2": {"items": "4"},
    "2.1.1": {"numerator": "250", "denominator": "250"},
    "2.1.2": {"events": "0"},
    "2.2.1": {"satisfied": "190", "rated": "200"},
}
# No cases at all, so the 30 points of 2.1.1 fall away; 60 of 90 millions are two thirds of 10;
# 18 of 20 people content: 5 + 10 + 10 + 20/3 + 5 + 10 + 18 = 194/3 of 70 points, 92,380… %.
NOTHING_TO_HANDLE = THE_BEST | {
    "1.2.1": {"numerator": "60", "denominator": "90"},
    "2.1.1": {"numerator": "0", "denominator": "0"},
    "2.2.1": {"satisfied": "90", "rated": "100"},
}
# 40 + 60 × 57/60 = 97, and the same by other figures: 40 + 60 × 38/40.
FIRST_TWIN = {
    "1.1.1": {"checked": [0, 1, 2]},
    "2.1.1": {"numerator": "57", "denominator": "60"},
}
SECOND_TWIN = FIRST_TWIN | {"2.1.1": {"numerator": "38", "denominator": "40"}}
# Two of three conditions, nine cases of ten: 80/3 + 54 = 80,666…
THIRD = {
    "1.1.1": {"checked": [0, 2]},
    "2.1.1": {"numerator": "90", "denominator": "100"},
}

# The unit of the browser: 5 + 5 + 7,5 + 10 × 70 % + 2,5 = 27 in the first area; in the second
# 30 × 31/33 + 5 + 20 × 2518/2756 = 28,1818… + 5 + 18,2728… = 51,4546…; together 78,4546…
EXPECTED = {
    DEPARTMENTS: [
        Line("1", "Phòng Nghiệp vụ 2", "99,00", "100", "99,00", "Xuất sắc"),
        Line("2", "Phòng Nghiệp vụ 3", "64,67", "70", "92,38", "Tốt"),
        Line("3", "Phòng Nghiệp vụ 1", "78,45", "100", "78,45", "Khá"),
    ],
    DISTRICTS: [
        Line("1", "Công an huyện 1", "97,00", "100", "97,00", "Xuất sắc"),
        Line("1", "Công an huyện 2", "97,00", "100", "97,00", "Xuất sắc"),
        Line("3", "Công an huyện 3", "80,67", "100", "80,67", "Tốt"),
    ],
}


def dates_of_the_story():
    """Around today: handing in is open, and a decision may be taken today."""
    today = timezone.localdate()
    return {
        "data_from": today - timedelta(days=365),
        "data_until": today - timedelta(days=2),
        "opens_on": today - timedelta(days=1),
        "submit_by": today + timedelta(days=9),
        "verify_by": today + timedelta(days=30),
        "reply_by": today + timedelta(days=37),
        "publish_on": today + timedelta(days=60),
    }


def the_administrator_appoints_people(sit_down, province):
    administrator = sit_down(province.administrator.username)
    for person in (ORGANISER, VERIFIER, DIRECTOR):
        preparing.make_account(administrator, person, at=province.police)
    for person in (OFFICER, HEAD):
        preparing.make_account(administrator, person, at=province.departments[0])
    leader = a_user(full_name="Đặng Minh Khôi")
    preparing.appoint(
        administrator, leader.username, Role.LEADER, at=province.police, ground="Phân công số 7"
    )
    return administrator, leader


def the_organiser_opens_the_year(organiser):
    preparing.draft_period(organiser, TITLE, dates_of_the_story())
    preparing.add_block(
        organiser,
        DEPARTMENTS,
        kind=UnitKind.DEPARTMENT.label,
        criteria="Bộ tiêu chí đối với các phòng",
        units=3,
    )
    preparing.add_block(
        organiser,
        DISTRICTS,
        kind=UnitKind.DISTRICT_POLICE.label,
        criteria="Bộ tiêu chí đối với Công an cấp huyện",
        units=3,
    )
    preparing.open_period(organiser, dossiers=6)
    return Period.objects.get(title=TITLE)


def the_officer_fills_every_row(officer):
    officer.menu("Tự đánh giá")
    officer.follow(TITLE)
    assessing.choose(officer, "1.1.1", "Có (đạt)")
    assessing.write(officer, "1.1.2", value="62.5")
    assessing.choose(officer, "1.1.3", "hội nghị", "trang thông tin điện tử", "tờ rơi")
    assessing.write(officer, "1.2.1", numerator="45,5", denominator="65")
    assessing.write(officer, "1.2.2", items="3")
    assessing.write(officer, "2.1.1", numerator="31", denominator="33")
    assessing.write(officer, "2.1.2", events="1")
    assessing.explain(officer, "2.1.2", "Phản ánh ngày 03/7, đã xin lỗi công dân.")
    for code in ("1.1.1", "1.1.2", "1.1.3", "1.2.1", "1.2.2"):
        assessing.explain(officer, code, "Theo báo cáo tháng của đơn vị, chưa có văn bản riêng.")
    assessing.attach(
        officer,
        "2.1.1",
        name="Thống kê hồ sơ đã giải quyết.pdf",
        content=publishing.a_small_paper(),
    )
    for code, points in (("1.1.2", "5,00"), ("1.2.1", "7,00"), ("2.1.1", "28,18")):
        expect(assessing.points_of(officer, code)).to_contain_text(points)
    expect(officer.page.locator("#tong-diem")).to_contain_text("63,93")
    expect(officer.page.locator("#tong-diem")).to_contain_text("80,00")
    expect(officer.page.locator("#tong-con")).to_contain_text("0 / 7 dòng")
    expect(officer.page.get_by_role("link", name="Trình nộp…")).to_have_count(0)
    officer.look()


def the_head_hands_it_in(head):
    head.menu("Tự đánh giá")
    head.follow(TITLE)
    assessing.hand_in(head)
    head.look()


def the_verifier_returns_it(verifier):
    verifier.menu("Thẩm định")
    verifier.follow("Phòng Nghiệp vụ 1")
    assessing.in_order_of_the_set(verifier)
    assessing.accept_by_key(verifier, "1.1.1", "1.1.2", "1.1.3", "1.2.1")
    assessing.go_to(verifier, "2.1.1")
    expect(
        verifier.page.get_by_role("article", name="Thống kê hồ sơ đã giải quyết")
    ).to_be_visible()
    assessing.accept_by_key(verifier, "2.1.1")
    assessing.judge(
        verifier,
        "2.1.2",
        events="2",
        gives="5,00",
        reason="Có hai phản ánh đúng theo sổ theo dõi của Thanh tra.",
    )
    verifier.look()
    assessing.send_back(
        verifier,
        "Đề nghị xem lại số sáng kiến được công nhận ở 1.2.2.",
        **{"1.2.2": "Chỉ có hai quyết định công nhận."},
    )


def the_officer_mends_it(officer):
    officer.menu("Tự đánh giá")
    officer.follow(TITLE)
    officer.is_told("Đề nghị xem lại số sáng kiến được công nhận ở 1.2.2.")
    officer.is_told("Cơ quan thẩm định trả lại 1 dòng")
    assessing.write(officer, "1.2.2", items="2")
    expect(assessing.points_of(officer, "1.2.2")).to_contain_text("2,50")
    officer.look()


def the_verification_ends(organiser, verifier):
    organiser.menu("Thẩm định")
    organiser.follow("Phòng Nghiệp vụ 1")
    assessing.go_to(organiser, "2.2.1")
    assessing.judge(
        organiser,
        "2.2.1",
        satisfied="2518",
        rated="2756",
        gives="18,27",
        reason="Phiếu đo lường sự hài lòng, 2.756 lượt.",
    )
    verifier.menu("Thẩm định")
    verifier.follow("Phòng Nghiệp vụ 1")
    assessing.accept_by_key(verifier, "1.2.2")
    verifier.press("Hoàn thành thẩm định")
    verifier.is_told("Đã hoàn thành thẩm định hồ sơ.")
    verifier.look()


def the_head_agrees_to_what_was_changed(head, period):
    changed = period.dossiers.get(unit__name="Phòng Nghiệp vụ 1")
    head.open(reverse("scoring:reply", args=[changed.pk]))
    head.is_told("Có hai phản ánh đúng theo sổ theo dõi của Thanh tra.")
    head.press("Đồng ý cả 1 dòng")
    head.is_told("Đã gửi ý kiến về 1 dòng tới cơ quan thẩm định.")
    head.look()


def the_organiser_locks_the_year(organiser, period):
    publishing.expect_standings(organiser, period, EXPECTED)
    organiser.open(reverse("scoring:period", args=[period.pk]))
    organiser.press("Chốt kỳ đánh giá")
    organiser.is_told("Đã chốt kỳ đánh giá")
    organiser.look()


def the_director_publishes(director, worker):
    director.menu("Kỳ đánh giá")
    director.follow(TITLE)
    director.follow("Công bố kết quả…")
    director.look()
    director.press("Tiếp tục: kiểm tra")
    expect(director.page.get_by_role("button", name="Tiếp tục: quyết định")).to_be_visible()
    for tick in director.page.locator("[name=ticked]").all():
        tick.check()
    director.look()
    director.press("Tiếp tục: quyết định")
    director.page.locator("[name=number]").fill("215/QĐ-CAT-PV01")
    director.look()
    director.press("Tiếp tục: xác nhận")
    director.look()
    director.page.locator("[name=password]").fill("không phải mật khẩu này")
    director.press("Công bố kết quả")
    director.is_told("Mật khẩu chưa đúng, kết quả chưa được công bố.")
    assert not Edition.objects.exists()

    expect(director.page.get_by_text("số 215/QĐ-CAT-PV01 ngày")).to_be_visible()
    director.page.locator("[name=password]").fill(PASSWORD)
    director.press("Công bố kết quả")

    director.is_told("Đã công bố kết quả. Tệp PDF đang được kết xuất.")
    edition = Edition.objects.get()
    paper = director.page.get_by_role("link", name="Quyết định (PDF)")
    worker.wait_for(lambda: Edition.objects.get().render_state == "done", 60)
    expect(paper).to_be_visible()
    director.look()
    return edition, publishing.download(director, paper)


def the_paper_says_what_was_reckoned(paper):
    said = reading.text(paper)
    assert "215/QĐ-CAT-PV01" in said
    assert "CÔNG AN TỈNH THỬ NGHIỆM" in said
    assert "GIÁM ĐỐC" in said
    assert "Phạm Quốc Dũng" in said
    assert "minh họa" not in said
    for number, lines in enumerate(EXPECTED.values(), start=1):
        for place, line in enumerate(lines, start=1):
            assert line.as_printed(place) in said, f"{line} is not in annex {number}: {said}"


def anybody_reads_it(visitor, edition):
    visitor.open(reverse("reports:public"))
    visitor.follow(edition.title)
    visitor.is_told("Số liệu đúng như khi công bố")
    publishing.expect_results(visitor, EXPECTED[DEPARTMENTS])
    visitor.page.get_by_role("link", name=re.compile(DISTRICTS)).click()
    publishing.expect_results(visitor, EXPECTED[DISTRICTS])
    visitor.look()


def test_a_year_from_the_first_appointment_to_the_published_paper(sit_down, real_worker):
    province = a_province(departments=3, districts=3)
    call_command("import_criteria", Path(__file__).parent / "catalogue.json", verbosity=0)

    administrator, leader = the_administrator_appoints_people(sit_down, province)
    organiser = sit_down(ORGANISER.username)
    period = the_organiser_opens_the_year(organiser)

    officer, head = sit_down(OFFICER.username), sit_down(HEAD.username)
    the_officer_fills_every_row(officer)
    the_head_hands_it_in(head)
    _, second, third = province.departments
    carry_through(province, period, second, THE_BEST)
    carry_through(province, period, third, NOTHING_TO_HANDLE)
    for district, answers in zip(province.districts, (FIRST_TWIN, SECOND_TWIN, THIRD), strict=True):
        carry_through(province, period, district, answers)

    verifier = sit_down(VERIFIER.username)
    the_verifier_returns_it(verifier)
    the_officer_mends_it(officer)
    the_head_hands_it_in(head)
    the_verification_ends(organiser, verifier)
    the_head_agrees_to_what_was_changed(head, period)
    the_organiser_locks_the_year(organiser, period)

    director, visitor = sit_down(DIRECTOR.username), sit_down()
    edition, paper = the_director_publishes(director, real_worker)
    the_paper_says_what_was_reckoned(paper)
    anybody_reads_it(visitor, edition)

    for window in (
        administrator, organiser, officer, head, verifier, director, sit_down(leader.username),
        visitor,
    ):  # fmt: skip
        window.look_again_on_a_phone()
