"""The commitment of Phòng Công tác đảng và công tác chính trị, Công an tỉnh Nghệ An, 2022."""

from datetime import date

from reports.demo.commitments import build_commitments
from reports.demo.people import Registry
from reports.demo.year import on
from units.models import Unit
from units.permissions import Role


def build(registry: Registry) -> None:
    """Two people of the department, the head of the province, one commitment."""
    province, department = Unit.objects.get(code="NA"), Unit.objects.get(code="NA-PX03")
    with on(date(2022, 1, 4)):
        receiving_head = registry.person(
            "giamdoc.nghean", province, Role.HEAD, post="Giám đốc", rank="Đại tá"
        )
        head = registry.person("thutruong.px03.na", department, Role.HEAD, post="Trưởng phòng")
        editor = registry.person("nhaplieu.px03.na", department, Role.EDITOR)
    with on(date(2022, 12, 20)):
        build_commitments(unit=department, editor=editor, head=head, receiving_head=receiving_head)
