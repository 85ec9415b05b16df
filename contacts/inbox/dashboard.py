"""The card "Waiting for an answer": people of whoever looks whose last word nobody has answered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.models import Kind, Person
from contacts.timeline.models import Event
from tesoro.counting import bounded_count, capped

SHOWN = 6
# Nobody expects an answer any more to what is older.
EXPECTED = dt.timedelta(days=30)
RECEIVED = ["email_received", "whatsapp_received", "sms_received"]
# A call answers as well as a letter does.
ANSWERED = ["emailed", "whatsapp_sent", "sms_sent", "called", "call_logged"]
TABS = {"email": "emails", "whatsapp": "whatsapp", "sms": "sms"}
TEXT = 120  # characters
HEAVY = ["email__html", "email__calendar", "email__body", "email__references", "person__notes", "person__search_text"]


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
    """Return who waits, of the people assigned to whoever looks; in two queries."""
    events = unanswered(scope)
    shown = events.select_related("person", "email", "message").defer(*HEAVY).order_by("-at", "-pk")[:SHOWN]
    return Waiting([Unanswered(event) for event in shown], bounded_count(events))


def unanswered(scope: Scope) -> Any:
    """Return the last word of each of these people, where it is theirs and not older than a month."""
    since = scope.now - EXPECTED
    people = Person.objects.for_account(scope.account).filter(kind__in=Kind.values, assigned_to=scope.user)
    said = Event.objects.filter(person=OuterRef("pk"), verb__in=RECEIVED + ANSWERED, shown=True, at__gte=since)
    last = people.filter(last_activity_at__gte=since).annotate(
        said=Subquery(said.order_by("-at", "-id").values("pk")[:1])
    )
    return Event.objects.for_account(scope.account).filter(pk__in=last.values("said"), verb__in=RECEIVED)


CARD = Card("waiting", 6, load, "inbox/day.html", aside=True)
