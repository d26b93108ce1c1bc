"""What the public may read of a dialogue: frozen at each release, without any name."""

from django.conf import settings
from django.db import models

from cchc_portal.kit.logbook import AppendOnly, NoTruncate
from commitments.models.conference import Conference


class DialogueReleaseQuerySet(models.QuerySet):
    def shown(self):
        """Those that conferences show now, the newest conference first."""
        current = Conference.objects.exclude(release=None).values("release")
        return self.filter(pk__in=current).select_related("conference__unit")


class DialogueRelease(models.Model):
    """One release: heading, counts, items and conclusions as somebody read and released them.

    `content` is what rules/dialogue_table.py made of them. It holds no speaker's name, so that no
    page or paper drawn from it can show one.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField("lần")
    content = models.JSONField("nội dung công khai")
    released_at = models.DateTimeField("thời điểm công khai", auto_now_add=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = DialogueReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng ý kiến công khai"
        verbose_name_plural = "bảng ý kiến công khai"
        ordering = ("conference", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("conference", "number"), name="release_number_once_in_a_conference"
            ),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.conference}, công khai lần {self.number}"
