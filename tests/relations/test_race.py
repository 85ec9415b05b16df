"""Two who link people to companies at the same moment: both succeed, whatever the order in which they typed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

from contacts.models import Person
from contacts.models import linking as events
from contacts.relations import linking
from tests.factories import ContactFactory, RelationFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one at a time write"),
]


@pytest.fixture
def at_once(monkeypatch):
    """Do deeds in a thread each, so slowly after the first event that both are under way."""
    both = threading.Barrier(2)
    record = events.record

    def slowly(*args, **kwargs):
        done = record(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):  # the other one waits its turn, as it should
            both.wait(timeout=1)
        return done

    def run(*deeds):
        def act(deed):
            try:
                return deed()
            finally:
                connection.close()

        with ThreadPoolExecutor(len(deeds)) as threads:
            return list(threads.map(act, deeds))

    monkeypatch.setattr(events, "record", slowly)
    return run


def test_the_same_people_in_another_order_belong_to_one_of_the_two(account, agent, at_once):
    one, two = RelationFactory.create_batch(2, account=account)
    people = ContactFactory.create_batch(2, account=account)
    counts = at_once(
        lambda: linking.link(one, people, by=agent),
        lambda: linking.link(two, people[::-1], by=agent),
    )

    assert counts == [2, 2]
    assert len(set(Person.objects.values_list("relation", flat=True))) == 1


def test_people_who_change_companies_crosswise_all_arrive(account, agent, at_once):
    one, two = RelationFactory.create_batch(2, account=account)
    here = ContactFactory.create_batch(2, account=account, relation=one)
    there = ContactFactory.create_batch(2, account=account, relation=two)
    at_once(lambda: linking.link(two, here, by=agent), lambda: linking.link(one, there, by=agent))

    assert {person.relation_id for person in Person.objects.filter(pk__in=[p.pk for p in here])} == {two.pk}
    assert {person.relation_id for person in Person.objects.filter(pk__in=[p.pk for p in there])} == {one.pk}
