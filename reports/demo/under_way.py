"""A year under way, around today: dossiers of Công an tỉnh Hà Tĩnh in every state."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import cycle
from random import Random

from django.utils import timezone

from reports.demo import drawn
from reports.demo.people import Registry
from reports.demo.year import DemoYear, on, send_reply
from scoring.models import Criterion, Dossier, Explanation, ReturnRemark, Score
from scoring.rules.reply import Outcome, Stance
from scoring.rules.workflow import DossierState, ExplanationState
from scoring.services import (
    assignments,
    criteria,
    dossiers,
    explanations,
    ownership,
    parts,
    periods,
    scores,
    second_draws,
)
from scoring.services.extensions import extend
from scoring.services.parts import Share
from scoring.services.replies import replies_of
from units.kinds import UnitKind
from units.models import Unit, User
from units.permissions import Role

RETURN = "Đề nghị bổ sung tài liệu kiểm chứng của các tiêu chí thành phần thuộc lĩnh vực 1."
REMARK = "Chưa có tài liệu kiểm chứng, giải trình chưa nêu được số liệu."
MENDED = "Số liệu theo báo cáo tháng 9 của đơn vị, đã rà lại từng hồ sơ."
MORE_TIME = (
    "Đơn vị tập trung phục vụ bảo vệ sự kiện trên địa bàn trong tuần cuối của đợt tự đánh giá."
)
OBJECTIONS = (
    (Stance.OBJECT, "Số liệu đã nêu tại báo cáo tháng 9 của đơn vị, đề nghị tính theo báo cáo."),
    (Stance.PARTLY, "Đơn vị nhận phần chậm của quý II; quý III đã thực hiện đúng hạn."),
)
DECISION = "Báo cáo tháng 9 lập sau ngày kết thúc kỳ số liệu nên không được tính."
TWICE, WITHIN = Decimal(10), Decimal(10)
"""Percent of the verdicts that are marked twice, and what two marks may differ by."""
ROWS_RETURNED = 3
UNITS_REPLYING = 2
AREAS_GIVEN = 3
EXCUSE = "Đơn vị mới được sắp xếp lại trong kỳ số liệu."
LEFT_EMPTY = "HT-PH10"
"""The unit whose people can try the page from the first component on."""
OWNER, OWNED_AREAS = "HT-PX01", ("4", "5")
"""Phòng Tổ chức cán bộ verifies organisation and civil service in all departments."""
FED = "dk_hoanthanh"
"""Key of the component that commitments answer: tasks that were registered and done."""
SHARED_OUT = "HT-PC06"
"""The unit that is half-way, its areas shared out among its people."""


def specialist_of_the_province(registry: Registry) -> User:
    """Who verifies at the department that owns criteria."""
    unit = Unit.objects.get(code=OWNER)
    return registry.person("thamdinh.px01", unit, Role.VERIFIER, post="Cán bộ Phòng Tổ chức cán bộ")


def build(province: Unit, staff: dict[str, User], hands, *, specialist: User, today: date) -> None:
    """Departments of today in two blocks, three weeks after the opening."""
    editors, heads = hands
    opened = today - timedelta(days=21)
    with on(opened - timedelta(days=7)):
        period = periods.draft(
            assessor=province,
            by=staff["organiser"],
            year=today.year,
            title=f"Chỉ số cải cách hành chính năm {today.year}",
            made_up=True,
            data_from=opened - timedelta(days=366),
            data_until=opened - timedelta(days=1),
            opens_on=opened,
            submit_by=today + timedelta(days=9),
            verify_by=today + timedelta(days=34),
            reply_by=today + timedelta(days=41),
            publish_on=today + timedelta(days=60),
        )
        year = DemoYear(
            period, staff["organiser"], staff["second"], editors, heads, Random(20260701)
        )
        department = [UnitKind.DEPARTMENT]
        year.add_block(
            "Khối phòng trực tiếp giải quyết thủ tục hành chính", "PHONG_CO_TTHC", department, True
        )
        year.add_block(
            "Khối phòng không trực tiếp giải quyết thủ tục hành chính",
            "PHONG_KHONG_TTHC",
            department,
            False,
        )
        _feed(year)
        drawn.link(year)
    with on(opened):
        year.open()
        _give_criteria(year, specialist)
    with on(today - timedelta(days=4), 10):
        _carry_on(year)
        second_draws.arrange(period, by=year.organiser, share=TWICE, tolerance=WITHIN, seen=0)
    with on(today - timedelta(days=3), 15):
        _give_dossiers(year, [staff["verifier"], staff["second"]])


def _feed(year: DemoYear) -> None:
    """The rate of the year's commitments is offered to the component about them."""
    fed = Criterion.objects.filter(criteria_set__block__period=year.period, key=FED)
    for node in fed.select_related("criteria_set__block__period"):
        rule = {**node.rule, "of_commitments": True}
        criteria.edit(node, by=year.organiser, seen=node.version, rule=rule)


def _give_criteria(year: DemoYear, specialist: User) -> None:
    """Two areas belong to a department, in both blocks."""
    unit = Unit.objects.get(code=OWNER)
    nodes = Criterion.objects.to_own(year.period).filter(parent__code__in=OWNED_AREAS)
    year.specialists = {node.pk: (unit, specialist) for node in nodes}
    owners = dict.fromkeys(year.specialists, unit.pk)
    ownership.put_owners(year.period, owners, by=year.organiser, seen=0)


def _give_dossiers(year: DemoYear, verifiers: list[User]) -> None:
    """Dossiers that were handed in are shared out in turn, some until a day of their own."""
    papers = Dossier.objects.filter(period=year.period, state=DossierState.SUBMITTED)
    for number, paper in enumerate(papers.order_by("block__position", "unit__position")):
        if number % 4 == 3:
            continue  # not given to anybody
        assignments.assign(
            paper.block,
            officer=verifiers[number % len(verifiers)],
            desk=year.period.assessor_id,
            dossiers=[paper.pk],
            node=None,
            by=year.organiser,
            due_on=year.period.verify_by - timedelta(days=10) if number % 3 else None,
        )


def _carry_on(year: DemoYear) -> None:
    """Each dossier as far as the next of the stories in turn."""
    stories = cycle((_begun, _submitted, _being_verified, _verified, _returned))
    todo = Dossier.objects.for_page().filter(period=year.period)
    excused = False
    for dossier in todo.exclude(unit__code=LEFT_EMPTY):
        if not excused:
            dossiers.excuse(dossier, by=year.organiser, comment=EXCUSE)
            excused = True
            continue
        truth = year.plan(dossier, Fraction(year.random.randint(8000, 9700), 100))
        if dossier.unit.code == SHARED_OUT:
            _shared_out(year, dossier, truth)
            continue
        story: Callable[[DemoYear, Dossier, dict], None] = next(stories)
        story(year, dossier, truth)


def _begun(year: DemoYear, dossier: Dossier, truth: dict) -> None:
    year.fill(dossier, truth, share=55)
    year.prove(dossier)
    if not Dossier.objects.filter(period=year.period).exclude(extended_until=None).exists():
        until = dossier.last_day + timedelta(days=5)
        extend(dossier, by=year.organiser, until=until, reason=MORE_TIME, seen=dossier.last_day)


def _shared_out(year: DemoYear, dossier: Dossier, truth: dict) -> None:
    """The head has given the first areas to the officer; about half is answered."""
    officer, head = year.editors[dossier.unit_id], year.heads[dossier.unit_id]
    areas = Criterion.objects.areas().filter(criteria_set__block=dossier.block_id)
    share = Share(officer.pk, dossier.last_day - timedelta(days=3))
    first = areas.order_by("position")[:AREAS_GIVEN]
    parts.share_out(dossier, {area.pk: share for area in first}, by=head, seen=0)
    year.fill(dossier, truth, share=45)
    year.prove(dossier)


def _submitted(year: DemoYear, dossier: Dossier, truth: dict) -> None:
    year.fill(dossier, truth)
    drawn.take(year, dossier, truth)
    year.set_aside(dossier)
    year.say(dossier)
    year.prove(dossier)
    year.submit(dossier)


def _being_verified(year: DemoYear, dossier: Dossier, truth: dict) -> None:
    """Handed in a second time, mended where it had been returned."""
    _returned(year, dossier, truth)
    for remark in ReturnRemark.objects.standing(Dossier.objects.get(pk=dossier.pk)):
        row = Score.objects.get(pk=remark.score_id)
        scores.save_self(
            row,
            by=year.editors[dossier.unit_id],
            answer=truth[row.criterion_id],
            note=MENDED,
            not_applicable=False,
            seen_version=row.version,
        )
    year.submit(dossier)
    year.judge(dossier, truth, share=40)


def _verified(year: DemoYear, dossier: Dossier, truth: dict) -> None:
    _submitted(year, dossier, truth)
    year.judge(dossier, truth)
    year.verify(dossier)
    _reply(year, Dossier.objects.for_page().get(pk=dossier.pk))


def _reply(year: DemoYear, dossier: Dossier) -> None:
    """The first units reply to what was changed; the first objection of all is decided, the others
    wait; later units have not looked yet."""
    told = replies_of(dossier, now=timezone.now())
    replied = Explanation.objects.filter(score__dossier__period=year.period)
    if not told or replied.values("score__dossier").distinct().count() == UNITS_REPLYING:
        return
    editor, head = year.editors[dossier.unit_id], year.heads[dossier.unit_id]
    for reply, (stance, text) in zip(told, OBJECTIONS, strict=False):
        explanations.write(reply.score, by=editor, stance=stance, text=text, seen_version=0)
    send_reply(dossier, by=head)
    if not replied.filter(state=ExplanationState.DECIDED).exists():
        explanations.decide(
            replied.filter(state=ExplanationState.SENT).first(),
            by=year.organiser,
            outcome=Outcome.REFUSED,
            decision=DECISION,
            seen_version=1,
        )


def _returned(year: DemoYear, dossier: Dossier, truth: dict) -> None:
    _submitted(year, dossier, truth)
    unproven = dossier.scores.for_proof().filter(pieces=0)[:ROWS_RETURNED]
    remarks = {row.pk: REMARK for row in unproven}
    dossiers.send_back(dossier, by=year.verifier, comment=RETURN, remarks=remarks)
