"""Periodic reports of Công an tỉnh Hà Tĩnh: six months, received and merged; a month under way.

Every sentence is made up, and the rounds are marked so. Figures come from `figures.py`.
"""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from commitments.services.plans import Paper
from reports.demo.year import on
from reports.models import PeriodicReport, ReportRound
from reports.rules.outline import USUAL
from reports.services import periodic, periodic_content, rounds, section_texts
from scoring.models import Collection
from scoring.rules.indicator import Days, Span
from units.kinds import UnitKind
from units.models import Unit, User

WHOLE, SILENT, RETURNED = "HT-PC06", "HT-PH10", "HT-PC08"
SENT_ALREADY = ("HT-PV01", "HT-PX01", "HT-PA08", "HT-PC01")
USUAL_TEXTS = {
    "direction": (
        "Đơn vị đã ban hành kế hoạch cải cách hành chính, phân công một đồng chí lãnh đạo trực "
        "tiếp phụ trách; giao ban hằng tuần có nội dung về cải cách hành chính.",
        "Lãnh đạo đơn vị kiểm tra việc thực hiện kế hoạch tại {number} đội nghiệp vụ; kết quả "
        "kiểm tra được thông báo và khắc phục trong kỳ.",
    ),
    "procedures": (
        "Rà soát các thủ tục thuộc thẩm quyền, đề xuất rút ngắn thời hạn của {number} thủ tục; "
        "niêm yết công khai tại nơi tiếp nhận và trên trang thông tin của đơn vị.",
        "Duy trì việc trả kết quả đúng hạn; {number} hồ sơ có thư xin lỗi do phải bổ sung giấy tờ.",
    ),
    "digital": (
        "{number}0% văn bản đi được ký số; cán bộ tiếp nhận hướng dẫn công dân nộp hồ sơ trực "
        "tuyến ngay tại quầy.",
    ),
    "shortcomings": (
        "Tỷ lệ hồ sơ nộp trực tuyến còn thấp ở một số thủ tục; thiết bị quét tài liệu đã cũ.",
        "Việc cập nhật kết quả lên hệ thống có lúc còn chậm.",
    ),
    "next": (
        "Tập huấn cho cán bộ tiếp nhận; kiểm tra đột xuất {number} lượt; hoàn thành các nhiệm vụ "
        "đã đăng ký trong bản cam kết.",
    ),
}
MORE_TEXTS = {
    "institutions": "Góp ý 03 dự thảo văn bản; không có văn bản trái thẩm quyền.",
    "apparatus": "Sắp xếp lại 02 đội nghiệp vụ, giảm một đầu mối.",
    "civil_service": "Mở 01 lớp tập huấn về kỹ năng tiếp công dân cho 45 lượt cán bộ, chiến sĩ.",
    "finance": "Thực hiện đúng quy chế chi tiêu nội bộ, công khai dự toán hằng quý.",
    "achieved": "Bàn giao dữ liệu căn cước đúng tiến độ, được cấp trên ghi nhận.",
    "causes": "Số cán bộ tiếp nhận chưa đủ so với lượng hồ sơ tăng trong kỳ.",
    "proposals": "Đề nghị cấp trên bổ sung 02 máy quét tài liệu khổ A3.",
}
UNDER_WAY = {
    "direction": "Ban hành 02 văn bản đôn đốc; giao ban chuyên đề về hồ sơ trực tuyến.",
    "procedures": "Tiếp tục rà soát, đề xuất bỏ 01 thành phần hồ sơ đã có trong cơ sở dữ liệu.",
}
TOO_SHORT = "Đề nghị bổ sung số liệu hồ sơ quá hạn và nguyên nhân (dữ liệu minh họa)."


def build(
    province: Unit, staff: dict[str, User], hands: tuple[dict[int, User], ...], *, today: date
) -> None:
    """Both rounds ask departments, for the stretches of which there are figures."""
    random = Random(20260620)
    editors, heads = hands
    half = Collection.objects.filter(owner=province, span=Span.HALF).first()
    month = Collection.objects.filter(owner=province, span=Span.OWN).first()
    _six_months(half, staff, editors, heads, random)
    _a_month(month, staff, editors, heads, random, today)


def _six_months(half, staff, editors, heads, random: Random) -> None:
    with on(half.ends_on - timedelta(days=14)):
        opened = _open(half, staff["organiser"])
    for report in _reports(opened):
        texts = _texts(random)
        if report.unit.code == WHOLE:
            texts |= MORE_TEXTS
        late = timedelta(days=3 if report.unit.code == SILENT else -1)
        with on(half.due_on + late):
            _write(report, texts, by=editors.get(report.unit_id, heads[report.unit_id]))
            report = _send(report, by=heads[report.unit_id])
            periodic.accept(report, seen=report.version, by=staff["organiser"])
    with on(half.due_on + timedelta(days=5)):
        summary = rounds.sum_up(opened, by=staff["organiser"])
        _write(summary, _merged(summary), by=staff["organiser"])
        _send(summary, by=staff["head"], symbol="BC-CAT-PV01")


def _a_month(month, staff, editors, heads, random: Random, today: date) -> None:
    title = month.title.replace("số liệu", "công tác cải cách hành chính")
    with on(month.ends_on + timedelta(days=1)):
        opened = _open(month, staff["organiser"], title)
    with on(today - timedelta(days=1)):
        for report in _reports(opened):
            code, head = report.unit.code, heads[report.unit_id]
            if code == WHOLE:
                _write(report, UNDER_WAY, by=editors[report.unit_id])
            if code not in (*SENT_ALREADY, RETURNED):
                continue
            _write(report, _texts(random), by=head)
            report = _send(report, by=head)
            if code == RETURNED:
                periodic.give_back(
                    report, seen=report.version, comment=TOO_SHORT, by=staff["organiser"]
                )
            elif code != SENT_ALREADY[0]:
                periodic.accept(report, seen=report.version, by=staff["organiser"])
        summary = rounds.sum_up(opened, by=staff["organiser"])
        _write(
            summary,
            {"direction": "Chỉ đạo rà soát tiến độ các nhiệm vụ của năm."},
            by=staff["organiser"],
        )


def _open(figures: Collection, organiser: User, title: str = "") -> ReportRound:
    return rounds.open_(
        figures.owner,
        by=organiser,
        year=figures.year,
        span=figures.span,
        days=Days(figures.starts_on, figures.ends_on, figures.due_on),
        outline=USUAL,
        kinds=[UnitKind.DEPARTMENT],
        title=title,
        made_up=True,
    )


def _reports(opened: ReportRound) -> list[PeriodicReport]:
    return list(opened.reports.select_related("unit", "round__owner").order_by("unit__position"))


def _texts(random: Random) -> dict[str, str]:
    return {
        key: random.choice(texts).format(number=random.randint(2, 9))
        for key, texts in USUAL_TEXTS.items()
    }


def _merged(summary: PeriodicReport) -> dict[str, str]:
    """The level's own sentence, and below it what three units reported of each section."""
    below = PeriodicReport.objects.settled_below(summary).order_by("unit__position")[:3]
    found = {
        key: "\n".join(
            f"{report.unit}: {report.texts.get(section__key=key).words}" for report in below
        )
        for key in ("procedures", "digital")
    }
    return (
        MORE_TEXTS
        | found
        | {
            "direction": "Giám đốc Công an tỉnh ban hành kế hoạch kiểm tra, giao Phòng Tham mưu "
            "đôn đốc hằng tháng.",
            "shortcomings": "Một số đơn vị gửi báo cáo chậm; tỷ lệ hồ sơ trực tuyến chưa đồng đều.",
            "next": "Kiểm tra các đơn vị có tỷ lệ trực tuyến thấp; tổ chức đối thoại định kỳ.",
        }
    )


def _write(report: PeriodicReport, texts: dict[str, str], *, by: User) -> None:
    for text in report.texts.filter(section__key__in=texts).select_related("section"):
        section_texts.write(
            text.pk, by=by, words=texts[text.section.key], seen_version=text.version
        )


def _send(report: PeriodicReport, *, by: User, symbol: str = "BC") -> PeriodicReport:
    report.refresh_from_db(fields=["version"])
    number = f"{100 + report.pk % 400}/{symbol}"
    paper = Paper(number, timezone.localdate())
    seen = periodic_content.mark(periodic_content.live(report))
    periodic.send(report, seen=seen, paper=paper, by=by)
    report.refresh_from_db(fields=["version", "state"])
    return report
