"""Rows read and written by SQL that is made once, out of the models' own columns.

For the few statements that run so often that what the ORM spends on wording them anew would be most
of their price. A new column of a model is read and written without a change here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model


class Part:
    """One model in such a row: `columns` for the query under its alias, `read` for what came."""

    def __init__(self, alias: str, model: type[Model]) -> None:
        self.model = model
        self._fields = model._meta.concrete_fields
        self._names = [field.attname for field in self._fields]
        self._converters = [
            (place, field.from_db_value)
            for place, field in enumerate(self._fields)
            if hasattr(field, "from_db_value")
        ]
        self.columns = ", ".join(f'{alias}."{field.column}"' for field in self._fields)

    def read(self, values: Iterator[Any]) -> Model:
        """The object of the next values, as the ORM would give it."""
        taken = [next(values) for _ in self._fields]
        for place, converted in self._converters:
            taken[place] = converted(taken[place], None, connection)
        return self.model.from_db(connection.alias, self._names, taken)


Statement = tuple[str, list[Any]]
"""The words of a statement, and the values at its places."""


def writing(row: Model, names: Iterable[str]) -> Statement:
    """The columns of these fields, as `row.save(update_fields=names)` would write them."""
    fields = [row._meta.get_field(name) for name in names]
    settings = ", ".join(f'"{field.column}" = %s' for field in fields)
    values = [_stored(field, row) for field in fields]
    return f'UPDATE "{row._meta.db_table}" SET {settings} WHERE id = %s', [*values, row.pk]


def adding(rows: Sequence[Model], names: Sequence[str]) -> Statement:
    """New rows with these fields; the others have defaults in the database."""
    fields = [rows[0]._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    values = [_stored(field, row) for row in rows for field in fields]
    return f'INSERT INTO "{rows[0]._meta.db_table}" ({columns}) VALUES {places}', values


def run(*statements: Statement) -> None:
    """One after the other, on one way to the database and back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "; ".join(words for words, _ in statements),
            [value for _, values in statements for value in values],
        )


def _stored(field: Field, row: Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)


def ask(statement: str, parameters: Mapping[str, Any]) -> Iterator[Any] | None:
    """The values of the one row that the query finds; None where it finds none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return None if row is None else iter(row)
