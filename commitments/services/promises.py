"""What was raised or concluded at a conference, or demanded after an inspection, becomes a
task of the unit's commitment."""

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from commitments.models import CommitmentTask, ConferenceTask, DialogueItem, InspectionTask
from commitments.rules.areas import ReformArea
from commitments.rules.conference import ASIDE, TaskState
from commitments.rules.inspection import MendState
from commitments.rules.terms import TaskTerms
from commitments.services import next_draft, tasks
from units.models import User

Source = DialogueItem | ConferenceTask | InspectionTask
LONGEST_TITLE = CommitmentTask._meta.get_field("title").max_length
LONGEST_CRITERION = CommitmentTask._meta.get_field("criterion").max_length
IN_THE_YEAR = "trong năm"


@transaction.atomic
def of_item(item: DialogueItem, *, by: User) -> CommitmentTask:
    """A task in the draft of the first year, from that of the conference on, that is still open.

    Raises PermissionDenied, or MoveRefused (withdrawn or turned away, promised already, or given to
    a unit as a task of the conference, which is then the one to promise).
    """
    held = DialogueItem.objects.select_for_update(of=("self",), no_key=True)
    item = held.select_related("conference__unit").get(pk=item.pk)
    if item.state in ASIDE:
        raise MoveRefused("Ý kiến đã rút hoặc không tiếp nhận nên không đưa vào bản cam kết.")
    if item.task:
        raise MoveRefused("Ý kiến đã giao thành nhiệm vụ; đề nghị đưa nhiệm vụ đó vào cam kết.")
    conference = item.conference
    draft = next_draft.of_year(
        conference.unit,
        next_draft.first_open_year(conference.unit, conference.held_on.year),
        by=by,
        made_up=conference.made_up,
    )
    _refuse_twice(item)
    terms = TaskTerms(
        area=item.area or ReformArea.DIRECTION, title=_title(item.text), due_text=IN_THE_YEAR
    )
    origin = f"từ {str(item).lower()}, {conference.title} ngày {conference.held_on:%d/%m/%Y}"
    return tasks.add(draft, terms=terms, by=by, item=item, origin=origin[:300])


@transaction.atomic
def of_conclusion(conclusion: ConferenceTask, *, by: User) -> CommitmentTask:
    """The same for what a conference decided, in the draft of the unit that has to do it.

    Raises PermissionDenied, or MoveRefused (taken out, or promised already).
    """
    held = ConferenceTask.objects.select_for_update(of=("self",), no_key=True)
    conclusion = held.select_related("conference", "owner", "item").get(pk=conclusion.pk)
    if conclusion.state == TaskState.REMOVED:
        raise MoveRefused("Nhiệm vụ của hội nghị đã bỏ nên không đưa vào bản cam kết.")
    conference, owner = conclusion.conference, conclusion.owner
    draft = next_draft.of_year(
        owner,
        next_draft.first_open_year(owner, conference.held_on.year),
        by=by,
        made_up=conference.made_up,
    )
    _refuse_twice(conclusion)
    area = conclusion.item.area if conclusion.item else ""
    fits = conclusion.due_on.year == draft.year
    terms = TaskTerms(
        area=area or ReformArea.DIRECTION,
        title=_title(conclusion.text),
        due_on=conclusion.due_on if fits else None,
        due_text="" if fits else IN_THE_YEAR,
        lead=conclusion.person,
    )
    origin = f"từ kết luận {conference.title} ngày {conference.held_on:%d/%m/%Y}"
    return tasks.add(draft, terms=terms, by=by, conclusion=conclusion, origin=origin[:300])


@transaction.atomic
def of_demand(demand: InspectionTask, *, by: User) -> CommitmentTask:
    """The same for what the signed conclusion of an inspection demands, in the draft of the
    inspected unit; it serves the component that the finding touches.

    Raises PermissionDenied, or MoveRefused (not signed, mended, or promised already).
    """
    rows = InspectionTask.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("inspection__inspected", "finding__point").get(pk=demand.pk)
    inspection, owner = held.inspection, held.owner
    if not inspection.concluded or held.state == MendState.ACCEPTED:
        raise MoveRefused("Kết luận chưa ký, hoặc yêu cầu đã khắc phục xong.")
    draft = next_draft.of_year(
        owner,
        next_draft.first_open_year(owner, inspection.year),
        by=by,
        made_up=inspection.made_up,
    )
    _refuse_twice(held)
    point = held.finding.point if held.finding else None
    fits = held.due_on.year == draft.year
    terms = TaskTerms(
        area=ReformArea.DIRECTION,
        title=_title(held.text),
        due_on=held.due_on if fits else None,
        due_text="" if fits else IN_THE_YEAR,
        lead=held.person,
        criterion=str(point)[:LONGEST_CRITERION] if point and point.criterion_code else "",
    )
    origin = f"từ kết luận kiểm tra số {inspection.conclusion_number}"
    if inspection.concluded_on:
        origin += f" ngày {inspection.concluded_on:%d/%m/%Y}"
    return tasks.add(draft, terms=terms, by=by, demand=held, origin=origin[:300])


def _refuse_twice(source: Source) -> None:
    made = CommitmentTask.objects.filter(**{_column(source): source}).select_related("commitment")
    if task := made.first():
        raise MoveRefused(f"Nội dung này đã có trong {task.commitment.called}.")


def _column(source: Source) -> str:
    if isinstance(source, InspectionTask):
        return "demand"
    return "item" if isinstance(source, DialogueItem) else "conclusion"


def _title(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"
