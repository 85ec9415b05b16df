"""Messages and templates in Django admin: messages to look at, templates to put right."""

from typing import Any

from django.contrib import admin

from contacts.messaging.models import Message, Template
from contacts.timeline.admin import EntryAdmin
from tesoro.support.filters import AccountFilter, TrashFilter
from tesoro.support.trash import TrashAdmin


@admin.register(Message)
class MessageAdmin(EntryAdmin):
    """What was said. Nobody changes it afterwards."""

    list_display = ["created_at", "channel", "incoming", "state", "person", "author", "account", "failure", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "channel", "incoming", "state"]
    search_fields = ["sid", "number"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "person", "author", "channel", "incoming", "number", "body", "template", "state", "failure", "moved_at", "sid",
        "created_at", "queued_at", "claimed_at", "deleted_at", "deleted_by",
    ]  # fmt: skip
    fieldsets = [(None, {"fields": readonly_fields})]


@admin.register(Template)
class TemplateAdmin(TrashAdmin):
    """The texts that WhatsApp has approved."""

    list_display = ["title", "account", "content_sid", "created_at", "trashed"]
    list_filter = [AccountFilter, TrashFilter]
    list_select_related = ["account"]
    search_fields = ["title", "body"]
    ordering = ["-pk"]
    readonly_fields = ["created_at", "deleted_at", "deleted_by"]
    fieldsets = [(None, {"fields": ["title", "body", "content_sid", *readonly_fields]})]

    def purge(self, rows: Any) -> int:
        """Delete templates; messages made from them keep their text."""
        return rows.delete()[1].get("messaging.Template", 0)
