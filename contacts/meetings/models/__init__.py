"""The meeting, who attends it, and the private address of a user's calendar."""

from contacts.meetings.models.attendance import Attendance
from contacts.meetings.models.feed import CalendarFeed
from contacts.meetings.models.meeting import Meeting, MeetingKind

__all__ = ["Attendance", "CalendarFeed", "Meeting", "MeetingKind"]
