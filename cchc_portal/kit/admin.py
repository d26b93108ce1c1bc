"""The admin that only reads: writes belong to the services, which ask, check and log."""

from django.contrib import admin


class ReadOnly(admin.ModelAdmin):
    """Looks, and touches nothing."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
