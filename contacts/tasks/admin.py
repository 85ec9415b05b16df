"""Tasks in Django admin: to look at, to put into the trash and take out again."""

from django.contrib import admin

from contacts.tasks.models import Task
from contacts.timeline.admin import EntryAdmin
from tesoro.support.filters import AccountFilter, TrashFilter


@admin.register(Task)
class TaskAdmin(EntryAdmin):
    """What people of an office have to do. Support writes none and changes none."""

    list_display = ["title", "person", "deal", "assigned_to", "due_on", "due_time", "done_at", "account", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "priority"]
    list_select_related = ["person", "deal", "assigned_to", "account"]
    search_fields = ["title"]
    readonly_fields = [
        "person", "deal", "title", "details", "due_on", "due_time", "priority", "assigned_to", "author", "created_at",
        "done_at", "done_by", "reminded_on", "reminders_refused", "deleted_at", "deleted_by",
    ]  # fmt: skip
    fieldsets = [(None, {"fields": readonly_fields})]
