"""The meeting, and who attends it."""

from contacts.meetings.models.attendance import Attendance
from contacts.meetings.models.meeting import Meeting, MeetingKind

__all__ = ["Attendance", "Meeting", "MeetingKind"]
