"""From a dossier, as it is or as it was handed in, to the words and the file of its report."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils import timezone

from cchc_portal.kit.numerals import as_fraction, exactly
from cchc_portal.kit.pdf import render_pdf
from reports.papers.parts import Issuer, Signature
from reports.papers.self_assessment_words import (
    NOTHING,
    Explanation,
    Explanations,
    ScoreLine,
    SelfAssessmentPaper,
    figure,
    paragraphs,
    sum_line,
)
from reports.rules import decree
from reports.rules.issuers import Office, office_of
from scoring.models import Criterion, Dossier, Score, Submission
from scoring.rules.changes import Said
from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.kinds import PeriodKind, Source
from scoring.rules.proof import Claim
from scoring.rules.tally import Mark, Tally, tally
from scoring.services.submissions import said_in, said_now
from units.models import UnitSpell

SUBJECTS = {
    PeriodKind.INDEX: "Tự đánh giá Chỉ số cải cách hành chính",
    PeriodKind.MODEL: "Tự đánh giá mô hình bộ phận một cửa",
}
SYMBOL = "BC"

UNPROVEN = "Tiêu chí thành phần có điểm, chưa có tài liệu kiểm chứng"
EXCUSED = "Tiêu chí thành phần đề nghị không áp dụng"
OTHERS = "Nội dung giải trình khác"


def self_assessment_pdf(dossier: Dossier, submission: Submission | None) -> bytes:
    """The report as it was handed in, or a draft of what the dossier says now."""
    paper = self_assessment_paper(dossier, submission)
    return render_pdf(
        "reports/pdf/self_assessment.html",
        {"paper": paper},
        title=paper.title,
        author=paper.issuer.name,
    )


def self_assessment_paper(dossier: Dossier, submission: Submission | None) -> SelfAssessmentPaper:
    """What the report says, word for word. Four to six queries, however many components.

    The dossier needs unit, period and assessor (`for_page`).
    """
    today = timezone.localdate()
    signed_on = timezone.localdate(submission.submitted_at) if submission else None
    said = said_in(submission) if submission else said_now(dossier)
    scores = list(dossier.scores.for_page())
    issuer, office, addressee = _parties(dossier, signed_on or today)
    period, words = dossier.period, submission or dossier
    own = _own(scores, said)
    return SelfAssessmentPaper(
        issuer=issuer,
        signature=_signature(office, submission),
        subject=f"{SUBJECTS[PeriodKind(period.kind)]} năm {period.year}",
        addressee=addressee,
        period=period.title,
        year=today.year,
        own=own,
        total=sum_line("", "Cộng", _maximum(scores), own),
        sums=tuple(
            sum_line(area.code, area.title, _maximum(below), _own(below, said))
            for area, below in _by_area(scores)
        ),
        lines=tuple(_lines(scores, said)),
        explanations=_explanations(scores, said),
        difficulties=paragraphs(words.difficulties, "Không có."),
        proposals=paragraphs(words.proposals, "Không có."),
        signed_on=signed_on,
        source=_source(submission),
        made_up=period.made_up,
    )


def _parties(dossier: Dossier, day: date) -> tuple[Issuer, Office, str]:
    """The unit as issuer with its office, and the assessor's name, by the names of the day."""
    unit, assessor = dossier.unit, dossier.period.assessor
    known = {unit.pk, assessor.pk, unit.parent_id}
    spells = {
        spell.unit_id: spell for spell in UnitSpell.objects.in_force_on(day).filter(unit__in=known)
    }
    names = {key: spell.name for key, spell in spells.items()}
    name = names.get(unit.pk, unit.name)
    above = names.get(unit.parent_id, "")
    office = office_of(name, unit.kind, above)
    issuer = Issuer(
        name=name,
        superior=above,
        head_in_full=office.head_in_full,
        symbol=SYMBOL,
        place=office.place,
    )
    return issuer, office, names.get(assessor.pk, assessor.name)


def _signature(office: Office, submission: Submission | None) -> Signature:
    """The head's own line while nobody has signed; then whoever handed in, for the head where
    their post is a deputy's."""
    if submission is None:
        return Signature(head=office.head, position=office.head)
    signer = submission.submitted_by
    authority = decree.authority_of(signer.post)
    return Signature(
        head=office.head,
        position=signer.post if authority else office.head,
        authority=authority,
        rank=signer.police_rank,
        name=signer.full_name,
    )


def _by_area(scores: list[Score]) -> Iterator[tuple[Criterion, list[Score]]]:
    areas: dict[int, tuple[Criterion, list[Score]]] = {}
    for score in scores:
        area = score.criterion.parent.parent
        areas.setdefault(area.pk, (area, []))[1].append(score)
    yield from areas.values()


def _own(scores: list[Score], said: Mapping[int, Said]) -> Tally:
    """Sums over what the unit assesses itself."""
    return tally(
        Mark(
            score.criterion.source,
            score.maximum,
            said[score.pk].points,
            said[score.pk].not_applicable,
        )
        for score in scores
        if score.pk in said
    )


def _maximum(scores: list[Score]):
    """All that can be reached, whoever gives it; bonus and penalty stand beside the scale."""
    within = [score for score in scores if score.criterion.source not in BEYOND_MAXIMUM]
    return sum((as_fraction(score.maximum) for score in within), as_fraction(0))


def _lines(scores: list[Score], said: Mapping[int, Said]) -> Iterator[ScoreLine]:
    """The annex: area, criterion and component, each with its sum."""
    seen: set[int] = set()
    for score in scores:
        criterion = score.criterion.parent
        for level, node in (("area", criterion.parent), ("criterion", criterion)):
            if node.pk in seen:
                continue
            seen.add(node.pk)
            below = [
                one
                for one in scores
                if node.pk in (one.criterion.parent_id, one.criterion.parent.parent_id)
            ]
            own = _own(below, said)
            points = figure(own.points) if own.all else NOTHING
            yield ScoreLine(level, node.code, node.title, exactly(node.maximum, 2), points=points)
        yield _component(score, said.get(score.pk))


def _component(score: Score, said: Said | None) -> ScoreLine:
    criterion = score.criterion
    if said is None:
        source = Source(criterion.source).label
        return ScoreLine(
            "component", criterion.code, criterion.title, exactly(score.maximum, 2), source, NOTHING
        )
    answer = "Đề nghị không áp dụng" if said.not_applicable else said.answer
    return ScoreLine(
        level="component",
        code=criterion.code,
        title=criterion.title,
        maximum=exactly(score.maximum, 2),
        answer=answer or "Chưa chấm",
        points=NOTHING if said.points is None else figure(said.points),
        evidence=tuple(piece.cited for piece in said.pieces),
    )


def _explanations(scores: list[Score], said: Mapping[int, Said]) -> tuple[Explanations, ...]:
    sorts: dict[str, list[Explanation]] = {UNPROVEN: [], EXCUSED: [], OTHERS: []}
    for score in scores:
        one = said.get(score.pk)
        if one is None or not one.note.strip():
            continue
        claim = Claim(
            by_unit=True,
            expects_evidence=bool(score.criterion.evidence_expected),
            points=one.points,
            pieces=len(one.pieces),
        )
        unproven = UNPROVEN if claim.lacks_evidence else OTHERS
        sort = EXCUSED if one.not_applicable else unproven
        sorts[sort].append(
            Explanation(score.criterion.code, score.criterion.title, one.note.strip())
        )
    return tuple(Explanations(heading, tuple(lines)) for heading, lines in sorts.items() if lines)


def _source(submission: Submission | None) -> str:
    if submission is None:
        return "Bản đang soạn, chưa trình nộp"
    moment = timezone.localtime(submission.submitted_at)
    return f"Trình nộp lần {submission.number}, {moment:%H:%M ngày %d/%m/%Y}"
