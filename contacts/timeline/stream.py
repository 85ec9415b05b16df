"""The stream of a person's or a company's timeline: a page of events, newest first, filed by day."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from contacts.timeline.models import Event
from contacts.timeline.verbs import GROUPS
from tesoro import keyset
from tesoro.keyset import Page, Sort

PAGE = 30
# Two windows full: the page of somebody with a long past opens as fast as any, the rest comes as one scrolls.
FIRST_PAGE = 15
# What one asks for most, in a word of the address bar.
PRESETS = {
    "people": ["note", "email", "call", "whatsapp", "sms", "task", "meeting", "attachment", "enquiry"],
    "changes": ["deal", "change", "record"],
}
NEWEST_FIRST = Sort("-at", "at")
MOST_NAMED = 2
ICONS = {
    "note": "note", "email": "email", "call": "call", "whatsapp": "whatsapp", "sms": "sms", "task": "task",
    "meeting": "meeting", "attachment": "attachment", "enquiry": "message-square-plus", "deal": "handshake",
    "change": "pencil", "record": "history",
}  # fmt: skip


@dataclass(frozen=True)
class Day:
    """The events of one day where the account is. ``continued`` says that the page above has begun it."""

    date: dt.date
    events: list[Event]
    continued: bool = False

    @property
    def heading(self) -> str:
        """What stands above the day: "Today", "Tuesday 17 November", with the year when it is another one."""
        today = timezone.localdate()
        if 0 <= (today - self.date).days <= 1:
            return _("Today") if self.date == today else _("Yesterday")
        return date_format(self.date, "l j F" if self.date.year == today.year else "l j F Y")


@dataclass(frozen=True)
class Choice:
    """One kind of event in the filter: a click puts it in or takes it out."""

    label: str
    url: str
    on: bool
    icon: str = ""


class Stream:
    """The events a request asks for: ``kind`` narrows them, ``older`` turns the page. One query reads a page.

    ``carried`` is a query string that all its addresses take along.
    """

    def __init__(self, request: HttpRequest, events: Any, carried: str = "") -> None:
        self.request = request
        self.events = events
        self.carried = carried
        self.kinds = _kinds(request.GET.getlist("kind"))

    @cached_property
    def page(self) -> Page:
        """The events to show."""
        rows = self.events.visible().of_kinds(self.kinds).stream()
        older = self.request.GET.get("older", "")
        return keyset.page(rows, NEWEST_FIRST, PAGE if older else FIRST_PAGE, after=older, scope=self._scope)

    @property
    def _scope(self) -> str:
        return f"{self.request.path}|{','.join(self.kinds)}"

    @cached_property
    def days(self) -> list[Day]:
        """The events by day, in the account's time zone."""
        filed = groupby(self.page.rows, key=lambda event: timezone.localdate(event.at))
        return [Day(date, list(events), self._begun(date)) for date, events in filed]

    def _begun(self, date: dt.date) -> bool:
        """Whether the part of the page that is already on the screen ended with this day."""
        return bool(getattr(self.request, "htmx", False)) and self.request.GET.get("day", "") == date.isoformat()

    @property
    def is_first(self) -> bool:
        """Whether the newest events are among these."""
        return not self.page.previous

    @property
    def newest_url(self) -> str:
        """The address of the first page."""
        return self._url(self.kinds)

    @property
    def older_url(self) -> str:
        """The address of the next page, or nothing."""
        return self._url(self.kinds, self.page.next, self.days[-1].date.isoformat()) if self.page.next else ""

    @property
    def label(self) -> str:
        """What the filter shows when it is closed."""
        if self.preset:
            return _("Filter")
        words = [str(GROUPS[kind]) for kind in self.kinds]
        if len(words) > MOST_NAMED:
            return _("%(n)d kinds") % {"n": len(words)}
        return ", ".join(words)

    @property
    def preset(self) -> str:
        """Which of the switch's three is on: "all", "people" or "changes"; nothing for a choice of one's own."""
        if not self.kinds:
            return "all"
        return next((name for name, kinds in PRESETS.items() if kinds == self.kinds), "")

    @property
    def switch(self) -> list[Choice]:
        """Everything, what people said and did, what was changed."""
        words = {"all": _("Everything"), "people": _("By people"), "changes": _("Changes")}
        return [Choice(word, self._url(PRESETS.get(name, [])), self.preset == name) for name, word in words.items()]

    @property
    def choices(self) -> list[Choice]:
        """The kinds one can filter by."""
        everything = Choice(_("All activities"), self._url([]), not self.kinds)
        kinds = [
            Choice(str(label), self._toggled(kind), kind in self.kinds, ICONS[kind]) for kind, label in GROUPS.items()
        ]
        return [everything, *kinds]

    def _toggled(self, kind: str) -> str:
        return self._url([key for key in GROUPS if (key in self.kinds) != (key == kind)])

    def _url(self, kinds: list[str], older: str = "", day: str = "") -> str:
        query = QueryDict(self.carried.removeprefix("?"), mutable=True)
        query.setlist("kind", next(([name] for name, preset in PRESETS.items() if preset == kinds), kinds))
        if older:
            query["older"], query["day"] = older, day
        words = query.urlencode()
        return f"{self.request.path}?{words}" if words else self.request.path


def _kinds(words: list[str]) -> list[str]:
    """Return the kinds that the address bar asks for, one by one or by a preset, in their order."""
    asked = {kind for word in words for kind in PRESETS.get(word, [word])}
    return [key for key in GROUPS if key in asked]
