"""What the calendar's address asks for: which days, whose meetings, and the ways to the neighbours."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from accounts.models import User
from contacts.meetings.days import Day, file_meetings, midnight, open_hours
from contacts.meetings.models import Attendance, Meeting
from contacts.tasks.models import Task
from contacts.tasks.models.due import key_of
from tesoro.access import Request
from tesoro.posted import key

VIEWS = ["month", "week", "day"]
ME, ALL = "me", "all"
MOST = 5_000  # meetings, or tasks, on one page
FIRST_YEAR, LAST_YEAR = 1971, 2199


@dataclass(frozen=True)
class Way:
    """A link of the calendar's head."""

    label: str
    url: str
    current: bool = False


class Agenda:
    """The days a request asks for: ``view``, ``day`` and ``who`` in the address bar; what is no such word, by default.

    Weeks begin on Monday, as they do everywhere the product is used.
    """

    def __init__(self, request: Request) -> None:
        self.account, self.user = request.account, request.user
        self.today = timezone.localdate()
        self.view = request.GET.get("view") if request.GET.get("view") in VIEWS else "month"
        self.day = _date(request.GET.get("day", "")) or self.today
        self.whose = self._whose(request.GET.get("who", ""))

    def _whose(self, asked: str) -> User | None:
        """Return the colleague whose meetings are shown, or None for everybody's."""
        if asked == ALL:
            return None
        found = User.objects.for_account(self.account).filter(pk=key(asked)).first() if asked != ME else None
        return found or self.user

    @property
    def who(self) -> str:
        """The address bar's word for whose meetings are shown."""
        if self.whose is None:
            return ALL
        return ME if self.whose == self.user else str(self.whose.pk)

    @cached_property
    def first(self) -> dt.date:
        """The first day that is drawn."""
        if self.view == "day":
            return self.day
        first = self.day.replace(day=1) if self.view == "month" else self.day
        return first - dt.timedelta(days=first.weekday())

    @cached_property
    def last(self) -> dt.date:
        """The last day that is drawn."""
        if self.view == "month":
            end = _next_month(self.day) - dt.timedelta(days=1)
            return end + dt.timedelta(days=6 - end.weekday())
        return self.first + dt.timedelta(days=0 if self.view == "day" else 6)

    @cached_property
    def days(self) -> list[Day]:
        """The days with what is planned, in two queries."""
        count = (self.last - self.first).days + 1
        days = [self._day(self.first + dt.timedelta(days=number)) for number in range(count)]
        file_meetings(days, self.meetings)
        by_date = {day.date: day for day in days}
        for task in self._tasks():
            by_date[task.due_on].tasks.append(task)
        return days

    def _day(self, date: dt.date) -> Day:
        outside = self.view == "month" and date.month != self.day.month
        plan_url = f"{reverse('meetings:new')}?day={date.isoformat()}"
        return Day(date, self.today, outside, self.url(view="day", day=date), plan_url)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The meetings, in the order of the start, each with the name of the deal it is about."""
        rows = Meeting.objects.for_account(self.account)
        rows = rows.of_user(self.whose) if self.whose else rows
        until = midnight(self.last + dt.timedelta(days=1))
        within = rows.within(midnight(self.first), until).select_related("author").defer("details")
        deals = Attendance.with_left.filter(meeting=OuterRef("pk"), deal__isnull=False, left_at=None)
        return list(within.annotate(deal_name=Subquery(deals.values("deal__name")[:1]))[:MOST])

    @property
    def is_cut(self) -> bool:
        """Whether there may be more meetings than a page can show."""
        return len(self.meetings) == MOST

    def _tasks(self) -> Any:
        """Return what the colleague has to do on these days; everybody's tasks would drown the meetings."""
        if self.whose is None:
            return []
        rows = Task.objects.for_account(self.account).open().of_living().filter(assigned_to=self.whose)
        within = rows.filter(due_key__range=(key_of(self.first, dt.time.min), key_of(self.last, None)))
        return within.select_related("person", "deal").order_by("due_key", "pk")[:MOST]

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """The days of a month, seven at a time."""
        return [self.days[start : start + 7] for start in range(0, len(self.days), 7)]

    @cached_property
    def hours(self) -> range:
        """The hours that a week or a day draws."""
        return open_hours(self.days)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned on any of the days."""
        return all(day.is_empty for day in self.days)

    @property
    def title(self) -> str:
        """What the days are called: "November 2026", "23 – 29 November 2026", "Thursday 26 November 2026"."""
        if self.view == "month":
            return date_format(self.day, "F Y")
        if self.view == "day":
            return date_format(self.day, "l j F Y")
        start = {True: "j", False: "j F"}[self.first.month == self.last.month]
        start = start if self.first.year == self.last.year else "j F Y"
        return f"{date_format(self.first, start)} – {date_format(self.last, 'j F Y')}"

    @property
    def views(self) -> list[Way]:
        """The three ways to see it."""
        labels = {"month": _("Month"), "week": _("Week"), "day": _("Day")}
        return [Way(labels[view], self.url(view=view), view == self.view) for view in VIEWS]

    @property
    def earlier(self) -> Way:
        """The way back."""
        labels = {"month": _("Previous month"), "week": _("Previous week"), "day": _("Previous day")}
        first = self.day.replace(day=1) if self.view == "month" else self.first
        return Way(labels[str(self.view)], self.url(day=_clamped(self._step(first, back=True))))

    @property
    def later(self) -> Way:
        """The way on."""
        labels = {"month": _("Next month"), "week": _("Next week"), "day": _("Next day")}
        return Way(labels[str(self.view)], self.url(day=_clamped(self._step(self.first, back=False))))

    def _step(self, first: dt.date, *, back: bool) -> dt.date:
        if self.view == "month":
            return (first - dt.timedelta(days=1)).replace(day=1) if back else _next_month(self.day)
        days = dt.timedelta(days=1 if self.view == "day" else 7)
        return first - days if back else first + days

    @property
    def now_url(self) -> str:
        """The address of today."""
        return self.url(day=self.today)

    @property
    def plan_url(self) -> str:
        """Where a meeting is planned: on the day one looks at, or today when it is in sight."""
        in_sight = self.view != "day" and self.first <= self.today <= self.last
        return f"{reverse('meetings:new')}?day={(self.today if in_sight else self.day).isoformat()}"

    @cached_property
    def team(self) -> list[User]:
        """The colleagues whose calendar one can look at."""
        return list(User.objects.for_account(self.account).active().exclude(pk=self.user.pk))

    def url(self, **changes: Any) -> str:
        """Return the address of this calendar with some words changed; what is the default is left out."""
        words = {"view": self.view, "day": self.day, "who": self.who, **changes}
        query = QueryDict(mutable=True)
        default = {"view": "month", "day": self.today, "who": ME}
        query.update({name: str(word) for name, word in words.items() if word != default[name]})
        return f"{reverse('meetings:calendar')}{'?' if query else ''}{query.urlencode()}"


def _date(value: str) -> dt.date | None:
    """Return the day of the address bar, or None for what is none or lies beyond any calendar."""
    try:
        found = dt.date.fromisoformat(value)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _clamped(day: dt.date) -> dt.date:
    return min(max(day, dt.date(FIRST_YEAR, 1, 1)), dt.date(LAST_YEAR, 12, 31))


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
