"""What still keeps a period from being locked, kind by kind. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.worded import Worded
from scoring.models import Period, Score, SecondMark
from scoring.rules.workflow import DossierState
from scoring.services import replies
from scoring.services.readiness import in_the_way, unsettled


class Where(Worded):
    """The place at which something in the way is dealt with."""

    DOSSIERS = "dossiers", "Thẩm định hồ sơ"
    SECOND_MARKS = "second_marks", "Chấm lần hai"
    OBJECTIONS = "objections", "Kết luận giải trình"
    FIGURES = "figures", "Điểm ngoài tự đánh giá"
    REPLIES = "replies", "Đơn vị còn thời hạn giải trình"


@dataclass(frozen=True)
class Hold:
    """One kind of thing in the way: where, how much of it, in a sentence without its full stop;
    the units it is about where there are several, the dossier where it is about one alone."""

    where: Where
    count: int
    sentence: str
    names: str = ""
    dossier: int | None = None

    @property
    def whole(self) -> str:
        """The sentence with the names of the units."""
        return f"{self.sentence} ({self.names})" if self.names else self.sentence


def holds(period: Period, *, now: datetime) -> list[Hold]:
    """Everything that keeps an open period from being locked. Five queries."""
    found = []
    left = list(unsettled(period).values_list("pk", "unit__name"))
    if left:
        names = in_the_way([name for _, name in left], between="; ")
        sentence = f"còn {grouped(len(left))} hồ sơ chưa thẩm định xong"
        found.append(Hold(Where.DOSSIERS, len(left), sentence, names))
    if marked := SecondMark.objects.of_period(period).unfinished().count():
        sentence = f"còn {grouped(marked)} dòng chưa chấm lần hai xong"
        found.append(Hold(Where.SECOND_MARKS, marked, sentence))
    missing = Score.objects.from_outside().unsettled().filter(dossier__period=period)
    lacking = missing.exclude(dossier__state=DossierState.ABSENT).aggregate(
        figures=Count("pk"), units=Count("dossier", distinct=True)
    )
    if lacking["figures"]:
        sentence = (
            f"còn {grouped(lacking['figures'])} điểm ngoài tự đánh giá của "
            f"{grouped(lacking['units'])} đơn vị chưa có"
        )
        found.append(Hold(Where.FIGURES, lacking["figures"], sentence))
    if waiting := replies.waiting(period):
        sentence = f"còn {grouped(waiting)} giải trình chờ kết luận"
        found.append(Hold(Where.OBJECTIONS, waiting, sentence))
    for dossier, number in replies.unsaid(period, now=now).items():
        sentence = f"{dossier.unit.name} còn thời hạn giải trình {grouped(number)} dòng"
        found.append(Hold(Where.REPLIES, number, sentence, dossier=dossier.pk))
    return found
