"""Which pen wrote a row last, so that a text sent again is recognised."""

from django.db import models

from scoring.rules.stroke import Stroke


class Penned(models.Model):
    """Base of what people write in a form that saves itself. Other doors leave both empty."""

    pen = models.UUIDField("bút", null=True, blank=True, editable=False)
    stroke = models.PositiveIntegerField("lần gửi", null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def last_stroke(self) -> Stroke | None:
        """The stroke that stands there, if a pen wrote last."""
        return Stroke(self.pen, self.stroke) if self.pen and self.stroke is not None else None
