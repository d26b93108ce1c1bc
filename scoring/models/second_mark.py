"""One verdict that is marked a second time by somebody who does not see the first."""

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from cchc_portal.kit.constraints import one_of, together
from cchc_portal.kit.fractions import FractionField, from_nought_to
from cchc_portal.kit.logbook import Kept, NoTruncate
from scoring.models.score import Score
from scoring.models.second_mark_reads import SecondMarkQuerySet
from scoring.models.second_marking import SecondMarking
from scoring.rules.second_mark import GIVEN, UNDONE, Cause, Choice, MarkState
from scoring.rules.verdict import Finding

_STATE = MarkState


def _people() -> dict:
    return {
        "to": settings.AUTH_USER_MODEL,
        "on_delete": models.PROTECT,
        "null": True,
        "blank": True,
        "related_name": "+",
    }


class SecondMark(models.Model):
    """Chấm lần hai: drawn, taken by somebody, given; where it does not fit, decided by a third.

    The first mark is kept as it was when the second was given. What is decided becomes the verdict
    on the score; here it stays as it was decided.
    """

    marking = models.ForeignKey(SecondMarking, on_delete=models.PROTECT, related_name="marks")
    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="second_marks")
    maximum = models.DecimalField("điểm tối đa", max_digits=7, decimal_places=3)
    cause = models.CharField("vì sao", max_length=10, choices=Cause.choices)
    state = models.CharField(
        "trạng thái", max_length=10, choices=_STATE.choices, default=_STATE.WAITING
    )
    drawn_at = models.DateTimeField("rút lúc", auto_now_add=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    second_by = models.ForeignKey(**_people(), verbose_name="người chấm lần hai")
    taken_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    given_at = models.DateTimeField("chấm xong lúc", null=True, blank=True)
    answer = models.JSONField("trả lời", null=True, blank=True, encoder=DjangoJSONEncoder)
    points = FractionField("điểm lần hai", null=True, blank=True)
    not_applicable = models.BooleanField("không áp dụng", default=False)
    reason = models.TextField("lý do", blank=True)

    first_by = models.ForeignKey(**_people(), verbose_name="người chấm lần một")
    first_points = FractionField("điểm lần một", null=True, blank=True)
    first_not_applicable = models.BooleanField("lần một: không áp dụng", default=False)
    first_reason = models.TextField("lý do lần một", blank=True)

    choice = models.CharField("quyết định", max_length=10, choices=Choice.choices, blank=True)
    decided_by = models.ForeignKey(**_people(), verbose_name="người quyết định")
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    decided_points = FractionField("điểm quyết định", null=True, blank=True)
    decided_not_applicable = models.BooleanField("quyết định: không áp dụng", default=False)
    decision = models.TextField("lý do quyết định", blank=True)

    objects = SecondMarkQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng chấm lần hai"
        verbose_name_plural = "dòng chấm lần hai"
        ordering = ("drawn_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("score",),
                condition=~Q(state=_STATE.FALLEN),
                name="second_mark_one_for_a_verdict",
            ),
            models.UniqueConstraint(
                fields=("second_by",),
                condition=Q(state=_STATE.TAKEN),
                name="second_mark_one_in_hand",
            ),
            one_of("state", _STATE, "second_mark_state_known"),
            one_of("cause", Cause, "second_mark_cause_known"),
            together("second_by", "taken_at", name="second_mark_taking_is_whole"),
            together("given_at", "first_by", name="second_mark_giving_is_whole"),
            from_nought_to("maximum", column="points", name="second_mark_within"),
            from_nought_to("maximum", column="decided_points", name="second_mark_decided_within"),
            models.CheckConstraint(
                name="second_mark_taking_agrees_with_state",
                condition=Q(state=_STATE.WAITING, second_by=None)
                | Q(state__in=(_STATE.TAKEN, *GIVEN), second_by__isnull=False)
                | Q(state__in=(_STATE.WAIVED, _STATE.FALLEN)),
            ),
            models.CheckConstraint(
                name="second_mark_giving_agrees_with_state",
                condition=Q(state__in=UNDONE, given_at=None, points=None, not_applicable=False)
                | Q(state__in=(*GIVEN, _STATE.FALLEN), given_at__isnull=False)
                & (Q(points__isnull=False) ^ Q(not_applicable=True))
                & (Q(first_points__isnull=False) ^ Q(first_not_applicable=True))
                | Q(state=_STATE.WAIVED),
            ),
            models.CheckConstraint(
                name="second_mark_decision_agrees_with_state",
                condition=Q(
                    state__in=(_STATE.DECIDED, _STATE.FALLEN),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    choice__in=tuple(one.value for one in Choice),
                )
                & ~Q(decision="")
                & (Q(decided_points__isnull=False) ^ Q(decided_not_applicable=True))
                | Q(state=_STATE.WAIVED, decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decision="")
                | Q(decided_by=None, decided_at=None, choice="", decision="")
                & ~Q(state__in=(_STATE.DECIDED, _STATE.WAIVED)),
            ),
            models.CheckConstraint(
                name="second_mark_by_three_people",
                condition=(Q(first_by=None) | ~Q(first_by=F("second_by")))
                & (
                    Q(decided_by=None)
                    | (Q(first_by=None) | ~Q(decided_by=F("first_by")))
                    & (Q(second_by=None) | ~Q(decided_by=F("second_by")))
                ),
                violation_error_message="Ba lần chấm phải do ba người khác nhau.",
            ),
        )
        triggers = (
            Kept(),
            NoTruncate(),
            pgtrigger.Trigger(
                name="given_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__given_at__isnull=False),
                func="""
                    IF (
                        NEW.score_id, NEW.second_by_id, NEW.given_at, NEW.answer, NEW.points,
                        NEW.not_applicable, NEW.reason, NEW.first_by_id, NEW.first_points,
                        NEW.first_not_applicable, NEW.first_reason
                    ) IS DISTINCT FROM (
                        OLD.score_id, OLD.second_by_id, OLD.given_at, OLD.answer, OLD.points,
                        OLD.not_applicable, OLD.reason, OLD.first_by_id, OLD.first_points,
                        OLD.first_not_applicable, OLD.first_reason
                    ) OR OLD.decided_at IS NOT NULL AND (
                        NEW.decided_by_id, NEW.decided_at, NEW.decided_points, NEW.choice,
                        NEW.decided_not_applicable, NEW.decision
                    ) IS DISTINCT FROM (
                        OLD.decided_by_id, OLD.decided_at, OLD.decided_points, OLD.choice,
                        OLD.decided_not_applicable, OLD.decision
                    ) THEN
                        RAISE EXCEPTION 'sealed: %', TG_TABLE_NAME USING ERRCODE = '23514';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self):
        return f"{self.score}: {self.get_state_display()}"

    @property
    def look(self) -> str:
        """How its state is drawn."""
        return MarkState(self.state).look

    @property
    def verify_by(self):
        """The last day of verification of its period."""
        return self.score.dossier.period.verify_by

    @property
    def first(self) -> Finding:
        """What the first verifier found, as it was when the second mark was given."""
        return Finding(self.first_points, self.first_not_applicable)

    @property
    def second(self) -> Finding:
        """What the second verifier found."""
        return Finding(self.points, self.not_applicable)

    @property
    def decided(self) -> Finding:
        """What the third person decided."""
        return Finding(self.decided_points, self.decided_not_applicable)
