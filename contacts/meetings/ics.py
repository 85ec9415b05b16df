"""Meetings as calendar programs read them (RFC 5545, 5546): an invitation to one attendee, the feed of one user.

The icalendar library folds lines at 75 octets and escapes text. Times go out in UTC, so that no time zone has to be
described and no daylight saving can be got wrong.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from contacts.meetings.models import Attendance, Meeting

PRODUCT = "-//Tesoro//Calendar//EN"
REFRESH = timedelta(hours=1)


class Method(StrEnum):
    """What a calendar object asks of the program that reads it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


def invitation(meeting: Meeting, to: Attendance, method: Method) -> str:
    """Return the invitation of one attendee, or its withdrawal, as text with CRLF line ends.

    A person reads the addresses of the office's people only: those of other clients are not theirs to know.
    """
    event = _event(meeting, off=method == Method.CANCEL)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    if meeting.details:
        event.add("description", meeting.details)
    for attendance in _listed(meeting, to, method):
        event.add("attendee", _attendee(attendance, meeting), encode=False)
    calendar = _calendar(method)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def feed(name: str, meetings: Iterable[Meeting]) -> bytes:
    """Return the feed of a user; ``meetings`` come with their attendees.

    Nothing in it depends on when it is read, so that a program that has it already can be told so.
    """
    calendar = _calendar(Method.PUBLISH)
    calendar.add("name", name)
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for meeting in meetings:
        calendar.add_component(_published(meeting))
    return calendar.to_ical()


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    return calendar


def _event(meeting: Meeting, *, off: bool) -> Event:
    """Return what every reader of the meeting is told."""
    event = Event()
    event.add("uid", str(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("created", meeting.created_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("summary", meeting.title)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    if meeting.author is not None:
        event.add("organizer", _address(meeting.author.email, meeting.author.get_full_name()), encode=False)
    return event


def _published(meeting: Meeting) -> Event:
    """Return the meeting for a feed, which says in words who attends: attendees belong to invitations."""
    event = _event(meeting, off=meeting.is_cancelled)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("categories", [str(meeting.get_kind_display())])
    names = ", ".join(attendance.name for attendance in meeting.attendees)
    event.add("description", "\n\n".join(filter(None, [_("With %(names)s") % {"names": names}, meeting.details])))
    return event


def _listed(meeting: Meeting, to: Attendance, method: Method) -> list[Attendance]:
    """Return whom the attendee finds named: a withdrawal names nobody else."""
    if method == Method.CANCEL:
        return [to]
    return [one for one in meeting.attendees if one.pk == to.pk or one.user_id or to.user_id]


def _attendee(attendance: Attendance, meeting: Meeting) -> vCalAddress:
    address = _address(attendance.attendee.email, attendance.name)
    organises = attendance.user_id is not None and attendance.user_id == meeting.author_id
    answer = ("ACCEPTED", "FALSE") if organises else ("NEEDS-ACTION", "TRUE")
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"], address.params["RSVP"] = map(vText, answer)
    return address


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(name)
    return address
