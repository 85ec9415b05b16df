"""Emails in Django admin: to look at, and to move to the trash. Passwords and tokens are never among what is shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from contacts.emails.models import BouncedAddress, Conversation, Email, MailServer
from contacts.timeline.admin import about_people
from contacts.timeline.models import Event
from tesoro.support.admins import ReadOnlyAdmin, actor
from tesoro.support.filters import AccountFilter, TrashFilter
from tesoro.support.trash import TrashAdmin, by_account


@admin.register(Email)
class EmailAdmin(TrashAdmin):
    """Emails of people. Support sees how they fared, and can move them to the trash and back."""

    list_display = ["subject", "person", "direction", "state", "author", "account", "created_at", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "direction", "state"]
    list_select_related = ["person", "author", "account"]
    search_fields = ["subject", "recipient"]
    ordering = ["-pk"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "person", "direction", "state", "failure", "sender", "recipient", "subject", "body", "message_id", "author",
        "created_at", "sent_at", "deleted_at", "deleted_by",
    ]  # fmt: skip
    fieldsets = [(None, {"fields": readonly_fields})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: an email is written by the office, or to it."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search by subject and address, and by the person."""
        found, twice = super().get_search_results(request, queryset, search_term)
        return found | about_people(queryset, search_term), twice

    def move(self, request: HttpRequest, rows: Any) -> int:
        """Move emails to the trash; their events are hidden."""
        now = timezone.now()
        Event.objects.filter(email__in=rows).update(shown=False)
        return sum(part.update(deleted_at=now, deleted_by=actor(request, of)) for of, part in by_account(rows))

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore emails; their events are shown again."""
        Event.objects.filter(email__in=rows).update(shown=True)
        return rows.update(deleted_at=None, deleted_by=None), []

    def purge(self, rows: Any) -> int:
        """Delete emails together with the events that say they were sent or came in."""
        ids = list(rows.values_list("event_id", flat=True))
        Event.objects.filter(pk__in=ids).delete()
        return len(ids)


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    """Conversations, without the token that lets mail in."""

    hidden = ("token",)
    list_display = ["subject", "person", "account", "created_at"]
    list_filter = [AccountFilter]
    list_select_related = ["person", "account"]
    search_fields = ["subject"]
    ordering = ["-pk"]


@admin.register(BouncedAddress)
class BouncedAddressAdmin(ReadOnlyAdmin):
    """Addresses that mail came back from."""

    list_display = ["email_key", "account", "reason", "at"]
    list_filter = [AccountFilter]
    list_select_related = ["account"]
    search_fields = ["email_key"]
    ordering = ["-pk"]


@admin.register(MailServer)
class MailServerAdmin(ReadOnlyAdmin):
    """The mail servers of offices, without their passwords."""

    hidden = ("smtp_password", "imap_password")
    list_display = ["account", "sender", "smtp_host", "imap_host", "imap_looked_at", "imap_failure"]
    list_select_related = ["account"]
    search_fields = ["smtp_host", "imap_host", "sender"]
    ordering = ["-pk"]
