"""The admin reads. Writes belong to the services, which ask, check and log."""

from django.contrib import admin

from units.models import Document, Membership, Unit, User


class ReadOnly(admin.ModelAdmin):
    """Looks, and touches nothing."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Unit)
class UnitAdmin(ReadOnly):
    list_display = ("code", "name", "kind", "parent", "in_force")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("code", "name")


@admin.register(User)
class UserAdmin(ReadOnly):
    list_display = ("username", "full_name", "police_rank", "post", "is_active", "last_login")
    search_fields = ("username", "full_name")
    exclude = ("password",)


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ("user", "unit", "role", "in_force")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__username", "user__full_name", "unit__code")


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    list_display = ("title", "number", "unit", "filed_by", "filed_at")
    list_select_related = ("unit", "filed_by")
    search_fields = ("title", "number")
