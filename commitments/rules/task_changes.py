"""What an uploaded table of tasks would change, row by row, against the draft now. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cchc_portal.kit.worded import Worded
from commitments.rules.task_reading import ReadTask
from commitments.rules.task_table import Taken, digest
from commitments.rules.terms import Difference, TaskTerms, differences


class Standing(Worded):
    """How a row of the table stands to the draft."""

    SAME = "same", "Không đổi"
    ADD = "add", "Thêm mới"
    CHANGE = "change", "Sẽ đổi"
    CONFLICT = "conflict", "Có bản mới hơn trên cổng"
    GONE = "gone", "Đã bị xóa trên cổng"
    INVALID = "invalid", "Chưa hợp lệ"


@dataclass(frozen=True)
class Stored:
    """A task as it lies in the draft now."""

    version: int
    terms: TaskTerms


@dataclass(frozen=True)
class Change:
    """One row with what writing it would come to; `version` is that of the task now, else 0."""

    row: ReadTask
    standing: Standing
    version: int = 0
    differences: tuple[Difference, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether writing it makes a task, not a change of one."""
        return self.standing in (Standing.ADD, Standing.GONE)

    @property
    def may_be_written(self) -> bool:
        """Whether there is something to write that is in order."""
        return self.standing not in (Standing.SAME, Standing.INVALID)


def compare(rows: Iterable[ReadTask], stored: Mapping[int, Stored]) -> list[Change]:
    """What each row would change.

    A row that nobody touched changes nothing, whatever was written meanwhile; a new one that says
    what a task of the draft says already is that task, so that a file brought twice adds once.
    """
    said = {digest(one.terms) for one in stored.values()}
    return [_compare(row, stored, said) for row in rows]


def _compare(row: ReadTask, stored: Mapping[int, Stored], said: set[str]) -> Change:
    now = stored.get(row.task) if row.task else None
    version = now.version if now else 0
    if not row.touched:
        return Change(row, Standing.SAME, version)
    if row.terms is None:
        return Change(row, Standing.INVALID, version)
    if now is None:
        if digest(row.terms) in said:
            return Change(row, Standing.SAME)
        return Change(row, Standing.GONE if row.task else Standing.ADD)
    if digest(row.terms) == digest(now.terms):
        return Change(row, Standing.SAME, version)
    standing = Standing.CHANGE if row.version == now.version else Standing.CONFLICT
    return Change(row, standing, version, tuple(differences(now.terms, row.terms)))


def missing(rows: Iterable[ReadTask], taken: Iterable[Taken]) -> list[int]:
    """Tasks that stood in the table when it was taken away and no longer stand in the file: they
    stay unless somebody chooses otherwise."""
    told = {row.task for row in rows}
    return [one.task for one in taken if one.task not in told]
