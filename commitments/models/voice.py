"""Remarks of citizens: what was brought forward, and how it is dealt with."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.logbook import Kept
from cchc_portal.kit.veil import BEGINS
from commitments.models.voice_reads import VoiceQuerySet
from commitments.rules.voice import (
    JUDGED,
    LEGAL,
    MENDED,
    OPEN,
    ORDINARY,
    TOLD,
    Channel,
    Result,
    VoiceKind,
    VoiceState,
    days_late,
    looks_as,
)
from units.models import Unit

LONGEST = 4000
LONGEST_ANSWER = 10_000
CODE_LENGTH = 12
_S = VoiceState
_VERIFIED = Q(result__in=JUDGED) | Q(kind=VoiceKind.LAW, result="")
"""What was verified has a result; a question of law has none."""


class Voice(models.Model):
    """Phản ánh, kiến nghị: with `unit`, about `concerns`, seen from `above`. Its number is one of
    the `book` of the unit that received it and stays when another deals with it.

    `key` is made by the page that sends it: sent twice it arrives once. `code` is what the sender
    follows it by. `sender` is veiled (decision 0088), or empty. A complaint or denunciation has no
    content here: the row says that it was registered, and where it was pointed to.

    Its term counts from `counted_from`: the receipt, the day it was handed on, the day it was taken
    up again. `said` is the seal of all that was sent, by which the same sent again is known.
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
    counted_from = models.DateField("hạn tính từ ngày")
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
    first_answered_on = models.DateField("ngày trả lời lần đầu", null=True, blank=True)
    first_due_on = models.DateField("hạn của lần trả lời đầu", null=True, blank=True)
    measures = models.TextField("biện pháp xử lý", max_length=LONGEST, blank=True)
    referred_to = models.CharField("nơi được chuyển, hướng dẫn đến", max_length=200, blank=True)
    referred_on = models.DateField("ngày chuyển nơi khác", null=True, blank=True)
    referred_number = models.CharField("số văn bản chuyển", max_length=60, blank=True)
    said = models.CharField("dấu của nội dung đã gửi", max_length=64, blank=True, editable=False)
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
                name="voice_due_after_receipt",
                condition=Q(counted_from__gte=F("received_on"), due_on__gte=F("counted_from")),
            ),
            models.CheckConstraint(
                name="voice_first_answer_has_its_term",
                condition=Q(first_answered_on=None, first_due_on=None) & ~Q(state__in=TOLD)
                | Q(first_answered_on__isnull=False, first_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="voice_referred_on_a_day",
                condition=~Q(state=_S.REFERRED) | Q(referred_on__isnull=False),
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
    def overdue(self) -> bool:
        """Whether its day has passed without an answer."""
        return self.state in OPEN and self.due_on < timezone.localdate()

    @property
    def looks(self) -> str:
        """The state whose badge it bears."""
        return "overdue" if self.overdue else looks_as(self.kind, self.state)

    @property
    def standing_words(self) -> str:
        """The same in words."""
        return "Quá hạn" if self.overdue else self.state_words

    @property
    def state_words(self) -> str:
        """Its state in words, late or not."""
        return str(looks_as(self.kind, self.state).label)

    @property
    def time_words(self) -> str:
        """Whether it was first answered in time; empty before."""
        if self.first_answered_on is None:
            return ""
        late = days_late(self.first_due_on, self.first_answered_on)
        return f"trễ hạn {late} ngày" if late else "đúng hạn"

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
