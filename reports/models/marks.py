"""Marks over the rows that a public page is drawn from: another row, or another letter in one, is
another mark. Taken by the database in one query, so that a page drawn before may be shown again.

A mark covers the rows themselves, or the versions of them that the database keeps, and no stamp of
the portal beside them, so that what was changed behind its back is another mark as well.
"""

from typing import Any

from django.db import connection

_OF_EDITION = """
with shown as (select *, xmin, ctid from reports_edition where {which})
select encode(sha256(convert_to(concat_ws(chr(10),
    concat_ws(' ', shown.id, shown.xmin, shown.ctid, shown.digest, shown.published_at),
    (select string_agg(concat_ws(' ', line.id, line.xmin, line.ctid), chr(10) order by line.id)
        from reports_editionresult line where line.edition_id in (shown.id, shown.corrects_id)),
    (select string_agg(concat_ws(' ', other.id, other.xmin, other.ctid, other.digest), chr(10)
            order by other.id)
        from reports_edition other
        where other.id in (shown.corrects_id, shown.previous_id)
            or other.corrects_id = shown.id),
    (select string_agg(signed::text, chr(10) order by signed.id) from reports_signedfile signed
        where signed.edition_id = shown.id),
    (select string_agg(run::text, chr(10) order by run.id) from reports_pressrun run
        where run.edition_id = shown.id),
    (select string_agg(part::text, chr(10) order by part.id) from reports_presspart part
        join reports_pressrun run on run.id = part.run_id where run.edition_id = shown.id)
), 'UTF8')), 'hex')
from shown
"""
"""PostgreSQL keeps every version of a row under the transaction that wrote it (xmin) and at a place
of its own (ctid): to read these of thousands of lines takes 3 ms, to read the lines 60."""

_OF_ALL = """
select encode(sha256(convert_to(concat_ws(chr(10),
    (select string_agg(concat_ws(' ', edition.id, edition.digest, edition.corrects_id,
            edition.render_state, edition.made_up), chr(10) order by edition.id)
        from reports_edition edition),
    (select string_agg(old::text, chr(10) order by old.id) from scoring_publishedtable old),
    (select concat_ws(' ', count(*), max(id)) from units_succession),
    (select max(id) from units_unitevent)
), 'UTF8')), 'hex')
"""

_OF_CAMPAIGNS = """
select encode(sha256(convert_to(concat_ws(chr(10),
    (select string_agg(one::text, chr(10) order by one.id) from scoring_campaign one
        where one.state = 'closed'),
    (select concat_ws(' ', count(*), max(id)) from units_succession),
    (select max(id) from units_unitevent)
), 'UTF8')), 'hex')
"""

_OF_PERIOD = """
with shown as (select *, xmin, ctid from scoring_period where id = %(pk)s)
select encode(sha256(convert_to(concat_ws(chr(10),
    concat_ws(' ', shown.id, shown.xmin, shown.ctid),
    (select max(event.id) from scoring_periodevent event where event.period_id = shown.id),
    (select string_agg(concat_ws(' ', one.id, one.xmin, one.ctid), chr(10) order by one.id)
        from scoring_block one where one.period_id = shown.id),
    (select string_agg(concat_ws(' ', one.id, one.xmin, one.ctid), chr(10) order by one.id)
        from scoring_dossier one where one.period_id = shown.id),
    (select string_agg(concat_ws(' ', edition.id, edition.digest), chr(10) order by edition.id)
        from reports_edition edition where edition.period_id = shown.id),
    (select string_agg(one::text, chr(10) order by one.id) from scoring_campaign one
        where one.state <> 'draft'),
    (select max(event.id) from units_unitevent event where event.unit_id in
        (select one.unit_id from scoring_dossier one where one.period_id = shown.id))
), 'UTF8')), 'hex')
from shown
"""


def mark_of_edition(pk: int) -> str:
    """Over the edition, its lines, those it corrects, the editions it is linked to, its signed
    files and how far its paper is; "" where there is no such edition."""
    return _one(_OF_EDITION.format(which="id = %(pk)s"), {"pk": pk})


def mark_of_code(code: str) -> str:
    """The same of the edition whose digest begins with these hexadecimal digits; "" where none
    does."""
    which = "digest like %(begins)s order by published_at desc limit 1"
    return _one(_OF_EDITION.format(which=which), {"begins": f"{code}%"})


def mark_of_all() -> str:
    """Over all editions as lists name them, the tables brought in from papers, and the lives of
    units: for pages that show several editions. Lines of an edition never change by themselves."""
    return _one(_OF_ALL, {})


def mark_with_years(pk: int) -> str:
    """Over the edition, and the lives of units and all that was published in the years before: for
    pages that hold an edition against another. "" where there is no such edition."""
    own = _OF_EDITION.format(which="id = %(pk)s")
    both = f"select own || ' ' || ({_OF_ALL}) from ({own}) as told(own)"  # both ours
    return _one(both, {"pk": pk})


def mark_of_campaigns() -> str:
    """Over all closed campaigns of measurement and the lives of units. The ratings themselves do
    not change while a campaign is closed, and are left out: of few of them a mark could be tried
    until it fits."""
    return _one(_OF_CAMPAIGNS, {})


def mark_of_period(pk: int) -> str:
    """Over what a locked period would be published from: the period and its log, its blocks and
    dossiers, what was published of it, campaigns that have begun and the names of its units.
    Points and criteria do not change while it is locked, and every unlocking is in the log. ""
    where there is no such period."""
    return _one(_OF_PERIOD, {"pk": pk})


def _one(sql: str, values: dict[str, Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchone()
    return found[0] if found else ""
