"""The first few matches at once: by whichever look they are found, the same."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from contacts.models import Kind, Person
from tesoro import typeahead
from tesoro.typeahead import glimpse
from tests.factories import AccountFactory, ContactFactory, LeadFactory


@pytest.fixture
def people(db):
    """Twelve contacts, the later ones less recently active, every third called Marta."""
    account = AccountFactory()
    for number in range(12):
        at = timezone.now() - dt.timedelta(days=number)
        name = "Andrea" if number % 3 else "Marta"
        ContactFactory(account=account, first_name=name, last_activity_at=at)
    return account


def found(account, query, limit=3, kind=Kind.CONTACT):
    rows = Person.objects.for_account(account).filter(kind=kind)
    return glimpse(rows, account, query, by="last_activity_at", limit=limit)


def expected(account, name):
    rows = Person.objects.for_account(account).filter(first_name=name).order_by("-last_activity_at")
    return list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("looked_at", [500, 1])
def test_the_last_active_come_first_whatever_the_first_look_sees(people, monkeypatch, looked_at):
    monkeypatch.setitem(typeahead.FIRST_LOOK, connection.vendor, looked_at)

    assert found(people, "marta").keys == expected(people, "Marta")[:3]
    assert found(people, "marta", limit=6).keys == expected(people, "Marta")
    assert found(people, "ma dourado").keys == expected(people, "Marta")[:3]


def test_without_a_word_the_last_active_are_returned(people):
    assert found(people, "  ").keys == list(
        Person.objects.for_account(people).order_by("-last_activity_at").values_list("pk", flat=True)[:3]
    )


def test_nothing_is_found_for_a_word_nobody_has(people):
    assert found(people, "wolkenstein") == typeahead.Glimpse([], whole=True)


def test_what_no_look_came_to_is_admitted(people, monkeypatch):
    monkeypatch.setitem(typeahead.FIRST_LOOK, connection.vendor, 1)
    monkeypatch.setattr(typeahead, "MOST_HITS", 3)
    lead = LeadFactory(account=people, first_name="Marta")
    LeadFactory.create_batch(2, account=people, first_name="Andrea")
    ContactFactory.create_batch(3, account=people, first_name="Marta")

    seen = found(people, "marta", kind=Kind.LEAD)

    if connection.vendor == "sqlite":
        assert (seen.keys, seen.whole) == ([], False)
    else:
        assert (seen.keys, seen.whole) == ([lead.pk], True)


def test_rows_of_another_office_are_not_seen(people):
    other = AccountFactory()
    ContactFactory(account=other, first_name="Marta")

    assert len(found(other, "marta", limit=9).keys) == 1
