"""The text of a section of a report, and the texts that stood there before."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc_portal.kit.logbook import AppendOnly, NoTruncate
from reports.models.periodic import PeriodicReport
from reports.models.report_round import RoundSection
from scoring.models.pen import Penned
from units.access import units_where
from units.permissions import Permission


class SectionTextQuerySet(models.QuerySet):
    def of_units_of(self, user):
        """Of reports of the person's own units: nobody else reads what is being written."""
        return self.filter(report__unit__in=units_where(user, Permission.SEE_UNIT))

    def for_page(self):
        """With report, section and who wrote last."""
        return self.select_related(
            "report__round__owner", "report__unit", "section", "updated_by"
        ).order_by("section__position")

    def held(self):
        """Rows locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True)

    def to_take_over(self, text: "SectionText"):
        """What received reports of the units below say in the same section, by unit."""
        settled = PeriodicReport.objects.settled_below(text.report)
        said = self.filter(report__in=settled, section__key=text.section.key, words__regex=r"\S")
        return said.select_related("report__unit").order_by(
            "report__unit__position", "report__unit__code"
        )


class SectionText(Penned):
    """Nội dung của một mục. The rows lie there, empty, from the opening of the round on.

    `gone`: letters that went since a text was kept (`reports/rules/periodic.py`).
    """

    report = models.ForeignKey(PeriodicReport, on_delete=models.CASCADE, related_name="texts")
    section = models.ForeignKey(RoundSection, on_delete=models.PROTECT, related_name="texts")
    words = models.TextField("nội dung", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    gone = models.PositiveSmallIntegerField("số chữ đã bỏ", default=0, editable=False)
    updated_at = models.DateTimeField("ghi lúc", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SectionTextQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung mục báo cáo"
        verbose_name_plural = "nội dung mục báo cáo"
        ordering = ("report", "section__position")
        constraints = (
            models.UniqueConstraint(fields=("report", "section"), name="section_text_once"),
            models.CheckConstraint(
                name="section_text_written_is_signed",
                condition=Q(updated_at=None, updated_by=None, words="")
                | Q(updated_at__isnull=False, updated_by__isnull=False),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="report_and_section_of_one_round",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("report_id", "section_id"),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM reports_periodicreport report
                        JOIN reports_roundsection section ON section.round_id = report.round_id
                        WHERE report.id = NEW.report_id AND section.id = NEW.section_id
                    ) THEN
                        RAISE EXCEPTION 'another round: %', TG_TABLE_NAME USING ERRCODE = '23514';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self):
        return f"{self.report_id}: {self.section_id}"


class KeptText(models.Model):
    """A text as it stood before another took its place; never changed."""

    text = models.ForeignKey(SectionText, on_delete=models.PROTECT, related_name="kept")
    version = models.PositiveIntegerField("phiên bản")
    words = models.TextField("nội dung")
    written_at = models.DateTimeField("ghi lúc")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "bản trước của mục"
        verbose_name_plural = "bản trước của mục"
        ordering = ("text", "-version")
        constraints = (
            models.UniqueConstraint(fields=("text", "version"), name="kept_text_version_once"),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.text_id}: {self.version}"
