"""A conference from its plan to the end of its following up."""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments.conference_access import require_holding, require_move
from commitments.models import Attendance, Conference
from commitments.models.superiors import superior_on
from commitments.models.table import minutes_of
from commitments.rules.conference import (
    CONFERENCE,
    HOLDING,
    ITEM,
    OPEN_ITEMS,
    ConferenceState,
    ConferenceVerb,
    ItemState,
    TaskState,
)
from commitments.rules.conference_terms import COLUMNS, ConferenceTerms, differences
from commitments.services.conference_rows import hold_writable, refuse_unless_writable, tell
from commitments.services.scans import hold_own
from units.access import require
from units.models import Document, Unit, User
from units.services import documents


@transaction.atomic
def plan(unit: Unit, *, terms: ConferenceTerms, by: User, made_up: bool = False) -> Conference:
    """A unit plans a conference; its superior of that day sees it. Raises PermissionDenied."""
    require(by, HOLDING, at=unit)
    conference = Conference.objects.create(
        unit=unit, above=superior_on(unit, terms.held_on), made_up=made_up, **_columns(terms)
    )
    _seat(conference, terms)
    tell(conference, ConferenceVerb.PLAN, by=by)
    return conference


@transaction.atomic
def revise(conference: Conference, *, seen: int, terms: ConferenceTerms, by: User) -> Conference:
    """What stands above the items is rewritten by whoever saw version `seen` of it.

    The log says what each part was and became; the same again leaves no line. Raises
    PermissionDenied, MoveRefused (minutes signed, or a day that does not fit what was done) or
    ChangedMeanwhile.
    """
    held = hold_writable(conference, by=by)
    if held.heading_version != seen:
        raise ChangedMeanwhile("Thông tin hội nghị vừa được người khác ghi; đề nghị xem lại.")
    changes = differences(held.terms, terms)
    if not changes:
        return held
    if held.state == ConferenceState.HELD and terms.held_on > timezone.localdate():
        raise MoveRefused("Hội nghị đã tổ chức, ngày họp không thể sau ngày hôm nay.")
    if held.collect_until and held.collect_until > terms.held_on:
        held.collect_until = terms.held_on
    for column, value in _columns(terms).items():
        setattr(held, column, value)
    held.above = superior_on(held.unit, terms.held_on)
    held.version += 1
    held.heading_version += 1
    held.save(update_fields=[*COLUMNS, "above", "collect_until", "version", "heading_version"])
    _seat(held, terms)
    tell(held, ConferenceVerb.REVISE, by=by, comment="; ".join(map(str, changes)))
    return held


@transaction.atomic
def hold(conference: Conference, *, by: User) -> Conference:
    """It took place. Raises PermissionDenied or MoveRefused (not planned, or not its day yet)."""
    held, move = _ask(conference, ConferenceVerb.HOLD, by=by)
    if held.held_on > timezone.localdate():
        raise MoveRefused("Chưa đến ngày họp nên chưa ghi nhận hội nghị đã tổ chức được.")
    return _move(held, move, by=by)


@transaction.atomic
def sign_minutes(conference: Conference, *, seen: int, by: User) -> Conference:
    """The head signs the minutes exactly as they were on the screen; from then on they stand.

    Raises PermissionDenied, MoveRefused (not held, or chair, secretary, course or hours missing)
    or ChangedMeanwhile.
    """
    held, move = _ask(conference, ConferenceVerb.SIGN_MINUTES, by=by)
    if held.version != seen:
        raise ChangedMeanwhile("Nội dung biên bản vừa được người khác sửa; đề nghị đọc lại.")
    missing = [
        words
        for words, value in (
            ("người chủ trì", held.chair),
            ("thư ký", held.secretary),
            ("giờ bắt đầu", held.starts),
            ("giờ kết thúc", held.ends),
            ("diễn biến hội nghị", held.proceedings),
        )
        if not value
    ]
    if missing:
        raise MoveRefused(f"Biên bản còn thiếu: {', '.join(missing)}.")
    held.signed_at, held.signed_by = timezone.now(), by
    held.minutes = minutes_of(held)
    return _move(held, move, "signed_at", "signed_by", "minutes", by=by)


@transaction.atomic
def take_back(conference: Conference, *, comment: str, by: User) -> Conference:
    """The head opens the minutes again, with a reason; what was public is taken down with them.

    Raises PermissionDenied or MoveRefused.
    """
    held, move = _ask(conference, ConferenceVerb.TAKE_BACK, by=by, comment=comment)
    held.signed_at = held.signed_by = held.minutes = held.release = None
    return _move(held, move, "signed_at", "signed_by", "minutes", "release", by=by, comment=comment)


@transaction.atomic
def close(conference: Conference, *, by: User) -> Conference:
    """The head ends the following up: everything was answered, every task came to an end.

    Raises PermissionDenied or MoveRefused (something is still open).
    """
    held, move = _ask(conference, ConferenceVerb.CLOSE, by=by)
    waiting = held.items.filter(state__in=OPEN_ITEMS).count()
    running = held.tasks.filter(state=TaskState.UNDER_WAY).count()
    if waiting or running:
        raise MoveRefused(
            f"Còn {waiting} ý kiến chưa có kết quả và {running} nhiệm vụ đang thực hiện nên chưa "
            "kết thúc theo dõi được."
        )
    end = ITEM.move(ConferenceVerb.END)
    held.items.filter(state=ItemState.ANSWERED).update(state=end.target)
    return _move(held, move, by=by)


@transaction.atomic
def cancel(conference: Conference, *, comment: str, by: User) -> Conference:
    """It will not take place, for a reason. Raises PermissionDenied or MoveRefused (opinions sent
    beforehand, or tasks made of them, are not done with)."""
    held, move = _ask(conference, ConferenceVerb.CANCEL, by=by, comment=comment)
    waiting = held.items.filter(state__in=OPEN_ITEMS).count()
    if waiting:
        raise MoveRefused(
            f"Còn {waiting} ý kiến đã nhận chưa có kết quả, đề nghị xử lý xong trước."
        )
    held.collect_until = None
    return _move(held, move, "collect_until", by=by, comment=comment)


def bring(conference: Conference, *, upload, declared_not_secret: bool, by: User) -> Conference:
    """A file is filed in the unit's cabinet and belongs to the conference. Its examination holds no
    row. PermissionDenied, MoveRefused."""
    require_holding(by, conference)
    refuse_unless_writable(conference)
    paper = documents.file(
        conference.unit, by=by, upload=upload, declared_not_secret=declared_not_secret
    )
    return attach(conference, document=paper, by=by)


@transaction.atomic
def attach(conference: Conference, *, document: Document, by: User) -> Conference:
    """A paper of the unit's cabinet belongs to the conference. PermissionDenied, MoveRefused."""
    held = hold_writable(conference, by=by)
    paper = hold_own(document, held.unit_id)
    if not held.papers.filter(pk=paper.pk).exists():
        held.papers.add(paper)
        tell(held, ConferenceVerb.ATTACH, by=by, comment=paper.title)
    return held


@transaction.atomic
def detach(conference: Conference, *, document: Document, by: User) -> Conference:
    """It no longer does; it stays in the cabinet. PermissionDenied, MoveRefused."""
    held = hold_writable(conference, by=by)
    if held.papers.filter(pk=document.pk).exists():
        held.papers.remove(document)
        tell(held, ConferenceVerb.DETACH, by=by, comment=document.title)
    return held


def _columns(terms: ConferenceTerms) -> dict:
    return {column: getattr(terms, column) for column in COLUMNS} | {"kinds": list(terms.kinds)}


def _seat(conference: Conference, terms: ConferenceTerms) -> None:
    conference.attendance.all().delete()
    Attendance.objects.bulk_create(
        Attendance(conference=conference, kind=kind, number=number)
        for kind, number in terms.attendance
    )


def _ask(
    conference: Conference, verb: ConferenceVerb, *, by: User, comment: str = ""
) -> tuple[Conference, Move]:
    held = Conference.objects.hold(conference.pk)
    require_move(by, held, CONFERENCE.move(verb))
    return held, CONFERENCE.check(verb, held.state, comment)


def _move(held: Conference, move: Move, *columns: str, by: User, comment: str = "") -> Conference:
    source, held.state = held.state, move.target
    held.version += 1
    held.save(update_fields=["state", "version", *columns])
    tell(held, move.verb, by=by, move=move, source=source, comment=comment)
    return held
