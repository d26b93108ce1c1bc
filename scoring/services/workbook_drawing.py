"""The dossier goes out as a workbook: what is stored, laid out and stamped."""

from django.utils import timezone

from cchc_portal.kit.workbook_stamp import STAMP_SHEET, signed
from scoring import access
from scoring.models import Criterion, Dossier, Score
from scoring.rules.answers import parse_rule
from scoring.rules.kinds import Source
from scoring.rules.workbook import (
    GUIDE_SHEET,
    LIST_SHEET,
    Book,
    Component,
    Group,
    Sheet,
    entry_of,
    lines_of,
    sheet_name,
)
from scoring.rules.workbook_stamp import FORM, Stamp, laid
from scoring.workbook import workbook

SALT = "scoring.workbook"


def draw(dossier: Dossier) -> bytes:
    """The dossier as it lies there now, as an Excel file.

    Two queries, three while it is returned.
    """
    now = timezone.localtime().replace(microsecond=0)
    book = _book(dossier)
    stamp = Stamp(
        form=FORM,
        dossier=dossier.pk,
        unit=dossier.unit_id,
        unit_name=dossier.unit.name,
        period=dossier.period_id,
        period_title=dossier.period.title,
        made_at=now.isoformat(),
        sheets=tuple(laid(sheet) for sheet in book.sheets),
    )
    return workbook(book, signed(stamp.as_json(), salt=SALT))


def _book(dossier: Dossier) -> Book:
    period = dossier.period
    facts = (
        ("Đơn vị", dossier.unit.name),
        ("Kỳ đánh giá", f"{period.title} ({period.assessor.name})"),
        ("Khối", dossier.block.name),
        ("Hạn nộp", f"Hết ngày {dossier.last_day:%d/%m/%Y}"),
        ("Tải về lúc", f"{timezone.localtime():%H:%M ngày %d/%m/%Y}"),
    )
    return Book(
        title=f"Hồ sơ tự đánh giá năm {period.year}",
        facts=facts,
        closed_because=access.why_pen_is_closed(dossier, today=timezone.localdate()),
        sheets=tuple(_sheets(dossier)),
    )


def _sheets(dossier: Dossier) -> list[Sheet]:
    branches = Criterion.objects.branches(dossier.block_id)
    taken = {name.casefold() for name in (GUIDE_SHEET, LIST_SHEET, STAMP_SHEET)}
    named = access.rows_sent_back(dossier)
    areas: dict[int, dict[int, list[Component]]] = {}
    for score in dossier.scores.select_related("criterion").order_by("criterion__position"):
        criterion = branches[score.criterion.parent_id]
        groups = areas.setdefault(criterion.parent_id, {})
        groups.setdefault(criterion.pk, []).append(_component(score, named))
    return [
        Sheet(
            name=sheet_name(branches[area].code, branches[area].title, taken),
            title=f"{branches[area].code}. {branches[area].title}",
            groups=tuple(
                Group(f"{branches[pk].code} {branches[pk].title}", tuple(components))
                for pk, components in groups.items()
            ),
        )
        for area, groups in areas.items()
    ]


def _component(score: Score, named: set[int]) -> Component:
    criterion = score.criterion
    rule = parse_rule(criterion.rule)
    own = criterion.source == Source.SELF
    return Component(
        score=score.pk,
        version=score.version,
        key=criterion.key or criterion.code,
        code=criterion.code,
        title=criterion.title,
        maximum=score.maximum,
        rule_words=rule.words(score.maximum),
        evidence=tuple(criterion.evidence_expected),
        lines=lines_of(rule),
        excusable=criterion.not_applicable_allowed,
        stored=entry_of(
            rule, score.maximum, score.self_answer, score.self_not_applicable, score.self_note
        )
        if own
        else None,
        points=score.self_points,
        excused=score.self_not_applicable,
        source=str(criterion.get_source_display()),
        open=not access.why_not_among(named, score),
    )
