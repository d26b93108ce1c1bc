"""Reads a result table published elsewhere: header and cells into rows, or what is in the way."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import NotANumber, parse_number

COLUMNS = (
    "unit",
    "unit_code",
    "points",
    "percent",
    "max_points",
    "block",
    "rank",
    "classification",
)
FULL = Decimal(100)
DECIMALS = 15
LARGEST_FIGURE, LARGEST_RANK = 10**15, 10**9
LONGEST = {"unit": 200, "unit_code": 60, "block": 200, "classification": 60}
NOTHING = ("", "-", "–", "—")


@dataclass(frozen=True)
class PublishedLine:
    """One row as printed. What its cell leaves empty is None or "": unknown, not zero.

    `points` are the printed points or, where there are none, the printed percentage out of 100.
    `parts` holds name and figure of the parts asked for.
    """

    line: int
    unit: str
    unit_code: str = ""
    block: str = ""
    points: Decimal | None = None
    maximum: Decimal = FULL
    percent: Decimal | None = None
    rank: int | None = None
    band: str = ""
    parts: tuple[tuple[str, Decimal | None], ...] = ()

    @property
    def figure(self) -> Fraction | None:
        """The exact percentage that follows from the points; None where they are unknown."""
        if self.points is None:
            return None
        return Fraction(self.points) / Fraction(self.maximum) * 100


@dataclass(frozen=True)
class TableRead:
    """The rows, the columns left aside, and what could not be read. With faults, store nothing."""

    rows: tuple[PublishedLine, ...]
    ignored: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Renaming:
    """Printed column → standard column, and printed class → label of the limits."""

    columns: Mapping[str, str]
    labels: Mapping[str, str]

    def label(self, printed: str) -> str:
        """The class as the limits name it; as printed where nothing else was said."""
        return self.labels.get(folded(printed), printed)


class RenamingFault(ValueError):
    """A renaming that is not PRINTED=STANDARD; `sentence` says so in Vietnamese."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def read_renaming(entries: Iterable[str]) -> Renaming:
    """Renamings as typed, PRINTED=STANDARD. Raises `RenamingFault`.

    Where STANDARD is a standard column (`COLUMNS`), a column is renamed; anything else is the
    label of a class ("Good=Tốt").
    """
    columns: dict[str, str] = {}
    labels: dict[str, str] = {}
    for entry in entries:
        printed, equals, standard = (tidy(part) for part in entry.rpartition("="))
        if not equals or not printed or not standard:
            raise RenamingFault(f"“{entry}” chưa đúng dạng TÊN_TRONG_BẢNG=TÊN_CHUẨN.")
        if folded(standard) in COLUMNS:
            columns[folded(printed)] = folded(standard)
        else:
            labels[folded(printed)] = standard
    return Renaming(columns, labels)


def known_names(header: Sequence[str], renaming: Renaming, parts: Sequence[str] = ()) -> int:
    """How many names of a header mean something: standard, renamed, or a part asked for."""
    meant = {*COLUMNS, *renaming.columns, *renaming.labels, *map(folded, parts)}
    return sum(folded(name) in meant for name in header)


def read_table(
    header: Sequence[str],
    lines: Iterable[tuple[int, Sequence[str]]],
    renaming: Renaming,
    parts: Sequence[str] = (),
) -> TableRead:
    """The table of a file already split into cells; `lines` are line numbers with their cells.

    A renamed column goes before one that bears the standard name. Points and percentages follow
    the rule for numbers with decimals (`parse_number`); a dash stands for an empty cell.
    """
    places, faults = _columns(header, renaming, parts)
    if faults:
        return TableRead((), (), tuple(faults))
    rows: list[PublishedLine] = []
    filled: set[int] = set()
    for number, cells in lines:
        texts = [tidy(cell) for cell in cells]
        if not any(texts):
            continue
        filled.update(place for place, text in enumerate(texts) if text)
        row = _Row(number, texts, header, places)
        rows.append(row.read(parts))
        faults += row.faults
    if not rows:
        faults.append("Bảng không có dòng nào.")
    unused = (place for place in range(len(header)) if place not in places.values())
    ignored = [(place, tidy(header[place])) for place in unused]
    told = (name or f"cột thứ {place + 1}" for place, name in ignored if name or place in filled)
    return TableRead(tuple(rows), tuple(told), tuple(faults))


def tidy(text: str) -> str:
    """NFC, single spaces, no byte order mark."""
    return unicodedata.normalize("NFC", " ".join(text.replace("\ufeff", "").split()))


def folded(text: str) -> str:
    """For comparing names: tidy, capitals and small letters alike."""
    return tidy(text).casefold()


def _columns(
    header: Sequence[str], renaming: Renaming, parts: Sequence[str]
) -> tuple[dict[str, int], list[str]]:
    """Where each column stands; parts are named "part:NAME"."""
    names = [folded(name) for name in header]
    faults = [f"Tiêu đề có hai cột “{name}”." for name in _twice(filter(None, names))]
    places = {name: names.index(name) for name in COLUMNS if name in names}
    for printed, standard in renaming.columns.items():
        if printed not in names:
            faults.append(f"Không có cột “{printed}” để đổi thành “{standard}”.")
        else:
            places[standard] = names.index(printed)
    for standard in _twice(renaming.columns.values()):
        faults.append(f"Hai cột cùng được đổi thành “{standard}”.")
    for printed, label in renaming.labels.items():
        if printed in names:
            faults.append(f"“{label}” không phải tên cột chuẩn: {', '.join(COLUMNS)}.")
    for part in parts:
        if folded(part) not in names:
            faults.append(f"Không có cột điểm thành phần “{part}”.")
        elif names.index(folded(part)) in places.values():
            faults.append(f"Cột “{part}” đã dùng, không thể vừa là điểm thành phần.")
        else:
            places[f"part:{part}"] = names.index(folded(part))
    if "unit" not in places and "unit_code" not in places:
        faults.append("Thiếu cột đơn vị: “unit” hoặc “unit_code”.")
    if "points" not in places and "percent" not in places:
        faults.append("Thiếu cột kết quả: “points” hoặc “percent”.")
    return places, faults


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


class _Row:
    """Takes one line's cells apart, noting every cell that cannot be read."""

    def __init__(
        self, line: int, cells: Sequence[str], header: Sequence[str], places: Mapping[str, int]
    ):
        self.line, self.cells, self.header, self.places = line, cells, header, places
        self.faults: list[str] = []
        if any(cells[len(header) :]):
            self.faults.append(f"Dòng {line} có nhiều ô hơn tiêu đề.")

    def read(self, parts: Sequence[str]) -> PublishedLine:
        unit, code = self.text("unit"), self.text("unit_code")
        if not unit and not code:
            column = "unit" if "unit" in self.places else "unit_code"
            self.faults.append(f"Dòng {self.line}, cột {self.named(column)}: thiếu tên đơn vị.")
        percent = self.number("percent")
        points, maximum = self.number("points"), self.number("max_points")
        if maximum is not None and maximum <= 0:
            self.fault("max_points", "phải lớn hơn 0")
            maximum = None
        if points is None:
            points, maximum = percent, None
        return PublishedLine(
            line=self.line,
            unit=unit or code,
            unit_code=code,
            block=self.text("block"),
            points=points,
            maximum=FULL if maximum is None else maximum,
            percent=percent,
            rank=self.rank(),
            band=self.text("classification"),
            parts=tuple((part, self.number(f"part:{part}")) for part in parts),
        )

    def cell(self, column: str) -> str:
        place = self.places.get(column)
        text = "" if place is None or place >= len(self.cells) else self.cells[place]
        return "" if text in NOTHING else text

    def text(self, column: str) -> str:
        text = self.cell(column)
        if len(text) > LONGEST[column]:
            self.fault(column, f"dài quá {LONGEST[column]} ký tự")
        return text

    def number(self, column: str) -> Decimal | None:
        text = self.cell(column)
        if not text:
            return None
        figure = self.parsed(column, text.removesuffix("%"), whole=False)
        if figure is not None and Fraction(figure) * 10**DECIMALS % 1:
            self.fault(column, f"nhận tối đa {DECIMALS} chữ số sau dấu phẩy")
        return figure

    def rank(self) -> int | None:
        text = self.cell("rank")
        figure = self.parsed("rank", text, whole=True) if text else None
        if figure is not None and figure < 0:
            self.fault("rank", "không được nhỏ hơn 0")
        return None if figure is None else int(figure)

    def parsed(self, column: str, text: str, whole: bool) -> Decimal | None:
        try:
            figure = parse_number(text, whole=whole)
        except NotANumber as fault:
            self.fault(column, fault.reason)
            return None
        if figure.copy_abs() >= (LARGEST_RANK if column == "rank" else LARGEST_FIGURE):
            self.fault(column, "lớn quá")
            return None
        return figure

    def fault(self, column: str, reason: str) -> None:
        told = f"Dòng {self.line}, cột {self.named(column)}: “{self.cell(column)}” {reason}."
        self.faults.append(told)

    def named(self, column: str) -> str:
        """The column as the file calls it, and what it was taken for."""
        printed = tidy(self.header[self.places[column]])
        known = column.startswith("part:") or folded(printed) == column
        return printed if known else f"{printed} ({column})"
