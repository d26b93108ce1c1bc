"""Pages on which something is put right, told apart, or said not to be there any more."""

from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile
from commitments.models import Inspection
from commitments.services import inspection_findings, inspection_plans, mending
from tests.factories import a_unit
from tests.inspections.situations import (
    Sides,
    a_draft_plan,
    a_paper,
    again,
    an_issued_plan,
    drawn_up,
    followed,
    looked_at,
    sudden,
    under_way,
)
from tests.units.files import a_pdf
from units.models import User
from units.permissions import Role


def address(name: str, *arguments) -> str:
    return reverse(f"inspections:{name}", args=arguments)


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def organiser(client, who):
    client.force_login(who.organiser)
    return client


def test_a_mistyped_decision_is_corrected_on_its_page(organiser, who: Sides):
    one = under_way(who)
    page = address("move", one.pk, "sua-quyet-dinh")
    assert page in text(organiser.get(address("detail", one.pk)))
    form = organiser.get(page).context["form"]
    sent = {name: form[name].value() for name in ("number", "day", "starts_on", "ends_on", "seen")}
    assert sent["number"] == "215/QĐ-CAT-PV01"
    sent |= {"number": "251/QĐ-CAT-PV01"}
    assert organiser.post(page, sent).status_code == 422  # no reason
    assert organiser.post(page, sent | {"comment": "Ghi nhầm"}).status_code == 302
    assert again(one).decision_words.startswith("Số 251/QĐ-CAT-PV01")


def test_a_line_that_somebody_dropped_meanwhile_is_told_and_no_fault(
    organiser, who: Sides, monkeypatch
):
    line = a_draft_plan(who).inspections.get()

    def dropped(inspection, **_):
        Inspection.objects.filter(pk=inspection.pk).delete()
        raise ChangedMeanwhile("Vừa được người khác bỏ.")

    monkeypatch.setattr(inspection_plans, "drop", dropped)
    told = organiser.post(address("drop", line.pk), {"seen": line.version})
    assert (told.status_code, "Vừa được người khác bỏ." in text(told)) == (409, True)
    assert organiser.get(address("drop", line.pk)).status_code == 404


def test_a_line_is_offered_to_be_dropped_until_its_plan_was_issued_once(organiser, who: Sides):
    plan = a_draft_plan(who)
    line = plan.inspections.get()
    assert address("drop", line.pk) in text(organiser.get(address("plan", plan.pk)))
    assert "khong-thuc-hien" not in text(organiser.get(address("detail", line.pk)))
    issued = an_issued_plan(who, year=plan.year - 1)
    inspection_plans.reopen(issued, seen=issued.version, comment="Sửa", by=who.head)
    line = issued.inspections.get()
    assert address("drop", line.pk) not in text(organiser.get(address("plan", issued.pk)))
    assert "khong-thuc-hien" in text(organiser.get(address("detail", line.pk)))


def test_the_same_line_is_added_once_and_nothing_added_is_no_success(organiser, who: Sides):
    one = sudden(who)
    page = address("points", one.pk)
    organiser.post(page, {"text": "Sổ theo dõi\nSổ theo dõi\nHòm thư"})
    assert list(one.checklist.values_list("text", flat=True)) == ["Sổ theo dõi", "Hòm thư"]
    told = text(organiser.post(page, {"text": "Hòm thư"}, follow=True))
    assert "Không thêm nội dung nào" in told
    assert "Đã thêm 0" not in told


def test_namesakes_are_told_apart_by_post_and_unit(organiser, who: Sides):
    User.objects.filter(pk=who.head.pk).update(post="Giám đốc")
    page = text(organiser.get(address("seat", sudden(who).pk)))
    assert f"{who.head}, Giám đốc, {who.unit}" in page


def test_what_does_not_fit_together_is_told_where_the_minutes_are_drawn_up(organiser, who: Sides):
    one = looked_at(who)
    page = organiser.get(address("move", one.pk, "lap-bien-ban"))
    assert "Nội dung số 2 ghi “Chưa đạt” nhưng chưa có tồn tại, hạn chế." in text(page)


def test_what_the_signer_read_is_not_offered_to_be_explained_again(client, who: Sides):
    one = drawn_up(who)
    finding = one.findings.shortcomings().get()
    client.force_login(who.editor)
    inspection_findings.explain(
        finding, seen=finding.version, explanation="Thiếu người.", by=who.editor
    )
    page = address("explain", finding.pk)
    assert page in text(client.get(address("detail", one.pk)))
    Inspection.objects.filter(pk=one.pk).update(
        state="followed",
        concluded_on=timezone.localdate(),
        conclusion_number="1/TB",
        signer="Người ký",
        signed_at=timezone.now(),
        signed_by=who.head,
    )
    assert page not in text(client.get(address("detail", one.pk)))
    refused = client.get(page)
    assert (refused.status_code, "khi ký kết luận" in text(refused)) == (409, True)
    unsaid = followed(who).findings.shortcomings().get()
    assert client.get(address("explain", unsaid.pk)).status_code == 200


def test_a_cabinet_without_a_paper_is_said_to_be_empty_where_proof_is_asked(client, who: Sides):
    task = followed(who).tasks.get()
    client.force_login(who.editor)
    page = address("task-move", task.pk, "bao-cao")
    empty = "Tủ tài liệu của đơn vị chưa có tài liệu nào."
    assert empty in text(client.get(page))
    a_paper(who.inspected, who.editor)
    assert empty not in text(client.get(page))


def test_whoever_says_whether_it_is_mended_opens_the_proof_from_that_page(organiser, who: Sides):
    task = followed(who).tasks.get()
    mending.bring(
        task,
        seen=task.version,
        result="Đã ban hành.",
        done_on=timezone.localdate(),
        proofs=[a_paper(who.inspected, who.editor, "7/BC")],
        upload=SimpleUploadedFile("bao-cao.pdf", a_pdf("Báo cáo")),
        declared_not_secret=True,
        by=who.editor,
    )
    brought = task.proofs.exclude(file="").get()
    proof = address("task-proof", task.pk, brought.pk)

    for word in ("xac-nhan", "khac-phuc-tiep"):
        page = text(organiser.get(address("task-move", task.pk, word)))
        assert f'href="{proof}"' in page
        assert "7/BC" in page, "a paper without a file is named"
    with closing(organiser.get(proof)) as opened:
        assert b"".join(opened.streaming_content).startswith(b"%PDF")


def test_a_unit_without_units_below_plans_no_inspection_and_opens_none(client, who: Sides):
    head = who.province.a_person(Role.HEAD, who.inspected)
    client.force_login(head)
    for name in ("plan-draft", "sudden"):
        for answer in (client.get(address(name)), client.post(address(name))):
            assert answer.status_code == 403
            assert "không có đơn vị trực thuộc để kiểm tra" in text(answer)
    for name in ("list", "plans"):
        page = text(client.get(address(name)))
        assert address("plan-draft") not in page
        assert address("sudden") not in page
    a_unit(parent=who.inspected)
    assert client.get(address("plan-draft")).status_code == 200
    assert address("plan-draft") in text(client.get(address("plans")))
