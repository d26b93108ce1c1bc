"""Which person verifies what, within a block of a period."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce, NullIf

from scoring.models.criteria import Criterion
from scoring.models.dossier import Dossier
from scoring.models.fitting import GivenInItsBlock
from scoring.models.period import Block
from units.models import Unit


class AssignmentQuerySet(models.QuerySet):
    def for_page(self):
        """With all that a line names (one query)."""
        return self.select_related("officer", "desk", "dossier__unit", "node", "block").order_by(
            "officer__full_name", "officer", "dossier__unit__position", "node__position", "pk"
        )

    def of_whole(self, dossier: Dossier):
        """Those that give the whole dossier to somebody at the assessor's desk."""
        return self.filter(dossier=dossier, node=None, desk=dossier.period.assessor_id)

    def of_row(self, row, dossier: Dossier, desk: int):
        """Those under which a score of the dossier falls, at the desk that verifies it."""
        parent = row.criterion.parent
        here = Q(dossier=None) | Q(dossier=dossier)
        this = Q(node=None) | Q(node__in=(parent.pk, parent.parent_id))
        return self.filter(here, this, block=dossier.block_id, desk=desk)

    def of_outer_row(self):
        """The same as a subquery of a query of scores."""
        here = Q(dossier=None) | Q(dossier=OuterRef("dossier"))
        parent, area = "criterion__parent", "criterion__parent__parent"
        this = Q(node=None) | Q(node=OuterRef(parent)) | Q(node=OuterRef(area))
        owner = NullIf(OuterRef(f"{parent}__ownership__unit"), OuterRef("dossier__unit"))
        desk = Coalesce(owner, F("block__period__assessor"))
        return self.filter(here, this, block=OuterRef("dossier__block"), desk=desk)


class Assignment(models.Model):
    """Phân công: a person verifies a dossier, or an area or criterion, or where the two meet.

    `desk` is the unit at which the person verifies: the assessor, or a unit that owns criteria. A
    row that is given to somebody is verified by nobody else of that desk.
    """

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="assignments")
    desk = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="nơi thẩm định"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name="người thẩm định",
    )
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    node = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("hạn", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công thẩm định"
        verbose_name_plural = "phân công thẩm định"
        constraints = (
            models.UniqueConstraint(
                fields=("block", "desk", "officer", "dossier", "node"),
                name="assignment_given_once",
                nulls_distinct=False,
                violation_error_message="Phần việc này đã phân công cho đồng chí ấy.",
            ),
            models.CheckConstraint(
                name="assignment_names_something",
                condition=Q(dossier__isnull=False) | Q(node__isnull=False),
                violation_error_message="Đề nghị chọn đơn vị hoặc tiêu chí để phân công.",
            ),
        )
        triggers = (GivenInItsBlock(),)

    def __str__(self):
        return f"{self.officer}: {self.words}"

    @property
    def words(self) -> str:
        """What is given, in words."""
        parts = []
        if self.node:
            parts.append(f"{self.node.code}. {self.node.title}")
        parts.append(self.dossier.unit.name if self.dossier else "mọi đơn vị của khối")
        return ", ".join(parts)
