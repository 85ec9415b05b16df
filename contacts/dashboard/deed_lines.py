"""The page "Activity": the deeds that a number of the dashboard counts, in the words of the timelines, latest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.dashboard.deeds import DEED_OF, DEEDS, MEETINGS, Counts, Deed, counted, met_between, team_of, told_between
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import number
from contacts.meetings.models import Attendance
from contacts.timeline.models import Event
from contacts.timeline.models.event import SUBJECTS
from contacts.timeline.stream import Day
from tesoro import keyset
from tesoro.access import Request
from tesoro.keyset import Page
from tesoro.markdown import plain
from tesoro.moments import day

PAGE = 50
GIST = 160  # characters
# On which tab of a record a deed stands, by the group of its verb.
TABS = {
    "note": "notes", "email": "emails", "call": "calls", "whatsapp": "whatsapp", "sms": "sms", "task": "tasks",
    "meeting": "meetings",
}  # fmt: skip
READ = [
    "verb", "at", "data", "account", "actor", *SUBJECTS, "actor__first_name", "actor__last_name", "actor__email",
    "person__kind", "person__first_name", "person__last_name", "person__deleted_at", "relation__name",
    "relation__deleted_at", "deal__name", "deal__deleted_at", "note__body", "email__subject", "email__body",
    "message__body", "call__outcome", "call__note",
]  # fmt: skip
ENTRIES = ["note", "email", "message", "call"]


@dataclass(frozen=True)
class Record:
    """Whose deed it was: the name, and the address of the tab on which it stands."""

    name: str
    url: str
    in_trash: bool = False

    @classmethod
    def of(cls, subject: Any, group: str) -> "Record":
        """Return a subject with the tab of a group of verbs; of one in the trash with the page that restores it."""
        url = subject.get_absolute_url() if subject.in_trash else _tab(subject, TABS[group])
        return cls(str(subject), url, subject.in_trash)


def _tab(subject: Any, tab: str) -> str:
    """Return the address of a tab, or of the record where it has no such tab."""
    try:
        return reverse(f"{subject.namespace}:{tab}", args=[subject.pk])
    except NoReverseMatch:
        return str(subject.get_absolute_url())


@dataclass(frozen=True)
class Line:
    """A deed: when, what and by whom in words, the first words of what was said, and where it stands."""

    at: dt.datetime
    icon: str
    sentence: SafeString
    record: Record
    gist: str = ""
    tone: str = ""

    @classmethod
    def of_event(cls, event: Event) -> "Line":
        """Return what a timeline tells."""
        subject = next(getattr(event, name) for name in SUBJECTS if getattr(event, f"{name}_id"))
        kind = event.kind
        return cls(event.at, kind.icon, event.sentence(), Record.of(subject, kind.group), _gist(event), kind.tone)

    @classmethod
    def of_attendance(cls, attendance: Attendance) -> "Line":
        """Return a meeting that a colleague attends; it stands with whom they meet first, or alone."""
        meeting = attendance.meeting
        others = [one.attendee for one in meeting.attendances.all() if not one.user_id]
        living = [one for one in others if not one.in_trash]
        told = (
            _("{actor} attended the meeting {title}") if meeting.is_over else _("{actor} attends the meeting {title}")
        )
        words = {"actor": attendance.name, "title": meeting.title}
        record = Record.of(living[0], "meeting") if living else Record(_("Meeting"), meeting.get_absolute_url())
        bold = {name: format_html("<b>{}</b>", word) for name, word in words.items()}
        return cls(meeting.starts_at, "meeting", format_html(told, **bold), record, meeting.place)


def _gist(event: Event) -> str:
    """Return the first words of a note, of what was written, of what came of a call; the sentence names the task."""
    entry = next((getattr(event, name) for name in ENTRIES if getattr(event, name, None)), None)
    if entry is None:
        return ""
    said = [
        getattr(entry, "get_outcome_display", str)(),
        getattr(entry, "subject", ""),
        plain(getattr(entry, "body", "") or getattr(entry, "note", ""), GIST),
    ]
    return " · ".join(str(word) for word in said if word)


@dataclass(frozen=True)
class Kind:
    """A way to the deeds of one kind, or to all: with their number."""

    label: str | Promise
    count: int
    url: str
    current: bool


class DeedsPage:
    """The deeds of a scope, of one kind or of all. As many queries whatever they are."""

    def __init__(self, request: Request, scope: Scope) -> None:
        self.request = request
        self.scope = scope
        self.kind: Deed | None = next((deed for deed in DEEDS if deed.key == request.GET.get("kind")), None)

    @cached_property
    def _team(self) -> list[int]:
        return list(team_of(self.scope))

    @cached_property
    def _counts(self) -> Counts:
        return counted(self.scope, self._team)

    def _count(self, deed: Deed | None) -> int:
        return sum(count for (_agent, one), count in self._counts.items() if deed in (None, one))

    @property
    def title(self) -> str | Promise:
        """What is listed."""
        return self.kind.label if self.kind else _("Activity")

    @property
    def count_text(self) -> str:
        """How many are listed, to the last one."""
        return number(self._count(self.kind))

    @property
    def days_told(self) -> str:
        """Of which days they are."""
        return _("From %(first)s to %(last)s") % {"first": day(self.scope.first), "last": day(self.scope.last)}

    @property
    def kinds(self) -> list[Kind]:
        """The ways to each kind; of those of which there are none, too, so that nothing jumps."""
        return [
            Kind(deed.label if deed else _("Everything"), self._count(deed), self._url(deed), deed == self.kind)
            for deed in (None, *DEEDS)
        ]

    @cached_property
    def page(self) -> Page:
        """The deeds to show, by their keys and moments alone."""
        asked = (self.scope.account, *self.scope.span, self._team)
        verbs = [verb for verb, deed in DEED_OF.items() if self.kind in (None, deed)]
        sources = [(told_between(*asked, verbs).only("at"), "at")]
        if self.kind in (None, MEETINGS):
            met = met_between(*asked).select_related("meeting").only("meeting__starts_at")
            sources.append((met, "meeting__starts_at"))
        return keyset.merged(sources, PAGE, after=self.request.GET.get("older", ""), scope=self._url(self.kind))

    @cached_property
    def days(self) -> list[Day]:
        """The deeds by day, in the account's time zone."""
        filed = groupby(self._lines(self.page.rows), key=lambda line: timezone.localdate(line.at))
        return [Day(date, list(lines), self._begun(date)) for date, lines in filed]

    def _begun(self, date: dt.date) -> bool:
        """Whether the part of the page that is already on the screen ended with this day."""
        return self.request.htmx and self.request.GET.get("day", "") == date.isoformat()

    @property
    def is_first(self) -> bool:
        """Whether the latest are among these."""
        return not self.page.previous

    @property
    def latest_url(self) -> str:
        """The address of the first page."""
        return self._url(self.kind)

    @property
    def older_url(self) -> str:
        """The address of the next page, or nothing."""
        if not self.page.next:
            return ""
        return self._url(self.kind, older=self.page.next, day=self.days[-1].date.isoformat())

    def _lines(self, rows: list[Any]) -> list[Any]:
        """Return the deeds of a page with all that is told of them, in three queries."""
        events = _by_key(_events(row.pk for row in rows if isinstance(row, Event)))
        attendances = _by_key(_attendances(row.pk for row in rows if isinstance(row, Attendance)))
        return [
            Line.of_event(events[row.pk]) if isinstance(row, Event) else Line.of_attendance(attendances[row.pk])
            for row in rows
        ]

    @property
    def dashboard_url(self) -> str:
        """The address of the figures of the same days and the same colleague; of one who has left, of the office."""
        gone = self.scope.agent is not None and not self.scope.agent.is_active
        return self._filtered(reverse("home"), **({"agent": ""} if gone else {}))

    def _url(self, kind: Deed | None, **place: str) -> str:
        """Return the address of this page with another kind, at its top or at a place further down."""
        return self._filtered(self.request.path, kind=kind.key if kind else "", **place)

    def _filtered(self, path: str, **words: str) -> str:
        """Return an address with the days and the colleague of this page, and with some more words."""
        query = QueryDict(mutable=True)
        asked = {name: self.request.GET.get(name, "") for name in ("period", "from", "to", "agent")}
        query.update({name: word for name, word in {**asked, **words}.items() if word})
        return f"{path}?{query.urlencode()}" if query else path


def _by_key(rows: Any) -> dict[int, Any]:
    return {row.pk: row for row in rows}


def _events(keys: Iterable[int]) -> Any:
    return Event.objects.filter(pk__in=list(keys)).select_related("actor", *SUBJECTS, *ENTRIES).only(*READ)


def _attendances(keys: Iterable[int]) -> Any:
    rows = Attendance.with_left.filter(pk__in=list(keys)).select_related("user", "meeting")
    return rows.defer("meeting__details").prefetch_related("meeting__attendances")
