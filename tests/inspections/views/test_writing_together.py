"""Pages of inspections on which several people write: nothing typed or stored is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from psycopg2.extras import DateRange

from commitments.rules.inspection import PointWords
from commitments.services import (
    inspection_findings,
    inspection_plans,
    inspection_team,
    inspections,
    mending,
)
from tests.factories import PASSWORD
from tests.inspections.situations import (
    Sides,
    a_draft_plan,
    a_paper,
    again,
    an_issued_plan,
    demanded,
    drawn_up,
    followed,
    looked_at,
    minuted,
    minutes_of,
    reported,
    sudden,
    terms,
    under_way,
)
from tests.units.files import a_pdf
from units.models import Document, Membership
from units.permissions import Role


def address(name: str, *arguments) -> str:
    return reverse(f"inspections:{name}", args=arguments)


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def organiser(client, who):
    client.force_login(who.organiser)
    return client


def hidden(answer) -> str:
    """What was on the screen, as the page carries it."""
    return answer.context["form"]["seen"].value()


def test_a_conclusion_is_signed_with_the_password_by_the_head_alone(client, who: Sides):
    one = drawn_up(who)
    page, today = address("conclude", one.pk), one.minuted_on
    client.force_login(who.head)
    said = {"seen": one.version, "number": "9/TB", "day": today, "signer": "Người khác"}
    assert client.post(page, said).status_code == 422
    assert "Mật khẩu chưa đúng" in text(client.post(page, said | {"password": "đoán"}))
    assert client.post(page, said | {"password": PASSWORD}).status_code == 302
    one = again(one)
    assert (one.signer, one.signer_post, one.signed_by) == (
        str(who.head),
        who.head.post,
        who.head,
    )


def test_a_draft_somebody_wrote_meanwhile_is_shown_and_kept_in_the_log(organiser, who: Sides):
    one = minuted(who)
    page = address("conclusion", one.pk)
    seen = hidden(organiser.get(page))
    demanded(who, one)  # a demand of somebody else is no conflict
    assert organiser.post(page, {"seen": seen, "text": "Bản của tôi"}).status_code == 302
    stale = organiser.post(page, {"seen": seen, "text": "Bản khác"})
    assert stale.status_code == 409
    assert "Nội dung đang lưu" in text(stale)
    assert "Bản của tôi" in text(stale)
    assert "Bản khác" in text(stale)
    assert organiser.post(page, {"seen": hidden(stale), "text": "Bản khác"}).status_code == 302
    assert one.events.filter(comment__contains="Bản của tôi").exists()

    plan = a_draft_plan(who)
    page, words = address("plan-revise", plan.pk), {"title": "Kế hoạch", "aim": "Mục đích A"}
    seen = hidden(organiser.get(page))
    inspection_plans.add(
        plan, inspected=who.province.departments[1], terms=terms(), by=who.organiser
    )
    assert organiser.post(page, words | {"seen": seen}).status_code == 302
    stale = organiser.post(page, words | {"seen": seen, "aim": "Mục đích B"})
    assert (stale.status_code, "Mục đích A" in text(stale)) == (409, True)
    words |= {"seen": hidden(stale), "aim": "Mục đích B"}
    assert organiser.post(page, words).status_code == 302
    assert plan.events.filter(comment__contains="Mục đích A").exists()

    line = plan.inspections.order_by("pk").first()
    page = address("revise", line.pk)
    first = organiser.get(page)
    said = {name: first.context["form"][name].value() for name in ("inspected", "starts_on")}
    said |= {"ends_on": said["starts_on"], "seen": hidden(first), "scope": "Phạm vi A"}
    inspection_team.add_points(line, points=[PointWords("Sổ")], by=who.organiser)
    assert organiser.post(page, said).status_code == 302
    stale = organiser.post(page, said | {"scope": "Phạm vi B"})
    assert (stale.status_code, "Phạm vi A" in text(stale)) == (409, True)


def test_results_are_written_though_points_come_and_go_meanwhile(organiser, who: Sides):
    one = under_way(who)
    page = address("check", one.pk)
    first, second = one.checklist.order_by("position")
    sent = {f"outcome_{first.pk}": "met", f"seen_{first.pk}": 1}
    sent |= {f"outcome_{second.pk}": "partly", f"note_{second.pk}": "Thiếu sổ"}
    sent |= {f"initial-outcome_{second.pk}": "", f"seen_{second.pk}": 1}
    inspection_team.add_points(one, points=[PointWords("Thêm sau")], by=who.organiser)
    inspection_team.drop_point(second, by=who.organiser)
    told = organiser.post(page, sent)
    assert told.status_code == 422
    assert "Đạt một phần; Thiếu sổ" in text(told)
    assert "Thêm sau" not in text(told)
    left = {name: value for name, value in sent.items() if not name.endswith(f"_{second.pk}")}
    assert organiser.post(page, left).status_code == 302
    assert list(one.checklist.order_by("position").values_list("outcome", flat=True)) == ["met", ""]


def test_the_team_is_changed_by_who_runs_the_inspection_and_then_for_a_reason(client, who: Sides):
    member = who.province.a_person(Role.VERIFIER, who.unit)
    one = under_way(who)
    seat = one.team.create(person=member, name="Thành viên", duty="member")
    client.force_login(member)
    page = text(client.get(address("detail", one.pk)))
    assert address("seat", one.pk) not in page
    for path in (address("seat", one.pk), address("unseat", one.pk, seat.pk)):
        assert client.post(path, {}).status_code == 403
    client.force_login(who.organiser)
    assert address("seat", one.pk) in text(client.get(address("detail", one.pk)))
    out = address("unseat", one.pk, seat.pk)
    assert client.post(out).status_code == 422
    assert client.post(out, {"reason": "Chuyển công tác"}).status_code == 302
    assert one.events.filter(verb="unseat", comment="Chuyển công tác").exists()


def test_whoever_left_the_inspected_unit_is_offered_for_the_team_and_who_is_there_is_not(
    organiser, who: Sides
):
    moved, there = (who.province.a_person(Role.STAFF, who.unit) for _ in range(2))
    since = timezone.localdate() - timedelta(days=400)
    for person, until in ((moved, since + timedelta(days=300)), (there, None)):
        Membership.objects.create(
            user=person, unit=who.inspected, role=Role.STAFF, in_force=DateRange(since, until)
        )
    form = organiser.get(address("seat", sudden(who).pk)).context["form"]
    offered = set(form.fields["person"].queryset)
    assert (moved in offered, there in offered) == (True, False)


def test_while_a_plan_lies_open_its_inspections_go_on_and_its_page_stays_shut(client, who: Sides):
    plan = an_issued_plan(who)
    one = looked_at(who, plan.inspections.get())
    plan = again(plan)
    inspection_plans.reopen(plan, seen=plan.version, comment="Thêm", by=who.head)
    client.force_login(who.organiser)
    assert address("move", one.pk, "lap-bien-ban") in text(client.get(address("detail", one.pk)))
    client.force_login(who.editor)
    page = text(client.get(address("detail", one.pk)))
    assert (address("plan", plan.pk) in page, "đang điều chỉnh" in page) == (False, True)


def test_a_paper_is_taken_off_a_finding_and_none_is_filed_too_late(client, who: Sides):
    one = looked_at(who)
    finding, strength = one.findings.order_by("number")
    paper = a_paper(who.unit, who.organiser)
    inspection_findings.prove(finding, document=paper, by=who.organiser)
    client.force_login(who.organiser)
    off = address("finding-unprove", finding.pk, paper.pk)
    assert off in text(client.get(address("detail", one.pk)))
    assert client.post(off).status_code == 302
    assert client.post(off).status_code == 404
    assert one.events.filter(verb="unprove").count() == 1
    one = again(one)
    inspections.minute(one, seen=one.version, minutes=minutes_of(one), by=who.organiser)
    sent = {"file": SimpleUploadedFile("so.pdf", a_pdf("Sổ")), "declared": "on"}
    before = Document.objects.count()
    assert client.post(address("finding-prove", finding.pk), sent).status_code == 409
    assert Document.objects.count() == before

    client.force_login(who.editor)
    page = text(client.get(address("detail", one.pk)))
    assert address("explain", finding.pk) in page
    assert address("explain", strength.pk) not in page
    assert client.get(address("explain", strength.pk)).status_code == 409


def test_units_that_were_not_inspected_are_all_reachable(client, who: Sides, monkeypatch):
    monkeypatch.setattr("commitments.views.inspections.ROWS", 1)
    first, last = who.province.departments[0], who.province.departments[-1]
    client.force_login(who.head)
    page = address("by-unit")
    assert str(first) in text(client.get(page))
    left = client.get(page).context["left"].paginator
    assert str(last) in text(client.get(page, {"page": left.num_pages}))


def test_a_followed_inspection_asks_to_be_ended_once_every_demand_is_accepted(client, who: Sides):
    one = followed(who)
    client.force_login(who.organiser)
    assert "kết thúc theo dõi" not in text(client.get("/"))
    task = reported(who, one)
    mending.accept(task, seen=task.version, by=who.organiser)
    assert "Mọi yêu cầu đã khắc phục: kết thúc theo dõi" in text(client.get("/"))
