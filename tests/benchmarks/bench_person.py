"""The page of a person with 10,000 events of all kinds, against one with 10 in the same run."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from contacts.attachments.models import Attachment
from contacts.calls.models import Call
from contacts.emails.models import Conversation, Email
from contacts.meetings.models import Attendance, Meeting
from contacts.messaging.models import Message
from contacts.models import Contact
from contacts.tasks.models import Task
from contacts.timeline.models import Event, Note
from tests.benchmarks.bench_list import _plain_storages
from tests.benchmarks.database import add_people, analyse, empty_database, office
from tests.benchmarks.figures import Figure, median_ms

FEW, MANY = 10, 10_000
ROUNDS = 30
PROSE = "Second visit went **well**. She wants the terrace measured before she offers.\n\n- cash buyer\n- sea view"


def figures() -> Iterator[Figure]:
    """Yield the time of the page at 10,000 events, with that at 10 as the floor, and the number of queries."""
    with empty_database(), override_settings(STORAGES=_plain_storages()):
        account, admin = office()
        add_people(account, 500)
        few, many = Contact.objects.order_by("pk")[:2]
        for person, count in ((few, FEW), (many, MANY)):
            live(person, admin, count)
        analyse()
        client = Client()
        client.force_login(admin)
        yield from _measured(client, few, many)


def live(person: Any, user: Any, count: int) -> None:
    """Give a person ``count`` events, the kinds in turn, an hour apart."""
    verbs = list(KINDS)
    now = timezone.now()
    made = [_event(person, user, verbs[place % len(verbs)], now - timedelta(hours=place)) for place in range(count)]
    Event.objects.bulk_create(made, batch_size=500)
    for verb, store in KINDS.items():
        store(person, user, [event for event in made if event.verb == verb])
    Contact.objects.filter(pk=person.pk).update(last_activity_at=now)


def _event(person: Any, user: Any, verb: str, at: Any) -> Event:
    changes = [{"field": "city", "old": "Calpe", "new": "Altea"}]
    data = {"tag": "Sea view", "changes": changes, "version": 1}
    return Event(account_id=person.account_id, person=person, actor=user, verb=verb, at=at, data=data)


def _entries(model: Any, **values: Any) -> Callable[[Any, Any, list[Event]], None]:
    """Return what stores a row of ``model`` for each event."""

    def store(person: Any, user: Any, events: list[Event]) -> None:
        common = {"account_id": person.account_id, "person": person, "author": user, **values}
        model.objects.bulk_create(
            [model(event=event, created_at=event.at, **common) for event in events], batch_size=500
        )

    return store


def _emails(person: Any, user: Any, events: list[Event]) -> None:
    talk = Conversation.objects.create(account_id=person.account_id, person=person, subject="Floor plans")
    _entries(Email, conversation=talk, subject="Floor plans", body=PROSE, recipient=person.email)(person, user, events)


def _meetings(person: Any, user: Any, events: list[Event]) -> None:
    hour = timedelta(hours=1)
    made = [
        Meeting(account_id=person.account_id, title="Visit", starts_at=event.at, ends_at=event.at + hour, author=user)
        for event in events
    ]
    Meeting.objects.bulk_create(made, batch_size=500)
    Attendance.objects.bulk_create(
        [
            Attendance(account_id=person.account_id, meeting=meeting, person=person, event=event)
            for meeting, event in zip(made, events, strict=True)
        ],
        batch_size=500,
    )


def _nothing(person: Any, user: Any, events: list[Event]) -> None:
    """Store nothing: the event is all there is."""


KINDS: dict[str, Callable[[Any, Any, list[Event]], None]] = {
    "noted": _entries(Note, body=PROSE),
    "emailed": _emails,
    "call_logged": _entries(Call, number="+34612345678", seconds=380, note=PROSE),
    "whatsapp_sent": _entries(Message, channel="whatsapp", body="Shall we meet at the door?"),
    "sms_received": _entries(Message, channel="sms", incoming=True, body="See you on Saturday"),
    "task_added": _entries(Task, title="Send the energy certificate"),
    "meeting_planned": _meetings,
    "attached": _entries(Attachment, name="plan.pdf", size=1_800_000),
    "changed": _nothing,
    "tagged": _nothing,
}


def _measured(client: Client, few: Any, many: Any) -> Iterator[Figure]:
    urls = [person.get_absolute_url() for person in (many, few)]
    times: list[list[float]] = [[], []]
    for place in range(ROUNDS + 5):
        for url, taken in zip(urls, times, strict=True):
            took = _seconds(client, url)
            if place >= 5:  # before that it only warms up
                taken.append(took)
    yield Figure(f"page of a person, {MANY} events", "ms", *map(median_ms, times))
    yield Figure("page of a person, queries", "queries", *(_queries(client, url) for url in urls))


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def _seconds(client: Client, url: str) -> float:
    start = perf_counter()
    response = client.get(url)
    took = perf_counter() - start
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}")
    return took
