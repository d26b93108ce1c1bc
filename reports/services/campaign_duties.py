"""What waits for the organiser of measurements: campaigns whose last day is over and that nobody
has ended, so that their figures neither stand nor are public."""

from datetime import date

from django.urls import reverse

from reports.rules.desk import Duty
from reports.services.duties import MOST_LINES
from scoring.models import Campaign
from scoring.rules.campaign import CampaignState
from units.access import units_where
from units.permissions import Permission


def of_the_campaigns(user, today: date) -> list[Duty]:
    """One line for each; the day on which one is ended is not set. One query."""
    desks = units_where(user, Permission.RUN_PERIOD)
    if not desks:
        return []
    over = Campaign.objects.filter(
        assessor__in=desks, state=CampaignState.COLLECTING, until__lt=today
    )
    return [_to_end(one) for one in over.for_page()[:MOST_LINES]]


def _to_end(campaign: Campaign) -> Duty:
    return Duty(
        icon="people",
        title="Kết thúc đợt đo lường sự hài lòng",
        detail=f"{campaign.title}, hết hạn thu thập ngày {campaign.until:%d/%m/%Y}",
        address=reverse("scoring:campaign-close", args=[campaign.pk]),
        action="Xem, kết thúc",
        place=campaign.assessor.name,
    )
