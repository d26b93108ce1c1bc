"""How items of a dialogue are counted, and how one stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cchc_portal.kit.worded import Worded
from commitments.rules.areas import ReformArea
from commitments.rules.conference import OPEN_ITEMS, ItemKind, ItemState, Speaker
from commitments.rules.terms import Difference, compared

LABELS = {
    "kind": "Loại",
    "text": "Nội dung",
    "area": "Lĩnh vực",
    "speaker": "Người nêu",
    "speaker_name": "Họ tên, nơi công tác",
    "kept_private": "Không công khai nội dung",
}
"""Every part of an item by its Vietnamese name."""


@dataclass(frozen=True)
class ItemWords:
    """What was said, by whom. Only the kind, the words and the kind of speaker are demanded."""

    kind: str
    text: str
    speaker: str
    area: str = ""
    speaker_name: str = ""
    kept_private: bool = False

    def words(self) -> dict[str, str]:
        """Each part as a person reads it."""
        return {
            "kind": str(ItemKind(self.kind).label),
            "text": self.text,
            "area": str(ReformArea(self.area).label) if self.area else "",
            "speaker": str(Speaker(self.speaker).label),
            "speaker_name": self.speaker_name,
            "kept_private": "có" if self.kept_private else "",
        }


COLUMNS = tuple(LABELS)


def item_differences(before: ItemWords, after: ItemWords) -> list[Difference]:
    """The parts in which two wordings of an item differ."""
    return compared(LABELS, before.words(), after.words())


def told_without_name(differences: Iterable[Difference]) -> str:
    """The same for the log, which is read above and never forgets: that a name was written, and
    not which."""
    return "; ".join(
        f"{one.label}: đã sửa" if one.label == LABELS["speaker_name"] else str(one)
        for one in differences
    )


class Standing(Worded):
    """The states of an item, and that it is late: for a badge and for counting."""

    RECEIVED = "received", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    ACCEPTED = "accepted", "Thành nhiệm vụ"
    ESCALATED = "escalated", "Chuyển cấp trên"
    REPLIED = "replied", "Cấp trên đã trả lời"
    WITHDRAWN = "withdrawn", "Đã rút"
    DISCARDED = "discarded", "Không tiếp nhận"
    ENDED = "ended", "Đã kết thúc"
    OVERDUE = "overdue", "Quá hạn"


def standing(state: str, due_on: date | None, today: date) -> Standing:
    """OVERDUE where an item is not settled and its day has passed; the day itself is in time."""
    if state in OPEN_ITEMS and due_on is not None and due_on < today:
        return Standing.OVERDUE
    return Standing(state)


@dataclass(frozen=True)
class Tally:
    """How many items by kind and state. What was discarded was not raised and counts nowhere.

    Opinions, questions and proposals are separate figures: a report may not add them up as one.
    """

    numbers: Mapping[tuple[str, str], int]

    def of(self, kind: ItemKind) -> int:
        """How many of this kind were raised."""
        return sum(
            number
            for (found, state), number in self.numbers.items()
            if found == kind and state != ItemState.DISCARDED
        )

    def state(self, state: ItemState) -> int:
        """How many are in this state, whatever their kind."""
        return sum(number for (_, found), number in self.numbers.items() if found == state)

    @property
    def opinions(self) -> int:
        return self.of(ItemKind.OPINION)

    @property
    def questions(self) -> int:
        return self.of(ItemKind.QUESTION)

    @property
    def proposals(self) -> int:
        return self.of(ItemKind.PROPOSAL)

    @property
    def raised(self) -> int:
        """All that were raised: rows of the table, not a figure of a report."""
        return sum(self.of(kind) for kind in ItemKind)

    @property
    def settled(self) -> int:
        """Those of which something final came."""
        return self.raised - sum(self.state(state) for state in OPEN_ITEMS)

    @property
    def waiting(self) -> int:
        """Those the unit itself has to act on."""
        return self.state(ItemState.RECEIVED) + self.state(ItemState.REPLIED)

    @property
    def escalated(self) -> int:
        return self.state(ItemState.ESCALATED)

    @property
    def words(self) -> str:
        """ "14 ý kiến, 21 câu hỏi, 0 kiến nghị"."""
        return ", ".join(f"{self.of(kind)} {str(kind.label).lower()}" for kind in ItemKind)
