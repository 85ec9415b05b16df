"""What support did in Django admin, to look at."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry

from tesoro.support.admins import ReadOnlyAdmin


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """Who of support changed what, and when."""

    list_display = ["action_time", "user", "content_type", "object_repr", "action_flag", "change_message"]
    list_filter = ["action_flag", "content_type"]
    list_select_related = ["user", "content_type"]
    search_fields = ["user__email", "object_repr", "change_message"]
    date_hierarchy = "action_time"
