"""Rows that stay as written: database walls, and the append-only line for every move."""

import pgtrigger
from django.conf import settings
from django.db import models


class NoTruncate(pgtrigger.Trigger):
    """A statement-level wall: pgtrigger.Protect cannot stand before TRUNCATE."""

    def __init__(self, *, name: str = "no_truncate"):
        super().__init__(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = '23514';",
        )


class AppendOnly(pgtrigger.Trigger):
    """Rows are written once: UPDATE and DELETE are refused as a broken constraint."""

    def __init__(self, *, name: str = "append_only"):
        super().__init__(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func="RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = '23514';",
        )


class Sealed(pgtrigger.Trigger):
    """The row is fixed but for the columns named: UPDATE of any other is refused."""

    def __init__(self, *, but: tuple[str, ...] = (), name: str = "sealed"):
        super().__init__(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(exclude=but),
            func="RAISE EXCEPTION 'sealed: %', TG_TABLE_NAME USING ERRCODE = '23514';",
        )


class Kept(pgtrigger.Trigger):
    """The row is never deleted."""

    def __init__(self, *, name: str = "kept"):
        super().__init__(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Delete,
            func="RAISE EXCEPTION 'sealed: %', TG_TABLE_NAME USING ERRCODE = '23514';",
        )


class OnlyErased(pgtrigger.Trigger):
    """A text of the row is left as it is, or emptied; no other text takes its place."""

    def __init__(self, column: str, *, name: str = "only_erased"):
        super().__init__(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                f"OLD.{column} IS DISTINCT FROM NEW.{column} AND NEW.{column} <> ''"
            ),
            func="RAISE EXCEPTION 'sealed: %', TG_TABLE_NAME USING ERRCODE = '23514';",
        )


class LogEntry(models.Model):
    """Base of every logbook. Written by services, never changed, never deleted."""

    verb = models.CharField("việc", max_length=30)
    source = models.CharField("từ trạng thái", max_length=30, blank=True)
    target = models.CharField("sang trạng thái", max_length=30, blank=True)
    comment = models.TextField("ghi chú", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người thực hiện",
    )
    happened_at = models.DateTimeField("thời điểm", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("-happened_at", "-pk")
        triggers = (AppendOnly(), NoTruncate())
