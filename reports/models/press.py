"""Long papers on their way: a run of the press and the parts it is drawn in."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.worded import Worded
from reports.models.edition import Edition


class Errand(Worded):
    """What is drawn in parts."""

    PAPER = "paper", "Quyết định và phụ lục"
    SHEETS = "sheets", "Phiếu kết quả của các đơn vị"


class RunState(Worded):
    """How far a run is."""

    RUNNING = "running", "Đang kết xuất"
    JOINING = "joining", "Đang ghép tệp"
    DONE = "done", "Đã có tệp"
    STOPPED = "stopped", "Đã dừng"
    FAILED = "failed", "Kết xuất không thành công"


class PartState(Worded):
    """How far a part is."""

    WAITING = "waiting", "Chờ kết xuất"
    RENDERING = "rendering", "Đang kết xuất"
    DONE = "done", "Đã xong"


AT_WORK = (RunState.RUNNING, RunState.JOINING)


def _place_of_the_bundle(run: "PressRun", filename: str) -> str:
    edition = run.edition
    return f"editions/{edition.period_id}/{edition.number}-{edition.digest[:16]}-phieu.zip"


def _place_of_the_part(part: "PressPart", filename: str) -> str:
    return f"press/{part.run_id}/{part.position}-{filename}"


class PressRunQuerySet(models.QuerySet):
    def for_page(self):
        """With the edition, and how many parts there are and are done (one query)."""
        return self.select_related("edition__period", "asked_by").annotate(
            part_count=Count("parts"),
            done_count=Count("parts", filter=Q(parts__state=PartState.DONE)),
        )

    def of(self, edition: Edition, errand: Errand) -> "PressRun | None":
        """The run of the edition, if one was begun (one query)."""
        return self.for_page().filter(edition=edition, errand=errand).first()

    def hold(self, pk: int) -> "PressRun":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def take_to_join(self, pk: int, *, lost_since: datetime) -> bool:
        """Whether the caller is to join it: every part is there and nobody else is at it."""
        missing = PressPart.objects.filter(run=pk).exclude(state=PartState.DONE)
        free = Q(state=RunState.RUNNING) | Q(state=RunState.JOINING, sent_at__lt=lost_since)
        taken = self.filter(free, ~models.Exists(missing), pk=pk)
        return bool(taken.update(state=RunState.JOINING, sent_at=timezone.now()))

    def whole_but_not_joined(self, *, lost_since: datetime):
        """Runs whose parts are all there, and for so long nobody joined them."""
        missing = PressPart.objects.filter(run=models.OuterRef("pk")).exclude(state=PartState.DONE)
        return self.filter(~models.Exists(missing), state__in=AT_WORK, sent_at__lt=lost_since)


class PressPartQuerySet(models.QuerySet):
    def missing(self):
        """Those that are still to be drawn, in order."""
        return self.exclude(state=PartState.DONE).order_by("position")

    def nobody_is_at(self, *, lost_since: datetime):
        """Not begun, or begun by somebody who for so long has not delivered."""
        return self.filter(
            Q(state=PartState.WAITING) | Q(state=PartState.RENDERING, begun_at__lt=lost_since)
        )

    def take_up(self, pk: int, *, lost_since: datetime) -> bool:
        """Whether the caller is to draw it: its run goes on, and nobody else is at it."""
        # Asked of the row itself: a condition over a join is not asked again after waiting for it.
        goes_on = PressRun.objects.filter(pk=models.OuterRef("run"), state=RunState.RUNNING)
        free = self.nobody_is_at(lost_since=lost_since).filter(models.Exists(goes_on), pk=pk)
        return bool(free.update(state=PartState.RENDERING, begun_at=timezone.now()))

    def lost(self, *, waiting_since: datetime, rendering_since: datetime):
        """Of runs that go on: sent and for so long not taken up, or taken up and not delivered."""
        return self.filter(
            Q(state=PartState.WAITING, sent_at__lt=waiting_since)
            | Q(state=PartState.RENDERING, begun_at__lt=rendering_since),
            run__state=RunState.RUNNING,
        )


class PressRun(models.Model):
    """Lượt kết xuất: one long paper of an edition. `file` is what came of it, but for the decision,
    which is kept with the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="press_runs")
    errand = models.CharField("kết xuất gì", max_length=10, choices=Errand.choices)
    state = models.CharField(
        "tình trạng", max_length=10, choices=RunState.choices, default=RunState.RUNNING
    )
    error = models.TextField("lỗi", blank=True)
    sent_at = models.DateTimeField("thời điểm gửi")
    ended_at = models.DateTimeField("thời điểm xong", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file = models.FileField("tệp", upload_to=_place_of_the_bundle, blank=True)

    objects = PressRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt kết xuất"
        verbose_name_plural = "lượt kết xuất"
        constraints = (
            models.UniqueConstraint(fields=("edition", "errand"), name="press_run_once"),
            one_of("errand", Errand, "press_run_errand_known"),
            one_of("state", RunState, "press_run_state_known"),
            models.CheckConstraint(
                name="press_run_ends_when_done",
                condition=Q(state=RunState.DONE, ended_at__isnull=False)
                | ~Q(state=RunState.DONE) & Q(ended_at=None, file=""),
            ),
        )

    def __str__(self):
        return f"{self.get_errand_display()}: {self.edition}"

    @property
    def at_work(self) -> bool:
        return self.state in AT_WORK


class PressPart(models.Model):
    """A part of a run. `holds`: which lines of the edition it draws (`rules/slices.py`)."""

    run = models.ForeignKey(PressRun, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField("thứ tự")
    holds = models.JSONField("những dòng nào")
    state = models.CharField(
        "tình trạng", max_length=10, choices=PartState.choices, default=PartState.WAITING
    )
    sent_at = models.DateTimeField("thời điểm gửi")
    begun_at = models.DateTimeField("thời điểm bắt đầu", null=True, blank=True)
    file = models.FileField("tệp", upload_to=_place_of_the_part, blank=True)

    objects = PressPartQuerySet.as_manager()

    class Meta:
        verbose_name = "phần của lượt kết xuất"
        verbose_name_plural = "phần của lượt kết xuất"
        ordering = ("run", "position")
        constraints = (
            models.UniqueConstraint(fields=("run", "position"), name="press_part_once_in_a_run"),
            one_of("state", PartState, "press_part_state_known"),
            models.CheckConstraint(
                name="press_part_begun_when_taken_up",
                condition=Q(state=PartState.WAITING) | Q(begun_at__isnull=False),
            ),
        )

    def __str__(self):
        return f"Phần {self.position} của {self.run}"
