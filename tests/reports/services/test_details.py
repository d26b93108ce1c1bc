"""What is frozen behind a published line: every component, sealed, and kept from the public."""

import contextlib
import json
from fractions import Fraction
from io import StringIO

import pgtrigger
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from reports import seal
from reports.models import EditionResult, ResultDetail
from reports.services import frozen, frozen_details
from scoring.models import Score
from tests.reports.situations import (
    DECISION,
    a_changed_period,
    a_correction,
    a_disputed_edition,
    an_edition,
)
from tests.scoring.marked import unrecorded
from tests.scoring.replied import CHANGED, REASON
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

WALLS = (
    "reports.EditionResult:append_only",
    "reports.Edition:sealed",
    "reports.ResultDetail:append_only",
)


def components(edition, rank: int = 1) -> dict[str, dict]:
    detail = ResultDetail.objects.get(result__edition=edition, result__rank=rank)
    return {one["code"]: one for one in detail.document["components"]}


def verify() -> str:
    """What the command says of the last edition."""
    out = StringIO()
    with contextlib.suppress(CommandError):
        call_command("verify_publications", stdout=out)
    return out.getvalue().splitlines()[-1]


def run(statement: str, *walls: str) -> None:
    down = pgtrigger.ignore(*walls) if walls else contextlib.nullcontext()
    with down, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(statement)


def test_points_reason_and_what_became_of_the_objection_are_frozen():
    found = components(a_disputed_edition().edition)

    objected, agreed = (found[code] for code in CHANGED)
    assert (objected["points"], objected["reason"]) == ("1/2", DECISION)
    assert objected["objections"] == [
        {
            "stance": "object",
            "first_points": "0",
            "first_not_applicable": False,
            "outcome": "partly",
            "decision": DECISION,
        }
    ]
    assert (agreed["points"], agreed["reason"], agreed["objections"]) == ("0", REASON, [])
    assert Fraction(agreed["self_points"]) > 0


def test_every_ranked_line_has_the_components_of_its_block_and_no_other_line_has_any():
    edition = an_edition(a_province(departments=3), verified=2).edition

    ranked = edition.results.exclude(rank=None)
    assert set(ResultDetail.objects.values_list("result", flat=True)) == {
        line.pk for line in ranked
    }
    expected = [
        node["code"] for node in edition.criteria[0]["criteria"] if node["level"] == "component"
    ]
    assert all(list(components(edition, rank)) == expected for rank in (1, 2))
    assert edition.results.get(rank=None).detail_digest == ""


def test_what_changes_in_the_period_later_changes_nothing_that_was_frozen():
    edition = a_disputed_edition().edition
    before = components(edition)

    with unrecorded():
        Score.objects.update(verified_reason="Khác.")

    assert components(edition) == before
    assert verify().endswith(": đúng")


def test_a_correction_has_details_of_its_own_and_the_old_ones_stay():
    publication = an_edition(verified=2)
    first = publication.edition
    before = components(first)
    unit = first.results.get(rank=1).unit

    second = a_correction(publication).edition

    line = second.results.get(unit=unit)
    now = {one["code"]: one for one in line.detail.document["components"]}
    assert components(first) == before
    assert (before["2.1.2"]["reason"], now["2.1.2"]["reason"]) == ("", "Cộng lại số vụ việc.")
    assert verify().endswith(": đúng")


@pytest.mark.parametrize(
    "statement",
    [
        "update reports_resultdetail set text = text || ' '",
        "delete from reports_resultdetail",
        "truncate reports_resultdetail",
    ],
)
def test_the_database_neither_changes_nor_loses_details(statement):
    an_edition()

    with pytest.raises(DatabaseError, match="append-only: reports_resultdetail"):
        run(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "update reports_resultdetail set text = replace(text, '\"1/2\"', '\"1\"')",
            "chi tiết không khớp với mã",
        ),
        ("update reports_resultdetail set text = text || ' '", "chi tiết không khớp với mã"),
        ("delete from reports_resultdetail", "không có chi tiết"),
        (
            "update reports_editionresult set detail_digest = repeat('0', 64) where rank = 1",
            "không còn khớp với mã niêm phong",
        ),
        ("update reports_edition set form = 1", "không còn khớp với mã niêm phong"),
    ],
)
def test_one_thing_changed_by_sql_is_found(statement, fault):
    a_disputed_edition()

    run(statement, *WALLS)

    assert fault in verify()


def test_details_made_anew_that_do_not_add_up_are_named_before_the_digest_is_believed():
    edition = a_disputed_edition().edition
    line = edition.results.get(rank=1)
    detail = line.detail
    detail.text = detail.text.replace('"points": "1/2"', '"points": "1"')
    line.detail_digest = seal.detail_digest(detail)
    detail.result = line

    assert "không cộng thành lĩnh vực 1" in seal.fault_of_detail(detail)


def test_an_edition_of_the_first_form_is_verified_as_it_was_sealed(monkeypatch):
    monkeypatch.setattr(frozen, "FORM", 1)
    monkeypatch.setattr(frozen_details, "details_of", lambda edition, results: [])
    edition = an_edition(verified=2).edition

    said = seal.document(edition, edition.results.all())

    assert said["form"] == 1
    assert all("detail" not in row for row in said["results"])
    assert verify().endswith(": đúng")


def test_nothing_public_tells_a_reason(client):
    edition = a_disputed_edition().edition
    line = edition.results.get(rank=1)
    addresses = [
        reverse(f"reports:{name}", args=[edition.pk])
        for name in ("edition", "edition-json", "edition-csv")
    ]

    for address in addresses:
        page = client.get(address).content.decode()
        assert REASON not in page
        assert DECISION not in page
        assert json.loads(line.detail.text)["secret"] not in page


def test_freezing_costs_the_same_for_one_unit_and_for_twelve(assert_flat_queries):
    editions = [an_edition(verified=1).edition]

    def freeze():
        edition = editions[-1]
        results = list(EditionResult.objects.filter(edition=edition))
        assert (
            len(frozen_details.details_of(edition, results))
            == edition.results.exclude(rank=None).count()
        )

    def grow():
        editions.append(an_edition(a_province("TM", departments=4), verified=4).edition)

    assert_flat_queries(freeze, grow=grow)


def test_a_period_that_is_opened_again_keeps_what_was_published():
    publication = an_edition(verified=2)
    before = components(publication.edition)

    a_changed_period(publication)

    assert components(publication.edition) == before
