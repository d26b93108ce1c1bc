"""Small builders of database constraints, so that models read as rules."""

from enum import Enum

from django.db.models import CheckConstraint, F, Q


def together(*columns: str, name: str) -> CheckConstraint:
    """All of these nullable columns have a value, or none has."""
    none = Q(**{f"{column}__isnull": True for column in columns})
    all_of_them = Q(**{f"{column}__isnull": False for column in columns})
    return CheckConstraint(
        name=name, condition=none | all_of_them, violation_error_message="Thông tin chưa đầy đủ."
    )


def in_order(*columns: str, name: str, message: str) -> CheckConstraint:
    """Dates follow one another; two may fall on one day; an empty one is skipped by SQL itself."""
    condition = Q()
    for earlier, later in zip(columns, columns[1:], strict=False):
        condition &= Q(**{f"{later}__gte": F(earlier)})
    return CheckConstraint(name=name, condition=condition, violation_error_message=message)


def one_of(column: str, words: type[Enum], name: str) -> CheckConstraint:
    """The column holds one of the enum's values, also when written by SQL."""
    values = tuple(word.value for word in words)
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{column}__in": values}),
        violation_error_message="Giá trị không có trong danh mục.",
    )
