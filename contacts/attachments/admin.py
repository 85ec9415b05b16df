"""Files in Django admin: names and sizes to look at. What is in them stays with the office."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from contacts.attachments.attaching import discard
from contacts.attachments.models import Attachment
from contacts.timeline.admin import EntryAdmin
from contacts.timeline.models import Event
from tesoro.support.filters import AccountFilter, TrashFilter


@admin.register(Attachment)
class AttachmentAdmin(EntryAdmin):
    """The files of an office. Support can move them to the trash and back, and neither open nor add any."""

    list_select_related = ["person", "relation", "deal", "author", "account"]
    list_display = ["name", "person", "relation", "deal", "author", "account", "size", "created_at", "trashed"]
    list_filter = [AccountFilter, TrashFilter]
    search_fields = ["name"]
    date_hierarchy = "created_at"
    readonly_fields = ["person", "relation", "deal", "name", "size", "author", "created_at", "deleted_at", "deleted_by"]
    fieldsets = [(None, {"fields": readonly_fields})]

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore files; those that came with an email stay on the email's card."""
        quiet = list(rows.filter(own_card=False).values_list("event_id", flat=True))
        back = super().bring_back(request, rows)
        Event.objects.filter(pk__in=quiet).update(shown=False)
        return back

    def purge(self, rows: Any) -> int:
        """Delete files together with their events, and what is stored of them."""
        gone = list(rows)
        transaction.on_commit(lambda: discard(gone))
        return super().purge(rows)
