"""Tables of tasks that were uploaded and wait until somebody has decided about their rows."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from cchc_portal.kit.logbook import Sealed
from commitments.models.commitment import Commitment


class TaskUploadQuerySet(models.QuerySet):
    def for_page(self):
        """With the paper, its parties, and who brought it (one query)."""
        return self.select_related(
            "commitment__unit", "commitment__received_by", "commitment__amends", "uploaded_by"
        )

    def visible_to(self, user):
        """Those of the commitments the person may see."""
        return self.filter(commitment__in=Commitment.objects.visible_to(user))

    def listed(self):
        """For a list: newest first, without the rows."""
        return self.select_related("uploaded_by").defer("rows").order_by("-pk")


class TaskUpload(models.Model):
    """What an uploaded table of tasks says, as it was read: the file itself is not kept.

    `rows` are rows of `commitments/rules/task_reading.py`, `missing` the keys of tasks that stood
    in the table when it was downloaded and do not any more, `made_on` that moment.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField("tên tệp", max_length=200)
    made_on = models.DateTimeField("thời điểm tải về")
    rows = models.JSONField("các dòng", encoder=DjangoJSONEncoder)
    missing = models.JSONField("không còn trong tệp", default=list)
    remarks = models.JSONField("lưu ý", default=list)
    uploaded_at = models.DateTimeField("thời điểm đưa lên", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = TaskUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng nhiệm vụ đã đưa lên"
        verbose_name_plural = "bảng nhiệm vụ đã đưa lên"
        ordering = ("-pk",)
        triggers = (Sealed(),)

    def __str__(self):
        return f"{self.file_name} – {self.commitment_id}"
