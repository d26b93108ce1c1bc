"""What a unit replies to a verdict on one of its components, and what is decided of it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cchc_portal.kit.constraints import one_of, together
from cchc_portal.kit.fractions import FractionField
from scoring.models.dossier import Dossier
from scoring.models.pen import Penned
from scoring.models.score import Score
from scoring.rules.reply import MOST_ROUNDS, OBJECTIONS, Outcome, Said, Stance, Thread
from scoring.rules.workflow import DossierState, ExplanationState
from units.access import units_where
from units.permissions import Permission

WAITING = (ExplanationState.WRITING, ExplanationState.SENT)
CLOSED = (ExplanationState.AGREED, ExplanationState.DECIDED)
_STATE = ExplanationState


class ExplanationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Explanations about the scores the person may see."""
        return self.filter(score__in=Score.objects.visible_to(user))

    def standing(self):
        """Those about the verdicts that stand: of dossiers verified, since they were."""
        return self.filter(
            score__dossier__state=DossierState.VERIFIED,
            verified_at=F("score__dossier__verified_at"),
        )

    def sent(self):
        """Those that left the unit: agreements and objections."""
        return self.exclude(state=ExplanationState.WRITING)

    def of_the_desks_of(self, user):
        """Objections that were sent to the assessors at whose desk the person verifies."""
        desks = units_where(user, Permission.VERIFY_DOSSIER)
        return self.sent().filter(
            score__dossier__in=Dossier.objects.verified_by_desk_of(user),
            score__dossier__period__assessor__in=desks,
            stance__in=OBJECTIONS,
        )

    def for_page(self):
        """With all that a page about one of them names."""
        return self.select_related(
            "score__criterion__parent__parent",
            "score__dossier__unit",
            "score__dossier__block",
            "score__dossier__period__assessor",
            "sent_by",
            "first_by",
            "decided_by",
        )

    def in_order_of_work(self):
        """Those that wait first, longest waiting first; then what was decided last."""
        decided_last = models.Case(models.When(state=_STATE.SENT, then=0), default=1)
        return self.order_by(decided_last, F("decided_at").desc(nulls_first=True), "sent_at", "pk")

    def hold(self, pk: int) -> "Explanation":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Explanation(Penned):
    """Giải trình: one reply to one verdict. A second one, where the period allows it, replies to
    what was decided of the first.

    `verified_at` says which verdict: the one told when the dossier was verified at that moment.
    What was found is kept as it was when the reply was sent; the points that follow stand in the
    score, and here as they were decided.
    """

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="explanations")
    verified_at = models.DateTimeField("kết quả báo lúc")
    number = models.PositiveSmallIntegerField("lần")
    state = models.CharField(
        "trạng thái", max_length=10, choices=_STATE.choices, default=_STATE.WRITING
    )
    stance = models.CharField("ý kiến", max_length=10, choices=Stance.choices, blank=True)
    text = models.TextField("nội dung giải trình", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    updated_at = models.DateTimeField("thời điểm sửa")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    sent_at = models.DateTimeField("thời điểm gửi", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_points = FractionField("điểm thẩm định khi gửi", null=True, blank=True)
    first_not_applicable = models.BooleanField("không áp dụng khi gửi", default=False)
    first_reason = models.TextField("lý do khi gửi", blank=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    outcome = models.CharField("kết luận", max_length=10, choices=Outcome.choices, blank=True)
    points = FractionField("điểm sau kết luận", null=True, blank=True)
    not_applicable = models.BooleanField("không áp dụng", default=False)
    decision = models.TextField("lý do kết luận", blank=True)
    decided_at = models.DateTimeField("thời điểm kết luận", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = "giải trình"
        verbose_name_plural = "giải trình"
        ordering = ("score", "verified_at", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("score", "verified_at", "number"), name="explanation_once_a_round"
            ),
            models.UniqueConstraint(
                fields=("score",),
                condition=Q(state__in=WAITING),
                name="explanation_one_open_for_a_score",
            ),
            models.CheckConstraint(
                name="explanation_rounds_within", condition=Q(number__range=(1, MOST_ROUNDS))
            ),
            one_of("state", _STATE, "explanation_state_known"),
            together("sent_at", "sent_by", name="explanation_sending_is_whole"),
            together("decided_at", "decided_by", name="explanation_decision_is_whole"),
            together("pen", "stroke", name="explanation_stroke_is_whole"),
            models.CheckConstraint(
                name="explanation_sending_agrees_with_state",
                condition=Q(state=_STATE.WRITING, sent_at=None)
                | ~Q(state=_STATE.WRITING) & Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="explanation_stance_agrees_with_state",
                condition=Q(state=_STATE.WRITING, stance__in=("", *(one.value for one in Stance)))
                | Q(state=_STATE.AGREED, stance=Stance.AGREE)
                | Q(
                    state__in=(_STATE.SENT, _STATE.DECIDED),
                    stance__in=tuple(one.value for one in OBJECTIONS),
                )
                & ~Q(text="")
                & Q(first_by__isnull=False),
            ),
            models.CheckConstraint(
                name="explanation_decision_agrees_with_state",
                condition=Q(
                    state=_STATE.DECIDED,
                    decided_at__isnull=False,
                    outcome__in=tuple(one.value for one in Outcome),
                )
                & ~Q(decision="")
                | ~Q(state=_STATE.DECIDED) & Q(decided_at=None, outcome="", decision=""),
            ),
            models.CheckConstraint(
                name="explanation_decided_by_somebody_else",
                condition=Q(decided_by=None)
                | ~Q(decided_by=F("first_by")) & ~Q(decided_by=F("sent_by")),
                violation_error_message="Người kết luận phải khác người thẩm định.",
            ),
            models.CheckConstraint(
                name="explanation_points_or_not_applicable",
                condition=Q(not_applicable=False) | Q(points=None),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="said_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=_STATE.WRITING.value),
                func=f"""
                    IF TG_OP = 'DELETE' OR OLD.state <> '{_STATE.SENT.value}' OR (
                        NEW.score_id, NEW.verified_at, NEW.number, NEW.stance, NEW.text,
                        NEW.sent_at, NEW.sent_by_id, NEW.first_points, NEW.first_not_applicable,
                        NEW.first_reason, NEW.first_by_id
                    ) IS DISTINCT FROM (
                        OLD.score_id, OLD.verified_at, OLD.number, OLD.stance, OLD.text,
                        OLD.sent_at, OLD.sent_by_id, OLD.first_points, OLD.first_not_applicable,
                        OLD.first_reason, OLD.first_by_id
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
    def as_said(self) -> Said:
        """What the rules of replying ask about it."""
        return Said(self.number, self.state, self.outcome, self.decided_at)


def thread_of(dossier: Dossier, said: Explanation | None) -> Thread:
    """A changed component of a verified dossier, with the last that was sent about its verdict."""
    return Thread(dossier.period.reply_terms, dossier.verified_at, said and said.as_said)
