"""What is sent off after commit is really drawn, elsewhere."""

import pytest
from django.core.files.storage import default_storage

from tests.scoring.papers import an_upload
from tests.units.files import a_pdf
from tests.worlds import a_province
from units.models import Document
from units.models.previews import PAGE, THUMBNAIL, is_drawn, place_of
from units.permissions import Role
from units.rules.papers import PreviewState
from units.services import documents, previews


@pytest.mark.django_db(transaction=True)
def test_a_worker_draws_the_small_picture_and_then_the_page_that_is_asked_for(real_worker):
    province = a_province()
    unit = province.departments[0]
    paper = documents.file(
        unit,
        by=province.a_person(Role.EDITOR, unit),
        upload=an_upload(a_pdf("Vẽ bởi tiến trình khác", pages=2)),
        declared_not_secret=True,
    )

    real_worker.wait_for(
        lambda: Document.objects.get(pk=paper.pk).preview == PreviewState.DONE, seconds=60
    )
    previews.fate(paper, 2)
    real_worker.wait_for(lambda: is_drawn(paper, 2, PAGE), seconds=60)

    assert previews.fate(paper, 2) == PreviewState.DONE
    with default_storage.open(place_of(paper, 1, THUMBNAIL)) as picture:
        assert picture.read(3) == b"\xff\xd8\xff"
