"""What is published stays as published: the database refuses, and the seal tells."""

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from reports import seal
from reports.models import OF_THE_PRESS, Edition, EditionResult, RenderState
from tests.reports.situations import an_edition

pytestmark = pytest.mark.django_db

# A value of another kind for every column of an edition that is sealed.
OTHER = {
    "period_id": 0,
    "number": 2,
    "title": "'khác'",
    "year": 1999,
    "kind": "'model'",
    "data_from": "'2000-01-01'",
    "data_until": "'2000-01-01'",
    "criteria": "'[]'",
    "corrects_id": 0,
    "reason": "'khác'",
    "previous_id": 0,
    "decision_number": "'1/QĐ'",
    "decided_on": "'2000-01-01'",
    "place": "'khác'",
    "superior_name": "'khác'",
    "issuer_name": "'khác'",
    "signer_authority": "'TL.'",
    "signer_position": "'khác'",
    "signer_rank": "'khác'",
    "signer_name": "'khác'",
    "made_up": "not made_up",
    "digest": "'0'",
    "form": 1,
    "published_at": "now()",
    "published_by_id": 0,
    "places": 4,
    "tie_rule": "'dense'",
    "scale_total": 7,
    "band_floors": "array[1]",
    "band_labels": "array['a','b']",
}


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_sealed_column_of_an_edition_is_tried():
    sealed = {field.column for field in Edition._meta.concrete_fields} - set(OF_THE_PRESS) - {"id"}

    assert set(OTHER) == sealed


@pytest.mark.parametrize(("column", "value"), OTHER.items())
def test_no_sealed_column_of_an_edition_is_changed_by_sql(column, value):
    an_edition()

    with pytest.raises(IntegrityError, match="sealed: reports_edition"):
        run(f"update reports_edition set {column} = {value}")


def test_the_columns_of_the_press_stay_open():
    edition = an_edition().edition

    run("update reports_edition set render_state = 'failed', render_error = 'x', sent_at = now()")
    run(
        "update reports_edition set render_state = 'done', render_error = '', pdf = 'a.pdf', "
        "rendered_at = now()"
    )

    edition.refresh_from_db()
    assert (edition.render_state, edition.pdf.name) == (RenderState.DONE, "a.pdf")


@pytest.mark.parametrize(
    "column", [field.column for field in EditionResult._meta.concrete_fields if field.name != "id"]
)
def test_no_column_of_a_result_is_changed_by_sql(column):
    an_edition()

    with pytest.raises(IntegrityError, match="append-only: reports_editionresult"):
        run(f"update reports_editionresult set {column} = {column}")


@pytest.mark.parametrize(
    "statement",
    [
        "delete from reports_editionresult",
        "delete from reports_edition",
        "set constraints all immediate; truncate reports_editionresult cascade",
        "set constraints all immediate; truncate reports_edition cascade",
    ],
)
def test_nothing_published_is_deleted_by_sql(statement):
    an_edition()

    with pytest.raises(IntegrityError):
        run(statement)

    assert (Edition.objects.count(), EditionResult.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "tampering",
    [
        "update reports_editionresult set percent = percent + 0.01 where rank = 1",
        "update reports_editionresult set unit_name = 'Phòng khác' where rank is null",
        "update reports_editionresult set areas = jsonb_set(areas, '{0,points}', '\"0\"') "
        "where rank = 1",
        "update reports_editionresult set unranked_reason = 'khác' where rank is null",
        "update reports_edition set signer_name = 'Người khác'",
        "delete from reports_editionresult where rank is null",
    ],
)
def test_with_the_walls_down_the_seal_tells_and_the_page_says_so(client, tampering):
    edition = an_edition().edition
    assert "Số liệu đúng như khi công bố" in client.get(f"/cong-bo/{edition.pk}/").content.decode()

    with pgtrigger.ignore(
        "reports.EditionResult:append_only", "reports.Edition:sealed", "reports.Edition:kept"
    ):
        run(tampering)

    edition.refresh_from_db()
    assert not seal.holds(edition, edition.results.all())
    page = client.get(f"/cong-bo/{edition.pk}/").content.decode()
    assert "Số liệu không còn khớp với mã niêm phong" in page
    assert "Số liệu đúng như khi công bố" not in page


def test_a_line_slipped_in_breaks_the_seal():
    edition = an_edition().edition
    line = edition.results.get(rank=None)
    line.pk, line.position, line.unit = None, 9, edition.period.assessor

    line.save()

    assert not seal.holds(edition, edition.results.all())


def test_the_code_people_compare_is_the_head_of_the_digest():
    edition = an_edition().edition

    code = seal.short_code(edition)

    assert code.replace("-", "").lower() == edition.digest[:12]
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
