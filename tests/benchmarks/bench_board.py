"""The boards and a move on each: of 5,000 leads against their list, of 20,000 deals against the list of contacts."""

import random
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account
from contacts.models import Kind, Person
from deals.models import Deal, DealType, Party, Stage
from deals.models.choices import CLIENT_OF, pipeline_of, stages_of
from leads.models import Lead, Status
from tesoro.ranking import GAP
from tests.benchmarks.bench_list import _plain_storages
from tests.benchmarks.database import add_people, analyse, empty_database, office
from tests.benchmarks.figures import Figure, median_ms

LEADS = 5_000
PEOPLE, DEALS = 100_000, 20_000
ROUNDS = 40
WARM_UP = 5
# Most are new or shut, as in an office in its third year; every tenth became a contact.
SHARES = {"new": 30, "contacted": 15, "qualified": 10, "converted": 10, "unqualified": 15, "lost": 20}


def figures() -> Iterator[Figure]:
    """Yield the time of each board with that of a list as the floor, its queries, and the time of a move."""
    yield from _of_leads()
    yield from _of_deals()


def _of_leads() -> Iterator[Figure]:
    with empty_database(), override_settings(STORAGES=_plain_storages()):
        account, admin = office()
        add_people(account, LEADS)
        make_leads(account)
        client = Client()
        client.force_login(admin)
        name, urls = f"board of leads, {LEADS} leads", ["/leads/board/", "/leads/"]
        yield from _opened(client, name, urls, "floor: the list of leads")
        goal = Lead.objects.of_status("contacted")[10]
        moved = list(Lead.objects.of_status("new")[: ROUNDS + WARM_UP])
        yield from _moved(client, "leads", moved, {"status": "contacted", "before": goal.pk}, "/leads/")


def _of_deals() -> Iterator[Figure]:
    with empty_database(), override_settings(STORAGES=_plain_storages()):
        account, admin = office()
        add_people(account, PEOPLE)
        make_deals(account)
        client = Client()
        client.force_login(admin)
        for pipeline in ("buyer", "owner"):
            name = f"board of deals, {pipeline}, {DEALS} deals, {PEOPLE} people"
            urls = [f"/deals/board/?pipeline={pipeline}", "/contacts/"]
            yield from _opened(client, name, urls, "wanted: at most 2 times; floor: the list of contacts")
        goal = Deal.objects.of_stage("buyer", "offer")[10]
        moved = list(Deal.objects.of_stage("buyer", "knowing")[: ROUNDS + WARM_UP])
        yield from _moved(client, "deals", moved, {"stage": "offer", "before": goal.pk}, "/contacts/")


def make_deals(account: Account) -> None:
    """Give the account deals of every type at every stage, each with its client; two in three are closed."""
    chance, now = random.Random(13), timezone.now()
    agents, places = list(account.users.all()), dict[tuple[str, str], int]()
    people = list(Person.objects.for_account(account).order_by("pk").values_list("pk", flat=True)[:DEALS])
    deals = []
    for number in range(DEALS):
        kind = chance.choice(DealType.values)
        way = stages_of(pipeline_of(kind))
        stage = chance.choice(way[-2:] if number % 3 else way[:-2])
        place = places[pipeline_of(kind), stage] = places.get((pipeline_of(kind), stage), 0) + 1
        deal = Deal(account=account, type=kind, stage=stage, rank=place * GAP, assigned_to=chance.choice(agents))
        deal.name, deal.value, deal.commission = f"Villa {number}", 1_000 * chance.randrange(90, 900), 3
        deal.reason = "Price too high" if stage == Stage.LOST else ""
        deal.stage_since = deal.last_activity_at = now - timedelta(hours=chance.randrange(2_000))
        deal.closing_on = (now + timedelta(days=chance.randrange(-20, 200))).date()
        deal.draw_keys()
        deals.append(deal)
    Deal.objects.bulk_create(deals, batch_size=500)
    Party.objects.bulk_create(
        [
            Party(account=account, deal=deal, person_id=person, role=CLIENT_OF[DealType(deal.type)])
            for deal, person in zip(deals, people, strict=True)
        ],
        batch_size=1000,
    )
    analyse()


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
        lead.draw_keys()
        leads.append(lead)
    Lead.objects.bulk_create(leads, batch_size=500)
    Person.objects.exclude(lead__status=Status.CONVERTED).update(kind=Kind.LEAD, role="")
    analyse()


def _opened(client: Client, name: str, urls: list[str], note: str) -> Iterator[Figure]:
    """Measure the first address against the second."""
    times: list[list[float]] = [[], []]
    for place in range(ROUNDS + WARM_UP):
        for url, taken in zip(urls, times, strict=True):
            took = _seconds(client, url)
            if place >= WARM_UP:
                taken.append(took)
    yield Figure(name, "ms", *map(median_ms, times), note=note)
    yield Figure(f"{name}, queries", "queries", *(_queries(client, url) for url in urls))


def _moved(client: Client, room: str, cards: list, data: dict, floor: str) -> Iterator[Figure]:
    """Move cards into one place, again and again: each halves the room that is left there."""
    moves, lists = [], []
    for card in cards:
        start = perf_counter()
        client.post(reverse(f"{room}:place", args=[card.pk]), data, headers={"HX-Request": "true"})
        moves.append(perf_counter() - start)
        lists.append(_seconds(client, floor))
    took = (median_ms(taken[WARM_UP:]) for taken in (moves, lists))
    yield Figure(f"a card of {room} moved", "ms", *took, note=f"floor: {floor}")


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
