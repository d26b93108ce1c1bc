"""A drive day by day: what was done until then, beside what even days would want."""

from reports.drives import DriveView
from reports.rules.chart import Chart, Column, Row, Shape, figure

DAYS_WITH_FIGURES = 14


def so_far(view: DriveView) -> Chart:
    """Both figures at the end of every day that is reckoned with."""
    rows = [
        Row(f"{day:%d/%m/%Y}", (figure(done, 0), figure(wanted, 0)), short=f"{day:%d/%m}")
        for day, done, wanted in view.so_far
    ]
    return Chart(
        name="cao-diem",
        title="Cộng dồn theo ngày",
        shape=Shape.TREND,
        first="Ngày",
        columns=(Column("Đã thực hiện"), Column("Cần đạt nếu chia đều các ngày")),
        rows=tuple(rows),
        said="Số đã thực hiện cộng dồn đến cuối từng ngày, bên cạnh số cần đạt nếu chia đều.",
        unit=view.drive.noun,
        options={"min": 0, "labels": len(rows) <= DAYS_WITH_FIGURES},
    )
