"""Slips as they leave the counter."""

import pytest
from django.urls import reverse

from tests.reports.reading import text
from tests.scoring.campaigns import a_campaign

pytestmark = pytest.mark.django_db


def test_a_slip_leads_to_the_address_citizens_reach_whatever_the_office_calls_the_portal(
    client, settings
):
    settings.PORTAL_ADDRESS = "https://cchc.example.vn"
    settings.ALLOWED_HOSTS = ["may-chu.noi-bo"]
    made = a_campaign()
    client.force_login(made.editor())
    at_work = {"HTTP_HOST": "may-chu.noi-bo"}

    screen = client.post(reverse("scoring:slip-on-screen", args=[made.unit().pk]), **at_work)
    address = reverse("scoring:slips", args=[made.unit().pk])
    sheet = client.post(address, {"number": "1"}, **at_work)

    printed = text(b"".join(sheet.streaming_content)).replace("\n", "").replace(" ", "")
    for said in (screen.content.decode(), printed):
        assert "https://cchc.example.vn/danh-gia/" in said
        assert "noi-bo" not in said
