"""Counts of ratings brought in by file: kept as they were read, compared, written; all or none."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring.models import Campaign, CampaignUnit, RatingCount, RatingUpload
from scoring.models.campaign import BRINGS_IN, STEP_COLUMNS
from scoring.rules.campaign import CampaignState
from scoring.rules.ratings_file import (
    SHEET,
    Column,
    ReadUnit,
    lines_of_table,
    over,
    read_ratings,
    unit_from_json,
    why_doubtful,
)
from scoring.rules.result_file import marked_csv
from scoring.rules.satisfaction import Tally, of_aspects
from scoring.services.campaigns import hold, note
from scoring.services.table_files import cells_of
from scoring.workbook.ratings import ratings
from units.models import User
from units.names import shown_name

NOT_COLLECTING = "Chỉ nhập số liệu được khi đợt đang thu thập."
KEPT_UPLOADS = 10


@dataclass(frozen=True)
class Change:
    """A unit of the file beside what is stored. `measured` is None where there is no such unit."""

    row: ReadUnit
    measured: CampaignUnit | None
    stored: tuple[tuple[int, ...], ...]
    aspects: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the portal says so already."""
        told = self.row.dealings
        same_dealings = told is None or self.measured and told == self.measured.dealings
        return bool(self.may_be_written and self.stored == self.becomes and same_dealings)

    @property
    def may_be_written(self) -> bool:
        """Whether it is in order."""
        return self.measured is not None and not self.row.faults

    @property
    def becomes(self) -> tuple[tuple[int, ...], ...]:
        """Every aspect as it lies there once the file is written."""
        return over(self.row.counts, self.stored)

    @property
    def replaced(self) -> list[str]:
        """The aspects of which other counts are stored; the sums alone may hide that."""
        both = zip(self.aspects, self.stored, self.becomes, strict=True)
        return [aspect for aspect, now, then in both if any(now) and now != then]

    @property
    def doubt(self) -> str:
        """What is hard to believe in that; empty where nothing is."""
        before = self.measured.dealings if self.measured else None
        told = self.row.dealings
        return why_doubtful(self.becomes, before if told is None else told)

    @property
    def now(self) -> Tally:
        """What is stored, all aspects together."""
        return of_aspects(self.stored)

    @property
    def told(self) -> Tally:
        """What the unit has once the file is written, all aspects together."""
        return of_aspects(self.becomes)


def as_csv(campaign: Campaign) -> str:
    """The empty table of the units and aspects, with the mark by which Excel knows UTF-8."""
    return marked_csv(_empty(campaign))


def as_excel(campaign: Campaign) -> bytes:
    """The same as a workbook."""
    return ratings(_empty(campaign)[1:], title=f"{SHEET}: {campaign.title}")


def _empty(campaign: Campaign) -> list[tuple[str, ...]]:
    units = campaign.measured.order_by("unit__position", "unit__code")
    return lines_of_table(units.values_list("unit__code", "unit__name"), campaign.aspects)


@transaction.atomic
def take_in(campaign: Campaign, *, by: User, upload: File) -> tuple[RatingUpload, list[str]]:
    """Reads a table and keeps what it says; no figure changes yet. Beside it, what is to be said of
    other sheets of the file.

    Raises PermissionDenied, MoveRefused (not collecting), WorkbookFault (no such table).
    """
    held = _collecting(campaign, by)
    name = shown_name(upload.name or "")
    labels = [one.label for one in Column]
    cells, remarks = cells_of(upload, name, sheet=SHEET, labels=labels)
    measured = held.measured.values_list("unit__code", "pk", "unit__name")
    units = {code: (pk, unit_name) for code, pk, unit_name in measured}
    rows = read_ratings(cells, units, tuple(held.aspects))
    kept = RatingUpload.objects.create(
        campaign=held, file_name=name, rows=[row.as_json() for row in rows], uploaded_by=by
    )
    older = held.uploads.order_by("-pk").values_list("pk", flat=True)[KEPT_UPLOADS:]
    held.uploads.filter(pk__in=list(older)).delete()
    return kept, remarks


def changes_of(upload: RatingUpload) -> list[Change]:
    """What the table would change now, in the order of its rows. Two queries."""
    rows = [unit_from_json(row) for row in upload.rows]
    keys = [row.unit for row in rows if row.unit]
    found = CampaignUnit.objects.filter(campaign=upload.campaign_id, pk__in=keys)
    measured = found.select_related("unit").in_bulk()
    stored = counts_of(upload.campaign, keys)
    nothing = ((0,) * len(STEP_COLUMNS),) * len(upload.campaign.aspects)
    aspects = tuple(upload.campaign.aspects)
    return [
        Change(row, measured.get(row.unit or 0), stored.get(row.unit or 0, nothing), aspects)
        for row in rows
    ]


def counts_of(campaign: Campaign, keys: list[int]) -> dict[int, tuple[tuple[int, ...], ...]]:
    """Measured unit → steps of every aspect in their order; only those with a row. One query."""
    found: dict[int, list[tuple[int, ...]]] = {}
    rows = RatingCount.objects.filter(measured__in=keys)
    for measured, aspect, *steps in rows.values_list("measured", "aspect", *STEP_COLUMNS):
        lines = found.setdefault(
            measured, [(0,) * len(STEP_COLUMNS) for _ in range(len(campaign.aspects))]
        )
        lines[aspect] = tuple(steps)
    return {measured: tuple(lines) for measured, lines in found.items()}


@transaction.atomic
def write(upload: RatingUpload, *, by: User, chosen: Mapping[int, int]) -> int:
    """The counts of the chosen units take the place of what is stored: all of them or none.

    chosen: measured unit → the version that was seen. Raises PermissionDenied, MoveRefused,
    ChangedMeanwhile.
    """
    held = _collecting(upload.campaign, by)
    if not chosen:
        raise MoveRefused("Đề nghị chọn ít nhất một đơn vị.")
    units = CampaignUnit.objects.filter(campaign=held, pk__in=chosen)
    list(units.select_for_update(no_key=True).order_by("pk"))
    upload.campaign = held
    changes = {change.measured.pk: change for change in changes_of(upload) if change.measured}
    written = []
    for key, version in chosen.items():
        change = changes.get(key)
        if change is None or change.measured is None or not change.may_be_written:
            raise MoveRefused("Trang này đã cũ, đề nghị tải lại.")
        if change.measured.version != version:
            raise ChangedMeanwhile(
                f"Chưa ghi đơn vị nào: {change.row.named} vừa được người khác ghi. Đề nghị xem lại."
            )
        if not change.same:
            written.append((change.measured, change))
    RatingCount.objects.filter(measured__in=[measured for measured, _ in written]).delete()
    RatingCount.objects.bulk_create(
        RatingCount(measured=measured, aspect=place, **dict(zip(STEP_COLUMNS, steps, strict=True)))
        for measured, change in written
        for place, steps in enumerate(change.becomes)
    )
    for measured, change in written:
        measured.version += 1
        told = change.row.dealings
        measured.dealings = measured.dealings if told is None else told
    CampaignUnit.objects.bulk_update([one for one, _ in written], ["version", "dealings"])
    if written:
        words = f"{grouped(len(written))} đơn vị từ tệp {upload.file_name}"
        note(held, BRINGS_IN, words, by=by)
    return len(written)


def _collecting(campaign: Campaign, by: User) -> Campaign:
    held = hold(campaign, by=by)
    if held.state != CampaignState.COLLECTING:
        raise MoveRefused(NOT_COLLECTING)
    return held
