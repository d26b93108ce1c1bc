"""What the minutes say of a conference, and what of it the public may read: words, to be frozen.

No name of a speaker gets into what the public reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

WITHHELD = "Nội dung có thông tin cá nhân, không công khai."


@dataclass(frozen=True)
class Row:
    """One item, everything in words."""

    number: int
    kind: str
    text: str
    speaker: str
    speaker_name: str
    area: str
    outcome: str
    handling: str
    answered_by: str
    private: bool

    def public(self) -> dict[str, Any]:
        """The same for everybody: the speaker by kind only, private words withheld."""
        return {
            "number": self.number,
            "kind": self.kind,
            "text": WITHHELD if self.private else self.text,
            "speaker": self.speaker,
            "area": self.area,
            "outcome": self.outcome,
            "handling": "" if self.private else self.handling,
        }


@dataclass(frozen=True)
class Conclusion:
    """One conclusion: what, by which unit, until when, how it stands."""

    text: str
    owner: str
    due_on: str
    standing: str


def minutes_content(
    heading: Mapping[str, str], items: Iterable[Row], conclusions: Iterable[Conclusion]
) -> dict[str, Any]:
    """All that the head signs, ready to be stored."""
    return {
        "layout": "minutes-1",
        "heading": dict(heading),
        "items": [asdict(item) for item in items],
        "conclusions": [asdict(one) for one in conclusions],
    }


def without_names(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same minutes for readers outside the unit: no name of a speaker."""
    rows = [dict(row, speaker_name="") for row in content["items"]]
    return {**content, "items": rows}


def public_content(
    heading: Mapping[str, str], items: Iterable[Row], conclusions: Iterable[Conclusion]
) -> dict[str, Any]:
    """All that is released, ready to be stored."""
    return {
        "layout": "dialogue-1",
        "heading": dict(heading),
        "items": [item.public() for item in items],
        "conclusions": [asdict(one) for one in conclusions],
    }
