"""What was published, frozen with the names and rules of its day."""

from datetime import datetime

from django.conf import settings
from django.db import connection, models
from django.db.models import Count, F, Q, Sum

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.logbook import Kept, NoTruncate, Sealed
from cchc_portal.kit.worded import Worded
from reports.rules.decree import AUTHORITIES
from scoring.models import Period
from scoring.models.ranking_rules import RankingRules
from scoring.rules.kinds import PeriodKind
from units.access import units_where
from units.models.unit import speaks_of
from units.permissions import Permission


class RenderState(Worded):
    """Where the paper of an edition is on its way from the press."""

    WAITING = "waiting", "Đang chờ kết xuất"
    RENDERING = "rendering", "Đang kết xuất"
    DONE = "done", "Đã có tệp PDF"
    FAILED = "failed", "Kết xuất không thành công"


def _place_of_the_paper(edition: "Edition", filename: str) -> str:
    return f"editions/{edition.period_id}/{edition.number}-{edition.digest[:16]}.pdf"


OF_THE_PRESS = ("pdf", "render_state", "render_error", "sent_at", "rendered_at")
"""The columns of an edition that are written after the seal: how far its paper is."""

CHAIN_LOCK = 0xED1710
"""Whoever publishes holds this number in the database, so that the chain never forks."""

ON_ITS_WAY = (RenderState.WAITING, RenderState.RENDERING)


MAY_PRINT = (Permission.RUN_PERIOD, Permission.PUBLISH_INDEX)
"""Who may send a paper to the press again."""


class EditionQuerySet(models.QuerySet):
    def for_page(self):
        """With the period, its assessor, and the editions it is linked to."""
        linked = ("previous", "corrects", "corrected_by")
        found = self.select_related("period__assessor", "published_by", *linked)
        return found.defer(*(f"{edition}__criteria" for edition in linked))

    def with_counts(self):
        """Adds ranked and unit counts, and how many reached the best class; newest first."""
        counted = self.annotate(
            unit_count=Count("results"),
            ranked_count=Count("results", filter=Q(results__rank__isnull=False)),
            best_count=Count("results", filter=Q(results__band=F("band_labels__0"))),
        )
        return counted.defer("criteria").order_by("-published_at", "-pk")

    def with_ratings(self):
        """Those that stand and say how satisfied people were, with the sums, and of how many lines
        it is not told how many people that were; newest year first."""
        said = self.filter(corrected_by=None, results__rated__gt=0).defer("criteria")
        sums = said.annotate(
            rated=Sum("results__rated"),
            satisfied=Sum("results__satisfied"),
            people=Sum("results__people"),
            untold=Count("results", filter=Q(results__people=None)),
        )
        return sums.order_by("-year", "-published_at", "-pk")

    def last_before(self, edition: "Edition") -> "Edition | None":
        """The newest of the same assessor and kind about an earlier year (one query)."""
        period = edition.period
        same = self.filter(period__assessor=period.assessor_id, kind=edition.kind)
        found = same.filter(year__lt=edition.year, corrected_by=None).defer("criteria")
        return found.order_by("-year", "-published_at").first()

    def for_proof(self):
        """As the chain goes, each with the editions it is linked to."""
        return self.for_page().order_by("pk")

    def hold_chain(self) -> "Edition | None":
        """The last edition of all, after which nobody else publishes until the transaction ends."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        return self.order_by("-pk").first()

    def matching(self, words: str):
        """Those whose title, number or issuer hold all the words, diacritics and case ignored."""
        return self.filter(speaks_of(words, "title", "decision_number", "issuer_name"))

    def without_paper(self):
        """Published, but the press has not delivered yet."""
        return self.exclude(render_state=RenderState.DONE)

    def lost(self, *, waiting_since: datetime, rendering_since: datetime):
        """Sent to the press, and for so long not taken up, or taken up and not delivered."""
        return self.filter(
            Q(render_state=RenderState.WAITING, sent_at__lt=waiting_since)
            | Q(render_state=RenderState.RENDERING, sent_at__lt=rendering_since)
        )

    def failed_at_desks_of(self, user):
        """Papers the press could not make, of assessors where the person may send them again."""
        desks = {desk for permission in MAY_PRINT for desk in units_where(user, permission)}
        return self.filter(render_state=RenderState.FAILED, period__assessor__in=desks)

    def hold(self, pk: int) -> "Edition":
        """The edition's row with its period, the edition locked until the transaction ends."""
        held = self.select_related("period").select_for_update(of=("self",), no_key=True)
        return held.get(pk=pk)


class Edition(RankingRules):
    """Bản công bố: the decision and the rules by which its results were ranked."""

    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="editions", verbose_name="kỳ đánh giá"
    )
    number = models.PositiveSmallIntegerField("bản công bố số", default=1)
    title = models.CharField("tên kỳ đánh giá", max_length=200)
    year = models.PositiveSmallIntegerField("năm đánh giá")
    kind = models.CharField("nội dung đánh giá", max_length=10, choices=PeriodKind.choices)
    data_from = models.DateField("số liệu từ ngày")
    data_until = models.DateField("số liệu đến ngày")
    decision_number = models.CharField("số, ký hiệu quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    place = models.CharField("địa danh", max_length=80)
    superior_name = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    issuer_name = models.CharField("cơ quan ban hành", max_length=200)
    signer_authority = models.CharField(
        "quyền hạn ký", max_length=10, blank=True, choices=tuple(AUTHORITIES.items())
    )
    signer_position = models.CharField("chức vụ người ký", max_length=120)
    signer_rank = models.CharField("cấp bậc hàm người ký", max_length=40, blank=True)
    signer_name = models.CharField("họ và tên người ký", max_length=120)
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    form = models.PositiveSmallIntegerField("dạng niêm phong")
    criteria = models.JSONField("tiêu chí của từng khối")
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="corrected_by",
        verbose_name="đính chính cho",
    )
    reason = models.TextField("lý do đính chính", blank=True)
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="bản công bố ngay trước",
    )
    digest = models.CharField("mã niêm phong", max_length=64)
    published_at = models.DateTimeField("thời điểm công bố")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    pdf = models.FileField("tệp PDF", upload_to=_place_of_the_paper, blank=True)
    render_state = models.CharField(
        "kết xuất", max_length=10, choices=RenderState.choices, default=RenderState.WAITING
    )
    render_error = models.TextField("lỗi kết xuất", blank=True)
    sent_at = models.DateTimeField("thời điểm gửi kết xuất")
    rendered_at = models.DateTimeField("thời điểm kết xuất", null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta(RankingRules.Meta):
        verbose_name = "bản công bố"
        verbose_name_plural = "bản công bố"
        ordering = ("-published_at",)
        constraints = (
            *RankingRules.Meta.constraints,
            models.UniqueConstraint(
                fields=("period", "number"), name="edition_number_once_in_a_period"
            ),
            models.UniqueConstraint(
                fields=("previous",), nulls_distinct=False, name="edition_chain_has_no_fork"
            ),
            models.CheckConstraint(
                name="edition_after_the_first_corrects_with_a_reason",
                condition=Q(number=1, corrects=None, reason="")
                | Q(number__gt=1, corrects__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="edition_paper_agrees_with_state",
                condition=Q(render_state=RenderState.DONE, rendered_at__isnull=False) & ~Q(pdf="")
                | ~Q(render_state=RenderState.DONE) & Q(pdf="", rendered_at=None),
            ),
            one_of("kind", PeriodKind, "edition_kind_known"),
            one_of("render_state", RenderState, "edition_render_state_known"),
        )
        triggers = (Sealed(but=OF_THE_PRESS), Kept(), NoTruncate())

    def __str__(self):
        return f"{self.decision_number}, {self.title}"

    @property
    def newer(self) -> "Edition | None":
        """The edition that corrects this one, if there is one."""
        return getattr(self, "corrected_by", None)
