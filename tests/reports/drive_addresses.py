"""The addresses of drives, and who comes through; a drive of two departments."""

from datetime import timedelta

from django.utils import timezone

from scoring.models import Drive
from scoring.services import drives
from tests.house.registry import EVERYBODY, Address, seats
from tests.worlds import Province
from units.models import User
from units.permissions import Permission

FORM = ("get", "post")


def a_drive(
    province: Province,
    *,
    by: User,
    days: int = 10,
    begins_in: int = -4,
    title: str = "Đợt cao điểm cấp căn cước",
    figure_code: str = "",
) -> Drive:
    """Under way since five days, a hundred cards for each department."""
    first = timezone.localdate() + timedelta(days=begins_in)
    return drives.open_(
        province.police,
        by=by,
        title=title,
        noun="thẻ",
        starts_on=first,
        ends_on=first + timedelta(days=days - 1),
        targets={unit.pk: 100 for unit in province.departments},
        figure_code=figure_code,
    )


DRIVES = [
    Address("reports:drives", passed=EVERYBODY),
    Address(
        "reports:drive-open",
        passed=seats(Permission.RUN_PERIOD, "above"),
        refused=seats(Permission.SEE_BELOW, "above"),
        args=lambda world: (world.drive.owner_id,),
        methods=FORM,
    ),
    Address(
        "reports:drive",
        passed=seats(Permission.SEE_BELOW, "above") | seats(Permission.SEE_UNIT, "here", "beside"),
        args=lambda world: (world.drive.pk,),
    ),
    *(
        Address(
            name,
            passed=seats(Permission.RUN_PERIOD, "above"),
            refused=seats(Permission.SEE_BELOW, "above")
            | seats(Permission.SEE_UNIT, "here", "beside"),
            args=lambda world: (world.drive.pk,),
            methods=FORM,
        )
        for name in ("reports:drive-change", "reports:drive-cancel")
    ),
    Address(
        "reports:drive-tell",
        passed=seats(Permission.FILL_DOSSIER, "here") | seats(Permission.RUN_PERIOD, "here"),
        refused=seats(Permission.SEE_BELOW, "above") | seats(Permission.SEE_UNIT, "here", "beside"),
        args=lambda world: (world.drive.shares.first().pk,),
        methods=FORM,
    ),
]
