"""The papers of commitments say what was signed, by whom, and are drafts until then."""

from commitments.models import Commitment
from commitments.rules.workflow import Change
from commitments.services import annexes
from reports.papers.commitments import commitment_pdf, register_pdf
from reports.papers.plan import plan_pdf
from tests.commitments.plans import PASSED, ROW, a_plan, an_issued_plan
from tests.commitments.situations import a_draft, an_annex, one_in_force, parties, sign_both
from tests.reports.reading import pages


def said(paper: bytes) -> str:
    return " ".join(" ".join(pages(paper)).split())


def test_the_papers_say_what_was_promised_and_who_signed(db):
    who = parties()
    draft = a_draft(who, year=2025)
    in_force = one_in_force(who, year=2024)
    annex = an_annex(who, in_force, title="Điều chỉnh bản cam kết")
    annexes.touch(annex, task=in_force.tasks.first(), change=Change.CANCEL, by=who.editor)
    sign_both(who, annex)
    found = {one.pk: one for one in Commitment.objects.for_page()}

    unsigned = said(commitment_pdf([found[draft.pk]]))
    signed = said(commitment_pdf([found[in_force.pk]]))
    changed = said(commitment_pdf([found[annex.pk]]))
    table = said(register_pdf(who.receiver, 2024, [found[in_force.pk]]))

    assert "DỰ THẢO" in unsigned
    assert "DỰ THẢO" not in signed
    for words in ("BẢN CAM KẾT", "Nhiệm vụ thử 2", "30/06/2024", in_force.signer, in_force.code):
        assert words in signed
    assert in_force.countersigner in signed
    assert "PHỤ LỤC SỐ 01" in changed
    assert "Không thực hiện nữa 1" in changed
    assert "01 đơn vị, tổ chức cam kết thực hiện 01 nhiệm vụ" in table
    assert "Nhiệm vụ thử 2" in table
    assert "Nhiệm vụ thử 1" not in table


def test_a_plan_is_printed_by_area_with_its_number_and_a_draft_says_that_it_is_one(db):
    who = parties()
    draft = a_plan(who, year=2025)
    issued = an_issued_plan(who, year=2024, rows=(PASSED, ROW))

    unsigned, signed = said(plan_pdf(draft)), said(plan_pdf(issued))

    assert "DỰ THẢO" in unsigned
    assert "/KH" in unsigned
    assert "DỰ THẢO" not in signed
    for words in ("KẾ HOẠCH", "Số: 12/KH-CAT", "ngày 15 tháng 01 năm 2026", issued.signer):
        assert words in signed
    procedures, digital = "Cải cách thủ tục hành chính", "Chính quyền điện tử, chính quyền số"
    assert signed.index(procedures) < signed.index("Rà soát thủ tục") < signed.index(digital)
    assert "Số hóa hồ sơ" in signed
    assert "Các đơn vị trực thuộc (để thực hiện)" in signed
