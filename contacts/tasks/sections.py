"""Tasks in sections, as the tab of a record and "My tasks" show them; each a hundred at a time, from one index."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.tasks.models import key_now
from contacts.tasks.models.due import END_OF_DAY, SOME_DAY
from tesoro import keyset
from tesoro.counting import bounded_count
from tesoro.keyset import Page, Sort

PAGE = 100
BY_DUE = Sort("due", "due_key")
LAST_DONE = Sort("-done", "done_at")
RECENT = timedelta(days=14)


def today_ends() -> str:
    """Return the key of the end of the day, where the office is."""
    return f"{timezone.localdate().isoformat()} {END_OF_DAY}"


@dataclass(frozen=True)
class Kind:
    """What a section holds, and in which order."""

    key: str
    label: Any
    chosen: Callable[[Any], Any]
    sort: Sort = BY_DUE


OPEN = Kind("open", _("To do"), lambda rows: rows.open())
COMPLETED = Kind("completed", _("Completed"), lambda rows: rows.done(), LAST_DONE)
OF_A_RECORD = [OPEN, COMPLETED]

MINE = [
    Kind("overdue", _("Overdue"), lambda rows: rows.overdue(key_now())),
    Kind("today", _("Today"), lambda rows: rows.open().filter(due_key__gte=key_now(), due_key__lte=today_ends())),
    Kind("upcoming", _("Upcoming"), lambda rows: rows.open().filter(due_key__gt=today_ends(), due_key__lt=SOME_DAY)),
    Kind("some-day", _("No date"), lambda rows: rows.open().filter(due_key=SOME_DAY)),
    Kind("done", _("Done lately"), lambda rows: rows.done().filter(done_at__gte=timezone.now() - RECENT), LAST_DONE),
]


class Section:
    """Some of the tasks of a page: its first hundred, or those behind the cursor that its address names."""

    def __init__(self, kind: Kind, rows: Any, path: str, query: QueryDict) -> None:
        self.key, self.label, self.sort = kind.key, kind.label, kind.sort
        self._rows, self._path, self._query = kind.chosen(rows), path, query

    @cached_property
    def page(self) -> Page:
        """The tasks to show."""
        rows = self._rows.select_related("assigned_to", "person", "deal")
        return keyset.page(rows, self.sort, PAGE, after=self._after, scope=self._scope)

    @cached_property
    def count(self) -> int:
        """How many tasks there are in all, up to 10,001."""
        return bounded_count(self._rows)

    @property
    def is_continued(self) -> bool:
        """Whether these are not the first hundred."""
        return bool(self.page.previous)

    @property
    def more_url(self) -> str:
        """The address of the next hundred, or nothing."""
        if not self.page.next:
            return ""
        query = self._query.copy()
        query["more"], query["after"] = self.key, self.page.next
        return f"{self._path}?{query.urlencode()}"

    @property
    def _after(self) -> str:
        return self._query.get("after", "") if self._query.get("more") == self.key else ""

    @property
    def _scope(self) -> str:
        return f"{self._path}|{self._query.get('who', '')}|{self.key}"


def asked_for(sections: list[Section], query: QueryDict) -> list[Section]:
    """Return the sections to show: the one whose next hundred are asked for, or else all."""
    return [section for section in sections if section.key == query.get("more")] or sections
