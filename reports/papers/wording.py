"""The words a decision is proposed in. Every line may be changed before the paper is made.

Names are cited, article numbers of the circular never. Form and order of the lines: Nghị định
30/2020/NĐ-CP, Phụ lục I; names, numbers and days of cited papers as their issuers published them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_portal.kit.numerals import exactly
from reports.papers.decision import AnnexPaper, ResultRow
from reports.papers.parts import Article, Clause, Issuer
from reports.rules import decree
from reports.rules.rated import SOME_WITHOUT, WITHOUT, measured_in
from scoring.rules.satisfaction import Formula

LAW = "Căn cứ Luật Công an nhân dân ngày 20 tháng 11 năm 2018"
MINISTRY = "Bộ Công an"

# More shared ranks than these are left to the table itself.
TIES_NAMED = 5


@dataclass(frozen=True)
class Matter:
    """What is published.

    result: the thing approved, without year or owner; subject: what a result sheet is about;
    measure: what the classes go by; short: the same in a word or two; bases: lines beside the law;
    counts_for_emulation: whether the year's emulation takes it up.
    """

    result: str
    subject: str
    measure: str
    short: str
    percent_heading: str
    bases: tuple[str, ...]
    counts_for_emulation: bool


INDEX = Matter(
    result="kết quả xác định Chỉ số cải cách hành chính",
    subject="Chỉ số cải cách hành chính",
    measure="Chỉ số cải cách hành chính",
    short="chỉ số",
    percent_heading="Chỉ số (%)",
    bases=(
        "Căn cứ Thông tư số 27/2022/TT-BCA ngày 09 tháng 6 năm 2022 của Bộ trưởng Bộ Công an "
        "quy định tiêu chí cải cách hành chính và xác định chỉ số cải cách hành chính trong "
        "Công an nhân dân",
    ),
    counts_for_emulation=True,
)
ONE_STOP = Matter(
    result="kết quả chấm điểm mô hình bộ phận một cửa",
    subject="Chấm điểm mô hình bộ phận một cửa",
    measure="tỷ lệ điểm đạt được",
    short="tỷ lệ đạt",
    percent_heading="Tỷ lệ đạt (%)",
    bases=(
        "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về thực hiện "
        "cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính",
    ),
    counts_for_emulation=False,
)


@dataclass(frozen=True)
class Draft:
    """The proposed lines of a decision, to be read, changed and handed to EditionPaper."""

    subject: str
    bases: tuple[str, ...]
    articles: tuple[Article, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Replaced:
    """The decision that a correction takes the place of, and why.

    decision: "Quyết định số 3412/QĐ-CAT-PV01 ngày 09 tháng 6 năm 2022".
    """

    decision: str
    reason: str


def class_limits(floors: Sequence[Decimal], labels: Sequence[str]) -> str:
    """ "Xuất sắc từ 95 % trở lên; Tốt từ 80 % đến dưới 95 %; …; Không hoàn thành dưới 50 %".

    floors: in percent, best first; labels: one more than floors, the last for what is below all.
    """
    if not floors:
        return ""
    shown = [f"{exactly(floor)}{decree.GAP}%" for floor in floors]
    words = [f"{labels[0]} từ {shown[0]} trở lên"]
    words += [
        f"{label} từ {floor} đến dưới {above}"
        for label, floor, above in zip(labels[1:], shown[1:], shown, strict=False)
    ]
    return "; ".join([*words, f"{labels[-1]} dưới {shown[-1]}"])


INTERVALS = (
    "Trong ngoặc dưới mức độ hài lòng là khoảng tin cậy 95 %, tính theo số người đánh giá; hai "
    "khoảng giao nhau thì chưa nói được đơn vị nào hơn."
)


SATISFIED = f"Mức độ hài lòng của người dân, tổ chức: {decree.uncapitalised(Formula.SHARE.label)}."
NOT_MEASURED = "Dấu “–”: đơn vị không có, hoặc có quá ít lượt đánh giá của người dân, tổ chức."


def notes_under(
    rows: Sequence[ResultRow], *, scale_total: Decimal, ranks_skip: bool = True
) -> tuple[str, ...]:
    """What a table must explain: equal ranks, maxima below the scale, what satisfaction is the
    share of and by which campaign, that there is none."""
    notes = []
    shared = [
        (rank, count) for rank, count in Counter(row.rank for row in rows).items() if count > 1
    ]
    if shared:
        ranks = "; ".join(
            f"hạng {rank}: {decree.two_digits(count)} đơn vị" for rank, count in shared
        )
        named = f" ({ranks})" if len(shared) <= TIES_NAMED else ""
        after = "hạng kế tiếp được bỏ qua" if ranks_skip else "hạng kế tiếp được tính liền sau"
        notes.append(f"Các đơn vị có kết quả bằng nhau được xếp đồng hạng{named}, {after}.")
    if any(row.maximum < scale_total for row in rows):
        total = exactly(scale_total)
        notes.append(
            f"Điểm tối đa dưới {total} do có tiêu chí thành phần không áp dụng đối với đơn vị."
        )
    measured = [row.satisfaction is not None for row in rows]
    if any(measured):
        notes.append(SATISFIED)
        if told := measured_in(rows):
            notes.append(told)
        if not all(measured):
            notes.append(NOT_MEASURED)
    sure = [row.sure_from is not None for row in rows if row.satisfaction is not None]
    if any(sure):
        notes.append(INTERVALS)
    if not all(sure):
        notes.append(SOME_WITHOUT if any(sure) else WITHOUT)
    return tuple(notes)


def annex_title(matter: Matter, year: int) -> str:
    """The title each annex of a decision bears above the name of its block."""
    return f"{decree.capitalised(matter.result)} năm {year}"


def units_of(issuer: Issuer) -> str:
    """Whose results an issuer publishes, in the usual words; a matter may say it more closely."""
    if issuer.name == MINISTRY:
        return "các đơn vị thuộc cơ quan Bộ và Công an các tỉnh, thành phố trực thuộc Trung ương"
    if issuer.superior == MINISTRY:
        return f"Công an các đơn vị, địa phương thuộc {issuer.name}"
    return f"các đơn vị thuộc {issuer.name}"


def decision(
    matter: Matter,
    *,
    issuer: Issuer,
    year: int,
    annexes: Sequence[AnnexPaper],
    proposer: str,
    limits: str = "",
    whose: str = "",
    replaced: Replaced | None = None,
) -> Draft:
    """The lines of a decision that approves and publishes `matter` of a year.

    proposer: "Trưởng phòng Tham mưu"; limits: as class_limits() words them, empty to leave them
    out; whose: instead of the usual words for the units concerned; replaced: for a correction,
    whose annexes are followed by one of what has changed.
    """
    owner, result = whose or units_of(issuer), f"{matter.result} năm {year}"
    units = decree.two_digits(sum(annex.unit_count for annex in annexes))
    clauses = [_where_to_find(annexes, len(annexes) + bool(replaced))]
    if limits:
        clauses.append(Clause(f"Xếp loại theo {matter.measure}: {limits}."))
    in_force = "Quyết định này có hiệu lực thi hành kể từ ngày ký."
    if replaced:
        clauses.append(_what_changed(replaced, len(annexes) + 1))
        in_force = f"{in_force.removesuffix('.')} và thay thế {replaced.decision}."
    if matter.counts_for_emulation:
        in_force += (
            f" {decree.capitalised(result)} là một trong các tiêu chuẩn xét thi đua năm {year} "
            "của các đơn vị."
        )
    return Draft(
        subject=f"Phê duyệt và công bố {'lại ' if replaced else ''}{result} của {owner}",
        bases=(LAW, *matter.bases, f"Theo đề nghị của {proposer}"),
        articles=(
            Article(
                f"Phê duyệt và công bố kèm theo Quyết định này {result} của {units} đơn vị "
                f"thuộc {issuer.name}:",
                tuple(clauses),
            ),
            Article(in_force),
            Article(
                f"{proposer}, thủ trưởng các đơn vị có tên tại Phụ lục và các tổ chức, cá nhân "
                "có liên quan chịu trách nhiệm thi hành Quyết định này."
            ),
        ),
        recipients=_recipients(issuer),
    )


def _what_changed(replaced: Replaced, annexes: int) -> Clause:
    place = decree.annex_label(annexes, annexes)
    reason = replaced.reason.rstrip(" .")
    return Clause(
        f"Lý do công bố lại: {reason}. Nội dung thay đổi so với {replaced.decision} tại {place}."
    )


def _where_to_find(annexes: Sequence[AnnexPaper], total: int) -> Clause:
    """total: annexes of the decision, with those that are no table of results."""
    if len(annexes) < 2:
        place = decree.annex_label(1, total)
        return Clause(
            f"Điểm, thứ hạng và xếp loại của từng đơn vị tại {place} kèm theo Quyết định này."
        )
    if len(annexes) > len(decree.LETTERS):
        last = decree.annex_label(len(annexes), total)
        return Clause(f"Điểm, thứ hạng và xếp loại của từng đơn vị tại Phụ lục I đến {last}.")
    places = tuple(
        f"{decree.annex_label(position, total)}: {annex.block} "
        f"({decree.two_digits(annex.unit_count)}{decree.GAP}đơn{decree.GAP}vị)"
        for position, annex in enumerate(annexes, start=1)
    )
    return Clause("Điểm, thứ hạng trong từng khối và xếp loại của từng đơn vị tại:", places)


def _recipients(issuer: Issuer) -> tuple[str, ...]:
    if issuer.name == MINISTRY:
        return ("Như Điều 3", "Các đ/c Thứ trưởng (để chỉ đạo)", "Lưu: VT, V03")
    if issuer.superior == MINISTRY:
        return (
            "Như Điều 3",
            "V03, Bộ Công an (để báo cáo)",
            "Đ/c Giám đốc, các đ/c Phó Giám đốc",
            "Lưu: VT, PV01",
        )
    return ("Như Điều 3", f"{issuer.superior} (để báo cáo)", "Lưu: VT")
