"""What still keeps a period from being locked, kind by kind. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.worded import Worded
from scoring.models import Period
from scoring.services import replies
from scoring.services.readiness import in_the_way, unsettled


class Where(Worded):
    """The place at which something in the way is dealt with."""

    DOSSIERS = "dossiers", "Thẩm định hồ sơ"
    OBJECTIONS = "objections", "Kết luận giải trình"
    REPLIES = "replies", "Đơn vị còn thời hạn giải trình"


@dataclass(frozen=True)
class Hold:
    """One kind of thing in the way: where, how much of it, in a sentence without its full stop;
    the dossier where it is about one alone."""

    where: Where
    count: int
    sentence: str
    dossier: int | None = None


def holds(period: Period, *, now: datetime) -> list[Hold]:
    """Everything that keeps an open period from being locked. Four queries."""
    found = []
    left = list(unsettled(period).values_list("pk", "unit__name"))
    if left:
        names = in_the_way([name for _, name in left], between="; ")
        sentence = f"còn {grouped(len(left))} hồ sơ chưa thẩm định xong ({names})"
        found.append(Hold(Where.DOSSIERS, len(left), sentence))
    if waiting := replies.waiting(period):
        sentence = f"còn {grouped(waiting)} giải trình chờ kết luận"
        found.append(Hold(Where.OBJECTIONS, waiting, sentence))
    for dossier, number in replies.unsaid(period, now=now).items():
        sentence = f"{dossier.unit.name} còn thời hạn giải trình {grouped(number)} dòng"
        found.append(Hold(Where.REPLIES, number, sentence, dossier.pk))
    return found
