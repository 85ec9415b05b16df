"""A database of its own for the measurements, thrown away afterwards."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment
from django.utils import timezone

from accounts.models import Account, User
from contacts.models import Contact, Role

FIRST = ["Andrea", "Katharina", "Íñigo", "Anneke", "Begoña", "Jürgen", "Élodie", "Oliver", "Saskia", "Xavier"]
LAST = ["Dourado López", "von Hohenfels-Lindemann", "Zubizarreta Ugarte", "van der Meulen", "Groß", "Núñez de Arce"]


@contextmanager
def empty_database() -> Iterator[None]:
    """Make an empty database beside the real one, and drop it at the end."""
    setup_test_environment()
    config = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        yield
    finally:
        teardown_databases(config, verbosity=0)
        teardown_test_environment()


def office(name: str = "Measured") -> tuple[Account, User]:
    """Return an account with an admin and four agents."""
    account = Account.objects.create(name=name)
    users = [
        User.objects.create_user(
            f"user{n}@{account.slug}.example", "x", account=account, first_name="Lucía", role="agent" if n else "admin"
        )
        for n in range(5)
    ]
    return account, users[0]


def add_people(account: Account, count: int, start: int = 0, kinds: Sequence[str] = ("contact",)) -> None:
    """Add people with spread dates, roles and agents, of each kind in turn, straight through the bulk API."""
    chance, now = random.Random(7), timezone.now()
    agents = list(account.users.all())
    for first in range(start, start + count, 2_000):
        people = [_person(account, n, agents, chance, now) for n in range(first, min(first + 2_000, start + count))]
        for number, person in enumerate(people):
            person.kind = kinds[number % len(kinds)]
        Contact.objects.bulk_create(people)
    analyse()


def analyse() -> None:
    """Let PostgreSQL look at what was written; its autovacuum would have done so by now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _person(account: Account, number: int, agents: list[User], chance: Any, now: Any) -> Contact:
    person = Contact(
        account=account,
        kind="contact",
        first_name=chance.choice(FIRST),
        last_name=chance.choice(LAST),
        email=f"person{number}@example.com",
        phone=f"+346{number * 7_919 % 100_000_000:08d}",
        role=chance.choice(Role.values),
        country="ES",
        assigned_to=chance.choice(agents),
        created_at=now - timedelta(minutes=number),
        last_activity_at=now - timedelta(minutes=chance.randrange(500_000)),
    )
    person.draw_keys()
    return person
