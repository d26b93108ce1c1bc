"""A workbook with a component of every kind of rule, drawn and read without a database."""

import io
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from cchc_portal.kit.workbook_file import WorkbookFault, read_workbook
from scoring.rules.answers import parse_rule
from scoring.rules.workbook import (
    Book,
    Component,
    Entry,
    Group,
    Sheet,
    entry_of,
    lines_of,
)
from scoring.rules.workbook_changes import Change, Stored, compare
from scoring.rules.workbook_reading import Known, layout_faults, read_rows, row_from_json
from scoring.rules.workbook_stamp import FORM, Stamp, laid
from scoring.workbook import workbook
from tests.scoring.books import Filled
from tests.scoring.rules.examples import RULES

CHOICES = "1. Chọn trong danh sách"
FIGURES = "2. Số liệu"
CHOSEN = ("binary", "state", "checklist")
EXCUSABLE = ("ratio", "money")
MAXIMUM = Decimal(100)


def nothing(name: str) -> Stored:
    """A component about which nothing was said."""
    return Stored(parse_rule(RULES[name]), MAXIMUM, 1, None, False, "")


@dataclass
class Paper:
    """What is stored, by the name of the rule, and the workbook of it."""

    stored: dict[str, Stored] = field(
        default_factory=lambda: {name: nothing(name) for name in RULES}
    )

    def fill(self, name: str, answer: dict | None = None, note: str = "", excused=False) -> None:
        """Somebody saves one component on the portal."""
        old = self.stored[name]
        self.stored[name] = replace(
            old, version=old.version + 1, answer=answer, note=note, excused=excused
        )

    def score(self, name: str) -> int:
        return list(RULES).index(name) + 1

    def book(self) -> Book:
        names = [CHOSEN, [name for name in RULES if name not in CHOSEN]]
        sheets = [
            Sheet(title, title, (Group("Nhóm", tuple(map(self.component, part))),))
            for title, part in zip((CHOICES, FIGURES), names, strict=True)
        ]
        return Book("Hồ sơ", (("Đơn vị", "Phòng =1+1"), ("Kỳ", "@năm")), "", tuple(sheets))

    def component(self, name: str) -> Component:
        one = self.stored[name]
        return Component(
            score=self.score(name),
            version=one.version,
            key=name,
            code=name,
            title=f"={name}",
            maximum=MAXIMUM,
            rule_words=one.rule.words(MAXIMUM),
            evidence=("@văn bản", "+kế hoạch"),
            lines=lines_of(one.rule),
            excusable=name in EXCUSABLE,
            stored=self.entry(name),
            points=None,
            excused=one.excused,
            source="Đơn vị tự đánh giá",
        )

    def entry(self, name: str) -> Entry:
        one = self.stored[name]
        return entry_of(one.rule, MAXIMUM, one.answer, one.excused, one.note)

    def drawn(self) -> bytes:
        """The workbook as a file."""
        return workbook(self.book(), "dấu")

    def filled(self) -> Filled:
        """The workbook opened to be filled in; the stamp is taken now."""
        return Filled(self.drawn())

    def stamp(self) -> Stamp:
        sheets = tuple(map(laid, self.book().sheets))
        return Stamp(FORM, 1, 1, "Phòng", 1, "Kỳ", "2022-01-01T00:00:00+07:00", sheets)

    def changes(self, content: Any, stamp: Stamp | None = None) -> dict[str, Change]:
        """What the file would change; `stamp` is of an earlier day where something has moved.

        Raises WorkbookFault.
        """
        content = content.saved() if isinstance(content, Filled) else content
        stamp = stamp or self.stamp()
        sheets = read_workbook(io.BytesIO(content), len(content))
        if faults := layout_faults(stamp, sheets):
            raise WorkbookFault(*faults)
        known = {
            self.score(name): Known(one.rule, MAXIMUM, name in EXCUSABLE)
            for name, one in self.stored.items()
        }
        names = list(RULES)
        rows = [row_from_json(row.as_json()) for row in read_rows(stamp, sheets, known)]
        return {
            names[row.score - 1]: compare(row, self.stored[names[row.score - 1]])
            for row in rows
            if row.touched
        }
