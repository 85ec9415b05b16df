"""The words that go along with an invitation: its subject and its text, in the language that is active."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contacts.meetings.ics import Method
from contacts.meetings.models import Meeting

SUBJECT_LENGTH = 200


def subject_of(meeting: Meeting, method: Method, changed: bool) -> str:
    """Return "Invitation: Second visit, Thu 26 Nov 2026, 11:00"; ``changed`` when they were told of it before."""
    local = timezone.localtime(meeting.starts_at, meeting.account.zone)
    when = f"{date_format(local, 'D j M Y')}, {local:%H:%M}"
    if method == Method.CANCEL:
        what = pgettext("meeting", "Cancelled")
    else:
        what = pgettext("meeting", "Changed") if changed else pgettext("meeting", "Invitation")
    title = Truncator(meeting.title).chars(SUBJECT_LENGTH - len(what) - len(when) - 4)
    return _("%(what)s: %(title)s, %(when)s") % {"what": what, "title": title, "when": when}


def body_of(meeting: Meeting, method: Method, changed: bool) -> str:
    """Return the text of the mail, Markdown that reads well as it stands."""
    organiser = meeting.author.get_full_name() if meeting.author else meeting.account.name
    context = {"meeting": meeting, "organiser": organiser, "off": method == Method.CANCEL, "changed": changed}
    with timezone.override(meeting.account.zone):
        return render_to_string("meetings/letter.txt", context).strip() + "\n"
