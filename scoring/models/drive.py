"""A drive: each unit has a target, and says day by day how many it did."""

from django.conf import settings
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery, Sum

from cchc_portal.kit.constraints import in_order
from cchc_portal.kit.logbook import AppendOnly, Kept, NoTruncate
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

    def matching(self, words: str):
        """Those whose title, or what they count, hold all the words, diacritics and case
        ignored."""
        return self.filter(speaks_of(words, "title", "noun"))


class Drive(models.Model):
    """What is counted (`noun`: "thẻ căn cước"), from which day to which, and who asks for it."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drives")
    title = models.CharField("tên đợt cao điểm", max_length=200)
    noun = models.CharField("đơn vị tính", max_length=40)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("mở lúc", auto_now_add=True)

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
        )
        triggers = (Kept(),)

    def __str__(self):
        return self.title


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
        rows = self.standing().order_by().values("day").annotate(total=Sum("number"))
        return {row["day"]: row["total"] for row in rows.order_by("day")}


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
