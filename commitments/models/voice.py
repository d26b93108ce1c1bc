"""Remarks of citizens: what was brought forward, and how it is dealt with."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.logbook import Kept
from cchc_portal.kit.veil import BEGINS
from commitments.rules.voice import (
    HANDLING,
    JUDGED,
    LEGAL,
    MENDED,
    OPEN,
    ORDINARY,
    TOLD,
    Channel,
    KindCount,
    Result,
    VoiceKind,
    VoiceState,
)
from units.access import units_where
from units.models import Unit
from units.permissions import Permission

LONGEST = 4000
LONGEST_ANSWER = 10_000
CODE_LENGTH = 12
_S = VoiceState
_VERIFIED = Q(result__in=JUDGED) | Q(kind=VoiceKind.LAW, result="")
"""What was verified has a result; a question of law has none."""


def dealt_with_by(user) -> Q:
    """Remarks that one's own units, or those directly below whom one leads, deal with today: not
    what they handed on to units outside."""
    led = units_where(user, Permission.SEE_DASHBOARD)
    return Q(unit__in={*units_where(user, HANDLING), *led}) | Q(above__in=led)


class VoiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the units where one handles them, and of those that one leads: one's own, and
        directly below; what these handed on too. The others of the unit do not read them."""
        here = {*units_where(user, HANDLING), *units_where(user, Permission.SEE_DASHBOARD)}
        passed = Q(pk__in=self.model.objects.filter(hands__source__in=here).values("pk"))
        return self.filter(dealt_with_by(user) | passed)

    def open(self):
        """Those on which the unit has to act."""
        return self.filter(state__in=OPEN)

    def overdue(self, today: date):
        """Those whose day has passed without an answer."""
        return self.open().filter(due_on__lt=today)

    def for_list(self):
        """With all that a row shows; neither the text nor whoever brought it forward is read."""
        return self.select_related("unit", "book", "concerns").defer(
            "text", "sender", "finding", "answer", "measures"
        )

    def for_page(self):
        """With all units it names."""
        return self.select_related("unit", "book", "above", "concerns")

    def newest_first(self):
        """By day of receipt; said here, for counting forgets `Meta.ordering`."""
        return self.order_by("-received_on", "-pk")

    def by_kind(self, today: date, mine: Q) -> list[KindCount]:
        """A line a kind of which there are any, in the order of the list; `mine`: those that one's
        units deal with, the others were handed on and count where they went. One query."""

        def number(condition: Q) -> Count:
            return Count("pk", filter=condition & mine)

        rows = (
            self.order_by()
            .values("kind")
            .annotate(
                received=Count("pk"),
                handed_on=Count("pk", filter=~mine),
                open=number(Q(state__in=OPEN)),
                overdue=number(Q(state__in=OPEN, due_on__lt=today)),
                **{result.value: number(Q(result=result)) for result in Result},
            )
        )
        found = {row.pop("kind"): row for row in rows}
        return [KindCount(kind, **found[kind]) for kind in VoiceKind if kind in found]


class Voice(models.Model):
    """Phản ánh, kiến nghị: with `unit`, about `concerns`, seen from `above`. Its number is one of
    the `book` of the unit that received it and stays when another deals with it.

    `key` is made by the page that sends it: sent twice it arrives once. `code` is what the sender
    follows it by. `sender` is veiled (decision 0088), or empty. A complaint or denunciation has no
    content here: the row says that it was registered, and where it was pointed to.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="voices", verbose_name="đơn vị giải quyết"
    )
    book = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="sổ của đơn vị"
    )
    above = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cấp trên trực tiếp",
    )
    concerns = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị được phản ánh"
    )
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    key = models.UUIDField("khóa gửi", default=uuid4, unique=True, editable=False)
    code = models.CharField("mã tra cứu", max_length=CODE_LENGTH, unique=True, editable=False)
    channel = models.CharField("nguồn", max_length=10, choices=Channel.choices)
    kind = models.CharField("loại", max_length=12, choices=VoiceKind.choices)
    text = models.TextField("nội dung", max_length=LONGEST, blank=True)
    received_on = models.DateField("ngày tiếp nhận")
    received_from = models.CharField("nơi chuyển đến", max_length=200, blank=True)
    due_on = models.DateField("hạn trả lời")
    sender = models.TextField("người phản ánh (đã mã hóa)", blank=True, editable=False)
    state = models.CharField(
        "trạng thái", max_length=10, choices=VoiceState.choices, default=VoiceState.RECEIVED
    )
    result = models.CharField("kết quả", max_length=10, choices=Result.choices, blank=True)
    finding = models.TextField("nội dung xác minh", max_length=LONGEST_ANSWER, blank=True)
    answer = models.TextField("nội dung trả lời", max_length=LONGEST_ANSWER, blank=True)
    answer_number = models.CharField("số văn bản trả lời", max_length=60, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    measures = models.TextField("biện pháp xử lý", max_length=LONGEST, blank=True)
    referred_to = models.CharField("nơi được chuyển, hướng dẫn đến", max_length=200, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    entered_at = models.DateTimeField("thời điểm ghi", auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "phản ánh, kiến nghị"
        verbose_name_plural = "phản ánh, kiến nghị"
        ordering = ("-received_on", "-pk")
        triggers = (Kept(),)
        constraints = (
            models.UniqueConstraint(
                fields=("book", "year", "number"), name="voice_number_once_a_year"
            ),
            models.CheckConstraint(
                name="voice_year_is_of_its_day", condition=Q(received_on__year=F("year"))
            ),
            one_of("channel", Channel, "voice_channel_known"),
            one_of("kind", VoiceKind, "voice_kind_known"),
            one_of("state", VoiceState, "voice_state_known"),
            models.CheckConstraint(
                name="voice_result_known", condition=Q(result__in=("", *Result.values))
            ),
            models.CheckConstraint(
                name="voice_due_after_receipt", condition=Q(due_on__gte=F("received_on"))
            ),
            models.CheckConstraint(
                name="voice_of_the_law_has_no_content",
                condition=Q(
                    kind__in=LEGAL,
                    state=_S.POINTED,
                    text="",
                    sender="",
                    finding="",
                    answer="",
                    measures="",
                    result="",
                )
                & ~Q(referred_to="")
                | Q(kind__in=ORDINARY, text__regex=r"\S") & ~Q(state=_S.POINTED),
            ),
            models.CheckConstraint(
                name="voice_sender_is_veiled",
                condition=Q(sender="") | Q(sender__startswith=BEGINS),
            ),
            models.CheckConstraint(
                name="voice_forwarded_says_from_where",
                condition=Q(channel=Channel.FORWARDED) & ~Q(received_from="")
                | ~Q(channel=Channel.FORWARDED) & Q(received_from=""),
                violation_error_message="Đề nghị ghi nơi chuyển đến khi chọn nguồn này, bỏ trống "
                "với các nguồn khác.",
            ),
            models.CheckConstraint(
                name="voice_typed_by_somebody",
                condition=Q(entered_by__isnull=False) | Q(channel=Channel.ONLINE),
            ),
            models.CheckConstraint(
                name="voice_result_agrees_with_state",
                condition=Q(state=_S.FOUND, result__in=JUDGED)
                | Q(state__in=TOLD) & _VERIFIED
                | Q(state=_S.REFERRED, result=Result.OUTSIDE) & ~Q(referred_to="")
                | Q(state__in=(_S.RECEIVED, _S.CLASSIFIED, _S.POINTED, _S.DISCARDED), result=""),
            ),
            models.CheckConstraint(
                name="voice_told_has_an_answer", condition=~Q(state__in=TOLD) | ~Q(answer="")
            ),
            models.CheckConstraint(
                name="voice_answer_has_a_day",
                condition=Q(answer="", answered_on=None)
                | ~Q(answer="") & Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="voice_founded_is_mended",
                condition=~Q(state=_S.CLOSED, result__in=MENDED) | ~Q(measures=""),
                violation_error_message="Phản ánh có cơ sở thì đề nghị ghi biện pháp xử lý.",
            ),
        )

    def __str__(self):
        return f"Phản ánh số {self.label}"

    @property
    def label(self) -> str:
        """ "12/2026"."""
        return f"{self.number}/{self.year}"

    @property
    def handed_on(self) -> bool:
        """Whether another unit deals with it than received it."""
        return self.unit_id != self.book_id

    @property
    def counted_from(self) -> date:
        """The day from which the term of its unit counts: its receipt, or when it was handed on to
        that unit (one query)."""
        return self.hands.aggregate(last=Max("handed_on"))["last"] or self.received_on

    @property
    def overdue(self) -> bool:
        """Whether its day has passed without an answer."""
        return self.state in OPEN and self.due_on < timezone.localdate()

    @property
    def looks(self) -> str:
        """The state whose badge it bears."""
        return "overdue" if self.overdue else self.state

    @property
    def standing_words(self) -> str:
        """The same in words."""
        return "Quá hạn" if self.overdue else str(VoiceState(self.state).label)

    @property
    def open(self) -> bool:
        """Whether the unit has to act."""
        return self.state in OPEN

    @property
    def legal(self) -> bool:
        """Whether it is a matter of the law of complaints and denunciations."""
        return self.kind in LEGAL

    @property
    def told(self) -> bool:
        """Whether there is an answer that the sender may read."""
        return self.state in TOLD

    @property
    def code_words(self) -> str:
        """The code in groups of four."""
        return "-".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))
