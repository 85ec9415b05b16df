"""Duplicates in Django admin, to look at: what is merged and parted is the office's own work."""

from django.contrib import admin

from contacts.duplicates.models import Dismissal, Merge, Scan, Suggestion
from tesoro.support.admins import ReadOnlyAdmin
from tesoro.support.filters import AccountFilter


@admin.register(Scan)
class ScanAdmin(ReadOnlyAdmin):
    """The searches for duplicates, and how far they are."""

    list_display = ["started_at", "account", "by", "state", "step", "compared", "total", "finished_at"]
    list_filter = [AccountFilter, "state"]
    list_select_related = ["account", "by"]
    search_fields = ["account__name", "by__email"]
    ordering = ["-pk"]


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyAdmin):
    """Pairs that look like one person."""

    list_display = ["one", "two", "reason", "score", "account"]
    list_filter = [AccountFilter, "reason"]
    list_select_related = ["one", "two", "account"]
    search_fields = ["one__email_key", "two__email_key"]
    ordering = ["-pk"]


@admin.register(Dismissal)
class DismissalAdmin(ReadOnlyAdmin):
    """Pairs of which an admin said that they are not the same."""

    list_display = ["one", "two", "by", "at", "account"]
    list_filter = [AccountFilter]
    list_select_related = ["one", "two", "by", "account"]
    search_fields = ["one__email_key", "two__email_key"]
    ordering = ["-pk"]


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    """Who went into whom."""

    list_display = ["gone_name", "kept_name", "by", "at", "undone_at", "account"]
    list_filter = [AccountFilter]
    list_select_related = ["by", "account"]
    search_fields = ["gone_name", "kept_name", "by__email"]
    ordering = ["-pk"]
    date_hierarchy = "at"
