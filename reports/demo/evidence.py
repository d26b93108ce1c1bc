"""Made-up papers that stand as evidence: drawn once, filed in each unit, attached there."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from django.core.files.base import ContentFile

from cchc_portal.kit.pdf import render_pdf
from scoring.models import Dossier, Score
from scoring.rules.kinds import Source
from scoring.services import evidence
from units.models import Document, User
from units.services import documents


@dataclass(frozen=True)
class Sample:
    """A paper: what it is, its number in each unit's own series, and on which pages it proves."""

    kind: str
    subject: str
    symbol: str
    chapters: tuple[str, ...]
    foot: str = "Dữ liệu minh họa"
    draft: bool = False


SAMPLES = (
    Sample(
        "Kế hoạch",
        "công tác cải cách hành chính trong năm",
        "KH-CCHC",
        (
            "Mục đích, yêu cầu",
            "Nhiệm vụ trọng tâm",
            "Cải cách thủ tục hành chính",
            "Tổ chức thực hiện",
        ),
    ),
    Sample(
        "Báo cáo",
        "kết quả công tác cải cách hành chính trong kỳ",
        "BC-CCHC",
        ("Công tác chỉ đạo, điều hành", "Kết quả thực hiện", "Hạn chế, nguyên nhân", "Kiến nghị"),
    ),
    Sample(
        "Báo cáo",
        "kết quả giải quyết hồ sơ thủ tục hành chính trong kỳ",
        "BC-TTHC",
        ("Số liệu tiếp nhận", "Số liệu giải quyết", "Hồ sơ quá hạn", "Phản ánh, kiến nghị"),
    ),
)


@cache
def _drawn(sample: Sample) -> bytes:
    title = f"{sample.kind} {sample.subject}"
    return render_pdf("reports/pdf/sample_evidence.html", {"paper": sample}, title=title)


def attach_some(dossier: Dossier, *, by: User, issued_on: date, random: Random) -> None:
    """Files the sample papers in the unit's cabinet and attaches one to every second component."""
    filed = [_file(sample, dossier, by, issued_on, random) for sample in SAMPLES]
    rows = Score.objects.filter(dossier=dossier, criterion__source=Source.SELF)
    for row in rows.order_by("criterion__position"):
        if random.randrange(100) < 55:
            sample, document = random.choice(list(zip(SAMPLES, filed, strict=True)))
            page = random.randint(1, 2)
            passage = sample.chapters[2 * page - 2]
            evidence.attach(row, by=by, document=document, page=page, passage=passage)


def _file(sample: Sample, dossier: Dossier, by: User, issued_on: date, random: Random) -> Document:
    return documents.file(
        dossier.unit,
        by=by,
        upload=ContentFile(_drawn(sample), name=f"{sample.symbol.lower()}.pdf"),
        title=f"{sample.kind} {sample.subject}",
        number=f"{random.randint(11, 480)}/{sample.symbol}",
        office=dossier.unit.name,
        issued_on=issued_on,
        declared_not_secret=True,
    )
