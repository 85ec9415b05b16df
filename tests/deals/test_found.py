"""Deals in the search from every page."""

import pytest
from django.urls import reverse

from contacts.timeline.noting import write_note
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db


def _found(client, query):
    return client.get(reverse("finder:search"), {"q": query}, headers={"HX-Request": "true"}).content.decode()


def test_a_deal_is_found_by_its_name_and_leads_to_its_page(as_agent, account, deal):
    DealFactory(account=account, name="Plot in Calpe", value=165_000, city="Calpe")
    text = _found(as_agent, "calp")

    assert "Plot in <mark>Calp</mark>e" in text
    assert "Knowing Property</span>" in text
    assert "€165,000" in text
    assert deal.get_absolute_url() not in text


def test_a_deal_is_found_by_the_address_of_its_property(as_agent, account):
    DealFactory(account=account, name="Plot", street="Calle Ifach 3")
    assert "Calle <mark>Ifach</mark> 3" in _found(as_agent, "ifach")


def test_a_note_on_a_deal_is_found_under_the_name_of_the_deal(as_agent, agent, deal):
    write_note(deal, "The seller keeps the pergola.", by=agent)
    text = _found(as_agent, "pergola")

    assert "Villa in Altea" in text
    assert "<mark>pergola</mark>" in text


def test_the_trash_and_another_office_are_not_searched(as_agent, as_stranger, agent, deal):
    assert deal.get_absolute_url() not in _found(as_stranger, "altea")
    deal.trash(by=agent)
    assert deal.get_absolute_url() not in _found(as_agent, "altea")
