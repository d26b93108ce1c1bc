"""The admin reads. Writes belong to the services, which ask, check and log."""

from django.contrib import admin

from cchc_portal.kit.admin import ReadOnly
from scoring.models import (
    Block,
    CriteriaSet,
    Criterion,
    Dossier,
    DossierEvent,
    Draft,
    Period,
    PeriodEvent,
    PublishedTable,
    Score,
    ScoreChange,
)


@admin.register(CriteriaSet)
class CriteriaSetAdmin(ReadOnly):
    list_display = ("code", "version", "title", "maximum", "block")
    list_filter = (("block", admin.EmptyFieldListFilter),)
    list_select_related = ("block",)
    search_fields = ("code", "title")


@admin.register(Criterion)
class CriterionAdmin(ReadOnly):
    list_display = ("code", "title", "level", "maximum", "source", "criteria_set")
    list_filter = ("level", "source")
    list_select_related = ("criteria_set",)
    search_fields = ("code", "key", "title")


@admin.register(Period)
class PeriodAdmin(ReadOnly):
    list_display = ("title", "year", "assessor", "state", "opens_on", "submit_by")
    list_filter = ("state", "year")
    list_select_related = ("assessor",)


@admin.register(Block)
class BlockAdmin(ReadOnly):
    list_display = ("name", "period", "position", "whom")
    list_select_related = ("period",)


@admin.register(Dossier)
class DossierAdmin(ReadOnly):
    list_display = ("unit", "period", "block", "state", "submitted_at", "verified_at")
    list_filter = ("state",)
    list_select_related = ("unit", "period", "block")
    search_fields = ("unit__code", "unit__name")


@admin.register(Score)
class ScoreAdmin(ReadOnly):
    list_display = ("criterion", "dossier", "maximum", "self_points", "verified_points")
    list_select_related = ("criterion", "dossier__unit", "dossier__period")
    search_fields = ("criterion__code", "dossier__unit__code")
    show_full_result_count = False


@admin.register(Draft)
class DraftAdmin(ReadOnly):
    list_display = ("dossier", "score", "by", "hindrance", "typed_at")
    list_filter = ("hindrance",)
    list_select_related = ("dossier__unit", "dossier__period", "score__criterion", "by")
    show_full_result_count = False


@admin.register(PeriodEvent, DossierEvent)
class EventAdmin(ReadOnly):
    list_display = ("__str__", "source", "target", "by", "happened_at")
    list_select_related = True


@admin.register(ScoreChange)
class ScoreChangeAdmin(ReadOnly):
    list_display = ("score", "column", "before", "after", "changed_by", "changed_at", "door")
    list_select_related = ("score__criterion", "score__dossier__unit", "score__dossier__period")
    show_full_result_count = False


@admin.register(PublishedTable)
class PublishedTableAdmin(ReadOnly):
    list_display = ("title", "year", "assessor", "source_name", "imported_at")
    list_select_related = ("assessor",)
