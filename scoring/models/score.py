"""The scores in a dossier, one for each component, and every change of them."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Exists, F, Q, Sum

from cchc_portal.kit.constraints import together
from cchc_portal.kit.fractions import FractionField, from_nought_to
from cchc_portal.kit.logbook import Kept
from scoring.models.assignment import Assignment
from scoring.models.criteria import Criterion
from scoring.models.dossier import Dossier
from scoring.models.excusals import ExcusalReads
from scoring.models.pen import Penned
from scoring.models.recorded import ChangesAreRecorded, SourceIsOfTheAssessor
from scoring.models.usual_reason import UsualReason
from scoring.rules.kinds import LONGEST_SOURCE, Source
from scoring.rules.proof import Claim
from scoring.rules.verdict import Finding
from units.access import units_where
from units.permissions import Permission


class ScoreQuerySet(ExcusalReads):
    def for_page(self):
        """In the order of the tree, with criterion, its criterion and its area (one query)."""
        return self.select_related("criterion__parent__parent").order_by("criterion__position")

    def visible_to(self, user):
        """Scores of the dossiers the person may see."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def unanswered(self):
        """Those the unit has to assess itself and has not."""
        return self.filter(
            criterion__source=Source.SELF, self_points=None, self_not_applicable=False
        )

    def unsettled(self):
        """Those the assessor has not decided."""
        return self.filter(verified_points=None, not_applicable=False)

    def from_outside(self):
        """Those the unit does not assess itself."""
        return self.exclude(criterion__source=Source.SELF)

    def settled(self):
        """Those the assessor has decided: points, or that they do not apply."""
        return self.exclude(verified_points=None, not_applicable=False)

    def changed(self):
        """Those the unit assesses itself and the assessor found otherwise."""
        excused = Q(not_applicable=True, self_not_applicable=False)
        counted = Q(verified_points__isnull=False, self_points__isnull=True)
        both = Q(verified_points__isnull=False, self_points__isnull=False)
        other = both & ~Q(verified_points=F("self_points"))
        return self.filter(excused | counted | other, criterion__source=Source.SELF)

    def for_proof(self):
        """Those the unit assesses itself, in order, with their criterion and number of `pieces` of
        evidence (one query)."""
        own = self.filter(criterion__source=Source.SELF).select_related("criterion")
        return own.annotate(pieces=Count("evidence")).order_by("criterion__position")

    def moved_since(self, moment, *, but_by):
        """Those the unit assesses itself that somebody else has written after the moment, with who
        it was."""
        own = self.filter(criterion__source=Source.SELF)
        moved = own.filter(updated_at__gt=moment).exclude(updated_by=but_by)
        return moved.select_related("updated_by")

    def at_desks_of(self, user):
        """Those that are verified at a unit where the person verifies."""
        return self.at_desks(units_where(user, Permission.VERIFY_DOSSIER))

    def at_desks(self, units):
        """Those that are verified at one of the units, as `desk_for` of scoring/rules/desks.py says
        of one: at the owner of their criterion, else, or for the owner itself, at the assessor."""
        own = Q(criterion__parent__ownership__unit=F("dossier__unit"))
        nobody = Q(criterion__parent__ownership=None)
        return self.filter(
            Q(criterion__parent__ownership__unit__in=units) & ~own
            | (nobody | own) & Q(dossier__period__assessor__in=units)
        )

    def given_to(self, user):
        """Those that are assigned to the person."""
        return self.filter(Exists(Assignment.objects.of_outer_row().filter(officer=user)))

    def given_to_nobody(self):
        """Those that everybody of their desk verifies."""
        return self.filter(~Exists(Assignment.objects.of_outer_row()))

    def judged_by(self, user):
        """Those the person may verify, whatever the hour: the same question as `require_judge` of
        scoring/access.py asks of one (one query when drawn)."""
        given = Assignment.objects.of_outer_row()
        return self.at_desks_of(user).filter(
            Exists(given.filter(officer=user)) | ~Exists(given),
            dossier__in=Dossier.objects.verified_by_desk_of(user),
        )

    def stamp(self) -> int:
        """One number that grows with every change of what the unit assesses itself (one query)."""
        own = self.filter(criterion__source=Source.SELF).order_by()
        return own.aggregate(stamp=Sum("version"))["stamp"] or 0

    def for_sheet(self):
        """For a whole dossier: in the order of the tree, with the evidence of each (three queries).

        The criteria and areas above are few and the same for many: `Criterion.branches` reads them.
        """
        ordered = self.select_related("criterion").order_by("criterion__position")
        return ordered.prefetch_related("evidence__document")

    def hold(self, pk: int) -> "Score":
        """The score's row with its criterion, the score locked until the transaction ends."""
        return self.select_related("criterion").held().get(pk=pk)

    def held(self):
        """Their rows are locked until the transaction ends, one after the other by key."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")

    def accept(self, *, by, at) -> None:
        """The verdict becomes what the unit says; the lines that tell it are written already."""
        self.update(
            verified_answer=F("self_answer"),
            verified_points=F("self_points"),
            not_applicable=F("self_not_applicable"),
            verified_reason="",
            usual_reason=None,
            version=F("version") + 1,
            updated_at=at,
            updated_by=by,
            pen=None,
            stroke=None,
        )


class Score(Penned):
    """One component of one dossier: self-assessed, verified and approved, kept apart."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    maximum = models.DecimalField("điểm tối đa", max_digits=7, decimal_places=3)

    self_answer = models.JSONField("trả lời", null=True, blank=True, encoder=DjangoJSONEncoder)
    self_points = FractionField("điểm tự chấm", null=True, blank=True)
    self_not_applicable = models.BooleanField("đề nghị không áp dụng", default=False)
    self_note = models.TextField("ghi chú, giải trình", blank=True)

    verified_answer = models.JSONField("trả lời", null=True, blank=True, encoder=DjangoJSONEncoder)
    verified_points = FractionField("điểm thẩm định", null=True, blank=True)
    not_applicable = models.BooleanField("không áp dụng", default=False)
    verified_reason = models.TextField("lý do", blank=True)
    usual_reason = models.ForeignKey(
        UsualReason, on_delete=models.PROTECT, null=True, blank=True, related_name="scores"
    )
    verified_source = models.CharField(
        "nguồn số liệu", max_length=LONGEST_SOURCE, blank=True, default="", db_default=""
    )

    approved_points = FractionField("điểm phê duyệt", null=True, blank=True)

    version = models.PositiveIntegerField("phiên bản", default=1)
    updated_at = models.DateTimeField("thời điểm sửa", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScoreQuerySet.as_manager()

    hidden = False
    """Whether the verdict was blanked for whoever reads this (second_access.py)."""

    class Meta:
        verbose_name = "điểm thành phần"
        verbose_name_plural = "điểm thành phần"
        ordering = ("dossier", "criterion__position")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "criterion"), name="score_once_for_a_criterion"
            ),
            from_nought_to("maximum", column="self_points", name="score_self_within"),
            from_nought_to("maximum", column="verified_points", name="score_verified_within"),
            models.CheckConstraint(
                name="score_self_points_or_not_applicable",
                condition=Q(self_not_applicable=False) | Q(self_points=None),
            ),
            models.CheckConstraint(
                name="score_verified_points_or_not_applicable",
                condition=Q(not_applicable=False) | Q(verified_points=None, approved_points=None),
            ),
            models.CheckConstraint(
                name="score_difference_has_a_reason",
                condition=Q(verified_points=None, not_applicable=False)
                | ~Q(verified_reason="")
                | ~Q(verified_source="")
                | Q(not_applicable=True, self_not_applicable=True)
                | Q(
                    verified_points__isnull=False,
                    self_points__isnull=False,
                    verified_points=F("self_points"),
                ),
                violation_error_message="Đề nghị ghi lý do khi điểm thẩm định khác điểm tự chấm.",
            ),
            models.CheckConstraint(
                name="score_usual_reason_stands_in_words",
                condition=Q(usual_reason=None) | ~Q(verified_reason=""),
            ),
            models.CheckConstraint(
                name="score_source_is_of_a_verdict",
                condition=Q(verified_source="")
                | Q(verified_points__isnull=False)
                | Q(not_applicable=True),
            ),
            models.CheckConstraint(
                name="score_approved_is_the_verified",
                condition=Q(approved_points=None)
                | Q(verified_points__isnull=False, approved_points=F("verified_points")),
            ),
            together("updated_at", "updated_by", name="score_update_is_whole"),
            together("pen", "stroke", name="score_stroke_is_whole"),
        )
        triggers = (ChangesAreRecorded(), SourceIsOfTheAssessor(), Kept())

    def __str__(self):
        return f"{self.criterion} – {self.dossier}"

    @property
    def settled(self) -> bool:
        """Whether the verifier has decided: points, or that it does not apply."""
        return self.not_applicable or self.verified_points is not None

    @property
    def waits(self) -> bool:
        """Whether a verdict is wanted, as far as the reader is told."""
        return not self.settled and not self.hidden

    @property
    def said(self) -> Finding:
        """What the unit says it comes to."""
        return Finding(self.self_points, self.self_not_applicable)

    @property
    def found(self) -> Finding:
        """What the assessor finds it comes to."""
        return Finding(self.verified_points, self.not_applicable)

    @property
    def changed(self) -> bool:
        """Whether the assessor found otherwise than the unit, where the unit assesses itself."""
        return self.criterion.source == Source.SELF and self.settled and self.said != self.found

    def claim(self, pieces: int, *, unlike: bool = False) -> Claim:
        """What the unit says of it, as the rule of proof takes it. `unlike`: it differs from what
        was reported, and nobody wrote why."""
        return Claim(
            by_unit=self.criterion.source == Source.SELF,
            expects_evidence=bool(self.criterion.evidence_expected),
            points=self.self_points,
            not_applicable=self.self_not_applicable,
            note=self.self_note,
            pieces=pieces,
            unlike=unlike,
        )

    @property
    def written(self) -> bool:
        """Whether the unit has put anything down."""
        return self.answered or self.self_answer is not None or bool(self.self_note)

    @property
    def answered(self) -> bool:
        """Whether the unit has given points, or said that it does not apply."""
        return self.self_not_applicable or self.self_points is not None
