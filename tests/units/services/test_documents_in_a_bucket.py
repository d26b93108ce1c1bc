"""The cabinet over an S3-compatible store: a stand-in speaks its protocol, the client is real."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from tests.house.bucket import a_bucket
from tests.scoring.papers import a_document
from tests.units.files import a_pdf
from tests.worlds import a_draft_dossier
from units import tasks
from units.models import Document
from units.models.previews import PAGE, is_drawn
from units.services import documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket(settings, monkeypatch):
    """The store of files is a bucket, as where S3_BUCKET is set."""
    with a_bucket() as (address, kept):
        settings.STORAGES = settings.STORAGES | {
            "default": {
                "BACKEND": "storages.backends.s3.S3Storage",
                "OPTIONS": {
                    "bucket_name": "cchc",
                    "endpoint_url": address,
                    "region_name": "us-east-1",
                    "access_key": "ten",
                    "secret_key": "khoa",
                    "addressing_style": "path",
                    "signature_version": "s3v4",
                    "default_acl": None,
                    "file_overwrite": False,
                },
            }
        }
        yield kept


def test_a_document_is_kept_drawn_read_and_withdrawn(
    client, bucket, django_capture_on_commit_callbacks
):
    work = a_draft_dossier()
    content = a_pdf("Trong kho", pages=2)
    paper = a_document(work, content)
    client.force_login(work.editor)

    assert bucket[paper.file.name] == content
    tasks.draw_preview(paper.pk)
    tasks.draw_page(paper.pk, 2)
    assert is_drawn(paper, 2, PAGE)
    assert len(bucket) == 3
    read = client.get(reverse("scoring:document-file", args=[paper.pk]))
    assert b"".join(read) == content
    shown = client.get(reverse("scoring:document-page", args=[paper.pk, 2]))
    assert b"".join(shown).startswith(b"\xff\xd8\xff")
    with django_capture_on_commit_callbacks(execute=True):
        documents.withdraw(paper, by=work.editor, reason="Nhầm")
    assert bucket == {}


def test_a_file_that_is_not_in_the_bucket_is_not_found(client, bucket):
    work = a_draft_dossier()
    paper = a_document(work)
    client.force_login(work.editor)
    bucket.clear()

    assert client.get(reverse("scoring:document-file", args=[paper.pk])).status_code == 404
    tasks.draw_page(paper.pk, 1)
    assert Document.objects.get().pk == paper.pk
    assert storages["default"].exists("x") is False
