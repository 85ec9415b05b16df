"""Meetings in Django admin: to look at. Whoever changes one has to tell those who attend, which the product does."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contacts.meetings.models import Attendance, CalendarFeed, Meeting
from tesoro.support.admins import ReadOnlyAdmin
from tesoro.support.filters import AccountFilter, TrashFilter


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    """What an office has planned."""

    list_display = ["title", "kind", "starts_at", "author", "account", "cancelled_at", "deleted_at"]
    list_filter = [AccountFilter, TrashFilter, "kind"]
    list_select_related = ["author", "account"]
    search_fields = ["title", "place"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show all meetings, those in the trash too."""
        return Meeting.with_trash.order_by("-pk")


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    """Who attends, and which version of the meeting they were told of."""

    list_display = ["meeting", "user", "person", "deal", "invited_sequence", "mails_refused", "left_at", "account"]
    list_filter = [AccountFilter]
    list_select_related = ["meeting", "user", "person", "deal", "account"]
    search_fields = ["meeting__title"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show also those who were taken off."""
        return Attendance.with_left.order_by("-pk")


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    """Who has a private address for calendar programs. What it is nobody can read, here either."""

    hidden = ("token_digest",)
    list_display = ["user", "made_at", "account"]
    list_filter = [AccountFilter]
    list_select_related = ["user", "account"]
    search_fields = ["user__email", "user__first_name", "user__last_name"]
    ordering = ["-pk"]
