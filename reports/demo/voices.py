"""Remarks about Phòng PC06 around today: open, late, founded and mended, gone elsewhere.

Everything is made up, the people who bring them forward among it.
"""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from commitments.models import Voice
from commitments.rules.voice import Heard, Sender
from commitments.services import voice_hands, voices
from reports.demo.year import on
from units.models import Unit, User

MADE_UP = "(Dữ liệu minh họa.)"
SENDER = Sender("Người phản ánh minh họa", "0900 000 000", "Địa chỉ minh họa")
SLOW = Heard(
    "procedure",
    "Hồ sơ đăng ký tạm trú nộp trực tuyến quá ba ngày chưa thấy trả kết quả.",
    "hotline",
    date.min,
)
MANNER = Heard("attitude", "Cán bộ tại quầy số 2 trả lời cộc lốc.", "box", date.min)
QUESTION = Heard(
    "law", "Người thuê nhà có phải xin xác nhận của chủ nhà không?", "hotline", date.min
)
ELSEWHERE = Heard(
    "other",
    "Đèn đường trước trụ sở hỏng đã lâu.",
    "forwarded",
    date.min,
    "Ủy ban nhân dân phường Thành Sen",
)
LINES = Heard("procedure", "Hỏi thủ tục đổi giấy phép lái xe, chờ hai buổi.", "hotline", date.min)
"""For the department beside, which issues them."""
BESIDE = "HT-PC08"
NOISE = Heard("other", "Thời gian lấy số buổi sáng chưa hợp lý.", "reception", date.min)


def build(*, today: date) -> None:
    """Nine remarks: six written down by the officer, one of them handed on, two sent online, one
    only registered."""
    head = User.objects.get(username="thutruong.pc06")
    editor = User.objects.get(username="nhaplieu.pc06")
    unit = Unit.objects.get(memberships__user=head, memberships__role="head")
    book = _Book(unit, today, editor)
    mended = book.received(SLOW, 45, sender=SENDER)
    _settled(mended, unit, today - timedelta(days=40), editor=editor, head=head)
    book.received(MANNER, 24)
    asked = book.received(QUESTION, 12)
    with on(today - timedelta(days=10)):
        asked = voices.classify(asked, seen=1, kind="law", concerns=unit, by=editor)
        voices.answer(
            asked,
            seen=2,
            answer=f"Nộp tài liệu chứng minh chỗ ở hợp pháp. {MADE_UP}",
            answer_number="",
            answered_on=today - timedelta(days=10),
            by=editor,
        )
    lamp = book.received(ELSEWHERE, 9)
    with on(today - timedelta(days=8)):
        voices.refer(lamp, seen=1, to="Ủy ban nhân dân phường Thành Sen", by=editor)
    theirs = book.received(LINES, 6, sender=SENDER)
    with on(today - timedelta(days=5)):
        voice_hands.hand_on(
            theirs,
            seen=1,
            to=Unit.objects.get(code=BESIDE),
            comment=f"Thủ tục do đơn vị này giải quyết. {MADE_UP}",
            by=editor,
        )
    waiting = book.received(NOISE, 4, sender=SENDER)
    with on(today - timedelta(days=3)):
        voices.classify(waiting, seen=1, kind="procedure", concerns=unit, by=editor)
    with on(today - timedelta(days=2)):
        voices.register(
            unit,
            concerns=unit,
            key=book.key(),
            heard=Heard("denunciation", "", "reception", today - timedelta(days=2)),
            to="Thanh tra Công an tỉnh Hà Tĩnh",
            by=editor,
            made_up=True,
        )
    with on(today - timedelta(days=1)):
        for kind, text in (
            ("procedure", "Hướng dẫn chụp ảnh hồ sơ trên trang nộp trực tuyến chưa rõ."),
            ("harassment", "Được yêu cầu bổ sung giấy tờ không có trong danh mục niêm yết."),
        ):
            told = f"{text} {MADE_UP}"
            voices.send(unit, key=book.key(), kind=kind, text=told, sender=SENDER, made_up=True)


class _Book:
    """Writes remarks down on their days, each under a key of its own."""

    def __init__(self, unit: Unit, today: date, editor: User):
        self.unit, self.today, self.editor, self.written = unit, today, editor, 0

    def key(self) -> UUID:
        self.written += 1
        return UUID(int=self.today.toordinal() * 1000 + self.written)

    def received(self, heard: Heard, days_ago: int, *, sender: Sender = voices.NOBODY) -> Voice:
        day = self.today - timedelta(days=days_ago)
        with on(day):
            return voices.receive(
                self.unit,
                concerns=self.unit,
                key=self.key(),
                heard=replace(heard, text=f"{heard.text} {MADE_UP}", received_on=day),
                sender=sender,
                by=self.editor,
                made_up=True,
            )


def _settled(voice: Voice, unit: Unit, day: date, *, editor: User, head: User) -> None:
    with on(day):
        voice = voices.classify(voice, seen=1, kind="procedure", concerns=unit, by=editor)
        voice = voices.verify(
            voice,
            seen=2,
            result="founded",
            finding=f"Hồ sơ trả kết quả chậm hai ngày do lỗi chuyển bước trên phần mềm. {MADE_UP}",
            by=editor,
        )
        voice = voices.answer(
            voice,
            seen=3,
            answer=f"Đơn vị xin lỗi, kết quả đã gửi qua Cổng dịch vụ công. {MADE_UP}",
            answer_number="512/PC06",
            answered_on=day,
            by=editor,
        )
        measures = f"Phân công cán bộ kiểm tra hồ sơ sắp đến hạn cuối mỗi ngày. {MADE_UP}"
        voices.close(voice, seen=4, measures=measures, by=head)
