"""Pages of inspections: what they show to whom, what they refuse, what they keep."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from commitments.models import Inspection
from commitments.services import inspection_team, mending
from tests.factories import PASSWORD
from tests.fixtures.browser import DESK, PHONE
from tests.inspections.situations import (
    Sides,
    a_draft_plan,
    again,
    an_issued_plan,
    drawn_up,
    followed,
    looked_at,
    minuted,
    reported,
    sides,
    sudden,
    under_way,
)
from tests.units.files import a_pdf
from units.models import Document


def address(name: str, *arguments) -> str:
    return reverse(f"inspections:{name}", args=arguments)


@pytest.fixture
def organiser(client, who):
    client.force_login(who.organiser)
    return client


def text(answer) -> str:
    return answer.content.decode()


def test_an_organiser_walks_from_the_plan_to_the_minutes_by_the_pages_alone(client, who: Sides):
    today = timezone.localdate().isoformat()
    client.force_login(who.organiser)
    sent = {"unit": who.unit.pk, "year": today[:4], "title": "Kế hoạch kiểm tra"}
    plan = client.post(address("plan-draft"), sent).url
    line = {"inspected": who.inspected.pk, "scope": "A", "starts_on": today, "ends_on": today}
    refused = client.post(f"{plan}them/", line | {"ends_on": "2020-01-01", "scope": "Nội dung gõ"})
    assert (refused.status_code, "Nội dung gõ" in text(refused)) == (422, True)
    assert client.post(f"{plan}them/", line).status_code == 302
    client.force_login(who.head)
    assert "Ban hành kế hoạch kiểm tra" in text(client.get("/"))
    paper = {"seen": 2, "number": "1/KH", "day": today, "signer": "Người khác"}
    unsigned = client.post(f"{plan}ban-hanh/", paper | {"password": "sai"})
    assert (unsigned.status_code, "Mật khẩu chưa đúng" in text(unsigned)) == (422, True)
    paper["password"] = PASSWORD
    stale = client.post(f"{plan}ban-hanh/", paper | {"seen": 1})
    assert (stale.status_code, "1/KH" in text(stale)) == (409, True)
    assert client.post(f"{plan}ban-hanh/", paper).status_code == 302

    client.force_login(who.organiser)
    one = Inspection.objects.get()
    page = address("detail", one.pk)
    assert "Chuẩn bị đoàn" in text(client.get("/"))
    both = client.post(f"{page}doan/", {"person": who.head.pk, "name": "B", "duty": "head"})
    assert both.status_code == 422
    client.post(f"{page}doan/", {"person": who.head.pk, "duty": "head"})
    client.post(f"{page}doan/", {"name": "Lê Thị Thư", "duty": "secretary"})
    client.post(f"{page}noi-dung/", {"text": "Sổ theo dõi\n\nHòm thư góp ý"})
    decision = {"number": "2/QĐ", "day": today, "starts_on": today, "ends_on": today}
    for word, more in (("quyet-dinh", decision), ("bat-dau", {})):
        seen = {"seen": again(one).version}
        assert client.post(f"{page}buoc/{word}/", seen | more).status_code == 302
    first, second = one.checklist.order_by("position")
    checked = {f"outcome_{first.pk}": "not_met", f"outcome_{second.pk}": "met"}
    checked |= {f"seen_{point.pk}": 1 for point in (first, second)}
    assert client.post(f"{page}ghi-ket-qua/", checked).status_code == 302
    found = {"kind": "shortcoming", "text": "Không ghi sổ", "point": first.pk}
    assert client.post(f"{page}phat-hien/", found).status_code == 302
    minutes = {"seen": again(one).version, "day": today, "host": "Ông Tiếp", "overview": "Khá"}
    assert client.post(f"{page}buoc/lap-bien-ban/", minutes).status_code == 302
    late = client.post(f"{page}phat-hien/", found | {"text": "Gõ muộn"})
    assert (late.status_code, "Gõ muộn" in text(late)) == (409, True)
    assert "Soạn kết luận kiểm tra" in text(client.get("/"))
    client.force_login(who.editor)
    assert "Không ghi sổ" in text(client.get(page))
    assert "giải trình nếu có" in text(client.get("/"))


def test_of_two_who_write_results_each_keeps_the_rows_of_the_other(organiser, who: Sides):
    one = under_way(who)
    page = address("check", one.pk)
    first, second = one.checklist.order_by("position")
    blank = {
        f"{prefix}{name}_{point.pk}": ""
        for point in (first, second)
        for name in ("outcome", "note")
        for prefix in ("", "initial-")
    } | {f"seen_{point.pk}": 1 for point in (first, second)}
    organiser.post(page, blank | {f"outcome_{first.pk}": "met"})
    assert organiser.post(page, blank | {f"outcome_{second.pk}": "partly"}).status_code == 302
    late = organiser.post(
        page, blank | {f"outcome_{first.pk}": "not_met", f"note_{first.pk}": "Gõ"}
    )

    assert late.status_code == 409
    assert "Đang lưu: Đạt" in text(late)
    assert ">\nGõ</textarea>" in text(late)
    assert list(one.checklist.order_by("position").values_list("outcome", flat=True)) == [
        "met",
        "partly",
    ]


def test_the_inspected_unit_is_told_step_by_step_and_mends_with_proof(client, who: Sides):
    hidden, unsigned, one = sudden(who), drawn_up(who), followed(who)
    task = one.tasks.get()
    planned = an_issued_plan(who).inspections.get()
    inspection_team.seat(
        planned, person=None, name="Trưởng đoàn Kín", post="", duty="head", by=who.organiser
    )
    client.force_login(who.editor)
    assert "Trưởng đoàn Kín" not in text(client.get(address("detail", planned.pk)))
    assert client.get(address("detail", hidden.pk)).status_code == 404
    assert "Kết luận kiểm tra chưa được ký" in text(client.get(address("detail", unsigned.pk)))
    for name in ("inspection-minutes", "inspection-conclusion"):
        answer = client.get(reverse(f"reports:{name}", args=[unsigned.pk]))
        assert answer.status_code == (200 if name.endswith("minutes") else 403)
    listed = text(client.get(address("list")))
    assert address("detail", one.pk) in listed
    assert address("detail", hidden.pk) not in listed

    finding = one.findings.get(number=1)
    told = {"seen": finding.version, "explanation": "Do thay cán bộ."}
    assert client.post(address("explain", finding.pk), told).status_code == 302
    assert client.post(address("explain", finding.pk), told).status_code == 409
    page = address("task-move", task.pk, "bao-cao")
    said = {"seen": task.version, "result": "Đã sửa sổ", "done_on": task.inspection.starts_on}
    refused = client.post(page, said)
    assert (refused.status_code, "Đã sửa sổ" in text(refused)) == (422, True)
    bare = {**said, "file": SimpleUploadedFile("bao-cao.pdf", a_pdf("Báo cáo"))}
    secret = client.post(page, bare)
    assert (secret.status_code, "bí mật nhà nước" in text(secret)) == (409, True)
    bare["file"] = SimpleUploadedFile("bao-cao.pdf", a_pdf("Báo cáo"))
    assert "Khắc phục theo kết luận kiểm tra" in text(client.get("/"))
    assert client.post(page, bare | {"declared": "on"}).status_code == 302
    assert task.proofs.get().unit == who.inspected
    assert client.get(page).status_code == 409
    late = {"file": SimpleUploadedFile("muon.pdf", a_pdf("Muộn")), "declared": "on"}
    assert client.post(page, said | late).status_code == 409
    assert not Document.objects.filter(title__contains="muon").exists()  # none filed too late
    assert client.get(address("task-move", task.pk, "bay")).status_code == 404

    client.force_login(who.organiser)
    assert "Xác nhận 1 yêu cầu" in text(client.get("/"))
    accept = address("task-move", task.pk, "xac-nhan")
    assert client.post(accept, {"seen": 1}).status_code == 409
    assert client.post(accept, {"seen": 2}).status_code == 302
    assert "50,00" in text(client.get(address("by-unit")))
    assert client.get(address("list"), {"state": "lost"}).status_code == 422
    found = client.get(reverse("reports:find"), {"tim": "phong nghiep vu 1", "loai": "kiem-tra"})
    assert address("detail", one.pk) in text(found)


def test_what_is_late_lies_on_the_desks_of_the_unit_and_of_its_leaders(
    client, who: Sides, time_machine
):
    task = followed(who).tasks.get()
    time_machine.move_to(timezone.now() + timedelta(days=20))
    client.force_login(who.editor)
    assert address("task", task.pk) in text(client.get("/"))
    client.force_login(who.head)
    assert "Phòng Nghiệp vụ 1: 1 yêu cầu quá hạn khắc phục" in text(client.get("/"))


def test_pages_ask_no_more_for_many_than_for_few(client, who: Sides, assert_flat_queries):
    plan, one, minutes = an_issued_plan(who), followed(who), minuted(who)
    client.force_login(who.head)

    def grow():
        for model in (again(one), again(minutes)):
            for _ in range(30):
                _copied(model)
        line = plan.inspections.get()
        for _ in range(30):
            line.pk, line._state.adding = None, True
            line.save()
        for point in range(3, 40):
            one.checklist.create(position=point, text=f"Nội dung {point}")
            finding = one.findings.create(number=point, kind="shortcoming", text="Chậm")
            due = one.tasks.get(number=1).due_on
            one.tasks.create(number=point, finding=finding, text="Sửa", due_on=due)

    pages = [
        address("list"),
        address("by-unit"),
        address("plans"),
        address("plan", plan.pk),
        address("detail", one.pk),
        "/",
    ]
    assert_flat_queries(lambda: [client.get(page) for page in pages], grow=grow)


def _copied(one: Inspection) -> None:
    """Another like it, with a finding and a demand."""
    finding, task = one.findings.first(), one.tasks.first()
    one.pk, one._state.adding = None, True
    one.save()
    finding.pk, finding._state.adding, finding.inspection, finding.point = None, True, one, None
    finding.save()
    if task:
        task.pk, task._state.adding, task.inspection, task.finding = None, True, one, finding
        task.save()


def test_no_page_of_inspections_has_barriers_or_is_too_wide(
    live_server, page, sign_in, assert_no_barriers
):
    who = sides()
    plan, going_on, unsigned = a_draft_plan(who), looked_at(who), drawn_up(who)
    one = followed(who)
    task = reported(who, one)
    mending.refuse(task, seen=task.version, comment="Thiếu", by=who.organiser)
    finding = going_on.findings.first()
    pages = [
        (who.organiser, "list", []),
        (who.organiser, "by-unit", []),
        (who.organiser, "plans", []),
        (who.organiser, "plan", [plan.pk]),
        (who.organiser, "plan-add", [plan.pk]),
        (who.organiser, "detail", [going_on.pk]),
        (who.organiser, "seat", [going_on.pk]),
        (who.organiser, "unseat", [going_on.pk, going_on.team.get(duty="secretary").pk]),
        (who.organiser, "check", [going_on.pk]),
        (who.organiser, "find", [going_on.pk]),
        (who.organiser, "finding-prove", [finding.pk]),
        (who.organiser, "demand", [unsigned.pk]),
        (who.head, "detail", [unsigned.pk]),
        (who.head, "conclude", [unsigned.pk]),
        (who.editor, "detail", [one.pk]),
        (who.editor, "task", [task.pk]),
        (who.editor, "task-move", [task.pk, "bao-cao"]),
    ]
    last = None
    for user, name, arguments in pages:
        if user is not last:
            sign_in(user)
        last = user
        page.goto(address(name, *arguments))
        for screen in (DESK, PHONE):
            page.set_viewport_size(screen)
            assert_no_barriers(page)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{name} is {wide} px too wide at {screen['width']}"
