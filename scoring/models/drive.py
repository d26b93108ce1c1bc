"""A drive: each unit has a target, and says day by day how many it did."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum

from cchc_portal.kit.constraints import in_order, one_of
from cchc_portal.kit.logbook import AppendOnly, Kept, LogEntry, NoTruncate, Sealed
from scoring.rules.drive import LONGEST, DriveVerb
from units.access import units_where, visible_units
from units.models import Unit
from units.models.unit import speaks_of
from units.permissions import Permission


class DriveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of a level that the person oversees, and those in which a unit they see takes
        part."""
        shares = DriveShare.objects.filter(unit__in=visible_units(user))
        return self.filter(
            Q(owner__in=units_where(user, Permission.SEE_BELOW)) | Q(pk__in=shares.values("drive"))
        )

    def standing(self):
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def matching(self, words: str):
        """Those whose title, or what they count, hold all the words, diacritics and case
        ignored."""
        return self.filter(speaks_of(words, "title", "noun"))


class Drive(models.Model):
    """What is counted (`noun`: "thẻ căn cước"), from which day to which, and who asks for it.

    figure_code: the owner's indicator that is the sum of its days; empty where there is none.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drives")
    title = models.CharField("tên đợt cao điểm", max_length=200)
    noun = models.CharField("đơn vị tính", max_length=40)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    figure_code = models.CharField("tính vào chỉ tiêu số liệu", max_length=20, blank=True)
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("mở lúc", auto_now_add=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)

    objects = DriveQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt cao điểm"
        verbose_name_plural = "đợt cao điểm"
        ordering = ("-ends_on", "-pk")
        constraints = (
            in_order(
                "starts_on",
                "ends_on",
                name="drive_days_in_order",
                message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                name="drive_is_no_longer_than_two_years",
                condition=Q(ends_on__lte=F("starts_on") + LONGEST),
                violation_error_message="Một đợt cao điểm dài nhất hai năm.",
            ),
        )
        triggers = (
            Kept(),
            Sealed(but=("ends_on", "figure_code", "version", "cancelled_at")),
            pgtrigger.Trigger(
                name="cancelled_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__cancelled_at__isnull=False),
                func="RAISE EXCEPTION 'cancelled: %', TG_TABLE_NAME USING ERRCODE = '23514';",
            ),
        )

    def __str__(self):
        return self.title


class DriveEvent(LogEntry):
    """One thing that was changed about a drive after it was opened."""

    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="events")

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký đợt cao điểm"
        verbose_name_plural = "nhật ký đợt cao điểm"
        constraints = (one_of("verb", DriveVerb, "drive_event_verb_known"),)

    def __str__(self):
        return f"{self.drive_id}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return str(DriveVerb(self.verb).label)


class DriveShare(models.Model):
    """What one unit is to do."""

    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="shares")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drive_shares")
    target = models.PositiveIntegerField("chỉ tiêu")

    class Meta:
        verbose_name = "chỉ tiêu của đơn vị"
        verbose_name_plural = "chỉ tiêu của đơn vị"
        ordering = ("drive", "unit__position", "unit__code")
        constraints = (
            models.UniqueConstraint(fields=("drive", "unit"), name="drive_share_once"),
            models.CheckConstraint(name="drive_share_aims_at_something", condition=Q(target__gt=0)),
        )
        triggers = (Sealed(but=("target",)),)

    def __str__(self):
        return f"{self.drive_id}: {self.unit_id}"


class DriveDayQuerySet(models.QuerySet):
    def standing(self):
        """The last edition of each day: the one that counts."""
        newest = self.model.objects.filter(share=OuterRef("share"), day=OuterRef("day"))
        return self.filter(edition=Subquery(newest.order_by("-edition").values("edition")[:1]))

    def by_share(self) -> dict[int, tuple]:
        """Share → (how many in all, last day told). One query."""
        rows = self.standing().order_by().values("share")
        rows = rows.annotate(number=Sum("number"), last=Max("day"))
        return {row["share"]: (row["number"], row["last"]) for row in rows}

    def by_day(self) -> dict:
        """Day → how many, of all shares. One query."""
        return {day: number for day, (number, _) in self.by_day_with_units().items()}

    def by_day_with_units(self) -> dict:
        """Day → (how many, by how many shares). One query."""
        rows = self.standing().order_by().values("day")
        rows = rows.annotate(total=Sum("number"), units=Count("share"))
        return {row["day"]: (row["total"], row["units"]) for row in rows.order_by("day")}


class DriveDay(models.Model):
    """How many a unit did on a day. Never changed: a correction is the next edition of the day."""

    share = models.ForeignKey(DriveShare, on_delete=models.PROTECT, related_name="days")
    day = models.DateField("ngày")
    edition = models.PositiveIntegerField("lần ghi", default=1)
    number = models.PositiveIntegerField("số thực hiện trong ngày")
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = DriveDayQuerySet.as_manager()

    class Meta:
        verbose_name = "số thực hiện theo ngày"
        verbose_name_plural = "số thực hiện theo ngày"
        ordering = ("share", "-day", "-edition")
        constraints = (
            models.UniqueConstraint(
                fields=("share", "day", "edition"), name="drive_day_edition_once"
            ),
            models.CheckConstraint(name="drive_day_edition_counts", condition=Q(edition__gt=0)),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.share_id}: {self.day} ({self.edition})"
