"""Imports in Django admin, to look at: the worker owns these rows."""

from django.contrib import admin

from contacts.imports.models import ImportRow, ImportRun, RememberedMapping
from tesoro.support.admins import ReadOnlyAdmin
from tesoro.support.filters import AccountFilter


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """The files that offices brought, and what became of them."""

    list_display = [
        "file_name", "kind", "account", "user", "status", "rows", "created", "updated", "skipped", "failed",
        "created_at",
    ]  # fmt: skip
    list_filter = [AccountFilter, "status", "kind"]
    list_select_related = ["account", "user"]
    search_fields = ["file_name", "account__name", "user__email"]
    ordering = ["-pk"]
    date_hierarchy = "created_at"
    hidden = ("file",)


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    """Single rows of files, as they were found."""

    list_display = ["run", "number", "line", "verdict", "error_fields", "account"]
    list_filter = [AccountFilter, "verdict"]
    list_select_related = ["run", "account"]
    search_fields = ["run__file_name", "email_key"]
    ordering = ["-pk"]


@admin.register(RememberedMapping)
class RememberedMappingAdmin(ReadOnlyAdmin):
    """What each office's columns meant the last time."""

    list_display = ["__str__", "account", "updated_at"]
    list_filter = [AccountFilter, "kind"]
    list_select_related = ["account"]
    search_fields = ["account__name", "fingerprint"]
