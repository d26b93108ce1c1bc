"""Công an thị xã Thái Hòa, dialogue of 02/01/2020 under Kế hoạch 317/KH-CAT-PV01 of 06/12/2019.

Known from the press: the plan, the day, 14 opinions, 21 questions, 6 conclusions, that matters
beyond its power went up to the province. Every text, name and result is made up and says so.
"""

import csv
from datetime import date, time
from io import StringIO
from pathlib import Path
from uuid import UUID

from cchc_portal.kit.digest import digest
from commitments.models import Conference, DialogueItem
from commitments.models.table import public_of
from commitments.rules.conference import Source
from commitments.rules.conference_terms import ConferenceTerms
from commitments.rules.dialogue import ItemWords
from commitments.services import (
    conclusions,
    conferences,
    dialogue,
    escalations,
    releases,
)
from commitments.services.conclusions import Errand
from commitments.services.escalations import Letter
from reports.demo.people import SINCE, Registry
from reports.demo.year import on
from units.models import Unit, User
from units.permissions import Role

ITEMS = Path(__file__).with_name("thaihoa-items.csv")
PLANNED_ON, COLLECTED_ON, HELD_ON = date(2019, 12, 9), date(2019, 12, 27), date(2020, 1, 2)
SENT_UP_ON, REPLIED_ON = date(2020, 1, 6), date(2020, 1, 15)
TOLD_ON, ENDED_ON = date(2020, 1, 17), date(2020, 4, 6)
TO_GO_UP = "ESCALATE"
PROCEEDINGS = """Trưởng Công an thị xã khai mạc, nêu mục đích, cách thức đối thoại.
Đội Tổng hợp báo cáo kết quả cải cách hành chính năm 2019 và các ý kiến gửi trước.
Cán bộ, chiến sĩ, công dân, doanh nghiệp nêu ý kiến, câu hỏi; Trưởng Công an thị xã trả lời từng \
nội dung. Nội dung vượt thẩm quyền chuyển Công an tỉnh.
Đại diện các đội, Công an các phường, xã ký cam kết thực hiện nhiệm vụ năm 2020.
(Diễn biến do người dựng minh họa đặt ra.)"""
CONCLUSIONS = (
    ("Niêm yết đầy đủ thủ tục, giờ tiếp nhận tại trụ sở và nhà văn hóa các khối.", (2020, 1, 31)),
    ("Lập lịch trực riêng cho bộ phận một cửa, trực sáng thứ Bảy.", (2020, 2, 15)),
    ("Rà soát, ban hành hướng dẫn thống nhất về thành phần hồ sơ.", (2020, 3, 31)),
    ("Tập huấn kỹ năng tiếp dân cho cán bộ mới.", (2020, 3, 31)),
    ("Thực hiện thư xin lỗi khi trả kết quả chậm, kiểm tra hằng tuần.", (2020, 1, 31)),
    ("Theo dõi, trả lời đến cùng các ý kiến chuyển Công an tỉnh.", (2020, 3, 31)),
)


def build(registry: Registry) -> None:
    """The conference, its 35 items, four of them answered by the province, six conclusions."""
    town, province = Unit.objects.get(code="NA-H414"), Unit.objects.get(code="NA")
    above = User.objects.get(username="giamdoc.nghean")
    with on(SINCE):
        head = registry.person("truong.thaihoa", town, Role.HEAD, post="Trưởng Công an thị xã")
        editor = registry.person("tonghop.thaihoa", town, Role.EDITOR, post="Đội Tổng hợp")
    with on(PLANNED_ON):
        conference = conferences.plan(town, terms=_terms(head, editor), by=editor, made_up=True)
    rows = list(csv.DictReader(StringIO(ITEMS.read_text(encoding="utf-8"))))
    items = _entered(conference, rows, editor)
    going_up = []
    with on(HELD_ON, 11):
        conferences.hold(conference, by=editor)
        for item, row in zip(items, rows, strict=True):
            if row["answer"] == TO_GO_UP:
                going_up.append(item)
            else:
                _answered(item, row["answer"], head, editor, HELD_ON)
        tasks = [
            conclusions.conclude(
                conference, errand=Errand(text, town, date(*day), "Đội Tổng hợp"), by=editor
            )
            for text, day in CONCLUSIONS
        ]
        conference.refresh_from_db()
        conferences.sign_minutes(conference, seen=conference.version, by=head)
    _up_and_down(going_up, province, head=head, editor=editor, above=above)
    with on(ENDED_ON):
        for task in tasks:
            conclusions.finish(
                task,
                seen=task.version,
                result="Đã thực hiện xong (dữ liệu minh họa).",
                done_on=task.due_on,
                by=editor,
            )
        conference.refresh_from_db()
        releases.release(conference, seen=digest(public_of(conference)), by=head)
        conferences.close(conference, by=head)


def _terms(head: User, editor: User) -> ConferenceTerms:
    return ConferenceTerms(
        title="Hội nghị đối thoại về cải cách hành chính với cán bộ, chiến sĩ, công dân, doanh "
        "nghiệp",
        kinds=("pledge", "dialogue"),
        plan_number="317/KH-CAT-PV01",
        plan_on=date(2019, 12, 6),
        held_on=HELD_ON,
        starts=time(8, 0),
        ends=time(11, 30),
        place="Hội trường Công an thị xã Thái Hòa",
        chair=str(head),
        chair_post=head.post,
        secretary=str(editor),
        answer_by=date(2020, 1, 31),
        proceedings=PROCEEDINGS,
        conclusion="Thủ trưởng các đội, Công an các phường, xã chịu trách nhiệm thực hiện (dữ "
        "liệu minh họa).",
        attendance=(("officer", 62), ("citizen", 35), ("enterprise", 11), ("organisation", 4)),
    )


def _entered(conference: Conference, rows: list[dict], editor: User) -> list[DialogueItem]:
    """Those sent beforehand first, as they came; returned in the order of the file."""
    found: dict[int, DialogueItem] = {}
    for source, day in ((Source.SENT, COLLECTED_ON), (Source.LIVE, HELD_ON)):
        with on(day):
            for place, row in enumerate(rows):
                if row["source"] == source:
                    words = ItemWords(row["kind"], row["text"], row["speaker"], row["area"])
                    key = UUID(int=20200102_000 + place)
                    found[place] = dialogue.enter(
                        conference, key=key, words=words, by=editor, source=source
                    )
    return [found[place] for place in range(len(rows))]


def _answered(item: DialogueItem, answer: str, head: User, editor: User, day: date) -> None:
    item.refresh_from_db()
    dialogue.answer(
        item,
        seen=item.version,
        answer=answer,
        answered_by=str(head),
        answered_on=day,
        by=editor,
    )


def _up_and_down(
    items: list[DialogueItem], province: Unit, *, head: User, editor: User, above: User
) -> None:
    letter = Letter("08/CATX-TH", SENT_UP_ON, date(2020, 1, 20), "Vượt thẩm quyền của đơn vị.")
    with on(SENT_UP_ON):
        steps = [
            escalations.escalate(item, seen=item.version, to=province, letter=letter, by=editor)
            for item in items
        ]
    with on(REPLIED_ON):
        for step in steps:
            escalations.reply(
                step,
                seen=step.version,
                reply="Ghi nhận, đưa vào kế hoạch năm 2020 của Công an tỉnh (dữ liệu minh họa).",
                number="126/CAT-PV01",
                by=above,
            )
    with on(TOLD_ON):
        for item in items:
            told = "Công an tỉnh đã trả lời; đơn vị đã báo lại người nêu (dữ liệu minh họa)."
            _answered(item, told, head, editor, TOLD_ON)
