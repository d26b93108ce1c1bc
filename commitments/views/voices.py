"""Remarks of citizens: the list with its counts, by unit, the file, one remark, who brought it."""

from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cchc_portal.kit.errors import MoveRefused
from commitments import voice_access as access
from commitments.documents import voice_register
from commitments.forms.filters import VoiceFilterForm
from commitments.forms.voice_moves import LookForm
from commitments.models import Voice
from commitments.models.voice_reads import dealt_with_by
from commitments.rules.voice import (
    HANDLING,
    TERMS,
    VoiceKind,
    VoiceState,
    VoiceVerb,
    together,
)
from commitments.services import voice_people
from commitments.views.asking import posted
from commitments.views.moves import form_page
from commitments.views.paper import Chip
from units.access import may, units_where
from units.models import Unit
from units.rules.file_kinds import XLSX

ROWS, UNITS = 50, 200
OVERDUE, HANDED_ON, HANDED_LATE = "overdue", "handed_on", "handed_late"
WORDS_OF_MOVES = {
    VoiceVerb.CLASSIFY: "phan-loai",
    VoiceVerb.VERIFY: "xac-minh",
    VoiceVerb.ANSWER: "tra-loi",
    VoiceVerb.CLOSE: "ket-thuc",
    VoiceVerb.HAND_ON: "chuyen-don-vi",
    VoiceVerb.REFER: "chuyen-noi-khac",
    VoiceVerb.POINT: "khieu-nai-to-cao",
    VoiceVerb.DISCARD: "khong-tiep-nhan",
    VoiceVerb.REOPEN: "xem-xet-lai",
}


def found(request: HttpRequest, pk: int) -> Voice:
    """The remark among those that this person may see, else 404."""
    return get_object_or_404(Voice.objects.visible_to(request.user).for_page(), pk=pk)


def address(voice: Voice) -> str:
    """The page of the remark."""
    return reverse("voices:detail", args=[voice.pk])


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Remarks of one's units and of those directly below, newest first; no word of what they say
    and nobody's name."""
    form = VoiceFilterForm(request.GET)
    seen, today = Voice.objects.visible_to(request.user), timezone.localdate()
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = _narrowed(seen, wanted)
    mine, state = dealt_with_by(request.user), wanted.get("state", "")
    own = rows.filter(mine)
    counts = Counter(own.order_by().values_list("state", flat=True))
    late, gone = own.overdue(today).count(), rows.exclude(mine).count()
    chips = [Chip("", "Tất cả", counts.total() + gone)]
    chips += [Chip(one.value, one.label, counts[one.value]) for one in VoiceState]
    chips.append(Chip(OVERDUE, "Quá hạn", late))
    chips.append(Chip(HANDED_ON, "Đã chuyển đơn vị khác", gone))
    chips.append(Chip(HANDED_LATE, "Quá hạn khi chuyển", rows.handed_late().count()))
    listed = _in_state(rows, state, mine).for_list().newest_first()
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "selects": [form["kind"], form["channel"]],
        "page": page,
        "chips": [chip for chip in chips if chip.count or chip.value in ("", state)],
        "chosen": state,
        "years": seen.order_by("-year").values_list("year", flat=True).distinct(),
        "year": wanted.get("year"),
        "about": wanted.get("concerns"),
        "kinds": rows.by_kind(today, mine),
        "narrowed": any(wanted.values()),
        "may_receive": bool(units_where(request.user, HANDLING)),
        "oversees": Unit.objects.filter(parent__in=access.seats_of(request.user)).exists(),
        "made_up": any(one.made_up for one in page),
    }
    return render(request, "voices/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def by_unit(request: HttpRequest) -> HttpResponse:
    """What the remarks of a year that one sees came to, by the unit they are about: only counts."""
    near = access.seats_of(request.user)
    if not near:
        raise PermissionDenied("Trang này dành cho cán bộ xử lý phản ánh và lãnh đạo theo dõi.")
    form = VoiceFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    year = wanted.get("year") or today.year
    seen = Voice.objects.visible_to(request.user)
    asked = {name: wanted.get(name) for name in ("kind", "channel")}
    rows = _narrowed(seen, asked | {"year": year})
    lines = rows.by_concerned(today, dealt_with_by(request.user), near=near)
    context = {
        "form": form,
        "selects": [form["kind"], form["channel"]],
        "year": year,
        "years": sorted({year, *seen.values_list("year", flat=True)}, reverse=True),
        "page": Paginator(lines, UNITS).get_page(request.GET.get("page")),
        "sums": together(lines),
        "narrowed": any(asked.values()),
        "made_up": rows.filter(made_up=True).exists(),
    }
    return render(request, "voices/by_unit.html", context, status=200 if form.is_valid() else 422)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What the list shows under the same filter as an Excel file: no text, nobody's name."""
    form = VoiceFilterForm(request.GET)
    if not form.is_valid():
        return list_(request)
    wanted = form.cleaned_data
    rows = _narrowed(Voice.objects.visible_to(request.user), wanted)
    rows = _in_state(rows, wanted["state"], dealt_with_by(request.user)).for_list().newest_first()
    now = timezone.localtime()
    made_up = " · dữ liệu minh họa" if rows.filter(made_up=True).exists() else ""
    drawn = voice_register(
        rows.iterator(chunk_size=2000), note=f"Lập lúc {now:%H:%M ngày %d/%m/%Y}{made_up}"
    )
    answer = FileResponse(
        drawn,
        as_attachment=True,
        filename="so-theo-doi-phan-anh.xlsx",
        content_type=XLSX.content_type,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark: what was said, how it is dealt with, every move and every look."""
    return page_of(request, found(request, pk))


def page_of(
    request: HttpRequest, voice: Voice, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of a remark as it is now, with a sentence on top where something was refused."""
    events, answers = list(voice.events.for_page()), list(voice.answers.all())
    context = {
        "voice": voice,
        "made_up": voice.made_up,
        "refusal": refusal,
        "moves": [
            (one, reverse("voices:move", args=[voice.pk, WORDS_OF_MOVES[one.verb]]))
            for one in access.open_moves(request.user, voice)
        ],
        "term": TERMS[VoiceKind(voice.kind)],
        "may_look": access.may_look(request.user, voice),
        "may_forget": access.may_forget(request.user, voice),
        "handles": may(request.user, HANDLING, at=voice.unit_id),
        "hands": voice.hands.select_related("source", "target"),
        "answers": answers if len(answers) > 1 or voice.open else [],
        "unmanned": access.stands_in(request.user, voice),
        "forgotten": any(one.verb == VoiceVerb.FORGET for one in events),
        "events": events,
    }
    return render(request, "voices/detail.html", context, status=status)


@never_cache
@form_page
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why, then shows who brought it forward, once; the look is in the log."""
    voice = found(request, pk)
    access.require_handling(request.user, voice.unit_id)
    if request.method != "POST" and not voice.sender:
        return page_of(request, voice, refusal=voice_people.NOBODY_KEPT, status=409)
    form = LookForm(posted(request))
    context: dict[str, Any] = {"voice": voice, "form": form, "made_up": voice.made_up}
    if request.method == "POST" and form.is_valid():
        try:
            context["sender"] = voice_people.look(
                voice, reason=form.cleaned_data["reason"], by=request.user
            )
        except MoveRefused as refusal:
            return page_of(request, voice, refusal=refusal.sentence, status=409)
    return render(request, "voices/person.html", context, status=422 if form.errors else 200)


def _narrowed(rows, wanted: dict[str, Any]):
    if wanted.get("year"):
        rows = rows.filter(year=wanted["year"])
    for column in ("kind", "channel", "concerns"):
        if wanted.get(column):
            rows = rows.filter(**{column: wanted[column]})
    if wanted.get("words"):
        units = Unit.objects.matching(wanted["words"]).values("pk")
        rows = rows.filter(unit__in=units) | rows.filter(concerns__in=units)
    return rows


def _in_state(rows, state: str, mine: Q):
    """What was handed on is in no state of one's own: it has one where it went. That it was late
    by then stays true, wherever it lies."""
    if state == HANDED_ON:
        return rows.exclude(mine)
    if state == HANDED_LATE:
        return rows.handed_late()
    if state == OVERDUE:
        return rows.filter(mine).overdue(timezone.localdate())
    return rows.filter(mine, state=state) if state else rows
