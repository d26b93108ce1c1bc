"""What proves a finished task is offered as evidence of the next self-assessment."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from commitments.models import TaskReport
from commitments.rules.terms import TaskTerms
from commitments.rules.workflow import TaskOutcome, Verdict
from commitments.services import reporting, tasks
from reports.services.task_proofs import task_proofs
from scoring.services import evidence
from tests.commitments.situations import Parties, a_draft, fresh, sign_both
from tests.units.files import a_pdf
from tests.worlds import a_draft_dossier
from units.permissions import Role
from units.services import documents


@pytest.fixture
def work(db):
    return a_draft_dossier()


def a_paper(work, name: str):
    upload = SimpleUploadedFile(f"{name}.pdf", a_pdf(name))
    return documents.file(
        work.dossier.unit, by=work.editor, upload=upload, declared_not_secret=True
    )


def finished(work, papers: dict[str, str], *, of_year: int = 0, outcome=TaskOutcome.DONE) -> dict:
    """Tasks that name these criteria, each done and proved by a paper of this name."""
    province = work.year.province
    who = Parties(
        province=province,
        unit=work.dossier.unit,
        receiver=province.police,
        editor=work.editor,
        head=work.head,
        receiving_head=province.a_person(Role.HEAD, province.police),
    )
    draft = a_draft(who, year=of_year or work.dossier.period.year, number_of_tasks=0)
    made = [
        tasks.add(
            draft,
            terms=TaskTerms(
                area="procedures", title=name, due_text="trong năm", criterion=criterion
            ),
            by=work.editor,
        )
        for name, criterion in papers.items()
    ]
    sign_both(who, draft)
    filed = {}
    for task in made:
        filed[task.title] = a_paper(work, task.title)
        reporting.report(
            fresh(task),
            seen=fresh(task).version,
            outcome=outcome,
            result="Đã xong.",
            done_on=timezone.localdate() if outcome == TaskOutcome.DONE else None,
            proofs=[filed[task.title]],
            by=work.editor,
        )
    return filed


def names(work, code: str) -> list[tuple[str, bool]]:
    return [(one.task.title, one.serves) for one in task_proofs(work.score(code))]


def test_papers_of_the_task_that_serves_the_component_stand_first(work):
    finished(work, {"Khác": "2.1.1 Hồ sơ đúng hạn", "Đúng": "1.1.1 Ban hành kế hoạch"})

    assert names(work, "1.1.1") == [("Đúng", True), ("Khác", False)]
    assert names(work, "2.1.1") == [("Khác", True), ("Đúng", False)]


def test_one_press_attaches_it_and_it_is_offered_no_more(work, client):
    paper = finished(work, {"Đúng": "1.1.1"})["Đúng"]
    score = work.score("1.1.1")
    client.force_login(work.editor)
    address = reverse("reports:task-proofs", args=[score.pk])
    panel = client.get(reverse("scoring:evidence", args=[score.pk])).content.decode()

    shown = client.get(address).content.decode()
    client.post(reverse("scoring:evidence-pick", args=[score.pk]), {"document": paper.pk})

    assert address in panel
    assert "phục vụ tiêu chí này" in shown
    assert reverse("scoring:evidence-pick", args=[score.pk]) in shown
    assert work.score("1.1.1").evidence.get().document == paper
    assert names(work, "1.1.1") == []


def test_what_is_not_done_refused_or_older_than_a_year_is_not_offered(work):
    year = work.dossier.period.year
    finished(work, {"Dở": "1.1.1"}, outcome=TaskOutcome.UNDER_WAY)
    finished(work, {"Cũ": "1.1.1"}, of_year=year - 2)
    finished(work, {"Bác": "1.1.1", "Còn": ""}, of_year=year - 1)
    report = TaskReport.objects.get(task__title="Bác")
    reporting.judge(
        report,
        verdict=Verdict.REFUSED,
        remark="Chưa đủ.",
        seen_version=report.task.version,
        by=work.year.province.a_person(Role.HEAD, work.year.province.police),
    )

    assert names(work, "1.1.1") == [("Còn", False)]


def test_papers_are_offered_in_three_queries(work, django_assert_num_queries):
    finished(work, {f"Việc {n}": "1.1.1" for n in range(4)})
    score = work.score("1.1.1")
    score.dossier.period  # noqa: B018 looked up before

    with django_assert_num_queries(3):
        assert len(task_proofs(score)) == 4


def test_what_is_attached_elsewhere_is_still_offered_here(work):
    paper = finished(work, {"Đúng": "1.1.1"})["Đúng"]
    evidence.attach(work.score("1.1.2"), by=work.editor, document=paper)

    assert names(work, "1.1.1") == [("Đúng", True)]
