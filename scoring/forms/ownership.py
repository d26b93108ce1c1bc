"""The organiser's form of owners: for each criterion a unit, or one unit for a whole area."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django import forms

from scoring.forms.answers import STALE
from scoring.models import Criterion
from units.models import Unit

UNKNOWN = "Đơn vị được chọn không trực thuộc cơ quan đánh giá hoặc chưa có cán bộ thẩm định."
ASSESSOR = "0"
ONE_BY_ONE = ("", "Theo từng tiêu chí")


@dataclass
class Line:
    """One criterion as it stands alike in one or several blocks of the period."""

    nodes: list[Criterion]
    owner: Unit | None
    fixed: bool

    @property
    def node(self) -> Criterion:
        """The first of them, which names the line."""
        return self.nodes[0]

    @property
    def blocks(self) -> list[str]:
        """Names of the blocks."""
        return [node.criteria_set.block.name for node in self.nodes]


@dataclass
class AreaLines:
    """An area with its lines."""

    area: Criterion
    lines: list[Line] = field(default_factory=list)

    @property
    def free(self) -> bool:
        """Whether something of it can be given to another unit."""
        return any(not line.fixed for line in self.lines)


class OwnersForm(forms.Form):
    """A choice for each line that is not fixed, one for each area; `seen`: the last change that
    was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        areas: Iterable[AreaLines],
        units: Iterable[Unit],
        assessor: Unit,
    ):
        super().__init__(data)
        self.areas = list(areas)
        choices = [(ASSESSOR, str(assessor)), *((str(one.pk), str(one)) for one in units)]
        known = {key for key, _ in choices}
        for part in self.areas:
            if part.free:
                area = f"{part.area.code}. {part.area.title}"
                self._ask(f"area_{part.area.pk}", f"Cả lĩnh vực {area}", [ONE_BY_ONE, *choices], "")
            for line in part.lines:
                now = str(line.owner.pk) if line.owner else ASSESSOR
                ended = [] if now in known else [(now, f"{line.owner}, đã kết thúc hoạt động")]
                if not line.fixed:
                    label = f"Đơn vị phụ trách tiêu chí {line.node.code}"
                    self._ask(f"owner_{line.node.pk}", label, choices + ended, now)

    def _ask(self, name: str, label: str, choices: list[tuple[str, str]], now: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            initial=now,
            required=False,
            widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            error_messages={"invalid_choice": UNKNOWN},
        )

    def rows(self) -> list[tuple]:
        """Each area with its field, if it has one, and its lines with theirs."""
        return [
            (
                part.area,
                self[f"area_{part.area.pk}"] if part.free else None,
                [(one, None if one.fixed else self[f"owner_{one.node.pk}"]) for one in part.lines],
            )
            for part in self.areas
        ]

    def owners(self) -> dict[int, int | None]:
        """What the service takes: the key of a criterion → that of its unit, None: the assessor.

        What is chosen for an area goes before what stands at its criteria.
        """
        said = self.cleaned_data
        found: dict[int, int | None] = {}
        for part in self.areas:
            for line in part.lines:
                if line.fixed:
                    continue
                chosen = said.get(f"area_{part.area.pk}") or said[f"owner_{line.node.pk}"]
                if chosen:
                    unit = None if chosen == ASSESSOR else int(chosen)
                    found |= {node.pk: unit for node in line.nodes}
        return found
