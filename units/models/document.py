"""The file cabinet of a unit: papers that serve as evidence or as proof."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models.unit import Unit
from units.rules.file_kinds import FileKind, kind_by_type


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
                | ~Q(file="") & ~Q(sha256="") & Q(size__isnull=False, size__gt=0),
            ),
        )

    def __str__(self):
        return self.title

    @property
    def kind(self) -> FileKind | None:
        """What kind of file it is; None where the paper is kept elsewhere."""
        return kind_by_type(self.content_type)

    @property
    def kind_words(self) -> str:
        """Its mark: PDF, XLSX…; VB for a paper of which only the number is known."""
        return self.kind.extension.upper() if self.kind else "VB"

    @property
    def shown_in_place(self) -> bool:
        """Whether a browser may draw it inside a page."""
        return self.kind is not None and self.kind.shown_in_place

    @property
    def download_name(self) -> str:
        """Under what name a browser keeps it: the one it came with, ending as its content does."""
        name, kind = self.file_name or self.title, self.kind
        return name if kind is None or kind.fits_name(name) else f"{name}.{kind.extension}"

    @property
    def reference(self) -> str:
        """Number, day and office, as far as they are known."""
        day = f"{self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return ", ".join(filter(None, (self.number, day, self.office)))
