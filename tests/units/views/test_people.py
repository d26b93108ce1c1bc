"""Pages of who is what at which unit."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import PASSWORD, a_user
from tests.worlds import LONG_AGO, a_province
from units.models import Membership, User
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return a_province(departments=3)


@pytest.fixture
def manager(client, province):
    client.force_login(province.administrator)
    return client


@pytest.fixture
def unit(province):
    return province.departments[0]


def url(name: str, pk: int) -> str:
    return reverse(f"units:{name}", args=[pk])


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_person_is_appointed_and_dismissed_by_forms(province, manager, unit):
    user = a_user("nguyenvana", full_name="Nguyễn Văn A")
    said = {"username": "NguyenVanA", "role": "head", "first_on": today(-2), "comment": "12/QĐ"}

    answer = manager.post(url("appoint", unit.pk), said, follow=True)

    assert "Đã phân công Nguyễn Văn A: Thủ trưởng đơn vị." in answer.content.decode()
    membership = user.memberships.get()
    said = {"from_day": today(), "comment": "Chuyển công tác"}
    answer = manager.post(url("dismiss", membership.pk), said, follow=True)
    html = answer.content.decode()
    assert "Đã ghi: Nguyễn Văn A thôi giữ vai trò." in html
    assert "Trước đây hoặc chưa đến ngày" in html
    assert "Chuyển công tác" in html
    assert "Quản trị Thử nghiệm" in html


def test_a_new_account_can_sign_in(manager, client, unit):
    said = {
        "full_name": "Trần Thị Bình",
        "police_rank": "Đại úy",
        "role": "editor",
        "first_on": today(),
        "username": "TranThiBinh",
        "password": PASSWORD,
        "again": PASSWORD,
    }

    answer = manager.post(url("account", unit.pk), said, follow=True)

    assert "Đã tạo tài khoản tranthibinh cho Đại úy Trần Thị Bình." in answer.content.decode()
    client.logout()
    signed_in = client.post(
        reverse("login"),
        {"username": "tranthibinh", "password": PASSWORD, "next": reverse("units:tree")},
    )
    assert signed_in.url == reverse("units:tree")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("appoint", {"username": "khong-co"}, "Không có tài khoản mang tên đăng nhập này."),
        ("appoint", {"role": "chief"}, "Không có vai trò này."),
        ("appoint", {"role": ""}, "Đề nghị chọn vai trò."),
        ("appoint", {"first_on": ""}, "Đề nghị ghi ngày."),
        ("account", {"username": "Đức"}, "chữ cái không dấu"),
        ("account", {"username": "ab"}, "ít nhất 3 chữ cái"),
        ("account", {"again": "khác"}, "Hai lần nhập mật khẩu không giống nhau."),
        ("account", {"password": "1234"}, "Mật khẩu quá ngắn"),
        ("account", {"full_name": "  "}, "Đề nghị nhập nội dung này."),
    ],
)
def test_a_form_that_is_wrong_says_why_and_keeps_what_was_typed(
    manager, unit, name, data, sentence
):
    said = {"username": a_user("nguyenvana").username, "role": "head", "first_on": today()}
    said |= {"comment": "Quyết định 12", "post": "Quyết định 12", "full_name": "Lê C"}
    said |= {"password": PASSWORD, "again": PASSWORD}
    before = Membership.objects.count(), User.objects.count()

    answer = manager.post(url(name, unit.pk), said | data)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "Quyết định 12" in html
    assert PASSWORD not in html
    assert (Membership.objects.count(), User.objects.count()) == before


def test_a_refusal_is_told_in_a_sentence(province, manager, unit):
    user = province.a_person(Role.HEAD, unit)
    said = {"username": user.username, "role": "head", "first_on": today()}

    answer = manager.post(url("appoint", unit.pk), said)
    assert answer.status_code == 409
    assert "đã giữ vai trò “Thủ trưởng đơn vị”" in answer.content.decode()

    account = {"full_name": "Lê C", "password": PASSWORD, "again": PASSWORD}
    answer = manager.post(url("account", unit.pk), said | account)
    assert answer.status_code == 409
    assert "đã có người dùng" in answer.content.decode()

    own = province.administrator.memberships.get()
    said = {"from_day": today(1), "comment": "Nghỉ"}
    answer = manager.post(url("dismiss", own.pk), said)
    assert answer.status_code == 409
    assert "quản trị hệ thống cuối cùng" in answer.content.decode()


def test_a_unit_shows_who_is_there_and_who_was(province, manager, unit):
    user = a_user(full_name="Phạm Văn D")
    by = province.administrator
    later = people.appoint(user, unit=unit, role=Role.EDITOR, first_on=timezone.localdate(), by=by)
    people.dismiss(later, from_day=timezone.localdate(), by=by)
    people.appoint(user, unit=unit, role=Role.HEAD, first_on=LONG_AGO, by=by)

    html = manager.get(url("people", unit.pk)).content.decode()

    assert "1 vai trò đang có hiệu lực" in html
    assert "Đã hủy" in html
    assert "Hủy phân công" in html


def test_who_may_not_appoint_sees_no_buttons(province, client, unit):
    client.force_login(province.a_person(Role.HEAD, unit))

    html = client.get(url("people", unit.pk)).content.decode()

    assert "Thôi phân công…" not in html
    assert "Phân công vai trò…" not in html


def test_the_list_of_everybody_is_of_the_units_one_manages(province, client):
    one, two, _ = province.departments
    here, elsewhere = province.a_person(Role.EDITOR, one), province.a_person(Role.HEAD, two)
    client.force_login(province.a_person(Role.ADMINISTRATOR, one))

    html = client.get(reverse("units:people-list")).content.decode()

    assert str(here) in html
    assert str(elsewhere) not in html


def test_the_list_of_everybody_is_narrowed_by_words_and_role(province, manager, unit):
    user = a_user(full_name="Hoàng Thị Thủy")
    people.appoint(user, unit=unit, role=Role.LEADER, first_on=LONG_AGO, by=province.administrator)
    other = province.a_person(Role.HEAD, unit)

    def listed(**asked):
        html = manager.get(reverse("units:people-list"), asked).content.decode()
        return [str(person) in html for person in (user, other)]

    assert listed() == [True, True]
    assert listed(tim="hoang thuy") == [True, False]
    assert listed(tim="nghiep vu 1", vai_tro="head") == [False, True]
    assert listed(vai_tro="leader") == [True, False]
    assert (
        "Không có ai như vậy"
        in manager.get(reverse("units:people-list"), {"tim": "zzz"}).content.decode()
    )


def test_pages_of_people_are_flat(province, manager, unit, assert_flat_queries):
    def ask():
        for address in (url("people", unit.pk), reverse("units:people-list")):
            assert manager.get(address).status_code == 200

    def grow():
        for _ in range(30):
            user = province.a_person(Role.EDITOR, unit)
            people.dismiss(
                user.memberships.get(),
                from_day=timezone.localdate() - timedelta(days=1),
                by=province.administrator,
            )
            province.a_person(Role.STAFF, unit)

    assert_flat_queries(ask, grow=grow)
