"""What a published line is made of, component by component: for the unit and those above it."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db import models

from cchc_portal.kit.among import among
from cchc_portal.kit.logbook import AppendOnly, NoTruncate
from reports.models.edition import Edition
from reports.models.edition_line import EditionResult
from units.access import units_where, visible_units
from units.permissions import Permission


class ResultDetailQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own units and of the units below, and of the editions of the assessors
        whose subordinates one oversees, also after a unit has gone elsewhere."""
        overseen = units_where(user, Permission.SEE_BELOW)
        return self.filter(
            among("result__unit", visible_units(user))
            | models.Q(result__edition__period__assessor__in=overseen)
        )

    def for_page(self):
        """With its line, the edition and the period (one query)."""
        return self.select_related("result__edition__period__assessor")

    def of_block(self, edition: Edition, position: int):
        """Of the ranked lines of one block, in order, each with its line (one query)."""
        found = self.filter(result__edition=edition, result__block_position=position)
        return found.select_related("result").order_by("result__position")


class ResultDetail(models.Model):
    """The frozen components of one ranked line, as a text: the digest in the line is taken over its
    bytes, so it is kept and given away to the letter (docs/seal.md)."""

    result = models.OneToOneField(
        EditionResult, on_delete=models.PROTECT, primary_key=True, related_name="detail"
    )
    text = models.TextField("chi tiết từng tiêu chí thành phần")

    objects = ResultDetailQuerySet.as_manager()

    class Meta:
        verbose_name = "chi tiết kết quả đã công bố"
        verbose_name_plural = "chi tiết kết quả đã công bố"
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return str(self.result)

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The text read as what it says."""
        return json.loads(self.text)
