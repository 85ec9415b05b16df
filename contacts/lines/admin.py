"""Telephone lines and unknown callers in Django admin: to look at. The token is in no page, not even sealed."""

from django.contrib import admin

from contacts.lines.models import Line, Stray
from tesoro.support.admins import ReadOnlyAdmin
from tesoro.support.filters import AccountFilter


@admin.register(Line)
class LineAdmin(ReadOnlyAdmin):
    """The connections to Twilio."""

    hidden = ("token",)
    list_display = ["__str__", "account", "sid", "call_number", "whatsapp_number", "active", "tested_at"]
    list_filter = [AccountFilter, "active"]
    list_select_related = ["account"]
    search_fields = ["sid", "account__name"]
    ordering = ["-pk"]


@admin.register(Stray)
class StrayAdmin(ReadOnlyAdmin):
    """Who called or wrote without being known."""

    list_display = ["number", "kind", "account", "at", "person", "settled_at", "settled_by"]
    list_filter = [AccountFilter, "kind"]
    list_select_related = ["account", "person", "settled_by"]
    search_fields = ["number", "sid"]
    ordering = ["-pk"]
