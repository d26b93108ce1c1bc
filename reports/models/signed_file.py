"""The decision of an edition as it was signed: on the portal, elsewhere, or on paper."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.logbook import Kept, NoTruncate, Sealed
from cchc_portal.kit.worded import Worded
from reports.models.edition import Edition


class SignedKind(Worded):
    """How it came to be signed."""

    PORTAL = "portal", "Ký số trên cổng"
    BROUGHT = "brought", "Tệp ký số tải lên"
    SCAN = "scan", "Bản quét tải lên"


class SignedState(Worded):
    """How far it has been looked at."""

    WAITING = "waiting", "Đang kiểm tra chữ ký"
    VERIFIED = "verified", "Đúng tệp của bản công bố, chữ ký nguyên vẹn"
    REFUSED = "refused", "Không đạt kiểm tra"
    UNVERIFIED = "unverified", "Bản quét, cổng không kiểm tra được"
    WITHDRAWN = "withdrawn", "Đã rút"


SHOWN = (SignedState.VERIFIED, SignedState.UNVERIFIED)
"""What the public may read."""

OF_THE_CHECK = ("state", "fault", "signatures", "checked_at")
"""The columns that are written after the file was received."""


def _place_of_the_file(signed: "SignedFile", filename: str) -> str:
    edition = signed.edition
    return f"editions/{edition.period_id}/{edition.number}-ky-{signed.sha256[:32]}.pdf"


class SignedFileQuerySet(models.QuerySet):
    def shown(self):
        """Those anybody may read, oldest first."""
        return self.filter(state__in=SHOWN).order_by("pk")

    def standing(self):
        """Those that were not withdrawn."""
        return self.exclude(state=SignedState.WITHDRAWN)

    def signed_here(self):
        """Those that the portal signed, and that were not withdrawn."""
        return self.standing().filter(kind=SignedKind.PORTAL)

    def for_page(self):
        """All of them with whoever brought them, newest first."""
        return self.select_related("by").order_by("-pk")

    def lost(self, *, waiting_since: datetime):
        """Received, and for so long not looked at."""
        return self.filter(state=SignedState.WAITING, received_at__lt=waiting_since)

    def hold(self, pk: int) -> "SignedFile":
        """The row, locked until the transaction ends, with its edition and period."""
        held = self.select_related("edition__period").select_for_update(of=("self",), no_key=True)
        return held.get(pk=pk)


class SignedFile(models.Model):
    """A signed file beside the edition's own, which stays as it was drawn."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="signed_files")
    kind = models.CharField("cách ký", max_length=10, choices=SignedKind.choices)
    file = models.FileField("tệp", upload_to=_place_of_the_file)
    file_name = models.CharField("tên tệp", max_length=200)
    size = models.PositiveIntegerField("dung lượng")
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField("nhận lúc", auto_now_add=True)
    state = models.CharField("tình trạng", max_length=12, choices=SignedState.choices)
    fault = models.CharField("lý do", max_length=500, blank=True)
    signatures = models.JSONField("các chữ ký", default=list)
    checked_at = models.DateTimeField("kiểm tra lúc", null=True, blank=True)

    objects = SignedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "bản ký"
        verbose_name_plural = "bản ký"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "sha256"),
                condition=~Q(state=SignedState.WITHDRAWN),
                name="signed_file_once_for_an_edition",
            ),
            models.UniqueConstraint(
                fields=("edition",),
                condition=Q(kind=SignedKind.PORTAL) & ~Q(state=SignedState.WITHDRAWN),
                name="signed_file_once_on_the_portal",
            ),
            models.CheckConstraint(
                name="signed_file_digest_is_one", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="signed_file_verified_has_signatures",
                condition=Q(state=SignedState.VERIFIED, checked_at__isnull=False)
                & ~Q(signatures=[])
                & ~Q(kind=SignedKind.SCAN)
                | ~Q(state=SignedState.VERIFIED),
            ),
            models.CheckConstraint(
                name="signed_file_scan_is_never_verified",
                condition=Q(kind=SignedKind.SCAN)
                & Q(state__in=(SignedState.UNVERIFIED, SignedState.WITHDRAWN))
                | ~Q(kind=SignedKind.SCAN) & ~Q(state=SignedState.UNVERIFIED),
            ),
            models.CheckConstraint(
                name="signed_file_turned_away_with_a_reason",
                condition=Q(state__in=(SignedState.REFUSED, SignedState.WITHDRAWN)) & ~Q(fault="")
                | ~Q(state__in=(SignedState.REFUSED, SignedState.WITHDRAWN)) & Q(fault=""),
            ),
            one_of("kind", SignedKind, "signed_file_kind_known"),
            one_of("state", SignedState, "signed_file_state_known"),
        )
        triggers = (Sealed(but=OF_THE_CHECK), Kept(), NoTruncate())

    def __str__(self):
        return f"{self.file_name}, {self.edition}"
