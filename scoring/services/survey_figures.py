"""A closed campaign gives a survey component its two numbers: chosen rows, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import grouped, written
from scoring.models import Block, Campaign, Criterion
from scoring.rules.answers import SurveyRule, parse_rule
from scoring.rules.answers.ratio import SurveyAnswer
from scoring.rules.kinds import Source
from scoring.services import figures, measurements
from units.models import User

NO_FIGURE = "đợt đo lường không có kết quả của đơn vị, hoặc quá ít người đánh giá."
NOT_FED = "Tiêu chí này không lấy số liệu từ kết quả đo lường sự hài lòng."


@dataclass(frozen=True)
class Measured:
    """What a closed campaign says of one unit, as the component takes it."""

    campaign: Campaign
    answer: SurveyAnswer

    @property
    def words(self) -> str:
        """Where the figure comes from, as it is written beside it: campaign, counts, formula."""
        share = written(Fraction(100 * self.answer.satisfied, self.answer.rated), 2)
        return (
            f"Đợt đo lường {self.campaign.named}: "
            f"{grouped(self.answer.satisfied)}/{grouped(self.answer.rated)} lượt đánh giá "
            f"“hài lòng” và “rất hài lòng” = {share} %"
        )


def measured_by(campaign: Campaign | None) -> Mapping[int, Measured]:
    """By key of the unit; those alone whose figure may be shown."""
    if campaign is None:
        return {}
    return {
        unit: Measured(campaign, SurveyAnswer(said.satisfied, said.rated))
        for unit, said in measurements.shares_of(campaign).items()
    }


def is_fed(component: Criterion) -> bool:
    """Whether the component takes its figure from a measurement: citizens were asked, not the
    units that work with this one."""
    if component.source != Source.SURVEY or not component.rule:
        return False
    rule = parse_rule(component.rule)
    return isinstance(rule, SurveyRule) and not rule.of_partners


@transaction.atomic
def fill(
    block: Block, component: Criterion, *, chosen: Mapping[int, int], campaign: int, by: User
) -> int:
    """The figures of the chosen rows are written, all or none; how many.

    chosen: key of the score to the version that was on the screen, campaign: the one that was
    chosen of those of the year. Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    if not is_fed(component):
        raise MoveRefused(NOT_FED)
    closed = measurements.campaigns_for(block.period)
    now = next((one for one in closed if one.pk == campaign), None)
    if now is None:
        raise MoveRefused("Đợt đo lường vừa thay đổi, đề nghị tải lại trang.")
    return figures.take_offered(
        block, component, chosen=chosen, offered=measured_by(now), without=NO_FIGURE, by=by
    )
