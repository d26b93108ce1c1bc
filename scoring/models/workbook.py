"""Workbooks that were uploaded and wait until somebody has decided about their rows."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from cchc_portal.kit.logbook import Sealed
from scoring.models.dossier import Dossier


class WorkbookUploadQuerySet(models.QuerySet):
    def for_page(self):
        """With the dossier and all that its pages name, and who brought it (one query)."""
        return self.select_related(
            "dossier__unit", "dossier__block", "dossier__period__assessor", "uploaded_by"
        )

    def visible_to(self, user):
        """Those of the dossiers the person may see."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def listed(self):
        """For a list: newest first, without the rows."""
        return self.select_related("uploaded_by").defer("rows").order_by("-pk")


class WorkbookUpload(models.Model):
    """What an uploaded workbook says, as it was read: the file itself is not kept.

    `rows` are rows of `scoring/rules/workbook_reading.py`, `made_on` the moment it was downloaded.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="workbooks")
    file_name = models.CharField("tên tệp", max_length=200)
    made_on = models.DateTimeField("thời điểm tải về")
    rows = models.JSONField("các dòng", encoder=DjangoJSONEncoder)
    remarks = models.JSONField("lưu ý", default=list)
    uploaded_at = models.DateTimeField("thời điểm đưa lên", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = WorkbookUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp Excel đã đưa lên"
        verbose_name_plural = "tệp Excel đã đưa lên"
        ordering = ("-pk",)
        triggers = (Sealed(),)

    def __str__(self):
        return f"{self.file_name} – {self.dossier_id}"
