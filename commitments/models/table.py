"""A conference read for its papers: heading, items, conclusions, everything in words."""

from typing import Any

from commitments.models.conference import Conference
from commitments.rules.conference import TaskState
from commitments.rules.dialogue_table import Conclusion, Row, minutes_content, public_content


def minutes_of(conference: Conference) -> dict[str, Any]:
    """What the minutes say now; what was signed lies in `conference.minutes`. Four queries."""
    heading = {
        **conference.terms.words(),
        "unit": conference.unit.name,
        "counts": conference.items.tally().words,
    }
    return minutes_content(heading, _rows(conference), _conclusions(conference))


def public_of(conference: Conference) -> dict[str, Any]:
    """What the public would read now; what is released lies in `conference.release`."""
    words = conference.terms.words()
    shown = ("title", "kinds", "plan_number", "plan_on", "held_on", "place", "points", "chair",
             "chair_post", "attendance")  # fmt: skip
    heading = {
        **{part: words[part] for part in shown},
        "unit": conference.unit.name,
        "counts": conference.items.tally().words,
    }
    return public_content(
        heading, _rows(conference, names=False), _conclusions(conference, names=False)
    )


def _rows(conference: Conference, *, names: bool = True) -> list[Row]:
    items = conference.items.raised().for_table().order_by("number")
    return [
        Row(
            number=place,
            kind=item.get_kind_display(),
            text=item.text,
            speaker=item.get_speaker_display(),
            speaker_name=item.speaker_name,
            area=item.get_area_display() if item.area else "",
            outcome=item.get_state_display(),
            handling="\n".join(item.handled(names=names)),
            answered_by=item.answered_by,
            private=item.kept_private,
        )
        for place, item in enumerate(items, start=1)
    ]


def _conclusions(conference: Conference, *, names: bool = True) -> list[Conclusion]:
    tasks = conference.tasks.conclusions().select_related("owner").order_by("number")
    return [
        Conclusion(
            text=task.text,
            owner=f"{task.owner}" + (f" ({task.person})" if task.person and names else ""),
            due_on=f"{task.due_on:%d/%m/%Y}",
            standing=str(TaskState(task.state).label),
        )
        for task in tasks
    ]
