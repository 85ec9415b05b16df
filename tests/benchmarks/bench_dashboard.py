"""The dashboard of an office of 100,000 people and 20,000 deals, against the contact list of the same run.

One in six of the people is a lead, as on the screens that were drawn (99 leads beside 500 contacts); in the demo it is
99 of 639.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from accounts.models import Account
from contacts.models import Kind, Person
from deals.models import Deal
from leads.models import Lead, Portal, Source, Status
from tesoro.ranking import GAP
from tests.benchmarks.bench_board import DEALS, PEOPLE, ROUNDS, SHARES, WARM_UP, _queries, _seconds, make_deals
from tests.benchmarks.bench_list import _plain_storages
from tests.benchmarks.database import add_people, analyse, empty_database, office
from tests.benchmarks.figures import Figure, median_ms

# An office in its third year, as the boards are measured. Three in thirteen of the 80,000 who came after the first
# clients are leads or were; without a tenth of these, who are contacts by now, that is one in six of all people.
DAYS = 3 * 365
LEADS, AMONG = 3, 13
ADDRESSES = {"of the office": "/", "of one agent": "/?agent={agent}", "of this month": "/?period=month"}


def figures() -> Iterator[Figure]:
    """Yield the time of the dashboard with that of the contact list as the floor, and its queries."""
    with empty_database(), override_settings(STORAGES=_plain_storages()):
        account, admin = office()
        leads = fill(account)
        client = Client()
        client.force_login(admin)
        agent = account.users.exclude(pk=admin.pk).first()
        for whose, address in ADDRESSES.items():
            name = f"dashboard {whose}, {PEOPLE} people, {leads} leads of these, {DEALS} deals"
            yield from _opened(client, name, address.format(agent=agent.pk))


def fill(account: Account) -> int:
    """Give the account its people, leads and deals of three years; return how many leads there are."""
    add_people(account, PEOPLE)
    make_deals(account)
    _close_deals(account)
    people = _date_people(account)
    leads = [_lead(person) for place, person in enumerate(people[DEALS:]) if place % AMONG < LEADS]
    Lead.objects.bulk_create(leads, batch_size=500)
    theirs = Person.objects.for_account(account).filter(lead__isnull=False)
    theirs.exclude(lead__status=Status.CONVERTED).update(kind=Kind.LEAD, role="")
    analyse()
    return len(leads)


def _date_people(account: Account) -> list[Person]:
    """Let as many people come each day, in the order of their keys, and return them."""
    people = list(Person.objects.for_account(account).order_by("pk"))
    now, each = timezone.now(), -(-len(people) // DAYS)
    for place in range(0, len(people), each):
        day = people[place : place + each]
        for person in day:
            person.created_at = now - timedelta(days=DAYS - place // each)
        of_day = Person.objects.filter(pk__gte=day[0].pk, pk__lte=day[-1].pk)
        of_day.update(created_at=day[0].created_at)
    return people


def _lead(person: Person) -> Lead:
    """Return the lead of a person, where most are who came at the same time."""
    chance, now = random.Random(person.pk), timezone.now()
    status = chance.choices(list(SHARES), list(SHARES.values()))[0]
    lead = Lead(account_id=person.account_id, person=person, status=status, property_types="villa")
    lead.locations, lead.price_from, lead.reason = "Altea, Calpe", 400_000, "No answer" if lead.is_closed else ""
    lead.source = chance.choice(Source.values)
    lead.portal = chance.choice(Portal.values) if lead.source == Source.PORTALS else ""
    lead.status_since = _between(chance, person.created_at, now)
    lead.converted_at = lead.status_since if status == Status.CONVERTED else None
    lead.rank = person.pk * GAP
    lead.draw_keys()
    return lead


def _between(chance: random.Random, start: datetime, end: datetime) -> datetime:
    return start + (end - start) * chance.random()


def _close_deals(account: Account) -> None:
    """Let the deals that are won or lost have been so somewhen in these years, and stand silent since."""
    chance, now = random.Random(19), timezone.now()
    closed: Sequence[Deal] = [deal for deal in Deal.objects.for_account(account) if deal.is_closed]
    for deal in closed:
        deal.closed_at = deal.stage_since = deal.last_activity_at = _between(chance, now - timedelta(days=DAYS), now)
    Deal.objects.bulk_update(closed, ["closed_at", "stage_since", "last_activity_at"], batch_size=2_000)


def _opened(client: Client, name: str, url: str) -> Iterator[Figure]:
    """Measure the dashboard against the contact list, in turn."""
    times: list[list[float]] = [[], []]
    for place in range(ROUNDS + WARM_UP):
        for address, taken in zip([url, "/contacts/"], times, strict=True):
            took = _seconds(client, address)
            if place >= WARM_UP:
                taken.append(took)
    yield Figure(name, "ms", *map(median_ms, times), note="wanted: at most 5 times; floor: the list of contacts")
    yield Figure(f"{name}, queries", "queries", _queries(client, url), _queries(client, "/contacts/"))
