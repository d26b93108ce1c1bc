"""What lay there already: the layout it was signed under, its last day, and its last report."""

from django.db import migrations

SIGNED_BEFORE = """
UPDATE commitments_commitment SET layout = 1 WHERE digest <> '';
UPDATE commitments_commitmenttask SET deadline = due_on WHERE due_on IS NOT NULL;
INSERT INTO commitments_taskreport
    (task_id, number, outcome, reached, result, done_on, reported_at, reported_by_id,
     verdict, remark)
SELECT id, 1, outcome, reached, result, done_on, reported_at, reported_by_id, '', ''
FROM commitments_commitmenttask WHERE outcome <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("commitments", "0002_tasks_in_full_annexes_and_reports")]

    operations = [migrations.RunSQL(SIGNED_BEFORE, migrations.RunSQL.noop)]
