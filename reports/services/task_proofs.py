"""Papers that proved a finished task of a commitment, offered as evidence. Reads only."""

from dataclasses import dataclass

from commitments.models import CommitmentTask, TaskReport
from reports.rules.loop import serves
from scoring.models import Score
from units.models import Document


@dataclass(frozen=True)
class TaskProof:
    """A paper of the unit's cabinet and the task it proved; whether that task was to serve the
    component that is asked about."""

    document: Document
    task: CommitmentTask
    serves: bool


def task_proofs(score: Score) -> list[TaskProof]:
    """For a row of a unit: what proves its tasks of the period's year and of the one before, those
    that serve the component first, each paper once, without what is attached. Three queries.

    The score needs criterion, dossier and period.
    """
    dossier, code = score.dossier, score.criterion.code
    year = dossier.period.year
    attached = set(score.evidence.values_list("document", flat=True))
    found: dict[int, TaskProof] = {}
    for report in TaskReport.objects.of_finished(dossier.unit_id, (year - 1, year)):
        fits = serves(report.task.criterion, code)
        for paper in report.proofs.all():
            known = found.get(paper.pk)
            if paper.pk not in attached and (known is None or fits and not known.serves):
                found[paper.pk] = TaskProof(paper, report.task, fits)
    return sorted(found.values(), key=lambda one: not one.serves)
