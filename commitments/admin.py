"""Commitments can be read in the admin; every write belongs to the services."""

from django.contrib import admin

from commitments.models import Commitment, CommitmentEvent, CommitmentTask


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
