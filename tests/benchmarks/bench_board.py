"""The board of 5,000 leads and a move on it, against the list of the same leads in the same run."""

import random
from collections.abc import Iterator
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.models import Account
from contacts.models import Kind, Person
from leads.models import Lead, Status
from tesoro.ranking import GAP
from tests.benchmarks.bench_list import _plain_storages
from tests.benchmarks.database import add_people, analyse, empty_database, office
from tests.benchmarks.figures import Figure, median_ms

LEADS = 5_000
ROUNDS = 40
WARM_UP = 5
# Most are new or shut, as in an office in its third year; every tenth became a contact.
SHARES = {"new": 30, "contacted": 15, "qualified": 10, "converted": 10, "unqualified": 15, "lost": 20}


def figures() -> Iterator[Figure]:
    """Yield the time of the board with that of the list as the floor, its queries, and the time of a move."""
    with empty_database(), override_settings(STORAGES=_plain_storages()):
        account, admin = office()
        add_people(account, LEADS)
        make_leads(account)
        client = Client()
        client.force_login(admin)
        yield from _opened(client)
        yield from _moved(client)


def make_leads(account: Account) -> None:
    """Give every person of the account a place in the pipeline."""
    chance = random.Random(11)
    places: dict[str, int] = {}
    leads = []
    for person in Person.objects.for_account(account).order_by("pk"):
        status = chance.choices(list(SHARES), list(SHARES.values()))[0]
        places[status] = places.get(status, 0) + 1
        lead = Lead(account=account, person=person, status=status, rank=places[status] * GAP, property_types="villa")
        lead.locations, lead.price_from, lead.reason = "Altea, Calpe", 400_000, "No answer" if lead.is_closed else ""
        leads.append(lead)
    Lead.objects.bulk_create(leads, batch_size=500)
    Person.objects.exclude(lead__status=Status.CONVERTED).update(kind=Kind.LEAD, role="")
    analyse()


def _opened(client: Client) -> Iterator[Figure]:
    urls = ["/leads/board/", "/leads/"]
    times: list[list[float]] = [[], []]
    for place in range(ROUNDS + WARM_UP):
        for url, taken in zip(urls, times, strict=True):
            took = _seconds(client, url)
            if place >= WARM_UP:
                taken.append(took)
    yield Figure(f"board of leads, {LEADS} leads", "ms", *map(median_ms, times), note="floor: the list of leads")
    yield Figure("board of leads, queries", "queries", *(_queries(client, url) for url in urls))


def _moved(client: Client) -> Iterator[Figure]:
    """Move cards into one place, again and again: each halves the room that is left there."""
    goal = Lead.objects.of_status("contacted")[10]
    moves, lists = [], []
    for lead in Lead.objects.of_status("new")[: ROUNDS + WARM_UP]:
        start = perf_counter()
        client.post(
            f"/leads/{lead.pk}/place/", {"status": "contacted", "before": goal.pk}, headers={"HX-Request": "true"}
        )
        moves.append(perf_counter() - start)
        lists.append(_seconds(client, "/leads/"))
    yield Figure("a card moved", "ms", median_ms(moves[WARM_UP:]), median_ms(lists[WARM_UP:]), note="floor: the list")


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
