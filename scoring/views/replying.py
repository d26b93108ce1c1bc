"""The unit's page of its provisional result: what was changed and why, and its reply."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from cchc_portal.kit.differences import joined, side_by_side
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.strokes import by_the_same_hand
from scoring import access, parties, reply_access
from scoring.forms.replying import ReplyForm, SendForm
from scoring.models import Dossier, Score
from scoring.rules.kinds import Hindrance
from scoring.rules.reply import Stance, Standing
from scoring.rules.workflow import EXPLANATION, DossierState, ExplanationVerb
from scoring.second_access import require_nothing_kept
from scoring.services import explanations
from scoring.services.replies import Reply, replies_of, reply_of
from scoring.views.dossiers import found
from scoring.views.rows import Row
from scoring.views.save_row import save_row
from scoring.views.self_assessment import visible_score
from scoring.views.sheet import Sheet, sheet_of
from units.access import may


@dataclass
class ReplyRow:
    """One changed component with the reply to it. `form` holds what was sent and refused."""

    row: Row
    reply: Reply
    writable: bool
    form: ReplyForm | None = None
    state: str = ""
    sentence: str = ""

    @property
    def open(self) -> bool:
        """Whether the unit may say something now."""
        return self.reply.standing == Standing.UNSAID

    @property
    def version(self) -> int:
        """Of what is being written; 0 while nothing is."""
        return self.reply.writing.version if self.reply.writing else 0

    @property
    def stance(self) -> str:
        return self._typed("stance")

    @property
    def text(self) -> str:
        return self._typed("text")

    @property
    def choice(self) -> tuple[list, list]:
        """What was typed beside what somebody else has stored."""
        return side_by_side(self.text, self.reply.writing.text if self.reply.writing else "")

    def _typed(self, name: str) -> str:
        if self.form:
            return self.form.data.get(name, "")
        return getattr(self.reply.writing, name) if self.reply.writing else ""


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The provisional result of one dossier, once its verification has ended."""
    dossier = found(request, pk)
    require_nothing_kept(request.user, dossier)
    return _page(request, dossier)


@require_POST
@by_the_same_hand
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """One reply is written; 422 and 409 as for a row of the dossier. What is not accepted stays in
    the field, and on the machine on which it was typed."""
    score = visible_score(request, pk)
    access.require_pen(request.user, score.dossier)
    reply = reply_of(score, now=timezone.now())
    if reply is None:
        return _nothing_to_reply_to(request, score)
    form = ReplyForm(request.POST, period=score.dossier.period)

    def write() -> None:
        text = form.cleaned_data["text"]
        if form.joins:
            text = joined(reply.writing.text if reply.writing else "", text)
        explanations.write(
            score,
            by=request.user,
            stance=form.cleaned_data["stance"],
            text=text,
            seen_version=form.seen,
            stroke=form.sent_as,
        )

    return save_row(
        request,
        form,
        write=write,
        answer=partial(_row_state, request, pk),
        again=lambda: _row_again(request, pk),
    )


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """The head sends what was written, all of it."""
    dossier = found(request, pk)
    access.require_move(request.user, EXPLANATION.move(ExplanationVerb.SEND), dossier)
    form = SendForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("seen", [])))
        return _page(request, dossier, status=422)
    try:
        number = explanations.send(
            dossier,
            by=request.user,
            seen=form.cleaned_data["seen"],
            agree_rest=form.cleaned_data["agree_rest"],
        )
    except (MoveRefused, ChangedMeanwhile) as refusal:
        messages.error(request, refusal.sentence)
        return _page(request, found(request, pk), status=409)
    messages.success(request, f"Đã gửi ý kiến về {number} dòng tới cơ quan thẩm định.")
    return redirect(address_of(dossier))


def address_of(dossier: Dossier) -> str:
    """The dossier's page of its provisional result."""
    return reverse("scoring:reply", args=[dossier.pk])


def _page(request: HttpRequest, dossier: Dossier, *, status: int = 200) -> HttpResponse:
    told = dossier.state == DossierState.VERIFIED
    sheet = sheet_of(dossier, request.user)
    rows = _rows(request, dossier, sheet)
    counts = Counter(one.reply.standing for one in rows)
    asked = request.GET.get("loc", "")
    shown = [one for one in rows if one.reply.standing == asked] if asked in Standing else rows
    context = {
        "dossier": dossier,
        "told": told,
        "sheet": sheet,
        "rows": shown,
        "all_count": len(rows),
        "chips": [(one, counts[one]) for one in Standing if counts[one]],
        "asked": asked if asked in Standing else "",
        "stances": list(Stance),
        "last_day": max((one.reply.thread.last_day for one in rows if one.open), default=None),
        "judges": parties.judged_by(request.user, [dossier], period=dossier.period),
        "made_up": dossier.period.made_up,
        **_sending(request, dossier, rows),
    }
    return render(request, "scoring/reply.html", context, status=status)


def _rows(request: HttpRequest, dossier: Dossier, sheet: Sheet) -> list[ReplyRow]:
    writes = access.may_hold_pen(request.user, dossier)
    return [
        ReplyRow(sheet.row(reply.score.pk), reply, writes and reply.standing == Standing.UNSAID)
        for reply in replies_of(dossier, now=timezone.now())
    ]


def _sending(request: HttpRequest, dossier: Dossier, rows: list[ReplyRow]) -> dict[str, Any]:
    """What the line with the button says."""
    move = EXPLANATION.move(ExplanationVerb.SEND)
    open_ones = [one.reply for one in rows if one.open]
    ready = [one for one in open_ones if one.begun]
    return {
        "sends": may(request.user, move.permission, at=dossier.unit_id),
        "writes": access.may_hold_pen(request.user, dossier),
        "open_count": len(open_ones),
        "ready_count": len(ready),
        "rest_count": len(open_ones) - len(ready),
        "stamp": explanations.stamp_of(open_ones),
    }


def _reply_row(request: HttpRequest, score: Score, **said: Any) -> ReplyRow:
    """One row alone. The verdict on it must be told and differ."""
    reply = reply_of(score, now=timezone.now())
    writes = access.may_hold_pen(request.user, score.dossier)
    row = Row(score, list(score.evidence.select_related("document")))
    return ReplyRow(row, reply, writes and reply.standing == Standing.UNSAID, **said)


def _nothing_to_reply_to(request: HttpRequest, score: Score) -> HttpResponse:
    """The dossier was put back on the desk, or its verdict is now as the unit said."""
    sentence = reply_access.why_no_reply(score.dossier, score, now=timezone.now())
    if not request.htmx:
        messages.error(request, sentence)
        return _page(request, score.dossier, status=409)
    told = {"state": Hindrance.REFUSED, "detail": sentence, "version": 0}
    return fragment(request, "shared/_row_state.html", told, status=409)


def _row_state(
    request: HttpRequest,
    pk: int,
    form: ReplyForm | None,
    state: str,
    sentence: str,
    *,
    status: int = 200,
) -> HttpResponse:
    """How the row stands, and beside it the line with the button; without script, the whole page
    with what was typed."""
    score = visible_score(request, pk)
    if not request.htmx and form is not None:
        messages.error(request, sentence)
        return _page_with(request, score, form, status=status)
    one = _reply_row(request, score, form=form, state=state, sentence=sentence)
    context: dict[str, Any] = {"one": one, "dossier": score.dossier, "state": state}
    context |= {"sentence": sentence, "oob": True}
    if status == 200:
        every = replies_of(score.dossier, now=timezone.now())
        rows = [ReplyRow(Row(reply.score), reply, True) for reply in every]
        context |= _sending(request, score.dossier, rows)
    return fragment(request, "scoring/_reply_state.html", context, status=status)


def _page_with(request: HttpRequest, score: Score, form: ReplyForm, *, status: int) -> HttpResponse:
    one = _reply_row(request, score, form=form)
    context = {"one": one, "dossier": score.dossier, "stances": list(Stance)}
    context |= {"made_up": score.dossier.period.made_up}
    return render(request, "scoring/reply_again.html", context, status=status)


def _row_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole row in the place of the old one; without script, the page."""
    score = visible_score(request, pk)
    if not request.htmx:
        return redirect(f"{address_of(score.dossier)}#gt-{pk}")
    context = {"one": _reply_row(request, score), "dossier": score.dossier}
    context |= {"stances": list(Stance), "made_up": score.dossier.period.made_up}
    answer = fragment(request, "scoring/_reply_row.html", context)
    return reswap(retarget(answer, f"#gt-{pk}"), "outerHTML")
