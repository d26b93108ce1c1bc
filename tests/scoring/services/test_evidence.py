"""A document comes to a component and goes: whose, when, and what the log tells."""

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Evidence, ScoreChange
from scoring.services import evidence
from tests.scoring.papers import PDF, a_document, an_upload
from tests.worlds import a_draft_dossier, a_submitted_dossier
from units.models import Document
from units.permissions import Role
from units.services import documents

pytestmark = pytest.mark.django_db


def attach(work, code="1.1.1", **said) -> Evidence:
    words = {"by": work.editor, "document": a_document(work)} | said
    return evidence.attach(work.score(code), **words)


def test_a_document_proves_a_component_at_a_page_and_a_passage():
    work = a_draft_dossier()

    attached = attach(work, page=4, passage=" 12.480 hồ sơ ")

    stored = Evidence.objects.get(pk=attached.pk)
    assert (stored.page, stored.passage, stored.added_by) == (4, "12.480 hồ sơ", work.editor)
    line = ScoreChange.objects.get(column="evidence")
    assert (line.before, line.after) == ("", "Báo cáo kết quả, trang 4")


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

    evidence.detach(attached, by=work.editor)

    assert not Evidence.objects.exists()
    assert Document.objects.filter(pk=attached.document_id).exists()
    assert ScoreChange.objects.filter(column="evidence", before="Báo cáo kết quả").exists()


def test_what_is_gone_already_is_taken_off_without_a_second_line():
    work = a_draft_dossier()
    attached = attach(work)
    same = Evidence.objects.get(pk=attached.pk)
    evidence.detach(attached, by=work.editor)

    evidence.detach(same, by=work.editor)

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
        evidence.detach(attached, by=work.editor)
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
        evidence.detach(attached, by=other)
