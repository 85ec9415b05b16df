"""Search from every page as one types, among a million people, against the same among a thousand.

Two databases, asked in turn so that a busy moment falls on both. Each is built once and kept in ``BENCH_DIR`` (on
PostgreSQL beside the real one): the large one takes some ten minutes. Remove them to have them built anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, User
from contacts.models import Person
from contacts.relations.models import Relation
from contacts.timeline.models import Event, Note
from tests.benchmarks.bench_list import _plain_storages
from tests.benchmarks.database import add_people, analyse, office
from tests.benchmarks.figures import Figure, median_ms

SMALL, LARGE = 1_000, 1_000_000
SHAPE = 2  # counted up when what is built changes
ROUNDS, TIMES = 15, 6
CHUNK = 2_000
FEW = "Quintanilla"
# The number is of one person in both. Fewer digits of it are of dozens among a million, and more lines are shown.
WORDS = {
    "a word many have": "andrea",
    "one that few have": "quintanilla",
    "one nobody has": "wolkenstein",
    "two letters": "an",
    "part of a phone number": "606 15 30 6",
}
BODIES = [
    "Wants to see the **terrace** again on Saturday; the bank has agreed.",
    "Called about the flat in Altea: three bedrooms, not above 350.000 €.",
    "Andrea asks for the plan of the garage before the visit.",
    "Sends the papers of the notary next week, and the keys with them.",
]


def figures() -> Iterator[Figure]:
    """Yield the time of an answer among a million people for each kind of word, the floor that among a thousand."""
    setup_test_environment()
    real = connection.settings_dict["NAME"]
    try:
        with override_settings(STORAGES=_plain_storages(), CACHES=_memory()):
            clients = {size: _built(size) for size in (SMALL, LARGE)}
            for told, word in WORDS.items():
                times = _measured(clients, word)
                yield Figure(f"search, {told}", "ms", median_ms(times[LARGE]), median_ms(times[SMALL]))
    finally:
        _connect(real)
        teardown_test_environment()


def _memory() -> dict[str, Any]:
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {"default": memory, "process": memory}


def _measured(clients: dict[int, Client], word: str) -> dict[int, list[float]]:
    times: dict[int, list[float]] = {size: [] for size in clients}
    for _round in range(ROUNDS):
        for size, client in clients.items():
            _connect(_name(size))
            _seconds(client, word), _seconds(client, word)
            times[size] += [_seconds(client, word) for _time in range(TIMES)]
    return times


def _seconds(client: Client, word: str) -> float:
    start = perf_counter()
    response = client.get(reverse("finder:search"), {"q": word}, headers={"HX-Request": "true"})
    took = perf_counter() - start
    if response.status_code != 200:
        raise RuntimeError(f"search answered {response.status_code}")
    return took


def _name(size: int) -> str:
    name = f"bench_search_{SHAPE}_{size}"
    return name if connection.vendor == "postgresql" else str(Path(os.environ["BENCH_DIR"]) / f"{name}.sqlite3")


def _connect(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.connect()


def _built(size: int) -> Client:
    """Return a browser of an admin in an office of so many people."""
    Path(os.environ["BENCH_DIR"]).mkdir(parents=True, exist_ok=True)
    connection.settings_dict["TEST"]["NAME"] = _name(size)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=True, serialize=False)
    if Person.objects.filter(last_name=FEW).count() == 0:
        _fill(size)
    client = Client()
    client.force_login(User.objects.get(role="admin"))
    return client


def _fill(size: int) -> None:
    """Add people, every fifth a lead, a note on each fifth, and a company to each fifty; go on where it was stopped."""
    account = Account.objects.first() or office()[0]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -400000")
    have = Person.objects.count()
    add_people(account, size - have, have, kinds=["contact"] * 4 + ["lead"])
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(Relation.objects.count(), size // 50, CHUNK):
        _add_companies(account, range(first, min(first + CHUNK, size // 50)))
    noted = people[::5]
    for first in range(Note.objects.count(), len(noted), CHUNK):
        _add_notes(account, account.users.get(role="admin"), noted[first : first + CHUNK])
    for place in range(12):
        person = Person.objects.get(pk=people[place * size // 12])
        person.last_name = FEW
        person.save()
    analyse()


def _add_companies(account: Account, numbers: range) -> None:
    companies = [Relation(account=account, name=f"Bufete Echeverría {number}") for number in numbers]
    for company in companies:
        company.draw_keys()
    Relation.objects.bulk_create(companies)


def _add_notes(account: Account, author: User, people: list[int]) -> None:
    now = timezone.now()
    events = [Event(account=account, person_id=pk, verb="noted", actor=author, at=now) for pk in people]
    Event.objects.bulk_create(events)
    notes = [
        Note(account=account, person_id=event.person_id, event=event, author=author, body=BODIES[place % 4])
        for place, event in enumerate(events)
    ]
    for note in notes:
        note.draw_keys()
    Note.objects.bulk_create(notes)
