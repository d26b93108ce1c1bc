"""What the database refuses to change in silence, asked by raw SQL."""

from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction

from scoring.models import Evidence, Score, ScoreChange
from scoring.models.recorded import RECORDED
from scoring.rules.kinds import Door
from scoring.services import evidence
from tests.scoring.marked import unrecorded
from tests.scoring.papers import a_document
from tests.worlds import a_draft_dossier, fill

pytestmark = pytest.mark.django_db

OTHERWISE = {
    "self_answer": """'{"yes": false}'""",
    "self_points": "'{1,3}'",
    "self_not_applicable": "not self_not_applicable",
    "self_note": "'Viết bằng SQL.'",
    "verified_answer": """'{"yes": false}'""",
    "verified_points": "'{1,3}'",
    "not_applicable": "not not_applicable",
    "verified_reason": "'Viết bằng SQL.'",
    "verified_source": "'Viết bằng SQL.'",
}


def run(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_column_that_people_write_is_tried():
    assert set(OTHERWISE) == set(RECORDED)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("column", OTHERWISE)
def test_no_column_changes_without_a_line_in_the_log(column):
    score = a_draft_dossier().score("1.1.1")
    with unrecorded():
        # Points with a reason, or nothing but a reason: what every other column may follow.
        points = None if column.endswith("not_applicable") else Fraction(1)
        Score.objects.filter(pk=score.pk).update(
            self_points=points, verified_points=points, verified_reason="Theo văn bản."
        )

    with pytest.raises(IntegrityError, match=f"not recorded: scoring_score.{column}"):
        run(f"update scoring_score set {column} = {OTHERWISE[column]} where id = %s", score.pk)


def test_a_change_made_by_sql_stands_where_it_says_what_it_did():
    work = a_draft_dossier()
    score = fill(work, "1.1.1", note="Bản đầu.")

    run(
        """
        with told as (
            insert into scoring_scorechange (score_id, "column", before, after, changed_at,
                                             changed_by_id)
            values (%s, 'self_note', 'Bản đầu.', 'Sửa bằng SQL.', now(), %s) returning score_id
        )
        update scoring_score set self_note = 'Sửa bằng SQL.'
        from told where id = told.score_id
        """,
        score.pk,
        work.editor.pk,
    )

    assert Score.objects.get(pk=score.pk).self_note == "Sửa bằng SQL."
    assert ScoreChange.objects.get(after="Sửa bằng SQL.").door == Door.OUTSIDE


@pytest.mark.django_db(transaction=True)
def test_a_line_written_earlier_does_not_excuse_a_later_change():
    score = fill(a_draft_dossier(), "1.1.1", note="Bản đầu.")
    assert ScoreChange.objects.filter(score=score, column="self_note").exists()

    with pytest.raises(IntegrityError, match="not recorded"):
        run("update scoring_score set self_note = 'Khác.' where id = %s", score.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "delete from scoring_evidence",
        "update scoring_evidence set page = 99",
        """insert into scoring_evidence (score_id, document_id, passage, added_at, added_by_id)
           select (select id from scoring_score where id <> score_id limit 1), document_id, '',
                  now(), added_by_id from scoring_evidence""",
    ],
)
def test_no_evidence_comes_changes_or_goes_without_a_line_in_the_log(statement):
    work = a_draft_dossier()
    evidence.attach(work.score("1.1.1"), by=work.editor, document=a_document(work))

    with pytest.raises(IntegrityError, match="not recorded: scoring_evidence.evidence"):
        run(statement)
    assert Evidence.objects.get().page is None


def test_a_score_is_never_deleted():
    score = a_draft_dossier().score("1.1.1")

    with pytest.raises(IntegrityError, match="sealed"):
        run("delete from scoring_score where id = %s", score.pk)
