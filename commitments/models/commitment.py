"""A unit's commitment of one year."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q

from cchc_portal.kit.constraints import one_of, together
from commitments.models.standings import TASK_STANDS, count_of
from commitments.rules.terms import LAYOUT, Heading
from commitments.rules.workflow import COUNTERSIGNED, CommitmentState
from units.access import units_where
from units.models import Document, Unit
from units.models.people import LONGEST_CALLED
from units.permissions import Permission

FIRST_YEAR, LAST_YEAR = 2000, 2100


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own units, and those received by units one oversees from."""
        own = Q(unit__in=units_where(user, Permission.SEE_UNIT))
        received = Q(received_by__in=units_where(user, Permission.SEE_BELOW))
        return self.filter(own | received)

    def awaiting(self, user):
        """Those on which the person is the one to act next: sign, or countersign."""
        desks = units_where(user, Permission.SIGN_COMMITMENT)
        to_sign = Q(state=CommitmentState.DRAFT, unit__in=desks)
        to_countersign = Q(state=CommitmentState.SIGNED, received_by__in=desks)
        return self.filter(to_sign | to_countersign)

    def whole(self):
        """The commitments themselves, without the annexes that change them."""
        return self.filter(amends=None)

    def unsigned(self):
        """Those that do not bind yet."""
        return self.exclude(state__in=COUNTERSIGNED)

    def with_progress(self, today):
        """Adds for commitments, annexes in force counted in: tasks_in_all, tasks_done (accepted),
        tasks_reported, tasks_awaiting, tasks_overdue, tasks_at_risk, as on the day.

        What is not signed by both binds nobody yet, so nothing in it is overdue.
        """
        tasks = self.model._meta.get_field("tasks").related_model.objects.of_the_whole(
            OuterRef("pk")
        )
        counted = {
            f"tasks_{name}": count_of(tasks.filter(condition(today)))
            for name, condition in TASK_STANDS.items()
        }
        return self.annotate(tasks_in_all=count_of(tasks), **counted)

    def to_countersign(self, desks):
        """Signed by the unit, received at one of these desks."""
        return self.filter(state=CommitmentState.SIGNED, received_by__in=desks)

    def newest_first(self):
        """By year, then in the order of units; said here, for counting forgets `Meta.ordering`."""
        return self.order_by("-year", "unit__position", "unit__code", "pk")

    def with_parties(self):
        """With both units, and of an annex what it changes (the same query)."""
        return self.select_related("unit", "received_by", "amends")

    def for_page(self):
        """With all that a page about one commitment shows: parties, tasks (one query more)."""
        parties = self.with_parties().select_related("scan")
        return parties.prefetch_related("tasks__replaces__commitment")

    def hold(self, pk: int) -> "Commitment":
        """The commitment's row, locked until the transaction ends."""
        held = self.with_parties().select_for_update(of=("self",), no_key=True)
        return held.get(pk=pk)


class Commitment(models.Model):
    """Bản cam kết thực hiện nhiệm vụ cải cách hành chính, one per unit and year; or an annex to it.

    What was signed is never edited: an annex is a paper of its own, `amends` the commitment, is
    signed in the same way, and its tasks stand beside or in the place of those signed before.

    Names, ranks and posts are written down at the signing: they are those of that day, and what
    was signed must not change because a unit was renamed or an officer promoted. `version` moves
    with every change of the paper or its tasks, `heading_version` with the heading alone.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="commitments", verbose_name="bên cam kết"
    )
    received_by = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="commitments_received",
        verbose_name="bên nhận cam kết",
    )
    year = models.PositiveSmallIntegerField("năm")
    amends = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="annexes",
        verbose_name="bản cam kết được điều chỉnh",
    )
    number = models.PositiveSmallIntegerField("phụ lục số", default=0)
    title = models.CharField("tên bản cam kết", max_length=300)
    place = models.CharField("nơi ký", max_length=120, blank=True)
    agreed_on = models.DateField("ngày ký kết", null=True, blank=True)
    state = models.CharField(
        "trạng thái",
        max_length=12,
        choices=CommitmentState.choices,
        default=CommitmentState.DRAFT,
    )
    version = models.PositiveIntegerField("phiên bản", default=1)
    heading_version = models.PositiveIntegerField("phiên bản thông tin chung", default=1)
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    unit_name = models.CharField("tên bên cam kết khi ký", max_length=200, blank=True)
    received_by_name = models.CharField("tên bên nhận khi ký", max_length=200, blank=True)
    digest = models.CharField("mã kiểm tra nội dung đã ký", max_length=64, blank=True)
    layout = models.PositiveSmallIntegerField("mẫu nội dung ký", default=LAYOUT)
    scan = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bản chụp đã ký",
    )
    signer = models.CharField("người ký cam kết", max_length=LONGEST_CALLED, blank=True)
    signer_post = models.CharField("chức vụ người ký cam kết", max_length=120, blank=True)
    signed_at = models.DateTimeField("thời điểm ký cam kết", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigner = models.CharField("người ký nhận", max_length=LONGEST_CALLED, blank=True)
    countersigner_post = models.CharField("chức vụ người ký nhận", max_length=120, blank=True)
    countersigned_at = models.DateTimeField("thời điểm ký nhận", null=True, blank=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("thời điểm kết thúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "bản cam kết"
        verbose_name_plural = "bản cam kết"
        ordering = ("-year", "unit__position", "unit__code")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year"),
                condition=Q(amends=None),
                name="commitment_once_a_year",
                violation_error_message="Đơn vị đã có bản cam kết của năm này.",
            ),
            models.CheckConstraint(
                name="commitment_parties_differ",
                condition=~Q(unit=F("received_by")),
                violation_error_message="Bên nhận cam kết phải là đơn vị khác.",
            ),
            models.CheckConstraint(
                name="commitment_year_plausible",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
            ),
            models.UniqueConstraint(
                fields=("amends", "number"), name="commitment_annex_number_once"
            ),
            models.CheckConstraint(
                name="commitment_annexes_have_numbers",
                condition=Q(amends=None, number=0) | Q(amends__isnull=False, number__gt=0),
            ),
            one_of("state", CommitmentState, "commitment_state_known"),
            together("signed_at", "signed_by", name="commitment_signature_is_whole"),
            together(
                "countersigned_at", "countersigned_by", name="commitment_countersignature_is_whole"
            ),
            together("closed_at", "closed_by", name="commitment_closing_is_whole"),
            models.CheckConstraint(
                name="commitment_signature_agrees_with_state",
                condition=Q(state=CommitmentState.DRAFT, signed_at=None)
                | ~Q(state=CommitmentState.DRAFT) & Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_countersignature_agrees_with_state",
                condition=Q(state__in=COUNTERSIGNED, countersigned_at__isnull=False)
                | ~Q(state__in=COUNTERSIGNED) & Q(countersigned_at=None),
            ),
            models.CheckConstraint(
                name="commitment_closing_agrees_with_state",
                condition=Q(state=CommitmentState.CLOSED, closed_at__isnull=False)
                | ~Q(state=CommitmentState.CLOSED) & Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="commitment_signature_has_a_digest_and_names",
                condition=Q(signed_at=None, digest="", signer="", unit_name="", received_by_name="")
                | Q(signed_at__isnull=False)
                & ~Q(digest="")
                & ~Q(signer="")
                & ~Q(unit_name="")
                & ~Q(received_by_name=""),
            ),
            models.CheckConstraint(
                name="commitment_countersignature_has_a_name",
                condition=Q(countersigned_at=None, countersigner="")
                | Q(countersigned_at__isnull=False) & ~Q(countersigner=""),
            ),
        )

    def __str__(self):
        return f"{self.title} – {self.party}"

    @property
    def countersigned(self) -> bool:
        """Whether both have signed, so that its tasks have a standing."""
        return self.state in COUNTERSIGNED

    @property
    def heading(self) -> Heading:
        """What may be rewritten in a draft, as the rules read it."""
        return Heading(self.title, self.place, self.agreed_on)

    @property
    def party(self) -> str:
        """The committing unit by the name it signed under, or by today's while it is a draft."""
        return self.unit_name or self.unit.name

    @property
    def receiving_party(self) -> str:
        """The receiving unit, named in the same way."""
        return self.received_by_name or self.received_by.name

    @property
    def code(self) -> str:
        """What people read out to compare papers: "C22-NA-PX03-41D7A2C9"; empty before signing."""
        if not self.digest:
            return ""
        annex = f"-PL{self.number}" if self.number else ""
        return f"C{self.year % 100:02}-{self.unit.code}{annex}-{self.digest[:8].upper()}"

    @property
    def root_id(self) -> int:
        """The key of the commitment: its own, or of the one an annex changes."""
        return self.amends_id or self.pk

    @property
    def called(self) -> str:
        """What it is in a sentence: "bản cam kết năm 2026", "phụ lục số 01 …"."""
        whole = f"bản cam kết năm {self.year}"
        return f"phụ lục số {self.number:02} của {whole}" if self.number else whole

    @property
    def heading_words(self) -> str:
        """The same, as a title begins."""
        return self.called[:1].upper() + self.called[1:]
