"""The file cabinet of a unit: papers that serve as evidence or as proof."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Sum
from django.db.models import Value as V
from django.db.models.functions import Concat
from django.utils import timezone

from cchc_portal.kit.constraints import one_of, together
from cchc_portal.kit.logbook import Kept
from units.models.unit import Plain, Unit, speaks_of
from units.rules.age import age_words
from units.rules.file_kinds import PDF, FileKind, kind_by_type
from units.rules.links import host_of
from units.rules.papers import PaperKind, PreviewState


def _random_place(document: "Document", filename: str) -> str:
    """Stored under the unit's key and the file's digest, never under a name a person chose."""
    return f"documents/{document.unit_id}/{document.sha256[:2]}/{document.sha256}"


SAID = Concat(
    "title", V(" "), "number", V(" "), "office", V(" "), "file_name", V(" "), "link",
    output_field=models.TextField(),
)  # fmt: skip
"""All that is said of a document, in one text: it has one index."""


class DocumentQuerySet(models.QuerySet):
    def in_cabinets(self):
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def matching(self, words: str):
        """Those that hold all the words in what is said of them, diacritics and case ignored."""
        return self.filter(speaks_of(words, SAID))

    def bytes_stored(self) -> int:
        """What their files weigh together (one query)."""
        return self.in_cabinets().order_by().aggregate(sum=Sum("size"))["sum"] or 0

    def hold(self, pk: int) -> "Document":
        """The document with its unit, its row locked until the transaction ends."""
        return self.select_related("unit").select_for_update(of=("self",), no_key=True).get(pk=pk)


class Document(models.Model):
    """One paper, filed once per unit: a stored file, an address elsewhere, or a number alone.

    A withdrawn one keeps its row as a trace; its file is gone.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="documents", verbose_name="đơn vị"
    )
    title = models.CharField("trích yếu", max_length=300)
    paper_kind = models.CharField(
        "loại văn bản", max_length=12, choices=PaperKind.choices, blank=True
    )
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    office = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    file = models.FileField("tệp", upload_to=_random_place, blank=True)
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField("dung lượng", null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField("số trang", null=True, blank=True)
    preview = models.CharField(
        "hình thu nhỏ", max_length=8, choices=PreviewState.choices, default=PreviewState.NONE
    )
    link = models.CharField("liên kết", max_length=500, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    filed_at = models.DateTimeField("thời điểm đưa vào", auto_now_add=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField("thời điểm xác nhận không mật", null=True, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("thời điểm rút", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField("lý do rút", max_length=500, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "tài liệu"
        verbose_name_plural = "tài liệu"
        ordering = ("-filed_at", "-pk")
        # The same bytes are looked for in every cabinet: what was examined once is known.
        indexes = (
            models.Index(fields=["sha256"], name="document_by_its_bytes"),
            GinIndex(OpClass(Plain(SAID), name="gin_trgm_ops"), name="document_said_plain"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "sha256"),
                condition=~Q(sha256="") & Q(withdrawn_at=None),
                name="document_file_once_in_a_unit",
                violation_error_message="Tệp này đã có trong tủ tài liệu của đơn vị.",
            ),
            models.UniqueConstraint(
                fields=("unit", "link"),
                condition=~Q(link="") & Q(withdrawn_at=None),
                name="document_link_once_in_a_unit",
                violation_error_message="Liên kết này đã có trong tủ tài liệu của đơn vị.",
            ),
            models.CheckConstraint(
                name="document_is_something",
                condition=~Q(file="") | ~Q(number="") | ~Q(link=""),
                violation_error_message="Cần có tệp, liên kết, hoặc số và ký hiệu của văn bản.",
            ),
            models.CheckConstraint(
                name="document_file_is_whole",
                condition=Q(file="", sha256="", size=None)
                | ~Q(file="") & ~Q(sha256="") & Q(size__isnull=False, size__gt=0),
            ),
            models.CheckConstraint(
                name="document_link_is_secure",
                condition=Q(link="") | Q(file="", link__istartswith="https://"),
            ),
            together("declared_at", "declared_by", name="document_declaration_is_whole"),
            models.CheckConstraint(
                name="document_is_declared_not_secret",
                condition=Q(file="", link="") | Q(declared_at__isnull=False),
            ),
            models.CheckConstraint(
                name="document_withdrawal_is_whole",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
            ),
            models.CheckConstraint(
                name="document_pages_from_one", condition=Q(pages=None) | Q(pages__gt=0)
            ),
            models.CheckConstraint(
                name="document_paper_kind_known",
                condition=Q(paper_kind__in=("", *PaperKind.values)),
            ),
            one_of("preview", PreviewState, "document_preview_known"),
        )
        triggers = (
            Kept(),
            pgtrigger.Trigger(
                name="withdrawn_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
                func="RAISE EXCEPTION 'withdrawn: %', TG_TABLE_NAME USING ERRCODE = '23514';",
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
        """Its mark: PDF, XLSX…; WEB for an address, VB for a paper known by its number alone."""
        if self.link:
            return "WEB"
        return self.kind.extension.upper() if self.kind else "VB"

    @property
    def shown_in_place(self) -> bool:
        """Whether a picture of it can be drawn inside a page."""
        return self.kind is not None and self.kind.shown_in_place

    @property
    def leaves(self) -> int:
        """How many pictures it makes: a PDF one for each page, an image one, anything else none."""
        if not self.shown_in_place:
            return 0
        return (self.pages or 1) if self.kind == PDF else 1

    @property
    def previewed(self) -> bool:
        """Whether its small picture is there to be shown."""
        return self.preview == PreviewState.DONE

    @property
    def download_name(self) -> str:
        """Under what name a browser keeps it: the one it came with, ending as its content does."""
        name, kind = self.file_name or self.title, self.kind
        return name if kind is None or kind.fits_name(name) else f"{name}.{kind.extension}"

    @property
    def reference(self) -> str:
        """Kind, number, day and office, as far as they are known."""
        kind = PaperKind(self.paper_kind).label if self.paper_kind else ""
        named = f"{kind} {self.number}" if kind and self.number else kind or self.number
        day = f"{self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return ", ".join(filter(None, (named, day, self.office)))

    @property
    def host(self) -> str:
        """The system on which it is kept, where that is another."""
        return host_of(self.link)

    @property
    def dated_on(self) -> date:
        """The day it was issued; where nobody said, the day it was filed."""
        return self.issued_on or timezone.localdate(self.filed_at)

    @property
    def age(self) -> str:
        """How old it is, in words."""
        words = age_words(self.dated_on, today=timezone.localdate())
        return f"ban hành {words}" if self.issued_on else f"đưa vào {words}"

    @property
    def withdrawn(self) -> bool:
        """Whether it has been taken out of the cabinet."""
        return self.withdrawn_at is not None
