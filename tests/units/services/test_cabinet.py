"""Papers kept elsewhere, what is said of papers, and papers that are taken out again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from tests.races import at_once
from tests.scoring.papers import PDF, an_upload
from tests.worlds import a_province
from units import tasks
from units.models import Document
from units.permissions import Role
from units.rules.papers import PaperKind, PreviewState
from units.services import documents, previews

pytestmark = pytest.mark.django_db

LINK = "https://vanban.example.gov.vn/12"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def province(db):
    return a_province()


@pytest.fixture
def desk(province):
    """A unit and somebody who writes for it."""
    unit = province.departments[0]
    return unit, province.a_person(Role.EDITOR, unit)


def filed(desk) -> Document:
    unit, editor = desk
    return documents.file(unit, by=editor, upload=an_upload(PDF), declared_not_secret=True)


def noted(desk, **said) -> Document:
    unit, editor = desk
    return documents.note(unit, by=editor, **({"link": LINK, "declared_not_secret": True} | said))


def test_an_address_elsewhere_is_noted_once_and_never_fetched(desk):
    paper = noted(desk, title="Kế hoạch", number="12/KH")

    assert noted(desk) == paper
    assert (paper.title, paper.host, paper.kind_words) == (
        "Kế hoạch",
        "vanban.example.gov.vn",
        "WEB",
    )


def test_a_paper_of_which_only_the_number_is_known_is_noted(desk):
    assert noted(desk, link="", number="12/KH").title == "12/KH"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"link": "http://a.example.vn/"}, "https://"),
        ({"link": ""}, "liên kết, hoặc số"),
        ({"declared_not_secret": False}, "bí mật nhà nước"),
    ],
)
def test_what_cannot_be_noted_is_refused_with_its_sentence(desk, said, told):
    with pytest.raises(MoveRefused, match=told):
        noted(desk, **said)


def test_only_the_hosts_that_are_set_are_linked_to(desk, settings):
    settings.DOCUMENT_LINK_HOSTS = ["bca.gov.vn"]

    with pytest.raises(MoveRefused, match="Chỉ nhận liên kết đến: bca.gov.vn"):
        noted(desk)


def test_an_insecure_link_is_refused_by_the_database(desk):
    paper = noted(desk)

    with pytest.raises(IntegrityError, match="secure"), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(link="http://a.example.vn/")


def test_a_paper_is_described(desk):
    _, editor = desk
    paper = filed(desk)
    said = {"paper_kind": PaperKind.PLAN, "number": "12/KH", "issued_on": date(2026, 1, 5)}

    told = documents.describe(paper, by=editor, seen_version=1, office=" Công an  tỉnh ", **said)

    assert told.reference == "Kế hoạch 12/KH, 05/01/2026, Công an tỉnh"
    assert documents.describe(paper, by=editor, seen_version=1, **said).version == 2


def test_whoever_described_it_meanwhile_is_not_overwritten(desk):
    _, editor = desk
    paper = filed(desk)
    documents.describe(paper, by=editor, seen_version=1, title="Của người thứ nhất")

    with pytest.raises(ChangedMeanwhile):
        documents.describe(paper, by=editor, seen_version=1, title="Của người thứ hai")


def test_a_paper_does_not_lose_what_it_is_known_by(desk):
    _, editor = desk
    paper = noted(desk, link="", number="12/KH")

    with pytest.raises(MoveRefused, match="số và ký hiệu"):
        documents.describe(paper, by=editor, seen_version=1, number=" ")
    with pytest.raises(MoveRefused, match="tên, trích yếu"):
        documents.describe(paper, by=editor, seen_version=1, title=" ")


def test_a_withdrawn_paper_leaves_a_trace_and_no_file(
    desk, tmp_path, django_capture_on_commit_callbacks
):
    unit, editor = desk
    paper = filed(desk)
    tasks.draw_preview(paper.pk)
    place = paper.file.name

    with django_capture_on_commit_callbacks(execute=True):
        documents.withdraw(paper, by=editor, reason=" Đưa nhầm  bản ")

    left = Document.objects.get(pk=paper.pk)
    assert (left.withdrawn_by, left.withdrawn_reason) == (editor, "Đưa nhầm bản")
    assert left.withdrawn_at
    assert not default_storage.exists(place)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert unit.documents.bytes_stored() == 0


def test_the_same_file_may_come_back_after_it_was_withdrawn(
    desk, django_capture_on_commit_callbacks
):
    _, editor = desk
    paper = filed(desk)
    with django_capture_on_commit_callbacks(execute=True):
        documents.withdraw(paper, by=editor, reason="Nhầm")

    again = filed(desk)

    assert again != paper
    assert again.file.read() == PDF
    again.file.close()


def test_nothing_happens_to_a_withdrawn_paper_any_more(desk):
    _, editor = desk
    paper = filed(desk)
    documents.withdraw(paper, by=editor, reason="Nhầm")

    with pytest.raises(MoveRefused, match="đã được rút"):
        documents.withdraw(paper, by=editor, reason="Nhầm")
    with pytest.raises(MoveRefused, match="đã được rút"):
        documents.describe(paper, by=editor, seen_version=2, title="Khác")
    with pytest.raises(IntegrityError, match="withdrawn"), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(withdrawn_reason="Khác")


def test_a_paper_is_withdrawn_with_a_reason_or_not_at_all(desk):
    _, editor = desk

    with pytest.raises(MoveRefused, match="lý do"):
        documents.withdraw(filed(desk), by=editor, reason="  ")


def test_a_document_is_never_deleted(desk):
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        filed(desk).delete()


@pytest.mark.parametrize("role", [Role.STAFF, Role.VERIFIER, Role.LEADER])
def test_only_those_who_write_for_the_unit_note_describe_and_withdraw(desk, province, role):
    paper = filed(desk)
    other = province.a_person(role, paper.unit)

    with pytest.raises(PermissionDenied):
        documents.note(paper.unit, by=other, link=LINK, declared_not_secret=True)
    with pytest.raises(PermissionDenied):
        documents.describe(paper, by=other, seen_version=1, title="x")
    with pytest.raises(PermissionDenied):
        documents.withdraw(paper, by=other, reason="x")


def test_small_pictures_that_were_lost_are_asked_for_again(desk, monkeypatch):
    paper = filed(desk)
    sent = []
    monkeypatch.setattr(tasks.draw_preview, "delay", sent.append)

    assert previews.send_lost_ones_again(waiting_since=paper.filed_at) == 0
    previews.send_lost_ones_again(waiting_since=paper.filed_at + timedelta(seconds=1))

    assert sent == [paper.pk]


def test_a_paper_that_cannot_be_drawn_costs_its_picture_only(desk, monkeypatch):
    paper = filed(desk)
    monkeypatch.setattr(tasks, "DRAW", "tests.kit.confined_work:crash")

    tasks.draw_preview(paper.pk)
    tasks.draw_page(paper.pk, 1)

    paper.refresh_from_db()
    assert paper.preview == PreviewState.FAILED
    assert previews.fate(paper, 1) == PreviewState.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_paper_described_twice_at_once_keeps_the_first_words(desk):
    _, editor = desk
    paper = filed(desk)

    refusals = at_once(
        lambda: documents.describe(paper, by=editor, seen_version=1, title="Một"),
        lambda: documents.describe(paper, by=editor, seen_version=1, title="Hai"),
    )

    assert len(refusals) == 1
    assert Document.objects.get().version == 2


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_do_not_overfill_the_cabinet(desk, settings):
    unit, editor = desk
    settings.UNIT_STORE_LARGEST = len(PDF) + 30
    contents = (PDF, PDF + b"\n")

    def act(content):
        return lambda: documents.file(
            unit, by=editor, upload=an_upload(content), declared_not_secret=True
        )

    refusals = at_once(*(act(content) for content in contents))

    assert len(refusals) == 1
    assert "không đủ chỗ" in refusals[0]
    assert Document.objects.count() == 1
