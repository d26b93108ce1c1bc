"""One search over everything a person may see: each kind by the scope of its own app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from commitments.models import CommitmentTask, Conference, DialogueItem, Inspection, Plan
from reports.models import Edition, PeriodicReport
from reports.rules.found import Part, marked
from scoring.models import (
    Criterion,
    Drive,
    Indicator,
    criteria_found,
    documents_visible_to,
    indicators_found,
)
from units.models import Unit

SHOWN = 10
"""So many of a kind stand on the page of all kinds."""
MOST_COUNTED = 1000
"""What is found is not counted further: who finds more is to look for more words."""


@dataclass(frozen=True)
class Hit:
    """One thing that was found: its name with the words marked, what it is of, and its page."""

    name: list[Part]
    place: str
    address: str


@dataclass(frozen=True)
class Kind:
    """What can be looked for. `rows`: what the person may see of it and the words stand in;
    `told`: name, place and address of one row, without a query."""

    slug: str
    title: str
    noun: str
    icon: str
    rows: Callable[[Any, str], QuerySet]
    told: Callable[[Any], tuple[str, str, str]]

    def hit(self, row: Any, words: str) -> Hit:
        """The row as it is shown."""
        name, place, address = self.told(row)
        return Hit(marked(name, words), place, address)


@dataclass(frozen=True)
class Found:
    """The first hits of a kind, and how many there are in all, or of the first thousand."""

    kind: Kind
    hits: list[Hit]
    count: int

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > MOST_COUNTED

    @property
    def number(self) -> str:
        """How many there are, in words."""
        return number_of(self.count)


def number_of(count: int) -> str:
    """So many, in words; “trên 1.000” where they were not counted further."""
    return f"trên {grouped(MOST_COUNTED)}" if count > MOST_COUNTED else grouped(count)


def count_of(rows: QuerySet) -> int:
    """How many there are, one more than `MOST_COUNTED` at most (one query)."""
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()


def _units(user, words: str) -> QuerySet:
    return Unit.objects.matching(words).select_related("parent").order_by("position", "code")


def _unit(unit: Unit) -> tuple[str, str, str]:
    above = f" · {unit.parent.name}" if unit.parent else ""
    place = f"{unit.get_kind_display()}{above}"
    return f"{unit.name} ({unit.code})", place, reverse("units:unit", args=[unit.pk])


def _criterion(node: Criterion) -> tuple[str, str, str]:
    block = node.criteria_set.block
    page = reverse("scoring:block", args=[block.pk]) + f"#tc-{node.pk}"
    if node.my_dossier:
        page = reverse("scoring:dossier", args=[node.my_dossier])
        page += f"?dong={node.my_row}" if node.my_row else ""
    return f"{node.code} {node.title}", f"{block.period.title} · {block.name}", page


def _editions(user, words: str) -> QuerySet:
    found = Edition.objects.matching(words).defer("criteria")
    return found.order_by("-published_at", "-pk")


def _edition(edition: Edition) -> tuple[str, str, str]:
    name = f"Quyết định số {edition.decision_number}: {edition.title}"
    place = f"{edition.issuer_name} · ngày {edition.decided_on:%d/%m/%Y}"
    return name, place, reverse("reports:edition", args=[edition.pk])


def _plans(user, words: str) -> QuerySet:
    seen = Plan.objects.visible_to(user).matching(words)
    return seen.select_related("unit").newest_first()


def _plan(plan: Plan) -> tuple[str, str, str]:
    name = f"{plan.title}, số {plan.number}" if plan.number else plan.title
    place = f"{plan.party} · {plan.get_state_display().lower()}"
    return name, place, reverse("commitments:plan", args=[plan.pk])


def _documents(user, words: str) -> QuerySet:
    found = documents_visible_to(user).matching(words)
    return found.select_related("unit").order_by("-pk")


def _document(document) -> tuple[str, str, str]:
    unit = document.unit.name
    above = "" if document.office == unit else unit  # its own papers name it themselves
    place = " · ".join(filter(None, (above, document.reference)))
    return document.title, place, reverse("scoring:document", args=[document.pk])


def _tasks(user, words: str) -> QuerySet:
    found = CommitmentTask.objects.visible_to(user).live().matching(words)
    return found.select_related("commitment__unit").order_by("-pk")


def _task(task: CommitmentTask) -> tuple[str, str, str]:
    place = f"{task.commitment.party} · {task.commitment.called}"
    return task.title, place, reverse("commitments:task", args=[task.pk])


def _items(user, words: str) -> QuerySet:
    found = DialogueItem.objects.visible_to(user).raised().matching(words)
    return found.select_related("conference__unit").order_by("-pk")


def _item(item: DialogueItem) -> tuple[str, str, str]:
    place = f"{item.get_kind_display()} số {item.number} · {item.conference.title}"
    return item.text, place, reverse("conferences:item", args=[item.pk])


def _conferences(user, words: str) -> QuerySet:
    found = Conference.objects.visible_to(user).matching(words)
    return found.select_related("unit").newest_first()


def _conference(one: Conference) -> tuple[str, str, str]:
    place = f"{one.unit.name} · ngày {one.held_on:%d/%m/%Y}"
    return one.title, place, reverse("conferences:detail", args=[one.pk])


def _reports(user, words: str) -> QuerySet:
    found = PeriodicReport.objects.visible_to(user).matching(words)
    return found.for_page().order_by("-round__ends_on", "-pk")


def _report(one: PeriodicReport) -> tuple[str, str, str]:
    place = f"{one.unit.name} · {one.get_state_display().lower()}"
    return one.round.title, place, reverse("periodic:report", args=[one.pk])


def _inspections(user, words: str) -> QuerySet:
    found = Inspection.objects.visible_to(user).matching(words)
    return found.select_related("unit", "inspected").newest_first()


def _inspection(one: Inspection) -> tuple[str, str, str]:
    place = f"{one.unit.name} kiểm tra từ ngày {one.starts_on:%d/%m/%Y}"
    return one.called, place, reverse("inspections:detail", args=[one.pk])


def _drives(user, words: str) -> QuerySet:
    found = Drive.objects.visible_to(user).matching(words)
    return found.select_related("owner").order_by("-ends_on", "-pk")


def _drive(one: Drive) -> tuple[str, str, str]:
    days = f"từ ngày {one.starts_on:%d/%m/%Y} đến hết ngày {one.ends_on:%d/%m/%Y}"
    return one.title, f"{one.owner.name} · {days}", reverse("reports:drive", args=[one.pk])


def _indicator(one: Indicator) -> tuple[str, str, str]:
    """Its newest figures: of all units for who oversees them, else of one's own; before it is first
    asked for, its settings."""
    old = "" if one.current else " · đã thôi dùng"
    place = f"{one.owner.name} · tính bằng {one.measure}{old}"
    page = reverse("scoring:indicator-edit", args=[one.pk])
    if one.overseen_in:
        page = reverse("scoring:collection", args=[one.overseen_in])
    elif one.my_unit:
        page = reverse("scoring:readings", args=[one.my_collection, one.my_unit])
    return f"{one.code} {one.name}", place, page


KINDS = (
    Kind("don-vi", "Đơn vị", "đơn vị", "diagram-3", _units, _unit),
    Kind("tieu-chi", "Tiêu chí", "tiêu chí", "ui-checks-grid", criteria_found, _criterion),
    Kind("quyet-dinh", "Quyết định công bố", "quyết định", "megaphone", _editions, _edition),
    Kind("ke-hoach", "Kế hoạch", "kế hoạch", "calendar-event", _plans, _plan),
    Kind("tai-lieu", "Tài liệu", "tài liệu", "file-earmark-text", _documents, _document),
    Kind("nhiem-vu", "Nhiệm vụ cam kết", "nhiệm vụ", "flag", _tasks, _task),
    Kind("y-kien", "Ý kiến đối thoại", "ý kiến", "chat-left-text", _items, _item),
    Kind("hoi-nghi", "Hội nghị", "hội nghị", "people", _conferences, _conference),
    Kind("bao-cao", "Báo cáo định kỳ", "báo cáo", "journal-text", _reports, _report),
    Kind("kiem-tra", "Kiểm tra", "cuộc kiểm tra", "clipboard-check", _inspections, _inspection),
    Kind("cao-diem", "Đợt cao điểm", "đợt cao điểm", "graph-up-arrow", _drives, _drive),
    Kind("chi-tieu", "Chỉ tiêu số liệu", "chỉ tiêu", "bar-chart", indicators_found, _indicator),
)
"""Everything that is looked for, in the order of the page."""


def find(user, words: str) -> list[Found]:
    """The first hits of each kind of which there are any, with their number; at most two
    queries a kind: all keys as far as they are counted, so that every text is looked at once, and
    the rows that are shown."""
    found = []
    for kind in KINDS:
        rows = kind.rows(user, words)
        if keys := list(rows.values_list("pk", flat=True)[: MOST_COUNTED + 1]):
            shown = {row.pk: row for row in rows.filter(pk__in=keys[:SHOWN])}
            hits = [kind.hit(shown[key], words) for key in keys[:SHOWN] if key in shown]
            found.append(Found(kind, hits, len(keys)))
    return found
