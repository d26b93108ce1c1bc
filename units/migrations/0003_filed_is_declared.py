"""Whoever filed a document before had to declare it too; now it is written down.

And what can be drawn waits for its small picture: the clock sends it off.
"""

from django.db import migrations
from django.db.models import F


def write_down(apps, schema_editor):
    documents = apps.get_model("units", "Document").objects
    documents.filter(declared_at=None).exclude(file="").update(
        declared_at=F("filed_at"), declared_by=F("filed_by")
    )
    drawable = ("application/pdf", "image/png", "image/jpeg")
    documents.filter(content_type__in=drawable).update(preview="waiting")


class Migration(migrations.Migration):
    dependencies = [("units", "0002_documents_with_links_and_traces")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
