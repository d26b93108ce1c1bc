"""A campaign whose last day is over lies on the desk of whoever ends it, until it is ended."""

from datetime import timedelta

import pytest

from reports.services.campaign_duties import of_the_campaigns
from tests.scoring.campaigns import a_campaign
from units.permissions import Role

pytestmark = pytest.mark.django_db


def test_a_campaign_past_its_last_day_waits_for_its_organiser_alone_until_it_is_ended():
    made = a_campaign()
    last, after = made.campaign.until, made.campaign.until + timedelta(days=1)
    verifier = made.province.a_person(Role.VERIFIER, made.province.police)

    assert of_the_campaigns(made.organiser, last) == []
    (duty,) = of_the_campaigns(made.organiser, after)
    assert duty.detail == f"{made.campaign.title}, hết hạn thu thập ngày {last:%d/%m/%Y}"
    assert duty.address.endswith("/ket-thuc/")
    assert of_the_campaigns(made.editor(), after) == of_the_campaigns(verifier, after) == []

    made.close()
    assert of_the_campaigns(made.organiser, after) == []
