"""What is new on the desk is told from the visit before, and nothing of it is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from reports.models import DeskVisit
from reports.services.visits import come
from scoring.services import dossiers
from tests.commitments.plans import an_issued_plan
from tests.commitments.situations import Parties
from tests.conferences.situations import held, sides
from tests.factories import a_user
from tests.reports.situations import an_edition
from tests.worlds import a_province, a_submitted_dossier, an_open_period
from units.permissions import Role

pytestmark = pytest.mark.django_db


def news_of(client, user):
    client.force_login(user)
    return client.get("/").context["news"]


def test_what_others_did_since_the_last_visit_is_told_throughout_the_next(client):
    work = a_submitted_dossier(an_open_period(a_province(departments=2)))
    first = timezone.now()

    assert news_of(client, work.head).since is None
    with time_machine.travel(first + timedelta(minutes=30)):
        dossiers.send_back(work.now(), by=work.verifier, comment="Đề nghị bổ sung.")
        assert news_of(client, work.head).since is None
    for later in (timedelta(hours=2), timedelta(hours=2, minutes=50)):
        with time_machine.travel(first + later):
            told = news_of(client, work.head)
            assert abs(told.since - first) < timedelta(minutes=1)
            assert [line.words for line in told.fresh] == [
                "Trả lại"
            ]  # not what they did themselves
            assert "Mới kể từ" in client.get("/").content.decode()
    with time_machine.travel(first + timedelta(hours=4)):
        assert news_of(client, work.head).fresh == ()
        assert "Chưa có thay đổi nào của người khác" in client.get("/").content.decode()


def test_two_pages_opened_at_once_begin_one_visit():
    person = a_user()
    now = timezone.now()
    come(person, now=now)

    assert come(person, now=now + timedelta(hours=2)) == now
    assert not DeskVisit.objects.move_on(person.pk, seen=now, now=now + timedelta(hours=2))
    assert come(person, now=now + timedelta(hours=2, minutes=1)) == now
    assert DeskVisit.objects.get(person=person).came_at == now + timedelta(hours=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskVisit.objects.filter(person=person).update(since=now + timedelta(hours=3))


def test_the_news_know_editions_plans_and_conferences(client):
    who = sides(a_province(departments=2))
    edition = an_edition(who.province).edition
    conference = held(who)
    heads = Parties(
        who.province,
        who.unit,
        who.upper,
        editor=who.editor,
        head=who.head,
        receiving_head=who.province.a_person(Role.HEAD, who.upper),
    )
    plan = an_issued_plan(heads, year=2024)

    told = {line.address: line.words for line in news_of(client, who.editor).before}

    assert told[reverse("reports:edition", args=[edition.pk])] == "Công bố kết quả"
    assert told[reverse("commitments:plan", args=[plan.pk])] == "Lập kế hoạch"
    assert told[reverse("conferences:detail", args=[conference.pk])] == "Lập hội nghị"
