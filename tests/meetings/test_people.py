"""Finding people for a meeting while one types."""

import pytest
from django.urls import reverse

from contacts.people_picker.finding import MOST_FOUND
from tests.factories import ContactFactory, LeadFactory


def found(client, query):
    return [row["value"] for row in client.get(reverse("contacts:people"), {"q": query}).json()["found"]]


@pytest.mark.parametrize("query", ["pieter", "PIÉTER", "eter dour", "pieter@example", "612 345 678"])
def test_name_email_and_phone_are_searched(as_agent, other, query):
    assert other.email in found(as_agent, query)


def test_contacts_come_before_leads(as_agent, account, other):
    lead = LeadFactory(account=account, first_name="Pieter")
    assert found(as_agent, "pieter") == [other.email, lead.email]


def test_answer_is_short(as_agent, account, agent):
    ContactFactory.create_batch(MOST_FOUND + 3, account=account, assigned_to=agent, first_name="Pieter")
    assert len(found(as_agent, "pieter")) == MOST_FOUND


@pytest.mark.parametrize("query", ["", "   ", "zzz"])
def test_nothing_typed_finds_nobody(as_agent, other, query):
    assert found(as_agent, query) == []


def test_people_of_other_offices_and_of_the_trash_are_not_found(as_agent, as_stranger, other, agent):
    assert found(as_stranger, "pieter") == []
    other.trash(by=agent)
    assert found(as_agent, "pieter") == []


def test_answer_costs_the_same_whoever_matches(as_agent, account, agent, django_assert_max_num_queries):
    ContactFactory.create_batch(5, account=account, assigned_to=agent, first_name="Pieter")
    with django_assert_max_num_queries(8):
        found(as_agent, "pieter")
