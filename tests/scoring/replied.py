"""A verified dossier two of whose components the verifier found otherwise, and who decides."""

from dataclasses import dataclass

from django.utils import timezone

from scoring.models import Explanation
from scoring.rules.reply import Outcome, Stance
from scoring.services import dossiers, explanations
from scoring.services.explanations import stamp_of
from scoring.services.replies import replies_of, reply_of
from tests.worlds import Work, Year, a_settled_dossier, settle
from units.models import User
from units.permissions import Role

CHANGED = ("1.1.1", "1.2.1")
REASON = "Tài liệu gửi kèm không có số liệu."


@dataclass
class Told:
    """The dossier whose result was told, and somebody who gave none of its verdicts."""

    work: Work
    decider: User

    def say(self, code: str, stance: Stance = Stance.OBJECT, text: str = "Đã có báo cáo.", **more):
        """The editor writes about one component."""
        score = self.work.score(code)
        reply = reply_of(score, now=timezone.now())
        seen = reply.writing.version if reply and reply.writing else 0
        said = {"by": self.work.editor, "seen_version": seen} | more
        return explanations.write(score, stance=stance, text=text, **said)

    def send(self, **more) -> int:
        """The head sends all that was written."""
        said = {"by": self.work.head, "seen": self.stamp()} | more
        return explanations.send(self.work.now(), **said)

    def stamp(self) -> str:
        return stamp_of(replies_of(self.work.now(), now=timezone.now()))

    def object_to(self, code: str) -> Explanation:
        """Written and sent."""
        self.say(code)
        self.send()
        return Explanation.objects.for_page().get(score=self.work.score(code), state="sent")

    def decide(self, one: Explanation, outcome: Outcome = Outcome.REFUSED, **more) -> Explanation:
        """Somebody else decides."""
        now = Explanation.objects.for_page().get(pk=one.pk)
        said = {"by": self.decider, "decision": "Đã xem lại tài liệu.", "seen_version": now.version}
        return explanations.decide(now, outcome=outcome, **(said | more))

    def standing(self, code: str, *, now=None) -> str:
        """How the component stands."""
        return reply_of(self.work.score(code), now=now or timezone.now()).standing


def a_told_dossier(year: Year | None = None, **columns) -> Told:
    """Verified; the components `CHANGED` came to nought."""
    work = a_settled_dossier(year)
    for code in CHANGED:
        settle(work, code, points=0, reason=REASON)
    work.dossier = dossiers.verify(work.dossier, by=work.verifier)
    decider = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    return Told(work, decider)
