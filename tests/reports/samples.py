"""Papers to draw: a province with blocks, one block of any length, a town on a scale of ten."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.charts.years import YearFigure
from reports.papers import wording
from reports.papers.decision import AnnexPaper, EditionPaper, ResultRow, UnrankedRow
from reports.papers.parts import Article, Check, Issuer, Signature
from reports.papers.sheets import AreaRow, Earlier, LossRow, ResultSheetPaper, Standing

HA_TINH = Issuer(
    name="Công an tỉnh Hà Tĩnh",
    superior="Bộ Công an",
    head_in_full="Giám đốc Công an tỉnh Hà Tĩnh",
    symbol="QĐ-CAT-PV01",
    place="Hà Tĩnh",
)
CUA_LO = Issuer(
    name="Công an thị xã Cửa Lò",
    superior="Công an tỉnh Nghệ An",
    head_in_full="Trưởng Công an thị xã Cửa Lò",
    symbol="QĐ-CATX",
    place="Cửa Lò",
)
THE_MINISTRY = Issuer(
    name="Bộ Công an",
    superior="",
    head_in_full="Bộ trưởng Bộ Công an",
    symbol="QĐ-BCA-V03",
    place="Hà Nội",
)
FLOORS = [Decimal(floor) for floor in (95, 80, 70, 50)]
LABELS = ["Xuất sắc", "Tốt", "Khá", "Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ"]
CODE = Check("7F3A-9C21", "trang Kết quả công bố", "https://cchc.example.vn/cong-bo/ky/7/")


def row(position: int, **changes) -> ResultRow:
    """The unit at a place of its table; its figures fall by a hundredth from place to place."""
    percent = Decimal("97.50") - Decimal(position) / 100
    ordinary = ResultRow(
        f"Công an huyện thứ {position}", percent, Decimal(100), percent, position, "Tốt"
    )
    return replace(ordinary, **changes)


def block(name: str, length: int, **changes) -> AnnexPaper:
    ordinary = AnnexPaper(
        title=wording.annex_title(wording.INDEX, 2022),
        block=name,
        rows=tuple(row(position) for position in range(1, length + 1)),
    )
    return replace(ordinary, **changes)


def decision(*annexes: AnnexPaper, issuer: Issuer = HA_TINH, **changes) -> EditionPaper:
    """A whole decision over the annexes given, signed by a deputy of the province."""
    annexes = annexes or (block("Khối Công an cấp huyện", 13),)
    lines = wording.decision(
        wording.INDEX,
        issuer=issuer,
        year=2022,
        annexes=annexes,
        proposer="Trưởng phòng Tham mưu",
        limits=wording.class_limits(FLOORS, LABELS),
    )
    ordinary = EditionPaper(
        issuer=issuer,
        subject=lines.subject,
        year=2022,
        bases=lines.bases,
        articles=lines.articles,
        recipients=lines.recipients,
        signature=Signature("Giám đốc", "Phó Giám đốc", "KT.", "Đại tá", "Nguyễn Văn An"),
        annexes=annexes,
        number="3412",
        decided_on=date(2022, 11, 24),
        edition="Bản công bố số 1",
    )
    return replace(ordinary, **changes)


def three_blocks() -> EditionPaper:
    """Two blocks of departments and the districts, with satisfaction, a tie and a unit unranked."""
    one_stop = block("Khối các phòng trực tiếp giải quyết thủ tục hành chính", 6)
    measured = replace(one_stop.rows[0], satisfaction=Decimal("95.70"))
    others = block(
        "Khối các phòng không trực tiếp giải quyết thủ tục hành chính",
        40,
        unranked=(UnrankedRow("Phòng Tham mưu", "chưa hoàn thành thẩm định"),),
    )
    return decision(
        replace(one_stop, rows=(measured, *one_stop.rows[1:])),
        others,
        block("Khối Công an cấp huyện", 13),
        check=CODE,
    )


def letters_everywhere(letters: str) -> EditionPaper:
    """A decision that shows the letters in upright, italic and bold type."""
    return replace(
        decision(block("", 1)),
        subject=letters,
        bases=(letters,),
        articles=(Article(letters),),
        recipients=(letters,),
    )


def sheet(**changes) -> ResultSheetPaper:
    area = AreaRow(
        "Cải cách thể chế", Decimal(8), Decimal("7.40"), Decimal("92.50"), Decimal("0.60")
    )
    ordinary = ResultSheetPaper(
        issuer=HA_TINH,
        subject="Chỉ số cải cách hành chính năm 2022 của Công an thị xã Hồng Lĩnh",
        standing=Standing(
            percent=Decimal("90.68"),
            band="Tốt",
            rank=5,
            ranked=13,
            block="Khối Công an cấp huyện",
            points=Decimal("90.68"),
            maximum=Decimal(100),
            tied=True,
            self_points=Decimal("94.90"),
            next_band="Xuất sắc",
            missing=Decimal("4.32"),
            satisfaction=Decimal("95.70"),
            ratings=12480,
            earlier=Earlier(2021, Decimal("91.07"), 3, 13),
        ),
        areas=(area,) * 8,
        total=replace(area, title="Cộng"),
        losses=(LossRow("7.2.1", "Tỷ lệ hồ sơ nộp trực tuyến", Decimal("1.42"), "Đạt 52,40 %"),),
        losses_rest="14 dòng còn lại mất 4,83 điểm, xem trên Cổng",
        source="Phiếu lấy từ Bản công bố số 1.",
        years=(
            YearFigure(2020, None),
            YearFigure(2021, Decimal("91.07")),
            YearFigure(2022, Decimal("90.68")),
        ),
        limits=tuple(zip(FLOORS, LABELS, strict=False)),
        check=CODE,
    )
    return replace(ordinary, **changes)
