"""Which officer of the unit fills in which area of a dossier."""

from django.conf import settings
from django.db import models

from scoring.models.criteria import Criterion
from scoring.models.dossier import Dossier


class DossierPart(models.Model):
    """Phần việc: one area of a dossier, given by the head to an officer, until a day if one is set.

    Who has which part is a matter of order, not of right: whoever fills in the dossier may write in
    every area of it.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="parts")
    area = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="dossier_parts"
    )
    due_on = models.DateField("hạn", null=True, blank=True)

    class Meta:
        verbose_name = "phần việc của hồ sơ"
        verbose_name_plural = "phần việc của hồ sơ"
        ordering = ("area__position",)
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "area"), name="dossier_part_once_for_an_area"
            ),
        )

    def __str__(self):
        return f"{self.area}: {self.officer}"
