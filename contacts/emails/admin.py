"""Emails in Django admin: to look at, and to move to the trash. Passwords and tokens are never among what is shown."""

from django.contrib import admin

from contacts.emails.models import BouncedAddress, Conversation, Email, MailServer
from contacts.timeline.admin import EntryAdmin
from tesoro.support.admins import ReadOnlyAdmin
from tesoro.support.filters import AccountFilter, TrashFilter


@admin.register(Email)
class EmailAdmin(EntryAdmin):
    """Emails of people. Support sees how they fared, and can move them to the trash and back."""

    list_display = ["subject", "person", "direction", "state", "author", "account", "created_at", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "direction", "state"]
    search_fields = ["subject", "recipient"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "person", "direction", "state", "failure", "sender", "recipient", "subject", "body", "message_id", "author",
        "created_at", "sent_at", "deleted_at", "deleted_by",
    ]  # fmt: skip
    fieldsets = [(None, {"fields": readonly_fields})]


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    """Conversations, without the token that lets mail in."""

    hidden = ("token",)
    list_display = ["subject", "person", "deal", "account", "created_at"]
    list_filter = [AccountFilter]
    list_select_related = ["person", "deal", "account"]
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
    list_filter = [AccountFilter]
    list_select_related = ["account"]
    search_fields = ["smtp_host", "imap_host", "sender"]
    ordering = ["-pk"]
