"""Inspections by Công an tỉnh Hà Tĩnh of its departments around today: a plan, one mended, one
followed with something late, one that waits for its conclusion, one to come, one sudden that is
under way, one that looks again at what was mended.

Everything is made up and says so.
"""

from datetime import date, timedelta

from commitments.models import Inspection
from commitments.rules.inspection import InspectionTerms, PlanWords, PointWords
from commitments.services import (
    inspection_findings,
    inspection_openings,
    inspection_plans,
    inspection_team,
    inspections,
    mending,
)
from commitments.services.inspection_findings import Found
from commitments.services.inspection_team import Checked
from commitments.services.inspections import Minutes
from commitments.services.mending import Demand
from commitments.services.plans import Paper
from reports.demo.year import on
from reports.services import inspected
from units.models import Unit, User
from units.services import documents

MADE_UP, MARKED = "(Dữ liệu minh họa.)", "(dữ liệu minh họa)"
SCOPE = (
    "Việc xây dựng, thực hiện kế hoạch cải cách hành chính\n"
    "Việc niêm yết, giải quyết thủ tục hành chính; chế độ báo cáo"
)
POINTS = (
    "Sổ theo dõi hồ sơ tại bộ phận tiếp nhận và trả kết quả",
    "Hòm thư góp ý, số điện thoại đường dây nóng niêm yết tại trụ sở",
)
WANTING = (
    (
        "Kế hoạch cải cách hành chính năm ban hành chậm 12 ngày so với thời hạn.",
        "Rút kinh nghiệm, ban hành kế hoạch năm sau đúng thời hạn.",
    ),
    (
        "03 hồ sơ trả kết quả chậm, không có phiếu xin lỗi.",
        "Rà soát hồ sơ quá hạn hằng tuần, gửi phiếu xin lỗi theo quy định.",
    ),
)
LATE_FILES = "hs_dunghan"
"""Key of the component about files settled in time."""
GOOD = "Thủ tục hành chính được niêm yết đầy đủ, cập nhật kịp thời."


def build(province: Unit, *, organiser: User, head: User, verifier: User, today: date) -> None:
    """All of them through the services, on their days."""
    stage = _Stage(province, organiser, head, verifier, today)
    stage.plan()
    mended, followed, waiting = (stage.made(code, days) for code, days in MADE)
    stage.conclude(mended, days_ago=70, dues=(-45, -40))
    stage.mend_all(mended, days_ago=50)
    stage.conclude(followed, days_ago=30, dues=(-5, 20))
    stage.mend_first(followed, days_ago=4)
    stage.draft(waiting)
    stage.sudden("HT-PX03", days_ago=1)
    stage.again(mended, days_ago=3)


MADE = (("HT-PC07", 80), ("HT-PC06", 40), ("HT-PC08", 6))
"""Departments that were inspected, and so many days ago."""
TO_COME = ("HT-PX01", 12)


class _Stage:
    """The people, and the days on which they act."""

    def __init__(
        self, province: Unit, organiser: User, head: User, verifier: User, today: date
    ) -> None:
        self.province, self.organiser, self.head = province, organiser, head
        self.verifier, self.today = verifier, today
        self.lines: dict[str, Inspection] = {}

    def day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def plan(self) -> None:
        """The plan of the year of the first inspection; lines of another year stand outside it."""
        issued = self.day(95)
        with on(issued):
            plan = inspection_plans.draft(
                self.province,
                year=issued.year,
                words=PlanWords(
                    f"Kế hoạch kiểm tra công tác cải cách hành chính năm {issued.year}",
                    "Căn cứ Kế hoạch cải cách hành chính năm của Công an tỉnh",
                    f"Đánh giá đúng thực trạng, kịp thời khắc phục tồn tại, hạn chế. {MADE_UP}",
                ),
                by=self.organiser,
                made_up=True,
            )
            for code, days in (*MADE, (TO_COME[0], -TO_COME[1])):
                first = self.day(days)
                if first.year != issued.year:
                    continue
                self.lines[code] = inspection_plans.add(
                    plan,
                    inspected=Unit.objects.get(code=code),
                    terms=self._terms(first),
                    by=self.organiser,
                )
            plan.refresh_from_db()
            inspection_plans.issue(
                plan,
                seen=plan.version,
                paper=Paper("118/KH-CAT-PV01", issued),
                by=self.head,
            )

    def made(self, code: str, days_ago: int) -> Inspection:
        """Decided, made and minuted; a line of the plan, or opened by itself."""
        first = self.day(days_ago)
        line = self.lines.get(code)
        with on(first - timedelta(days=5)):
            if line is None:
                line = self._opened(code, first)
            line = self._decide(
                line, f"{200 + days_ago}/QĐ-CAT-PV01", first - timedelta(days=5), first
            )
        with on(first):
            line = inspections.begin(line, seen=line.version, by=self.organiser)
            self._look(line)
        with on(first + timedelta(days=2)):
            line = self._fresh(line)
            return inspections.minute(
                line,
                seen=line.version,
                minutes=Minutes(
                    first + timedelta(days=2),
                    f"Trụ sở {line.inspected}",
                    "Thượng tá Nguyễn Văn Minh Họa",
                    "Trưởng phòng",
                    f"Thực hiện nghiêm túc, còn một số việc chưa kịp thời. {MADE_UP}",
                ),
                by=self.organiser,
            )

    def _decide(self, line: Inspection, number: str, day: date, first: date) -> Inspection:
        self._prepare(line)
        line = self._fresh(line)
        return inspections.decide(
            line,
            seen=line.version,
            number=number,
            day=day,
            starts_on=first,
            ends_on=first + timedelta(days=2),
            by=self.organiser,
        )

    def draft(self, line: Inspection) -> None:
        """Conclusion and demands, not signed yet."""
        self._demand(self._fresh(line), (30, 45))

    def conclude(self, line: Inspection, *, days_ago: int, dues: tuple[int, int]) -> None:
        """Demands due so many days from today on, then the signature."""
        with on(self.day(days_ago)):
            self._demand(self._fresh(line), dues)
            line = self._fresh(line)
            inspections.conclude(
                line,
                seen=line.version,
                paper=Paper(f"{300 + days_ago}/TB-CAT-PV01", self.day(days_ago)),
                by=self.head,
            )

    def mend_all(self, line: Inspection, *, days_ago: int) -> None:
        for task in line.tasks.order_by("number"):
            self._mend(line, task, days_ago)
            with on(self.day(days_ago - 3)):
                task.refresh_from_db()
                mending.accept(task, seen=task.version, by=self.organiser)
        with on(self.day(days_ago - 4)):
            line = self._fresh(line)
            inspections.close(line, seen=line.version, by=self.organiser)

    def mend_first(self, line: Inspection, *, days_ago: int) -> None:
        self._mend(line, line.tasks.order_by("-number").first(), days_ago)

    def sudden(self, code: str, *, days_ago: int) -> None:
        """Opened, decided and begun on one day at a department that no plan foresees."""
        first = self.day(days_ago)
        with on(first):
            line = self._opened(code, first)
            self._decide(line, f"{290 + days_ago}/QĐ-CAT-PV01", first, first)
            line = self._fresh(line)
            line = inspections.begin(line, seen=line.version, by=self.organiser)
            point = line.checklist.order_by("position").first()
            inspection_team.check(
                line, checked={point.pk: Checked(1, "met", "")}, by=self.organiser
            )

    def again(self, line: Inspection, *, days_ago: int) -> None:
        """What was mended is looked at once more."""
        number = self._fresh(line).conclusion_number
        reason = f"Kiểm tra việc thực hiện kết luận số {number}. {MADE_UP}"
        with on(self.day(days_ago)):
            inspection_openings.again(
                line, terms=self._terms(self.day(-20), reason), by=self.organiser
            )

    def _opened(self, code: str, first: date) -> Inspection:
        return inspection_openings.open_sudden(
            self.province,
            inspected=Unit.objects.get(code=code),
            terms=self._terms(first, f"Theo chỉ đạo của Giám đốc Công an tỉnh. {MADE_UP}"),
            by=self.organiser,
            made_up=True,
        )

    def _terms(self, first: date, reason: str = "") -> InspectionTerms:
        covers = f"từ 15/12/{first.year - 1} đến ngày kiểm tra"
        return InspectionTerms(SCOPE, covers, first, first + timedelta(days=2), reason)

    def _prepare(self, line: Inspection) -> None:
        for person, duty in ((self.organiser, "head"), (self.verifier, "secretary")):
            inspection_team.seat(
                line, person=person, name="", post="", duty=duty, by=self.organiser
            )
        dossier = inspected.dossier_for(line)
        if dossier:
            nodes = inspected.components_for(dossier)
            chosen = nodes[:4] + [one for one in nodes[4:] if one.key == LATE_FILES]
            inspected.take(line, chosen=chosen, by=self.organiser)
        points = [PointWords(text) for text in POINTS]
        inspection_team.add_points(line, points=points, by=self.organiser)

    def _look(self, line: Inspection) -> None:
        points = list(line.checklist.order_by("position"))
        late = next(
            one for one in points if one.criterion_key == LATE_FILES or one.text == POINTS[0]
        )
        wanting = (points[0], late)
        words = {point.pk: word for point, word in zip(wanting, ("partly", "not_met"), strict=True)}
        checked = {point.pk: Checked(1, words.get(point.pk, "met"), "") for point in points}
        inspection_team.check(line, checked=checked, by=self.organiser)
        inspection_findings.find(
            line, found=Found("strength", f"{GOOD} {MADE_UP}"), by=self.organiser
        )
        for point, (text, _) in zip(wanting, WANTING, strict=True):
            inspection_findings.find(
                line, found=Found("shortcoming", f"{text} {MADE_UP}", point), by=self.organiser
            )

    def _demand(self, line: Inspection, dues: tuple[int, int]) -> None:
        inspections.write_conclusion(
            line,
            seen=line.conclusion_seal,
            text=f"{line.inspected} thực hiện cơ bản đầy đủ nhiệm vụ được giao. {MADE_UP}",
            by=self.organiser,
        )
        found = list(line.findings.shortcomings().order_by("number"))
        for finding, (_, text), days in zip(found, WANTING, dues, strict=False):
            mending.demand(
                line,
                demand=Demand(f"{text.rstrip('.')} {MARKED}.", self.day(-days), "", finding),
                by=self.organiser,
            )

    def _mend(self, line: Inspection, task, days_ago: int) -> None:
        editor = User.objects.filter(
            memberships__unit=line.inspected, memberships__role__in=("editor", "head")
        ).first()
        with on(self.day(days_ago)):
            paper = documents.note(
                line.inspected,
                by=editor,
                number=f"{400 + task.pk}/BC-{line.inspected.code.removeprefix('HT-')}",
                title=f"Báo cáo kết quả khắc phục sau kiểm tra {MADE_UP}",
                declared_not_secret=True,
            )
            mending.report(
                task,
                seen=task.version,
                result=f"Đã khắc phục, có báo cáo kèm theo. {MADE_UP}",
                done_on=self.day(days_ago),
                proofs=[paper],
                by=editor,
            )

    def _fresh(self, line: Inspection) -> Inspection:
        return Inspection.objects.select_related("unit", "inspected", "plan").get(pk=line.pk)
