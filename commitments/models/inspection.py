"""An inspection: whom, when, by which decision, how it stands, what it concluded."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Q
from django.db.models.functions import ExtractYear

from cchc_portal.kit.constraints import in_order, one_of, together
from cchc_portal.kit.digest import digest
from commitments.models.inspection_plan import LONGEST, InspectionPlan
from commitments.models.inspection_sides import inspected_side, inspecting_side
from commitments.rules.inspection import (
    BEFORE,
    CONCLUDED,
    FINDING_OUT,
    NOT_CONCLUDED,
    TOLD,
    InspectionKind,
    InspectionState,
    InspectionTerms,
    Sums,
)
from units.models import Unit
from units.models.people import LONGEST_CALLED
from units.models.unit import speaks_of

LONGEST_TEXT = 20_000
_S, _K = InspectionState, InspectionKind
DECIDED = (_S.DECIDED, _S.UNDER_WAY, *TOLD)
COUNTED = Q(kind=_K.PLANNED, was_issued=True)
"""What counts as planned: also while the plan lies open to be adjusted."""

NOTHING_FOUND = {"found": 0, "mended": 0}


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the inspecting side, and the announced ones of the units one sees."""
        return self.filter(inspecting_side(user) | inspected_side(user))

    def matching(self, words: str):
        """Those whose inspected unit, scope or decision holds all the words."""
        return self.filter(speaks_of(words, "scope", "decision_number", "inspected__name"))

    def took_place(self):
        """Those whose minutes are drawn up."""
        return self.filter(state__in=TOLD)

    def for_page(self):
        """With units, plan and the one it goes on with (the same query)."""
        return self.select_related("unit", "above", "inspected", "plan", "again_of__inspected")

    def for_list(self, today: date):
        """With both units and counts of shortcomings, demands, accepted and late ones."""
        found = self.model.findings.rel.related_model.objects
        tasks = self.model.tasks.rel.related_model.objects
        return self.select_related("unit", "inspected", "plan").annotate(
            shortcomings=found.counted_in(models.OuterRef("pk")),
            demands=tasks.counted_in(models.OuterRef("pk")),
            accepted=tasks.accepted().counted_in(models.OuterRef("pk")),
            late=tasks.late(today).counted_in(models.OuterRef("pk")),
        )

    def newest_first(self):
        """By first day; said here, for counting forgets `Meta.ordering`."""
        return self.order_by("-starts_on", "-pk")

    def sums(self, today: date) -> Sums:
        """What these came to. Three queries, however many there are."""
        there = Q(state__in=TOLD)
        counted = self.order_by().aggregate(
            planned=Count("pk", filter=COUNTED),
            done=Count("pk", filter=COUNTED & there),
            beyond=Count("pk", filter=there & ~Q(kind=_K.PLANNED)),
        )
        keys = self.took_place().order_by().values("pk")
        found = self.model.findings.rel.related_model.objects.filter(inspection__in=keys)
        tasks = self.model.tasks.rel.related_model.objects.filter(inspection__in=keys)
        return Sums(**counted, **found.mended_of_all(), late=tasks.late(today).count())

    def by_inspected(self, today: date) -> list[Mapping[str, Any]]:
        """A line an inspected unit, of those not cancelled: number of inspections, shortcomings,
        mended, late demands, the last one that began. Three queries, however many units."""
        found = self.model.findings.rel.related_model.objects
        tasks = self.model.tasks.rel.related_model.objects
        keys = self.took_place().order_by().values("pk")
        rows = (
            self.exclude(state=_S.CANCELLED)
            .order_by()
            .values("inspected", "inspected__name")
            .annotate(
                number=Count("pk"),
                done=Count("pk", filter=Q(state__in=TOLD)),
                last=Max("starts_on", filter=Q(state__in=TOLD)),
                placed_in=Max("placed_in"),
            )
        )
        mended = found.filter(inspection__in=keys).mended_by_unit()
        late = tasks.filter(inspection__in=keys).late(today).by_unit()
        return [
            {
                **row,
                **mended.get(row["inspected"], NOTHING_FOUND),
                "late": late.get(row["inspected"], 0),
            }
            for row in rows.order_by("inspected__position", "inspected__name")
        ]


class Inspection(models.Model):
    """Cuộc kiểm tra cải cách hành chính: of `inspected`, by `unit`, seen from `above`.

    `placed_in` names the unit directly above the inspected one on the first day, where another one
    inspects. `version` moves with everything that minutes and conclusion say.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="inspections", verbose_name="đơn vị kiểm tra"
    )
    above = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    inspected = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="inspected_in",
        verbose_name="đơn vị được kiểm tra",
    )
    placed_in = models.CharField("thuộc đơn vị", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại", max_length=8, choices=InspectionKind.choices)
    plan = models.ForeignKey(
        InspectionPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    was_issued = models.BooleanField("đã có trong kế hoạch ban hành", default=False)
    again_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="again"
    )
    scope = models.TextField("nội dung kiểm tra", max_length=LONGEST)
    covers = models.CharField("thời kỳ kiểm tra", max_length=200, blank=True)
    reason = models.TextField("lý do kiểm tra", max_length=LONGEST, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    minuted_on = models.DateField("ngày lập biên bản", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    host = models.CharField("đại diện đơn vị được kiểm tra", max_length=160, blank=True)
    host_post = models.CharField("chức vụ người đại diện", max_length=120, blank=True)
    overview = models.TextField("nhận xét chung", max_length=LONGEST_TEXT, blank=True)
    conclusion = models.TextField("kết luận chung", max_length=LONGEST_TEXT, blank=True)
    conclusion_number = models.CharField("số kết luận", max_length=60, blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    signer = models.CharField("người ký kết luận", max_length=LONGEST_CALLED, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signed_at = models.DateTimeField("thời điểm ký kết luận", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("trạng thái", max_length=10, choices=_S.choices, default=_S.PLANNED)
    version = models.PositiveIntegerField("phiên bản", default=1)
    made_up = models.BooleanField("dữ liệu minh họa", default=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc kiểm tra"
        verbose_name_plural = "cuộc kiểm tra"
        ordering = ("-starts_on", "-pk")
        constraints = (
            one_of("state", InspectionState, "inspection_state_known"),
            models.CheckConstraint(
                name="inspection_kind_agrees_with_origin",
                condition=Q(kind=_K.PLANNED, plan__isnull=False, again_of=None)
                | Q(kind=_K.SUDDEN, plan=None, again_of=None)
                | Q(kind=_K.AGAIN, plan=None, again_of__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_is_made_by_an_issued_plan",
                condition=Q(was_issued=False) & (~Q(kind=_K.PLANNED) | ~Q(state__in=DECIDED))
                | Q(was_issued=True, kind=_K.PLANNED),
            ),
            models.CheckConstraint(
                name="inspection_unplanned_has_a_reason",
                condition=Q(kind=_K.PLANNED) | Q(reason__regex=r"\S"),
                violation_error_message="Đề nghị ghi lý do kiểm tra.",
            ),
            models.CheckConstraint(name="inspection_has_a_scope", condition=Q(scope__regex=r"\S")),
            models.CheckConstraint(
                name="inspection_is_of_another_unit", condition=~Q(inspected=F("unit"))
            ),
            in_order(
                "starts_on",
                "ends_on",
                name="inspection_days_in_order",
                message="Ngày kết thúc không thể trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="inspection_year_is_that_of_its_first_day",
                condition=Q(year=ExtractYear("starts_on")),
                violation_error_message="Ngày bắt đầu phải trong năm của cuộc kiểm tra.",
            ),
            models.CheckConstraint(
                name="inspection_decision_agrees_with_state",
                condition=Q(state=_S.PLANNED, decision_number="", decided_on=None)
                | Q(state__in=DECIDED, decided_on__isnull=False) & ~Q(decision_number="")
                | Q(state=_S.CANCELLED),
            ),
            models.CheckConstraint(
                name="inspection_minutes_agree_with_state",
                condition=Q(state__in=TOLD, minuted_on__isnull=False)
                & ~Q(overview="")
                & ~Q(host="")
                | ~Q(state__in=TOLD) & Q(minuted_on=None),
            ),
            models.CheckConstraint(
                name="inspection_conclusion_agrees_with_state",
                condition=Q(state__in=CONCLUDED, concluded_on__isnull=False)
                & Q(signed_at__isnull=False)
                & ~Q(conclusion_number="")
                & ~Q(conclusion="")
                & ~Q(signer="")
                | ~Q(state__in=CONCLUDED)
                & Q(conclusion_number="", concluded_on=None, signed_at=None),
            ),
            together("signed_at", "signed_by", name="inspection_signature_is_whole"),
            models.UniqueConstraint(
                fields=("again_of",),
                condition=Q(state__in=NOT_CONCLUDED),
                name="inspection_is_looked_at_again_once_at_a_time",
                violation_error_message="Đang có một cuộc kiểm tra lại chưa kết luận.",
            ),
        )

    def __str__(self):
        return f"{self.called}, {self.starts_on:%d/%m/%Y}"

    @property
    def called(self) -> str:
        """What it is called. Reads the inspected unit."""
        how = {_K.SUDDEN: "Kiểm tra đột xuất", _K.AGAIN: "Kiểm tra lại"}.get(self.kind, "Kiểm tra")
        return f"{how} công tác cải cách hành chính tại {self.inspected_name}"

    @property
    def inspected_name(self) -> str:
        """The inspected unit, with the one it stands in where another inspects."""
        return f"{self.inspected} thuộc {self.placed_in}" if self.placed_in else str(self.inspected)

    @property
    def terms(self) -> InspectionTerms:
        """What is inspected and when, as the rules read it."""
        return InspectionTerms(self.scope, self.covers, self.starts_on, self.ends_on, self.reason)

    @property
    def terms_seal(self) -> str:
        """Tells unit, scope and days from any others."""
        return digest([str(self.inspected_id), self.terms.words()])

    @property
    def conclusion_seal(self) -> str:
        """Tells the words of the conclusion from any others."""
        return digest([self.conclusion])

    @property
    def decision_words(self) -> str:
        """ "Số 12/QĐ-CAT-PV01 ngày 05/03/2026"."""
        if not self.decided_on:
            return ""
        return f"Số {self.decision_number} ngày {self.decided_on:%d/%m/%Y}"

    @property
    def before(self) -> bool:
        """Whether team and checklist may still be written."""
        return self.state in BEFORE

    @property
    def finding_out(self) -> bool:
        """Whether findings may be written."""
        return self.state in FINDING_OUT

    @property
    def told(self) -> bool:
        """Whether it took place, so that the inspected unit reads what was found."""
        return self.state in TOLD

    @property
    def concluded(self) -> bool:
        """Whether its conclusion is signed."""
        return self.state in CONCLUDED
