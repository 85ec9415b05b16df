"""Calls in Django admin: to look at, to move to the trash and back. What was said stays with the office."""

from django.contrib import admin

from contacts.calls.models import Call
from contacts.timeline.admin import EntryAdmin
from tesoro.support.filters import AccountFilter, TrashFilter


@admin.register(Call)
class CallAdmin(EntryAdmin):
    """The calls of people. Support places none and listens to none."""

    list_display = ["__str__", "person", "author", "account", "state", "progress", "failure", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "state", "incoming", "by_hand"]
    search_fields = ["number", "sid"]
    date_hierarchy = "started_at"
    readonly_fields = [
        "person", "author", "incoming", "by_hand", "number", "started_at", "seconds", "outcome", "note", "state",
        "failure", "progress", "queued_at", "claimed_at", "sid", "recording_sid", "deleted_at", "deleted_by",
    ]  # fmt: skip
    fieldsets = [(None, {"fields": readonly_fields})]
