"""The card "Waiting for an answer": people of whoever looks whose last word nobody has answered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from contacts.dashboard.asked import Asked
from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.models import Kind
from contacts.timeline.models import Event
from contacts.timeline.verbs import WRITTEN
from tesoro.counting import COUNTED, capped
from tesoro.trash import live

SHOWN = 6
# Nobody expects an answer any more to what is older.
EXPECTED = dt.timedelta(days=30)
# A call answers as well as a letter does.
ANSWERED = ["emailed", "whatsapp_sent", "sms_sent", "called", "call_logged"]
TABS = {"email": "emails", "whatsapp": "whatsapp", "sms": "sms"}
TEXT = 120  # characters
READ = [
    "account", "person", "verb", "at", "person__account", "person__kind", "person__first_name", "person__last_name",
    "person__email", "person__avatar", "email__subject", "message__body",
]  # fmt: skip


@dataclass(frozen=True)
class Unanswered:
    """A word that waits for an answer: whose, what, since when, and where it is answered."""

    event: Event

    @property
    def person(self) -> Any:
        """Who wrote."""
        return self.event.person

    @property
    def text(self) -> str:
        """What they wrote: the subject of an email, the beginning of a message."""
        entry = getattr(self.event, "email" if self.event.kind.group == "email" else "message", None)
        return " ".join(str(getattr(entry, "subject", "") or getattr(entry, "body", "")).split())[:TEXT]

    @property
    def url(self) -> str:
        """The tab of the person where it stands."""
        return reverse(f"{self.person.namespace}:{TABS[self.event.kind.group]}", args=[self.person.pk])


@dataclass(frozen=True)
class Waiting:
    """The newest that wait, and how many do."""

    unanswered: list[Unanswered]
    count: int

    @property
    def tally(self) -> str:
        """How many wait, in words; nothing when nobody does."""
        return capped(self.count) if self.count else ""

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.count - len(self.unanswered)


def load(scope: Scope) -> Waiting:
    """Return who waits, of the people assigned to whoever looks; in three queries at most."""
    asked = scope.account.pk, scope.user.pk, scope.now - EXPECTED
    ids = [pk for (pk,) in FIRST(*asked)]
    count = len(ids) if len(ids) <= SHOWN else MANY.count(*asked)
    return Waiting(_loaded(ids[:SHOWN]), count)


def _loaded(ids: list[int]) -> list[Unanswered]:
    if not ids:
        return []
    events = Event.objects.filter(pk__in=ids).select_related("person", "email", "message").only(*READ)
    return [Unanswered(event) for event in events.order_by("-at", "-pk")]


def unanswered(account: int, user: int, since: dt.datetime) -> Any:
    """Return the last word of each person of ``user``, where it is theirs and not older than ``since``.

    It begins at what was written: of that there is little, and an index holds it.
    """
    written = Event.objects.for_account(account).filter(
        live("person"), person__kind__in=Kind.values, person__assigned_to=user, verb__in=WRITTEN, shown=True,
        at__gte=since,
    )  # fmt: skip
    after = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    said = Event.objects.filter(after, person=OuterRef("person"), verb__in=[*WRITTEN, *ANSWERED], shown=True)
    return written.filter(~Exists(said)).values_list("pk")


FIRST = Asked(lambda *args: unanswered(*args).order_by("-at", "-pk")[: SHOWN + 1])
MANY = Asked(lambda *args: unanswered(*args).order_by()[: COUNTED + 1])
CARD = Card("waiting", 6, load, "inbox/day.html", aside=True)
