"""Made-up answers: the best ones, then worse by small steps until a unit stands where it should."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from scoring.models import Criterion
from scoring.rules.answers import (
    Answer,
    BinaryAnswer,
    BinaryRule,
    ChecklistAnswer,
    ChecklistRule,
    CountAnswer,
    CountRule,
    DeductionAnswer,
    DeductionRule,
    NotApplicable,
    RatioAnswer,
    RatioRule,
    Rule,
    SurveyAnswer,
    SurveyRule,
    TiersAnswer,
    TiersRule,
    parse_rule,
)
from scoring.rules.points import percent

ENOUGH_TRIES = 400
CLOSE = Fraction(3, 10)


@dataclass(frozen=True)
class Component:
    """A component with its rule read."""

    pk: int
    rule: Rule
    maximum: Decimal

    def points(self, answer: Answer) -> Fraction:
        """Exact points; nothing for what does not apply."""
        found = self.rule.points(answer, self.maximum)
        return Fraction(0) if isinstance(found, NotApplicable) else found


def components_of(block) -> list[Component]:
    """The components of a block's own set, in order."""
    leaves = Criterion.objects.components().filter(criteria_set__block=block).order_by("position")
    return [Component(leaf.pk, parse_rule(leaf.rule), leaf.maximum) for leaf in leaves]


def answers_for(components: list[Component], target: Fraction, random: Random) -> dict[int, Answer]:
    """Component key → answer, so that the exact percentage ends just above the target."""
    chosen = {one.pk: best(one.rule, random) for one in components}
    points = sum((one.points(chosen[one.pk]) for one in components), Fraction(0))
    maximum = sum((one.maximum for one in components), Decimal(0))
    for _ in range(ENOUGH_TRIES):
        if percent(points, maximum) - target <= CLOSE:
            break
        one = random.choice(components)
        tried = worse(one.rule, chosen[one.pk], random)
        left = points - one.points(chosen[one.pk]) + one.points(tried)
        if percent(left, maximum) >= target:
            chosen[one.pk], points = tried, left
    return chosen


def best(rule: Rule, random: Random) -> Answer:
    """An answer that earns all points, with figures of a likely size."""
    match rule:
        case BinaryRule():
            return BinaryAnswer(True)
        case ChecklistRule():
            return ChecklistAnswer(tuple(range(len(rule.items))))
        case RatioRule():
            whole = Decimal(random.randint(18, 240))
            return RatioAnswer(whole, whole)
        case DeductionRule():
            return DeductionAnswer(0)
        case CountRule():
            return CountAnswer(-(-1 // rule.share_per_item) + random.randint(0, 2))
        case SurveyRule():
            rated = random.randint(180, 900)
            return SurveyAnswer(rated - random.randint(4, rated // 14), rated)
        case TiersRule():
            return _in_level(rule, max(level.share for level in rule.levels), random)
    raise TypeError(f"No made-up answer for {type(rule).__name__}.")


def worse(rule: Rule, answer: Answer, random: Random) -> Answer:
    """The same answer one small step down, or as it was where there is no step left."""
    match rule, answer:
        case BinaryRule(), _:
            return BinaryAnswer(False)
        case ChecklistRule(), ChecklistAnswer(checked=checked) if checked:
            return ChecklistAnswer(tuple(sorted(random.sample(checked, len(checked) - 1))))
        case RatioRule(), RatioAnswer(numerator=part, denominator=whole):
            return RatioAnswer(max(Decimal(0), part - random.randint(1, 4)), whole)
        case DeductionRule(), DeductionAnswer(events=events):
            return DeductionAnswer(events + 1)
        case CountRule(), CountAnswer(items=items) if items:
            return CountAnswer(items - 1)
        case TiersRule(), TiersAnswer():
            now = rule.level_of(answer).share
            below = [level.share for level in rule.levels if level.share < now]
            return _in_level(rule, max(below), random) if below else answer
    return answer


def _in_level(rule: TiersRule, share: Fraction, random: Random) -> TiersAnswer:
    position, level = next(
        (position, level) for position, level in enumerate(rule.levels) if level.share == share
    )
    if rule.by_state:
        return TiersAnswer(level=position)
    least = int(level.least or 0)
    most = int(level.below) - 1 if level.below is not None else least + 4
    return TiersAnswer(value=Decimal(random.randint(least, max(least, most))))
