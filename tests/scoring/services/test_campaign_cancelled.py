"""A campaign set up by mistake is given up while nobody has rated; what people said never is."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Campaign, Rating
from scoring.rules.campaign import CampaignState
from scoring.services import campaigns, counter, measurements
from tests.races import at_once
from tests.scoring.campaigns import ASPECTS, a_campaign, a_draft, bring_in, rows_of

MISTAKE = "Chọn nhầm công thức."


def cancelled(made) -> Campaign:
    now = Campaign.objects.get(pk=made.campaign.pk)
    return campaigns.cancel(now, by=made.organiser, seen=now.version, reason=MISTAKE)


@pytest.mark.django_db
@pytest.mark.parametrize("set_up", [a_draft, a_campaign], ids=["draft", "begun"])
def test_nothing_of_it_is_told_and_its_name_may_be_used_again(client, set_up):
    made = set_up()
    one = cancelled(made)

    assert one.state == CampaignState.CANCELLED
    assert one.events.first().comment == MISTAKE
    assert client.get(reverse("reports:satisfaction", args=[one.pk])).status_code == 404
    assert one.title not in client.get(reverse("reports:satisfactions")).content.decode()
    again = a_draft(made.province, made.organiser, title=one.title, year=one.year)
    assert again.campaign.title == one.title
    client.force_login(made.organiser)
    shown = client.get(reverse("scoring:campaign", args=[one.pk])).content.decode()
    assert "Đợt đã hủy" in shown
    assert MISTAKE in shown
    with pytest.raises(MoveRefused):
        campaigns.begin(one, by=made.organiser, seen=one.version)


@pytest.mark.django_db
def test_a_slip_that_was_handed_out_says_that_it_was_given_up():
    made = a_campaign()
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)

    cancelled(made)

    with pytest.raises(counter.NotTaken, match="đã hủy"):
        counter.slip_of(code, caller="một máy")
    with pytest.raises(MoveRefused):
        counter.hand_out(made.unit(), by=made.editor(), number=1)


@pytest.mark.django_db
def test_what_citizens_or_a_file_said_is_never_thrown_away():
    by_file = a_campaign()
    at_the_counter = a_campaign(by_file.province, title="Đợt hai")
    nothing = (0, 0, 0, 0, 0)
    bring_in(by_file, rows_of(by_file.unit().unit, (5, 0, 0, 0, 0), nothing))
    (code,) = counter.hand_out(at_the_counter.unit(), by=at_the_counter.editor(), number=1)
    counter.rate(code, ["5"] * len(ASPECTS), visitor="một máy")

    for made in (by_file, at_the_counter):
        with pytest.raises(MoveRefused, match="không bị bỏ đi"):
            cancelled(made)
        assert Campaign.objects.get(pk=made.campaign.pk).state == CampaignState.COLLECTING
        made.close()
        with pytest.raises(MoveRefused):
            cancelled(made)


@pytest.mark.django_db
def test_who_may_not_who_saw_another_version_and_who_gives_no_reason_is_refused(client):
    made = a_campaign()
    one = Campaign.objects.get(pk=made.campaign.pk)

    with pytest.raises(PermissionDenied):
        campaigns.cancel(one, by=made.editor(), seen=one.version, reason=MISTAKE)
    with pytest.raises(ChangedMeanwhile):
        campaigns.cancel(one, by=made.organiser, seen=one.version - 1, reason=MISTAKE)
    client.force_login(made.organiser)
    address = reverse("scoring:campaign-cancel", args=[one.pk])
    assert client.post(address, {"version": one.version, "comment": " "}).status_code == 422
    assert Campaign.objects.get(pk=one.pk).state == CampaignState.COLLECTING
    assert client.post(address, {"version": one.version, "comment": MISTAKE}).status_code == 302
    assert Campaign.objects.get(pk=one.pk).state == CampaignState.CANCELLED


@pytest.mark.django_db
def test_it_is_not_the_campaign_before_another():
    made = a_campaign()
    one = cancelled(made)
    days = {"begins": one.until + timedelta(days=1), "until": one.until + timedelta(days=9)}
    later = a_draft(made.province, made.organiser, title="Đợt sau", year=one.year, **days)

    assert measurements.measure(later.campaign).before is None


@pytest.mark.django_db(transaction=True)
def test_a_citizen_who_rates_while_it_is_given_up_is_counted_or_told():
    made = a_campaign()
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)

    refused = at_once(
        lambda: counter.rate(code, ["5"] * len(ASPECTS), visitor="một máy"),
        lambda: cancelled(made),
    )

    state = Campaign.objects.get(pk=made.campaign.pk).state
    assert len(refused) == 1
    assert (state == CampaignState.COLLECTING) == (Rating.objects.count() == 1)
