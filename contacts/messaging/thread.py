"""The thread: a page of a person's messages on one channel, the oldest at the top, filed by day."""

import hashlib
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from contacts.messaging.models import Message
from contacts.timeline.stream import Day
from tesoro import keyset
from tesoro.access import Request
from tesoro.keyset import Page, Sort
from tesoro.posted import key

PAGE = 30
MOST_AT_ONCE = 300  # rows of one refresh
NEWEST_FIRST = Sort("-created", "created_at")
SOON, LATER = 2, 15  # seconds between two looks: while something is on its way, and otherwise


class Thread:
    """The messages a request asks for: ``older`` turns the page, ``since`` refreshes what stands from a message on.

    ``carried`` is a query string that all its addresses take along.
    """

    def __init__(self, request: Request, person: Any, channel: str, carried: str = "") -> None:
        self.request = request
        self.carried = carried
        self.person = person
        self.rows = person.message_set.by(channel)
        self.since = key(request.GET.get("since", "")) if request.htmx else 0
        self.channel = channel

    @cached_property
    def page(self) -> Page:
        """The messages to show, the newest first, and the way to older ones. A refresh has none."""
        if self.since and (first := Message.with_trash.filter(pk=self.since, person=self.person).first()):
            shown = self.rows.filter(created_at__gte=first.created_at).exclude(
                created_at=first.created_at, pk__lt=first.pk
            )
            return Page(list(shown.order_by("-created_at", "-pk")[:MOST_AT_ONCE]))
        older = self.request.GET.get("older", "")
        return keyset.page(self.rows, NEWEST_FIRST, PAGE, after=older, scope=f"{self.person.pk}|{self.channel}")

    @cached_property
    def messages(self) -> list[Message]:
        """The messages of the page, the oldest first."""
        return self.page.rows[::-1]

    @cached_property
    def days(self) -> list[Day]:
        """The messages by day, in the account's time zone."""
        filed: Any = groupby(self.messages, key=lambda message: timezone.localdate(message.created_at))
        return [Day(date, list(messages)) for date, messages in filed]

    @property
    def closing(self) -> str:
        """What stands between older messages and those below them, when they begin another day."""
        below = self.request.GET.get("day", "")
        if not self.days or below == self.days[-1].date.isoformat():
            return ""
        try:
            return Day(self.days[-1].date.fromisoformat(below), []).heading
        except ValueError:
            return ""

    @property
    def is_newest(self) -> bool:
        """Whether the newest messages are among these."""
        return not self.page.previous

    @property
    def newest_url(self) -> str:
        """The address of the tab itself, which shows the newest messages and takes new ones."""
        return self.request.path + self.carried

    @property
    def older_url(self) -> str:
        """The address of the page of older messages, or nothing."""
        return self.url_with(older=self.page.next, day=self.days[0].date.isoformat()) if self.page.next else ""

    @property
    def refresh_url(self) -> str:
        """Where the messages are looked at again: from the first that is shown, unless nothing has changed."""
        first = self.since or (self.messages[0].pk if self.messages else 0)
        return self.url_with(since=first, seen=self.digest, free=self.request.GET.get("free", ""))

    @property
    def pause(self) -> int:
        """How many seconds to wait before looking again."""
        return SOON if any(message.on_its_way for message in self.messages) else LATER

    @cached_property
    def digest(self) -> str:
        """What tells whether anything that is shown has changed."""
        told = "|".join(f"{message.pk} {message.state} {message.failure}" for message in self.messages)
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()

    @property
    def is_unchanged(self) -> bool:
        """Whether the browser shows just this already."""
        return self.request.GET.get("seen") == self.digest

    def url_with(self, **query: Any) -> str:
        """Return the address of the tab with further words."""
        return f"{self.newest_url}{'&' if self.carried else '?'}{urlencode(query)}"
