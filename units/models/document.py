"""The file cabinet of a unit: papers that serve as evidence or as proof."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models.unit import Unit


def _random_place(document: "Document", filename: str) -> str:
    """Stored under the unit's key and the file's digest, never under a name a person chose."""
    return f"documents/{document.unit_id}/{document.sha256[:2]}/{document.sha256}"


class Document(models.Model):
    """One paper, filed once per unit: a stored file, or the number of a paper kept elsewhere."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="documents", verbose_name="đơn vị"
    )
    title = models.CharField("trích yếu", max_length=300)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    office = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    file = models.FileField("tệp", upload_to=_random_place, blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField("dung lượng", null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    filed_at = models.DateTimeField("thời điểm đưa vào", auto_now_add=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "tài liệu"
        verbose_name_plural = "tài liệu"
        ordering = ("-filed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "sha256"),
                condition=~Q(sha256=""),
                name="document_file_once_in_a_unit",
                violation_error_message="Tệp này đã có trong tủ tài liệu của đơn vị.",
            ),
            models.CheckConstraint(
                name="document_is_something",
                condition=~Q(file="") | ~Q(number=""),
                violation_error_message="Cần có tệp, hoặc số và ký hiệu của văn bản.",
            ),
            models.CheckConstraint(
                name="document_file_is_whole",
                condition=Q(file="", sha256="", size=None)
                | ~Q(file="") & ~Q(sha256="") & Q(size__gt=0),
            ),
        )

    def __str__(self):
        return self.title
