"""The menu shows each role its pages, and how much waits there."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from cchc_portal.kit.htmx import fragment
from reports import menu
from scoring.models import Dossier
from scoring.rules.workflow import DossierState, PeriodState
from tests.factories import a_user
from tests.worlds import LONG_AGO, a_province, an_open_period
from units.permissions import Role
from units.services import people

EVERYBODY = [
    "Bàn làm việc",
    "Công bố",
    "Số liệu",
    "Báo cáo",
    "Kế hoạch",
    "Cam kết",
    "Hội nghị",
    "Kiểm tra",
    "Hài lòng",
    "Đơn vị",
]


def labels(user) -> set[str]:
    return {item.label for item in menu.items(user, "/")}


def waiting(user) -> dict[str, int]:
    return {item.label: item.count for item in menu.items(user, "/") if item.count}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "further"),
    [
        (Role.STAFF, []),
        (Role.EDITOR, ["Tự đánh giá", "Phản ánh"]),
        (Role.HEAD, ["Tự đánh giá", "Điều hành", "Xếp hạng", "Kỳ đánh giá", "Phản ánh"]),
        (Role.VERIFIER, ["Thẩm định", "Xếp hạng"]),
        (Role.ORGANISER, ["Thẩm định", "Điều hành", "Xếp hạng", "Kỳ đánh giá", "Phản ánh"]),
        (Role.LEADER, ["Điều hành", "Xếp hạng", "Phản ánh"]),
        (Role.ADMINISTRATOR, ["Xếp hạng", "Nhân sự"]),
    ],
)
def test_each_role_finds_its_pages(role, further):
    province = a_province()

    person = province.a_person(role, province.police)

    assert labels(person) == {*EVERYBODY, *further}


@pytest.mark.django_db
def test_the_view_of_a_leader_is_offered_only_where_a_unit_stands_below():
    province = a_province()

    head = province.a_person(Role.HEAD, province.departments[0])

    assert "Điều hành" not in labels(head)
    assert {"Tự đánh giá", "Phản ánh"} < labels(head)


@pytest.mark.django_db
def test_who_holds_no_role_finds_what_is_for_everybody():
    assert labels(a_user()) == {"Bàn làm việc", "Công bố"}


def test_who_is_not_signed_in_finds_what_is_published():
    assert labels(AnonymousUser()) == {
        "Kết quả công bố",
        "Đơn vị",
        "Mức độ hài lòng",
        "Đối thoại",
        "Dữ liệu mở",
        "Gửi phản ánh",
    }


@pytest.mark.django_db
def test_a_dossier_waits_first_for_its_unit_then_for_the_verifier():
    year = an_open_period()
    unit = year.province.departments[0]
    editor = year.province.a_person(Role.EDITOR, unit)
    verifier = year.province.a_person(Role.VERIFIER, year.province.police)
    assert waiting(editor) == {"Tự đánh giá": 1}
    assert waiting(verifier) == {}

    Dossier.objects.filter(unit=unit).update(
        state=DossierState.SUBMITTED, submitted_at="2026-09-21T10:00Z", submitted_by=editor
    )

    assert waiting(editor) == {}
    assert waiting(verifier) == {"Thẩm định": 1}


@pytest.mark.django_db
def test_the_dossier_of_ones_own_unit_does_not_wait_for_ones_verdict():
    year = an_open_period()
    unit = year.province.departments[0]
    verifier = year.province.a_person(Role.VERIFIER, year.province.police)
    people.appoint(
        verifier, unit=unit, role=Role.STAFF, first_on=LONG_AGO, by=year.province.administrator
    )

    Dossier.objects.update(
        state=DossierState.SUBMITTED, submitted_at="2026-09-21T10:00Z", submitted_by=verifier
    )

    assert waiting(verifier) == {"Thẩm định": len(year.province.departments) - 1}


@pytest.mark.django_db
def test_nothing_waits_in_a_period_that_is_over():
    year = an_open_period()
    editor = year.province.a_person(Role.EDITOR, year.province.departments[0])

    type(year.period).objects.update(state=PeriodState.LOCKED)

    assert waiting(editor) == {}


def test_the_line_under_which_the_page_lies_is_marked_and_only_that():
    lines = [
        menu.Item("Bàn làm việc", "/"),
        menu.Item("Công bố", "/cong-bo/"),
        menu.Item("Đơn vị", "/don-vi/"),
    ]

    def marked_at(path):
        return [item.label for item in menu.marked(lines, path) if item.current]

    assert marked_at("/") == ["Bàn làm việc"]
    assert marked_at("/don-vi/12/") == ["Đơn vị"]
    assert marked_at("/don-vi/") == ["Đơn vị"]
    assert marked_at("/mat-khau/") == []


@pytest.mark.django_db
def test_under_the_name_stands_the_post_or_else_the_roles():
    province = a_province()
    editor = province.a_person(Role.EDITOR, province.police)
    assert menu.words_for(editor) == "Cán bộ nhập liệu"

    editor.post = "Cán bộ cải cách hành chính, PC06"

    assert menu.words_for(editor) == "Cán bộ cải cách hành chính, PC06"
    assert menu.words_for(AnonymousUser()) == ""


@pytest.mark.django_db
def test_a_fragment_does_not_pay_for_the_menu(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = a_user()

    with django_assert_num_queries(0):
        fragment(request, "shared/_row_state.html", {"state": "saved", "detail": "", "version": 1})


@pytest.mark.django_db
def test_the_frame_of_a_page_costs_at_most_seven_queries(client, django_assert_max_num_queries):
    year = an_open_period(made_up=True)
    person = year.province.a_person(Role.ORGANISER, year.province.police)
    client.force_login(person)

    with django_assert_max_num_queries(7):  # session, person and roles among them
        page = client.get("/khong-co-trang-nay/").content.decode()

    assert "Dữ liệu minh họa" in page


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/cong-bo/", "Kết quả công bố"),
        ("/cong-bo/3/", "Kết quả công bố"),
        ("/cong-bo/hai-long/", "Mức độ hài lòng"),
        ("/cong-bo/hai-long/2/", "Mức độ hài lòng"),
        ("/cong-bo/hai-long/theo-ban-cong-bo/", "Mức độ hài lòng"),
        ("/cong-bo/doi-thoai/", "Đối thoại"),
        ("/kiem-tra/", None),
    ],
)
def test_a_public_page_is_marked_under_the_line_it_belongs_to(path, label):
    here = [item.label for item in menu.items(AnonymousUser(), path) if item.current]

    assert here == ([label] if label else [])
