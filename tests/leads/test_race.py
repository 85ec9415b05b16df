"""Two who move leads at the same moment, one of whom has a column numbered anew: both succeed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from contacts.models import Person
from contacts.subjects.revising import Conflict
from leads import converting, pipeline
from leads.board import LeadBoard
from leads.models import Lead, Status
from tesoro.ranking import Place
from tests.deals.test_lock_order import pause  # noqa: F401  (a fixture)
from tests.factories import LeadFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one at a time write"),
]


@pytest.fixture
def crowded(account, agent):
    """Leads of one column without room between them, the oldest at the foot: who puts one there numbers all anew."""
    people = LeadFactory.create_batch(6, account=account, assigned_to=agent)
    for place, person in enumerate(reversed(people)):
        Lead.objects.filter(pk=person.pk).update(rank=place, status=Status.NEW)
    return [Person.objects.get(pk=person.pk) for person in people]


def during(deed, other):
    """Do ``other`` in a thread of its own while ``deed`` rests after its first step; ``deed`` takes what tells so."""
    begun = threading.Event()

    def act(what):
        try:
            return what()
        finally:
            connection.close()

    def then():
        assert begun.wait(10)
        return other()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(act, [lambda: deed(begun), then]))


def _number_anew(people, agent):
    """Put the first card of the column before the third."""
    return pipeline.arrange(people[-1], Place(Status.NEW, before=people[-3].pk), by=agent)


def test_many_are_converted_while_a_column_is_numbered_anew(crowded, agent, monkeypatch):
    chosen = Person.objects.filter(pk__in=[person.pk for person in crowded[:3]])
    part = converting._convert_part
    monkeypatch.setattr(pipeline, "CHUNK", 1)

    def convert_slowly(begun):
        def slowly(*args):
            done = part(*args)
            if not begun.is_set():
                begun.set()
                threading.Event().wait(1)
            return done

        monkeypatch.setattr(converting, "_convert_part", slowly)
        return converting.convert_many(chosen, by=agent)[0]

    converted, _moved = during(convert_slowly, lambda: _number_anew(crowded, agent))

    assert converted == 3
    assert len(set(Lead.objects.of_status(Status.NEW).values_list("rank", flat=True))) == 3


def test_many_get_another_status_while_a_column_is_numbered_anew(crowded, agent, monkeypatch):
    chosen = Person.objects.filter(pk__in=[person.pk for person in crowded[:3]])
    part = pipeline._move_part
    monkeypatch.setattr(pipeline, "CHUNK", 1)

    def move_slowly(begun):
        def slowly(*args):
            done = part(*args)
            if not begun.is_set():
                begun.set()
                threading.Event().wait(1)
            return done

        monkeypatch.setattr(pipeline, "_move_part", slowly)
        return pipeline.move_many(chosen, Status.CONTACTED, by=agent)[0]

    counted, _moved = during(move_slowly, lambda: _number_anew(crowded, agent))

    assert counted == 3
    assert Lead.objects.of_status(Status.CONTACTED).count() == 3


def test_who_changes_a_lead_waits_for_who_moves_its_card(account, agent, pause):  # noqa: F811
    stale, client = Person.objects.get(pk=LeadFactory(account=account, assigned_to=agent).pk), Client()
    client.force_login(agent)
    stale.lead.status, place = Status.QUALIFIED, reverse("leads:place", args=[stale.pk])

    def change():
        try:
            stale.revise(by=agent, version=stale.version)
        except Conflict as conflict:
            return [change["field"] for change in conflict.changes]

    pause.after(LeadBoard, "hold")
    _placed, meanwhile = pause.during(lambda: client.post(place, {"status": Status.CONTACTED}), change)

    assert meanwhile == ["status"]
    assert Lead.objects.get(pk=stale.pk).status == Status.CONTACTED
