"""Tables of figures that were uploaded and wait until somebody has decided about their rows."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from cchc_portal.kit.logbook import Sealed
from scoring.models.period import Block


class FigureUploadQuerySet(models.QuerySet):
    def for_page(self):
        """With the block, its period and assessor, and who brought it (one query)."""
        return self.select_related("block__period__assessor", "uploaded_by")

    def listed(self):
        """For a list: newest first, without the rows."""
        return self.select_related("uploaded_by").defer("rows").order_by("-pk")


class FigureUpload(models.Model):
    """What an uploaded table of a block says, as it was read: the file itself is not kept.

    `rows` are rows of `scoring/rules/figure_reading.py`.
    """

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="figure_uploads")
    file_name = models.CharField("tên tệp", max_length=200)
    rows = models.JSONField("các dòng", encoder=DjangoJSONEncoder)
    remarks = models.JSONField("lưu ý", default=list)
    uploaded_at = models.DateTimeField("thời điểm đưa lên", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = FigureUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp điểm ngoài tự đánh giá"
        verbose_name_plural = "tệp điểm ngoài tự đánh giá"
        ordering = ("-pk",)
        triggers = (Sealed(),)

    def __str__(self):
        return f"{self.file_name} – {self.block_id}"
