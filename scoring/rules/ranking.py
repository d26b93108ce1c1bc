"""Who stands where inside a block, and in which class."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import NotANumber, exactly, parse_number
from cchc_portal.kit.worded import Worded
from scoring.rules.points import shown


class TieRule(Worded):
    """What comes after units that share a rank. No circular says; the period chooses."""

    SKIP = "skip", "Bỏ hạng kế tiếp (1, 2, 2, 4)"
    DENSE = "dense", "Không bỏ hạng (1, 2, 2, 3)"


@dataclass(frozen=True)
class Scale:
    """Lowest printed percentage and label of each class, best first. A period owns its scale."""

    bands: tuple[tuple[Decimal, str], ...]
    below: str

    def band(self, percent: Decimal) -> str:
        """The class of a printed percentage; `below` where it reaches no floor."""
        return next((label for floor, label in self.bands if percent >= floor), self.below)

    def reach(self, label: str) -> str:
        """From where to where a class reaches, in words: "từ 80 % đến dưới 95 %"."""
        place = self.labels.index(label)
        above = f"dưới {exactly(self.bands[place - 1][0])} %" if place else ""
        if place == len(self.bands):
            return above or "mọi kết quả"
        floor = f"từ {exactly(self.bands[place][0])} %"
        return f"{floor} đến {above}" if above else f"{floor} trở lên"

    @property
    def labels(self) -> tuple[str, ...]:
        """Every class, best first."""
        return (*(label for _, label in self.bands), self.below)


UNCLASSED = "Không xếp loại"

# Floors told with the result of 2025 (Bộ Công an, conference of 18/11/2025); the label of the
# last class as Công an tỉnh Quảng Bình used it in 2018.
USUAL_SCALE = Scale(
    bands=(
        (Decimal(95), "Xuất sắc"),
        (Decimal(80), "Tốt"),
        (Decimal(70), "Khá"),
        (Decimal(50), "Hoàn thành nhiệm vụ"),
    ),
    below="Không hoàn thành nhiệm vụ",
)


@dataclass(frozen=True)
class Placing:
    """One unit's place: exact figure, the figure as printed, rank, class."""

    key: Hashable
    figure: Fraction
    percent: Decimal
    rank: int
    band: str


def rank(
    figures: Mapping[Hashable, Fraction],
    scale: Scale,
    ties: TieRule = TieRule.SKIP,
    places: int = 2,
) -> list[Placing]:
    """Order by the exact figure; only true equals share a rank. The class follows the print.

    `figures` holds exact percentages of the units to be ranked, and no others. Equals keep the
    order they came in. A table thus never shows 95,00 beside the class below it, and never gives
    two ranks to one figure.
    """
    placings: list[Placing] = []
    for position, (key, figure) in enumerate(
        sorted(figures.items(), key=lambda item: -item[1]), start=1
    ):
        place = position
        if placings and placings[-1].figure == figure:
            place = placings[-1].rank
        elif placings and ties == TieRule.DENSE:
            place = placings[-1].rank + 1
        percent = shown(figure, places)
        placings.append(Placing(key, figure, percent, place, scale.band(percent)))
    return placings


class LimitsFault(ValueError):
    """Class limits that cannot be used; `sentence` says why, in Vietnamese."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def read_limits(text: str) -> Scale:
    """Class limits as an organiser types them: "Tốt:80, Khá:60, Kém:0", best first.

    A last class with the limit 0 is for whatever lies below the others; where it is left out,
    that is `UNCLASSED`. Limits in decimals take a point (79.5). Raises `LimitsFault`.
    """
    bands: list[tuple[Decimal, str]] = []
    for entry in text.split(","):
        label, colon, limit = entry.rpartition(":")
        name = " ".join(label.split())
        if not colon or not name:
            raise LimitsFault(f"Mức “{entry.strip()}” chưa đúng dạng TÊN:NGƯỠNG, ví dụ Tốt:80.")
        try:
            bands.append((parse_number(limit, whole=False), name))
        except NotANumber as fault:
            raise LimitsFault(f"Ngưỡng của mức “{name}” {fault.reason}.") from fault
    floors, labels = [floor for floor, _ in bands], [label.casefold() for _, label in bands]
    if floors != sorted(set(floors), reverse=True):
        raise LimitsFault("Các ngưỡng xếp loại phải giảm dần, từ mức cao nhất.")
    if len(set(labels)) < len(labels):
        raise LimitsFault("Mỗi mức xếp loại cần một tên riêng.")
    if floors[0] > 100 or floors[-1] < 0:
        raise LimitsFault("Ngưỡng xếp loại phải nằm trong khoảng từ 0 đến 100.")
    if floors[-1] > 0:
        return Scale(bands=tuple(bands), below=UNCLASSED)
    return Scale(bands=tuple(bands[:-1]), below=bands[-1][1])
