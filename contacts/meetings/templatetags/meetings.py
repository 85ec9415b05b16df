"""How a meeting is written: ``{% load meetings %}``."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.meetings.models import Meeting, MeetingKind
from tesoro import moments

register = template.Library()
ICONS = {MeetingKind.MEETING: "users", MeetingKind.VIEWING: "house", MeetingKind.CALL: "phone"}
HUES = {MeetingKind.MEETING: "violet", MeetingKind.VIEWING: "teal", MeetingKind.CALL: "blue"}


@register.filter
def span(meeting: Meeting) -> SafeString:
    """Draw from when to when, exact on hover: "Tomorrow, 11:00 to 11:45"."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    last = "" if start.date() == end.date() else f"{moments.relative(end.date())}, "
    words = {"day": moments.relative(start.date()), "start": f"{start:%H:%M}", "end": f"{last}{end:%H:%M}"}
    text = _("%(day)s, %(start)s to %(end)s") % words
    return format_html('<time datetime="{}" title="{}">{}</time>', moments.machine(start), moments.exact(start), text)


@register.filter
def long_span(meeting: Meeting) -> str:
    """Return from when to when in full, for a mail: "Thursday 26 November 2026, 11:00 to 11:45"."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    last = "" if start.date() == end.date() else f"{date_format(end, 'l j F Y')}, "
    words = {"day": date_format(start, "l j F Y"), "start": f"{start:%H:%M}", "end": f"{last}{end:%H:%M}"}
    return _("%(day)s, %(start)s to %(end)s") % words


@register.filter
def kind_icon(meeting: Meeting) -> str:
    """Return the icon of the meeting's kind."""
    return ICONS.get(MeetingKind(meeting.kind), "calendar")


@register.filter
def kind_hue(meeting: Meeting) -> str:
    """Return the colour of the meeting's kind."""
    return HUES.get(MeetingKind(meeting.kind), "grey")


@register.filter
def beside(meeting: Meeting, whose: Any) -> list[str]:
    """Return what the calendar says beside the title: the place, and the organiser where everybody's are shown."""
    organiser = meeting.author.get_full_name() if meeting.author and whose is None else ""
    return [word for word in (meeting.place, organiser) if word]


@register.filter
def told_when_off(meeting: Meeting) -> list[str]:
    """Return the names of those who get an email when the meeting is called off or deleted."""
    if meeting.is_cancelled or meeting.is_over:
        return []
    others = [
        one for one in meeting.attendees if one.is_invited and (one.person_id or one.user_id != meeting.author_id)
    ]
    return [one.name for one in others if one.person is None or not one.person.do_not_contact]
