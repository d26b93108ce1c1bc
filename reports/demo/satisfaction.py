"""Satisfaction with the units of Công an tỉnh Hà Tĩnh: the campaign of a published year, which its
components take their counts from; that of last year, closed, and this year's, collecting, by file
and at the counter. Every figure is made up by a fixed seed.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.core.files.base import ContentFile
from django.utils import timezone

from reports.demo.year import on
from scoring.models import Block, Campaign, CampaignUnit, Criterion, Dossier
from scoring.rules.answers import Answer, SurveyAnswer
from scoring.rules.campaign import ASPECTS, USUAL_MARGIN, USUAL_MINIMUM
from scoring.rules.ratings_file import Column
from scoring.services import campaigns, counter, ratings, survey_figures
from units.kinds import UnitKind
from units.models import Unit, User

COUNTER = "HT-PC06"
SLIPS, RATED = 60, 44
MEASURED_KINDS = (UnitKind.DEPARTMENT, UnitKind.COMMUNE_POLICE)
HARD_ASPECTS = (2, 6)
"""Filing online, and what comes of a complaint: people are less content with these."""
FOUR_ASPECTS = tuple(ASPECTS[at] for at in (0, 3, 4, 5))
"""What people were asked before the application of 2025 asked for seven."""


def measure(
    province: Unit, *, organiser: User, ends: date, truths: Mapping[Dossier, Mapping[int, Answer]]
) -> Campaign:
    """The campaign whose counts come to what the components of a year say, closed the day after."""
    with on(ends + timedelta(days=1)):
        begins = ends - timedelta(days=45)
        made = _campaign(province, organiser, ends.year, begins, ends, aspects=FOUR_ASPECTS)
        fed = _fed_components(one.block_id for one in truths)
        lines = []
        for dossier, answers in truths.items():
            said = next((answers[key] for key in fed & answers.keys()), None)
            if isinstance(said, SurveyAnswer):
                lines += _lines_of(dossier.unit, said)
        _write(made, organiser, lines)
        campaigns.close(Campaign.objects.get(pk=made.pk), by=organiser, seen=2)
    return made


def take_into(blocks: Iterable[Block], campaign: Campaign, *, organiser: User) -> None:
    """The organiser takes its counts into the components that ask citizens."""
    offered = survey_figures.measured_by(Campaign.objects.get(pk=campaign.pk))
    for block in blocks:
        for component in Criterion.objects.filter(pk__in=_fed_components([block.pk])):
            rows = component.scores.filter(dossier__unit__in=offered)
            chosen = dict(rows.values_list("pk", "version"))
            if chosen:
                survey_figures.fill(
                    block, component, chosen=chosen, campaign=campaign.pk, by=organiser
                )


def _fed_components(blocks: Iterable[int]) -> set[int]:
    asked = Criterion.objects.components().filter(criteria_set__block__in=set(blocks))
    return {one.pk for one in asked if survey_figures.is_fed(one)}


def _lines_of(unit: Unit, said: SurveyAnswer) -> list[list[str]]:
    """The ratings of a unit spread over the aspects, to the last one."""
    whole = len(FOUR_ASPECTS)
    lines = []
    for place, name in enumerate(FOUR_ASPECTS):
        rated, content = ((int(n) + place) // whole for n in (said.rated, said.satisfied))
        best, bad = content * 3 // 5, (rated - content) // 4
        steps = (best, content - best, rated - content - bad, bad, 0)
        lines.append([unit.code, unit.name, name, *map(str, steps), str(said.rated * 2)])
    return lines


def build(province: Unit, *, organiser: User, editor: User, today: date) -> None:
    """Both campaigns, as of today."""
    random = Random(20201)
    last, begun = today.year - 1, today - timedelta(days=30)
    with on(date(last, 10, 1)):
        earlier = _campaign(province, organiser, last, date(last, 9, 1), date(last, 9, 30))
        _bring_in(earlier, organiser, random, lift=-2)
        campaigns.close(Campaign.objects.get(pk=earlier.pk), by=organiser, seen=2)
    with on(begun):
        made = _campaign(province, organiser, today.year, begun, today + timedelta(days=30))
    with on(today - timedelta(days=2)):
        _bring_in(made, organiser, random, lift=0)
        _rate(made.measured.get(unit__code=COUNTER), editor, random)


def _campaign(
    province: Unit,
    organiser: User,
    year: int,
    begins: date,
    until: date,
    *,
    aspects: tuple[str, ...] = ASPECTS,
) -> Campaign:
    made = campaigns.draft(
        province,
        by=organiser,
        year=year,
        title=f"Đo lường sự hài lòng năm {year}",
        begins=begins,
        until=until,
        aspects=aspects,
        minimum=USUAL_MINIMUM,
        margin=Decimal(USUAL_MARGIN),
        made_up=True,
    )
    return campaigns.begin(made, by=organiser, seen=1)


def _bring_in(campaign: Campaign, organiser: User, random: Random, *, lift: int) -> None:
    """A file of all units that handle procedures; one of them has too few ratings to be shown."""
    lines = []
    units = campaign.measured.filter(unit__kind__in=MEASURED_KINDS, unit__handles_procedures=True)
    for place, one in enumerate(units.select_related("unit").order_by("unit__code")):
        people = 12 if place == 3 else random.randint(60, 420)
        content = random.randint(88, 98) + lift
        for aspect, name in enumerate(campaign.aspects):
            share = content - (4 if aspect in HARD_ASPECTS else 0)
            counts = _counts(people - random.randint(0, people // 6), share)
            lines.append([one.unit.code, one.unit.name, name, *map(str, counts), str(people * 6)])
    _write(campaign, organiser, lines)


def _write(campaign: Campaign, organiser: User, lines: list[list[str]]) -> None:
    """The file goes in as an organiser brings it, every line chosen."""
    lines = [[column.label for column in Column], *lines]
    content = "\n".join(";".join(line) for line in lines).encode()
    upload = ContentFile(content, name=f"vneid-{campaign.year}.csv")
    kept, _ = ratings.take_in(campaign, by=organiser, upload=upload)
    chosen = {one.measured.pk: one.measured.version for one in ratings.changes_of(kept)}
    ratings.write(kept, by=organiser, chosen=chosen)


def _counts(rated: int, share: int) -> tuple[int, ...]:
    """Steps of an aspect, best first, of which about `share` percent are content."""
    content = rated * share // 100
    rest = rated - content
    best, bad = content * 3 // 5, rest // 4
    return best, content - best, rest - bad, bad, 0


def _rate(measured: CampaignUnit, editor: User, random: Random) -> None:
    """People at the counter; some of them at night and off one device, so that flags are seen."""
    codes = counter.hand_out(measured, by=editor, number=SLIPS)
    noon = timezone.now().replace(hour=3, minute=0)  # ten in the morning there
    for place, code in enumerate(codes[:RATED]):
        marks = [random.choice("5555444443") for _ in measured.campaign.aspects]
        if place % 6 == 3:
            counter.enter_paper(measured, code, marks, by=editor, now=noon + timedelta(hours=6))
        elif place < RATED - 4:
            counter.rate(code, marks, visitor=f"minh họa {place}", now=noon)
        else:
            counter.rate(code, marks, visitor="một máy", now=noon + timedelta(hours=12))
