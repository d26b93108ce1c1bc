"""Papers of a conference by Decree 30: its minutes with the table of items, and the table alone.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.10 (biên bản): secretary on the left, chair on
the right. What was signed is drawn as it was signed, whatever was answered since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from cchc_portal.kit.pdf import render_pdf
from commitments.models import Conference, DialogueRelease
from commitments.models.table import minutes_of
from commitments.rules.dialogue_table import without_names
from reports.papers.commitments import issuer_on
from reports.papers.parts import TITLE_WIDTH, Issuer, capital_lines, foot_line
from reports.rules import decree
from reports.rules.issuers import office_of

SUBJECT_WIDTH = 60


@dataclass(frozen=True)
class MinutesPaper:
    """Biên bản hội nghị, everything in words."""

    issuer: Issuer
    number: str
    subject: str
    begins: str
    place: str
    present: tuple[str, ...]
    chair: str
    secretary: str
    proceedings: tuple[str, ...]
    counts: str
    items: Sequence[Mapping[str, Any]]
    conclusion: tuple[str, ...]
    tasks: Sequence[Mapping[str, Any]]
    closing: str
    names: tuple[str, str]
    recipients: tuple[str, ...]
    foot: str
    draft: bool

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, SUBJECT_WIDTH)


@dataclass(frozen=True)
class TablePaper:
    """Bảng tổng hợp ý kiến: the items of a conference, with what came of each."""

    issuer: Issuer
    title: str
    subject: str
    counts: str
    items: Sequence[Mapping[str, Any]]
    tasks: Sequence[Mapping[str, Any]]
    foot: str
    draft: bool = False

    @property
    def title_lines(self) -> tuple[str, ...]:
        return capital_lines(self.title, TITLE_WIDTH)


def minutes_pdf(conference: Conference, *, names: bool) -> bytes:
    """The minutes as they were signed; before that as they are, marked as a draft.

    names: whether the reader is of the unit, and so may read who spoke."""
    paper = minutes_paper(conference, names=names)
    title = f"Biên bản {decree.uncapitalised(paper.subject)}"
    return render_pdf(
        "reports/pdf/minutes.html", {"paper": paper}, title=title, author=paper.issuer.name
    )


def minutes_paper(conference: Conference, *, names: bool) -> MinutesPaper:
    """What the minutes say, word for word."""
    content = conference.minutes or minutes_of(conference)
    if not names:
        content = without_names(content)
    said = content["heading"]
    unit = conference.unit
    issuer = issuer_on(unit, conference.held_on)
    symbol = office_of(issuer.name, unit.kind, issuer.superior).symbol
    online = f"; trực tuyến tới các điểm cầu: {_listed(said['points'])}" if said["points"] else ""
    place = said["place"] or "Họp trực tuyến"
    chair = ", ".join(filter(None, (said["chair"], said["chair_post"])))
    return MinutesPaper(
        issuer=issuer,
        number=f"{decree.BLANK}/{symbol.replace('QĐ', 'BB', 1)}",
        subject=said["title"],
        begins=_moment(conference.starts, conference.held_on),
        place=f"{place}{online}",
        present=tuple(filter(None, said["attendance"].split("; "))),
        chair=chair,
        secretary=said["secretary"],
        proceedings=_lines(said["proceedings"]),
        counts=said["counts"],
        items=content["items"],
        conclusion=_lines(said["conclusion"]),
        tasks=content["conclusions"],
        closing=decree.finished(
            f"Hội nghị kết thúc vào {_moment(conference.ends, conference.held_on)}"
        ),
        names=(said["secretary"], said["chair"]),
        recipients=decree.listed(
            filter(
                None,
                (
                    f"{issuer.superior} (để báo cáo)" if issuer.superior else "",
                    "Các đơn vị có nhiệm vụ tại kết luận" if content["conclusions"] else "",
                    "Lưu: VT, hồ sơ hội nghị",
                ),
            )
        ),
        foot=foot_line("", None, conference.made_up),
        draft=not conference.minuted,
    )


def table_pdf(conference: Conference, *, names: bool) -> bytes:
    """The table as it stands today, for the unit (with the names that were given) and above."""
    content = minutes_of(conference)
    return _table(conference, content if names else without_names(content))


def public_table_pdf(release: DialogueRelease) -> bytes:
    """The table as it was released. No name of a speaker is in it."""
    return _table(release.conference, release.content)


def _table(conference: Conference, content: Mapping[str, Any]) -> bytes:
    day = f"ngày {conference.held_on:%d/%m/%Y}"
    paper = TablePaper(
        issuer=issuer_on(conference.unit, conference.held_on),
        title="Bảng tổng hợp ý kiến, câu hỏi, kiến nghị",
        subject=f"{content['heading']['title']}, {day}",
        counts=content["heading"]["counts"],
        items=content["items"],
        tasks=content["conclusions"],
        foot=foot_line("", None, conference.made_up),
    )
    return render_pdf(
        "reports/pdf/dialogue_table.html",
        {"paper": paper},
        title=paper.title,
        author=paper.issuer.name,
    )


def _moment(hour: time | None, day: date) -> str:
    at = f"{hour:%H} giờ {hour:%M}" if hour else f"{decree.BLANK}giờ {decree.BLANK}"
    return f"{at}, {decree.day_in_words(day)}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _listed(text: str) -> str:
    return ", ".join(_lines(text))
