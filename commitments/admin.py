"""Commitments and conferences can be read in the admin; every write belongs to the services."""

from django.contrib import admin

from commitments.models import (
    Commitment,
    CommitmentEvent,
    CommitmentTask,
    Conference,
    ConferenceEvent,
    DialogueItem,
)


class ReadOnly:
    def has_add_permission(self, request, *arguments):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TaskInline(ReadOnly, admin.TabularInline):
    model = CommitmentTask
    fields = ("position", "title", "area", "due_on", "due_text", "outcome", "done_on")
    extra = 0


class EventInline(ReadOnly, admin.TabularInline):
    model = CommitmentEvent
    fields = ("happened_at", "verb", "about", "comment", "by")
    extra = 0


@admin.register(Commitment)
class CommitmentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("unit", "year", "received_by", "state", "signed_at", "countersigned_at")
    list_filter = ("state", "year")
    list_select_related = ("unit", "received_by")
    search_fields = ("unit__name", "unit__code")
    inlines = (TaskInline, EventInline)


class ItemInline(ReadOnly, admin.TabularInline):
    model = DialogueItem
    fields = ("number", "kind", "text", "speaker", "source", "state")
    extra = 0


class ConferenceEventInline(ReadOnly, admin.TabularInline):
    model = ConferenceEvent
    fields = ("happened_at", "verb", "about", "comment", "by")
    extra = 0


@admin.register(Conference)
class ConferenceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("title", "unit", "held_on", "state", "signed_at")
    list_filter = ("state",)
    list_select_related = ("unit",)
    search_fields = ("title", "unit__name", "unit__code")
    inlines = (ItemInline, ConferenceEventInline)
