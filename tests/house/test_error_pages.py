"""The pages that say what went wrong: in Vietnamese, with what to do now, whatever is broken."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from units.models import User

pytestmark = [pytest.mark.urls("tests.house.sample_pages"), pytest.mark.django_db]


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False)


SENTENCE = "Đồng chí không có quyền “Thẩm định hồ sơ” tại đơn vị này."


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "headline"),
    [
        ("/khong-co/", 404, "Không tìm thấy trang này"),
        ("/mau/hong/quyen/", 403, "Trang này không mở cho mọi người"),
        ("/mau/hong/yeu-cau/", 400, "Cổng không hiểu yêu cầu vừa gửi"),
        ("/mau/hong/may-chu/", 500, "Cổng gặp sự cố, chưa làm được việc vừa rồi"),
    ],
)
def test_every_error_has_a_page_that_says_what_to_do(stranger, address, status, headline):
    answer = stranger.get(address)

    assert answer.status_code == status
    assert headline in text(answer)
    assert "Việc cần làm" in text(answer)


def test_what_only_a_form_may_send_to_is_explained_where_it_is_opened_by_its_address(client):
    client.force_login(User.objects.create_user("ai-do"))
    answer = client.get("/mau/luu/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Địa chỉ này chỉ nhận nội dung gửi từ biểu mẫu" in text(answer)


@pytest.mark.parametrize("address", ["/khong-co/", "/mau/hong/quyen/"])
def test_only_people_of_the_force_are_addressed_as_comrades(stranger, client, address):
    assert "ồng chí" not in text(stranger.get(address)).partition("<main")[2].replace(SENTENCE, "")
    client.force_login(User.objects.create_user("ai-do"))
    assert "ồng chí" in text(client.get(address)).partition("<main")[2]


def test_a_refusal_repeats_the_sentence_of_who_refused(stranger):
    answer = stranger.get("/mau/hong/quyen/")

    assert SENTENCE in text(answer)


@pytest.mark.parametrize("address", ["/mau/hong/may-chu/", "/mau/hong/yeu-cau/"])
def test_the_pages_of_a_broken_portal_need_no_database(stranger, address):
    with CaptureQueriesContext(connection) as asked:
        stranger.get(address)

    assert not asked.captured_queries


def test_a_page_that_grew_old_is_explained():
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/dang-nhap/", {"username": "ai-do", "password": "gi-do"})

    assert answer.status_code == 403
    assert "Trang vừa gửi đã cũ, chưa có gì được lưu" in text(answer)


def test_guessing_at_a_password_is_stopped_with_the_way_out(stranger):
    User.objects.create_user("hanh.pc06", password="mot-mat-khau-dai-12", full_name="Lê Thị Hạnh")
    wrong = {"username": "hanh.pc06", "password": "sai"}
    right = {"username": "hanh.pc06", "password": "mot-mat-khau-dai-12"}

    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = stranger.post("/dang-nhap/", wrong)

    assert answer.status_code == 429
    assert "Tạm khóa đăng nhập" in text(answer)
    assert "15 phút" in text(answer)
    assert stranger.post("/dang-nhap/", right).status_code == 429
