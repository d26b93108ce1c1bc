"""A table of ratings as it is brought, looked through and written, as the organiser sees it."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from scoring.rules.ratings_file import SHEET
from scoring.services import ratings
from tests.scoring.campaigns import a_campaign, bring_in, rows_of, take_in
from tests.scoring.figures import as_upload

pytestmark = pytest.mark.django_db

MANY = (60, 30, 8, 1, 1)
MORE_THAN_A_THOUSAND = 1100


def at(name: str, *args: object) -> str:
    return reverse(f"scoring:{name}", args=args)


def test_other_counts_with_the_same_sums_are_told_before_they_are_replaced(client):
    made = a_campaign()
    unit = made.province.departments[0]
    bring_in(made, rows_of(unit, MANY, MANY, dealings=500))
    other = (30, 60, 8, 1, 1)
    kept = take_in(made, rows_of(unit, MANY, other, dealings=600))
    client.force_login(made.organiser)

    page = client.get(at("campaign-preview", kept.pk)).content.decode()

    assert page.count("180 / 200") == 2
    assert "Thay số đã nhập ở: Kết quả giải quyết<" in page
    assert "đang lưu 500" in page


def test_a_sheet_of_the_file_that_is_not_read_is_named(client):
    made = a_campaign()
    client.force_login(made.organiser)
    book = load_workbook(BytesIO(ratings.as_excel(made.campaign)))
    for column, number in enumerate(MANY, start=4):
        book[SHEET].cell(row=4, column=column, value=number)
    book.create_sheet("Cấp xã")["A1"] = "Mã đơn vị"
    brought = BytesIO()
    book.save(brought)

    file = as_upload(brought.getvalue(), "hai-long.xlsx")
    page = client.post(at("campaign-upload", made.campaign.pk), {"file": file}, follow=True)

    assert "Trang “Cấp xã” không được đọc." in page.content.decode()


def test_a_file_of_a_campaign_that_has_ended_is_shown_and_not_offered(client):
    made = a_campaign()
    first, second = made.province.departments
    kept = take_in(made, rows_of(first, MANY, MANY) + rows_of(second, MANY, MANY))
    bring_in(made, rows_of(second, MANY, MANY))
    client.force_login(made.organiser)
    address = at("campaign-preview", kept.pk)
    assert "Ghi các đơn vị đã chọn" in client.get(address).content.decode()
    made.close()

    page = client.get(address).content.decode()

    assert "Đợt đã kết thúc nên không ghi được tệp này nữa" in page
    assert "Ghi các đơn vị đã chọn" not in page
    assert "chưa ghi gì" not in page


def test_more_than_a_thousand_units_are_ticked_on_one_page(client):
    made = a_campaign()
    kept = take_in(made, rows_of(made.province.departments[0], MANY, MANY))
    client.force_login(made.organiser)
    page = client.get(at("campaign-preview", kept.pk)).content.decode()
    (row,) = re.findall(r'name="row" value="([^"]+)"', page)

    answer = client.post(
        at("campaign-apply", kept.pk), {"row": [row] * MORE_THAN_A_THOUSAND}, follow=True
    )

    assert answer.status_code == 200
    assert "Đã ghi số liệu của 1 đơn vị" in answer.content.decode()
