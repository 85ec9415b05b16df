"""The card "My day" of the dashboard: the meetings of today, and which one is now or next."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.meetings.models import Meeting
from tesoro import moments

SHOWN, MOST, NAMED = 12, 100, 2


@dataclass(frozen=True)
class Appointment:
    """A meeting as a line of the day. ``mark`` is said of what goes on now, and of what comes next."""

    meeting: Meeting
    begins: str
    mark: str = ""
    is_now: bool = False
    is_over: bool = False

    @property
    def beside(self) -> str:
        """Whom one meets, and where."""
        people = [one.name for one in self.meeting.attendees if one.person_id]
        named = people[:NAMED] + ([_("%(n)d more") % {"n": len(people) - NAMED}] if len(people) > NAMED else [])
        about = [deal.name for deal in self.meeting.deals]
        return " · ".join([word for word in (", ".join(named), *about, self.meeting.place) if word])


@dataclass(frozen=True)
class MyDay:
    """The appointments of a day, and the addresses of the calendar and of its page for this day."""

    appointments: list[Appointment]
    hidden: int
    calendar_url: str
    plan_url: str


def load(scope: Scope) -> MyDay:
    """Return the meetings of today that whoever looks attends, where the account is; in two queries."""
    start, end = scope.midnight(scope.today), scope.midnight(scope.today + dt.timedelta(days=1))
    mine = Meeting.objects.for_account(scope.account).of_user(scope.user).filter(cancelled_at=None)
    meetings = list(mine.within(start, end).with_attendees().defer("details")[:MOST])
    day = f"?day={scope.today.isoformat()}"
    return MyDay(
        _appointments(meetings, scope, start)[:SHOWN],
        max(len(meetings) - SHOWN, 0),
        f"{reverse('meetings:calendar')}{day}&view=day",
        f"{reverse('meetings:new')}{day}",
    )


def _appointments(meetings: list[Meeting], scope: Scope, start: dt.datetime) -> list[Appointment]:
    following = next((meeting for meeting in meetings if meeting.starts_at > scope.now), None)
    return [_appointment(meeting, scope, start, meeting is following) for meeting in meetings]


def _appointment(meeting: Meeting, scope: Scope, start: dt.datetime, is_next: bool) -> Appointment:
    begins = pgettext("meeting", "Before") if meeting.starts_at < start else moments.clock(meeting.starts_at)
    if meeting.starts_at <= scope.now < meeting.ends_at:
        return Appointment(meeting, begins, _("Now"), is_now=True)
    mark = moments.relative(meeting.starts_at, scope.now) if is_next else ""
    return Appointment(meeting, begins, mark, is_over=meeting.ends_at <= scope.now)


CARD = Card("my-day", 1, load, "meetings/day.html", aside=True)
