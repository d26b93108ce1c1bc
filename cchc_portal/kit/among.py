"""`= any(…)` of PostgreSQL: one value among thousands, told in one parameter.

Django's `__in` writes a parameter for each; of thousands of units that takes longer than the query.
"""

from collections.abc import Iterable

from django.db.models import F, Q
from django.db.models.lookups import Lookup


class _IsAmong(Lookup):
    """column = any(keys)"""

    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = any(%s)", [*params, list(self.rhs)]


def among(column: str, keys: Iterable[int]) -> Q:
    """Rows whose column, a whole number or a foreign key, is one of the keys."""
    return Q(_IsAmong(F(column), tuple(keys)))
