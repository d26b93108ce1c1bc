"""What became of the indicators of a level, who did it, when."""

from django.db import models

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.logbook import LogEntry
from scoring.models.indicator import Indicator
from scoring.rules.indicator import IndicatorVerb


class IndicatorEventQuerySet(models.QuerySet):
    def of_code(self, one: Indicator):
        """Those of every edition of its code, the newest first."""
        rows = self.filter(indicator__owner=one.owner_id, indicator__code=one.code)
        return rows.select_related("by", "indicator")


class IndicatorEvent(LogEntry):
    """One thing that happened to an indicator; `comment` says what became another."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="events")

    objects = IndicatorEventQuerySet.as_manager()

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký chỉ tiêu"
        verbose_name_plural = "nhật ký chỉ tiêu"
        constraints = (one_of("verb", IndicatorVerb, "indicator_event_verb_known"),)

    def __str__(self):
        return f"{self.indicator_id}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return str(IndicatorVerb(self.verb).label)

    @property
    def about(self) -> str:
        """Which edition, where there are several."""
        edition = self.indicator.edition
        return f"lần sửa {edition}" if edition > 1 else ""
