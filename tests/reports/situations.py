"""Periods ready to be published and editions that are, built only through the services."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import count

from django.utils import timezone

from reports.models import Edition, LostPoint
from reports.services import editions
from reports.services.frozen import Decision
from reports.services.losses import become_task, losses_of
from reports.services.previews import preview_of
from scoring.models import Dossier, Period
from scoring.rules.kinds import Side, Source
from scoring.rules.reply import Outcome
from scoring.services import dossiers, explanations, periods
from scoring.services.replies import replies_of
from tests.scoring.replied import CHANGED, a_told_dossier
from tests.worlds import (
    Province,
    Work,
    Year,
    a_draft_dossier,
    an_answer,
    an_open_period,
    fill,
    hand_in,
    settle,
)
from units.models import Unit, User
from units.permissions import Role

EXCUSE = "Đơn vị mới thành lập trong năm."

CORRECTION = "Cộng sót vụ việc của một đơn vị."

DECISION = "Nhận một phần theo báo cáo bổ sung."

_numbers = count(101)


@dataclass
class Publication:
    """A period, who may publish it, and what was published."""

    year: Year
    head: User
    edition: Edition | None = None

    @property
    def period(self) -> Period:
        return Period.objects.select_related("assessor").get(pk=self.year.period.pk)


def a_decision(decided_on: date | None = None, **columns) -> Decision:
    """The paperwork of a decision of today."""
    usual = Decision(
        number=f"{next(_numbers)}/QĐ-CAT-PV01",
        decided_on=decided_on or timezone.localdate(),
        place="Thử Nghiệm",
        signer_authority="KT.",
        signer_position="Phó Giám đốc",
        signer_rank="Đại tá",
        signer_name="Nguyễn Văn An",
    )
    return usual._replace(**columns)


def publish(period: Period, *, by: User, decision: Decision | None = None) -> Edition:
    """Everything is read, every remark ticked, and what was read is published."""
    looked = preview_of(period, by=by).all_seen
    return editions.publish(period, by=by, decision=decision or a_decision(), looked=looked)


def works_of(year: Year) -> list[Work]:
    """Every dossier of the period with its people; one verifier for all."""
    first = a_draft_dossier(year)
    found = Dossier.objects.for_page().filter(period=year.period).order_by("unit__code")
    return [
        replace(
            first,
            dossier=dossier,
            editor=year.province.a_person(Role.EDITOR, dossier.unit),
            head=year.province.a_person(Role.HEAD, dossier.unit),
        )
        for dossier in found
    ]


def a_locked_period(
    province: Province | None = None, *, verified: int = 1, **columns
) -> Publication:
    """The first units verified, each with one point more lost than the one before; the others
    excused."""
    year = an_open_period(province, **columns)
    for position, work in enumerate(works_of(year)):
        if position < verified:
            _verify(work, lost=position)
        else:
            dossiers.excuse(work.dossier, by=year.organiser, comment=EXCUSE)
    year.period = periods.lock(year.period, by=year.organiser)
    return Publication(year, year.province.a_person(Role.HEAD, year.province.police))


def an_edition(province: Province | None = None, *, verified: int = 1, **columns) -> Publication:
    """The same, published today. Its paper waits for a worker."""
    publication = a_locked_period(province, verified=verified, **columns)
    publication.edition = publish(publication.period, by=publication.head)
    return publication


def a_disputed_edition(province: Province | None = None) -> Publication:
    """Published: the first unit lost two components (`CHANGED`), objected to the one and was given
    half a point, and agreed to the other; the other unit was excused."""
    told = a_told_dossier(an_open_period(province))
    year = told.work.year
    told.say(CHANGED[0])
    told.send(agree_rest=True)
    objection = told.work.score(CHANGED[0]).explanations.get()
    told.decide(objection, Outcome.PARTLY, points=Fraction(1, 2), decision=DECISION)
    for dossier in year.period.dossiers.exclude(pk=told.work.dossier.pk):
        dossiers.excuse(dossier, by=year.organiser, comment=EXCUSE)
    year.period = periods.lock(year.period, by=year.organiser)
    head = year.province.a_person(Role.HEAD, year.province.police)
    publication = Publication(year, head)
    publication.edition = publish(publication.period, by=head)
    return publication


def a_changed_period(publication: Publication, *, lost: int = 3) -> Publication:
    """The published period opened for a correction: the best unit loses so many points, agrees,
    and the period is locked again."""
    edition = publication.period.editions.order_by("-number").first()
    editions.open_for_correction(edition, by=publication.head, comment=CORRECTION)
    best = edition.results.filter(rank=1).first()
    dossier = Dossier.objects.for_page().get(period=edition.period_id, unit=best.unit_id)
    year = publication.year
    work = replace(a_draft_dossier(year), dossier=dossier)
    dossiers.reopen(dossier, by=year.organiser, comment=CORRECTION)
    answer = an_answer(work.score("2.1.2"), {"events": str(lost)})
    settle(work, "2.1.2", answer=answer, reason="Cộng lại số vụ việc.")
    dossiers.verify(work.now(), by=work.verifier)
    head = year.province.a_person(Role.HEAD, dossier.unit)
    seen = explanations.stamp_of(replies_of(work.now(), now=timezone.now()))
    explanations.send(work.now(), by=head, seen=seen, agree_rest=True)
    periods.lock(publication.period, by=year.organiser)
    return publication


def a_correction(publication: Publication | None = None) -> Publication:
    """Two units ranked; the best one turns out to have lost three points, and falls behind."""
    corrected = a_changed_period(publication or an_edition(verified=2))
    corrected.edition = publish(
        corrected.period, by=corrected.head, decision=a_decision(reason=CORRECTION)
    )
    return corrected


def _verify(work: Work, *, lost: int) -> None:
    for code in work.dossier.scores.unanswered().values_list("criterion__code", flat=True):
        fill(work, code, {"events": str(lost)} if code == "2.1.2" else None)
    hand_in(work)
    for score in work.dossier.scores.select_related("criterion"):
        if score.criterion.source == Source.SELF:
            settle(work, score.criterion.code)
        else:
            answer = an_answer(score)
            settle(work, score.criterion.code, answer=answer, reason="Kết quả đo lường năm nay.")
    dossiers.verify(work.dossier, by=work.verifier)


def a_lost_point(edition: Edition, unit: Unit, *, by: User) -> LostPoint:
    """Something the unit lost in the edition, made a task of the year after."""
    dossier = Dossier.objects.select_related("unit", "period", "block").get(
        period=edition.period_id, unit=unit
    )
    loss = losses_of(dossier, Side.VERIFIED).lines[0]
    return become_task(dossier, loss.code, Side.VERIFIED, by=by).lost_point
