"""Two dialogues of Phòng PC06 around today: one followed up, one still collecting opinions.

Everything is made up. What waits and what is late changes with the day the demo is built on.
"""

from datetime import date, time, timedelta
from uuid import UUID

from commitments.models import Conference, DialogueItem
from commitments.rules.conference_terms import ConferenceTerms
from commitments.rules.dialogue import ItemWords
from commitments.services import collecting, conclusions, conferences, dialogue, escalations
from commitments.services.conclusions import Errand
from commitments.services.escalations import Letter
from reports.demo.year import on
from units.models import Unit, User

ITEMS = (
    ItemWords(
        "question",
        "Hồ sơ đăng ký tạm trú nộp trực tuyến bị trả về vì ảnh mờ, hướng dẫn công dân chụp lại thế "
        "nào?",
        "officer",
        "procedures",
    ),
    ItemWords(
        "opinion",
        "Phải chờ lâu vào sáng thứ Hai, đề nghị có lấy số tự động.",
        "citizen",
        "procedures",
    ),
    ItemWords(
        "proposal",
        "Đề nghị có mẫu tờ khai song ngữ cho người nước ngoài tạm trú.",
        "enterprise",
        "procedures",
    ),
    ItemWords(
        "question",
        "Người già không có điện thoại thông minh thì đánh giá hài lòng ở đâu?",
        "citizen",
        "digital",
    ),
    ItemWords("question", "Kinh phí thay máy quét đã được duyệt chưa?", "officer", "finance"),
    ItemWords(
        "proposal",
        "Bố trí một buổi tối trong tuần tiếp nhận hồ sơ cho công nhân.",
        "organisation",
        "civil_service",
    ),
)
ANSWERS = {
    0: "Thống nhất mẫu hướng dẫn chụp ảnh, dán tại quầy và gửi qua tin nhắn.",
    3: "Cán bộ một cửa hỗ trợ đánh giá bằng máy tại quầy; có phiếu giấy.",
}
SENT = (
    ItemWords("question", "Có tiếp nhận hồ sơ vào sáng thứ Bảy không?", "citizen"),
    ItemWords("proposal", "Đề nghị niêm yết mã QR danh mục thủ tục tại cổng.", "enterprise"),
)


def build(province: Unit, *, today: date) -> None:
    """Both conferences of the department, by its own officer and head."""
    editor = User.objects.get(username="nhaplieu.pc06")
    head = User.objects.get(username="thutruong.pc06")
    unit = Unit.objects.get(memberships__user=head, memberships__role="head")
    _followed(unit, province, today - timedelta(days=12), editor=editor, head=head)
    day = today + timedelta(days=10)
    with on(today):
        coming = _planned(unit, day, editor, head)
        collecting.collect(coming, until=day - timedelta(days=1), by=editor)
        for place, words in enumerate(SENT):
            collecting.send(coming, key=UUID(int=day.toordinal() * 100 + place), words=words)


def _followed(unit: Unit, province: Unit, day: date, *, editor: User, head: User) -> None:
    with on(day):
        conference = _planned(unit, day, editor, head)
        items = [
            dialogue.enter(
                conference, key=UUID(int=day.toordinal() * 100 + place), words=words, by=editor
            )
            for place, words in enumerate(ITEMS)
        ]
        conferences.hold(conference, by=editor)
        for place, answer in ANSWERS.items():
            dialogue.answer(
                items[place],
                seen=1,
                answer=f"{answer} (Dữ liệu minh họa.)",
                answered_by=str(head),
                answered_on=day,
                by=editor,
            )
        in_time = Errand(
            "Thí điểm tối thứ Năm tiếp nhận hồ sơ của công nhân.", unit, day + timedelta(days=40)
        )
        conclusions.accept(items[5], seen=1, errand=in_time, by=editor)
        soon = Errand("Niêm yết hướng dẫn chụp ảnh hồ sơ tại quầy.", unit, day + timedelta(days=16))
        conclusions.conclude(conference, errand=soon, by=editor)
        conference.refresh_from_db()
        conferences.sign_minutes(conference, seen=conference.version, by=head)
    with on(day + timedelta(days=2)):
        _up(items[1], province, day, 16, editor)
        _up(items[2], province, day, 10, editor)


def _up(item: DialogueItem, to: Unit, day: date, days: int, editor: User) -> None:
    sent_on = day + timedelta(days=2)
    letter = Letter("214/PC06", sent_on, day + timedelta(days=days), "Vượt thẩm quyền kinh phí.")
    escalations.escalate(item, seen=item.version, to=to, letter=letter, by=editor)


def _planned(unit: Unit, day: date, editor: User, head: User) -> Conference:
    terms = ConferenceTerms(
        title=f"Hội nghị đối thoại về cải cách hành chính tháng {day.month} năm {day.year}",
        kinds=("dialogue",),
        plan_number="88/KH-PC06",
        plan_on=day - timedelta(days=20),
        held_on=day,
        starts=time(8, 0),
        ends=time(10, 30),
        place="Hội trường Phòng PC06",
        online=True,
        points="Điểm cầu Công an các xã, phường",
        chair=str(head),
        chair_post=head.post,
        secretary=str(editor),
        answer_by=day + timedelta(days=7),
        proceedings="Khai mạc, báo cáo kết quả giải quyết thủ tục.\nĐối thoại, trả lời trực tiếp.\n"
        "Kết luận.",
        attendance=(("officer", 46), ("citizen", 31), ("enterprise", 9)),
    )
    return conferences.plan(unit, terms=terms, by=editor, made_up=True)
