"""A document comes to a component and goes: whose, when, and what the log tells."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Evidence, RemovedEvidence, ScoreChange
from scoring.services import cabinet, evidence
from tests.races import at_once
from tests.scoring.papers import PDF, a_document, an_upload
from tests.units.files import a_pdf
from tests.worlds import a_draft_dossier, a_submitted_dossier, an_open_period
from units.models import Document
from units.permissions import Role
from units.services import documents

pytestmark = pytest.mark.django_db

WHY = "Gắn nhầm tiêu chí"


def attach(work, code="1.1.1", **said) -> Evidence:
    words = {"by": work.editor, "document": a_document(work)} | said
    return evidence.attach(work.score(code), **words)


def test_a_document_proves_a_component_at_a_page_and_a_passage():
    work = a_draft_dossier()

    paper = a_document(work, a_pdf("Báo cáo", pages=5))
    attached = attach(work, document=paper, page=4, passage=" 12.480 hồ sơ ")

    stored = Evidence.objects.get(pk=attached.pk)
    assert (stored.page, stored.passage, stored.added_by) == (4, "12.480 hồ sơ", work.editor)
    line = ScoreChange.objects.get(column="evidence")
    assert (line.before, line.after) == ("", "Báo cáo kết quả, trang 4: “12.480 hồ sơ”")


def test_one_document_proves_many_components_but_each_once():
    work = a_draft_dossier()
    document = a_document(work)
    attach(work, "1.1.1", document=document)
    attach(work, "1.1.2", document=document)

    with pytest.raises(MoveRefused, match="đã gắn"):
        attach(work, "1.1.1", document=document)

    assert document.evidence.count() == 2


def test_a_document_taken_off_stays_in_the_cabinet_and_leaves_a_line():
    work = a_draft_dossier()
    attached = attach(work)

    evidence.detach(attached, by=work.editor, reason=WHY)

    assert not Evidence.objects.exists()
    assert Document.objects.filter(pk=attached.document_id).exists()
    assert ScoreChange.objects.filter(column="evidence", before="Báo cáo kết quả").exists()


def test_what_is_gone_already_is_taken_off_without_a_second_line():
    work = a_draft_dossier()
    attached = attach(work)
    same = Evidence.objects.get(pk=attached.pk)
    evidence.detach(attached, by=work.editor, reason=WHY)

    evidence.detach(same, by=work.editor, reason=WHY)

    assert ScoreChange.objects.filter(column="evidence").count() == 2


def test_a_document_of_another_unit_is_not_attached():
    work = a_draft_dossier()
    other = work.year.province.departments[1]
    theirs = documents.file(
        other,
        by=work.year.province.a_person(Role.EDITOR, other),
        upload=an_upload(PDF),
        declared_not_secret=True,
    )

    with pytest.raises(MoveRefused, match="không thuộc tủ tài liệu"):
        attach(work, document=theirs)


def test_what_the_assessor_scores_takes_no_evidence_of_the_unit():
    work = a_draft_dossier()

    with pytest.raises(MoveRefused, match="cơ quan thẩm định chấm"):
        attach(work, "3.1.1")


def test_evidence_of_a_submitted_dossier_neither_comes_nor_goes():
    work = a_draft_dossier()
    attached = attach(work)
    submitted = a_submitted_dossier(work.year)

    with pytest.raises(MoveRefused, match="đã trình nộp"):
        evidence.detach(attached, by=work.editor, reason=WHY)
    with pytest.raises(MoveRefused, match="đã trình nộp"):
        attach(submitted, "1.1.2")


@pytest.mark.parametrize("role", [Role.STAFF, Role.VERIFIER, Role.ORGANISER])
def test_only_those_who_fill_attach_and_detach(role):
    work = a_draft_dossier()
    document = a_document(work)
    attached = attach(work, document=document)
    other = work.year.province.a_person(role, work.dossier.unit)

    with pytest.raises(PermissionDenied):
        attach(work, "1.1.2", by=other, document=document)
    with pytest.raises(PermissionDenied):
        evidence.detach(attached, by=other, reason=WHY)


def test_a_document_taken_off_leaves_who_when_and_why():
    work = a_draft_dossier()
    attached = attach(work, page=1, passage="đoạn")

    evidence.detach(attached, by=work.head, reason="  Không đúng  kỳ ")

    gone = RemovedEvidence.objects.get()
    assert (gone.removed_by, gone.reason) == (work.head, "Không đúng kỳ")
    assert (gone.added_by, gone.page, gone.passage) == (work.editor, 1, "đoạn")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RemovedEvidence.objects.update(reason="Khác")


def test_a_document_is_not_taken_off_without_a_reason():
    work = a_draft_dossier()

    with pytest.raises(MoveRefused, match="lý do"):
        evidence.detach(attach(work), by=work.editor, reason=" ")


def test_page_and_passage_change_and_leave_a_line():
    work = a_draft_dossier()
    attached = attach(work)

    told = evidence.locate(attached, by=work.editor, page=1, passage=" x ", seen_version=1)

    assert (told.page, told.passage, told.version) == (1, "x", 2)
    same = evidence.locate(attached, by=work.editor, page=1, passage="x", seen_version=1)
    assert same.version == 2
    with pytest.raises(ChangedMeanwhile):
        evidence.locate(attached, by=work.editor, page=1, passage="y", seen_version=1)
    line = ScoreChange.objects.filter(column="evidence").latest("pk")
    assert (line.before, line.after) == ("Báo cáo kết quả", "Báo cáo kết quả, trang 1: “x”")


def test_a_page_the_document_does_not_have_is_refused():
    work = a_draft_dossier()

    with pytest.raises(MoveRefused, match="chỉ có 1 trang"):
        attach(work, page=2)


def test_a_document_that_proves_something_is_not_withdrawn():
    work = a_draft_dossier()
    attached = attach(work)

    with pytest.raises(MoveRefused, match="đang được dùng"):
        documents.withdraw(attached.document, by=work.editor, reason="Nhầm")
    evidence.detach(attached, by=work.editor, reason=WHY)

    assert documents.withdraw(attached.document, by=work.editor, reason="Nhầm").withdrawn


def test_a_withdrawn_document_proves_nothing():
    work = a_draft_dossier()
    document = a_document(work)
    documents.withdraw(document, by=work.editor, reason="Nhầm")

    with pytest.raises(MoveRefused, match="đã được rút"):
        attach(work, document=document)
    with pytest.raises(IntegrityError, match="withdrawn"), transaction.atomic():
        Evidence.objects.create(score=work.score("1.1.1"), document=document, added_by=work.editor)


@pytest.mark.django_db(transaction=True)
def test_a_document_is_never_attached_and_withdrawn_at_once():
    work = a_draft_dossier()
    document = a_document(work)

    refusals = at_once(
        lambda: attach(work, document=document),
        lambda: documents.withdraw(document, by=work.editor, reason="Nhầm"),
    )

    assert len(refusals) == 1
    document.refresh_from_db()
    assert document.withdrawn != Evidence.objects.exists()


def test_what_was_handed_in_goes_on_being_called_the_same():
    work = a_draft_dossier()
    attached = attach(work)
    cabinet.describe(attached.document, by=work.editor, seen_version=1, number="1/BC")
    a_submitted_dossier(work.year)

    with pytest.raises(MoveRefused, match="hồ sơ đã trình nộp"):
        cabinet.describe(attached.document, by=work.editor, seen_version=2, number="2/BC")


def test_what_was_shown_last_year_is_offered_for_the_same_component():
    work = a_draft_dossier()
    attached = attach(work)
    province, last = work.year.province, work.year.period
    year = an_open_period(province, year=last.year + 1, title="Kỳ sau")
    now = a_draft_dossier(year)

    (offered,) = Evidence.objects.of_earlier_years(now.score("1.1.1"))

    assert offered == attached
    assert not Evidence.objects.of_earlier_years(now.score("1.1.2"))
    attach(now, document=attached.document)
    assert not Evidence.objects.of_earlier_years(now.score("1.1.1"))
