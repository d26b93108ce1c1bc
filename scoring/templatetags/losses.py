"""How pages show the points that were lost."""

from django import template

from scoring.rules.result_summary import HEAT_STEPS

register = template.Library()


@register.inclusion_tag("shared/_loss_key.html")
def loss_key() -> dict[str, tuple[int, ...]]:
    """What each step of the heat maps stands for, in percent of an area's points."""
    return {"steps": HEAT_STEPS}
