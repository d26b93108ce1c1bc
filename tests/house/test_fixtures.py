"""The tests' own tools do what the tests believe they do."""

import pgtrigger
import pytest
from django.core.cache import cache
from django.db import IntegrityError, InternalError, connection
from django.template import Context, engines
from kombu.exceptions import OperationalError

from cchc_portal.celery import app
from tests.fixtures.store import take_the_broker_away
from tests.fixtures.templates import UndefinedVariable
from units.models import User


def test_templates_of_ours_refuse_a_variable_the_view_did_not_pass(settings):
    folder = settings.BASE_DIR / "templates"
    engine = engines["django"].engine
    template = engine.from_string("{{ nothing }}")
    for node in template.nodelist:
        node.origin.name = str(folder / "units" / "tree.html")

    with pytest.raises(UndefinedVariable, match="units/tree.html: nothing"):
        template.render(Context({}))


def test_templates_of_others_print_nothing_as_they_expect():
    engine = engines["django"].engine

    assert engine.from_string("{{ nothing }}").render(Context({})) == ""


def sealed_tables() -> list[str]:
    return [
        model._meta.db_table
        for model, trigger in pgtrigger.registered()
        if trigger.operation == pgtrigger.Truncate
    ]


@pytest.mark.django_db(transaction=True)
def test_sealed_tables_refuse_to_be_emptied_but_for_the_cleaning_after_a_test():
    assert sealed_tables()
    for table in sealed_tables():
        with pytest.raises((IntegrityError, InternalError)), connection.cursor() as cursor:
            cursor.execute(f'TRUNCATE "{table}" CASCADE')


@pytest.mark.django_db(transaction=True)
def test_tests_that_commit_leave_nothing_behind():
    assert User.objects.count() == 0
    User.objects.create_user("left-over", password="x" * 14, full_name="Nguyễn Văn A")


@pytest.mark.django_db(transaction=True)
def test_tests_that_commit_leave_nothing_behind_for_the_next():
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_page_that_asks_more_when_there_is_more_is_not_flat(assert_flat_queries):
    def one_question_for_each() -> None:
        for user in User.objects.all():
            User.objects.get(pk=user.pk)

    def grow() -> None:
        User.objects.create(username=f"u{User.objects.count()}", full_name="A")

    with pytest.raises(AssertionError, match="1 queries before, 2 with more rows"):
        assert_flat_queries(one_question_for_each, grow=grow)


@pytest.mark.django_db
def test_page_that_asks_once_is_flat(assert_flat_queries):
    assert_flat_queries(
        lambda: list(User.objects.all()),
        grow=lambda: User.objects.create(username="u", full_name="A"),
    )


def test_worker_of_the_tests_is_a_process_that_answers(real_worker):
    assert app.control.ping(timeout=30, limit=1)
    assert real_worker.process.poll() is None


def test_a_broker_that_was_taken_away_is_there_again_for_the_next_test(monkeypatch):
    monkeypatch.setattr(app, "_pool", None)  # as in a process that has sent nothing yet
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with pytest.MonkeyPatch.context() as patch:
        take_the_broker_away(patch)
        with pytest.raises(OperationalError):
            app.send_task("nobody.there")

    app.control.ping(timeout=0.1)


def test_cache_keeps_what_it_is_given():
    cache.set("word", "hồ sơ")

    assert cache.get("word") == "hồ sơ"


def test_browser_sees_the_portal_and_a_clean_console(page):
    page.goto("/healthz")

    assert '"status": "ok"' in page.content()


@pytest.mark.xdist_group("known")
def test_who_hands_out_the_tests_knows_which_belong_to_one_process(request):
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("the tests are not handed out by groups")

    assert request.node.nodeid.endswith("@known")
