"""Calls in Django admin: to look at, to move to the trash and back. What was said stays with the office."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from contacts.calls.models import Call
from contacts.timeline.admin import about_people
from contacts.timeline.models import Event
from tesoro.support.admins import actor
from tesoro.support.filters import AccountFilter, TrashFilter
from tesoro.support.trash import TrashAdmin, by_account


@admin.register(Call)
class CallAdmin(TrashAdmin):
    """The calls of people. Support places none and listens to none."""

    list_display = ["__str__", "person", "author", "account", "state", "progress", "failure", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "state", "incoming", "by_hand"]
    list_select_related = ["person", "author", "account"]
    search_fields = ["number", "sid"]
    ordering = ["-pk"]
    date_hierarchy = "started_at"
    readonly_fields = [
        "person", "author", "incoming", "by_hand", "number", "started_at", "seconds", "outcome", "note", "state",
        "failure", "progress", "queued_at", "claimed_at", "sid", "recording_sid", "deleted_at", "deleted_by",
    ]  # fmt: skip
    fieldsets = [(None, {"fields": readonly_fields})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a call is made by the office."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search by number, by Twilio's name of it, and by the person."""
        found, twice = super().get_search_results(request, queryset, search_term)
        return found | about_people(queryset, search_term), twice

    def move(self, request: HttpRequest, rows: Any) -> int:
        """Move calls to the trash; their events are hidden."""
        now = timezone.now()
        Event.objects.filter(call__in=rows).update(shown=False)
        return sum(part.update(deleted_at=now, deleted_by=actor(request, of)) for of, part in by_account(rows))

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore calls; their events are shown again."""
        Event.objects.filter(call__in=rows).update(shown=True)
        return rows.update(deleted_at=None, deleted_by=None), []

    def purge(self, rows: Any) -> int:
        """Delete calls together with the events that say they were made."""
        ids = list(rows.values_list("event_id", flat=True))
        Event.objects.filter(pk__in=ids).delete()
        return len(ids)
