"""From a list to a company's page and on to the next: the filter and the order of the list go along."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.factories import RelationFactory

LIST = "type=bank&sort=-name"
WITHIN = f"?within={quote(LIST, safe='')}"


def url_of(company, tab="detail"):
    return reverse(f"relations:{tab}", args=[company.pk]) + WITHIN


@pytest.fixture
def three(account):
    """Three banks, and a notary between them."""
    RelationFactory(account=account, name="Bello", type="notary")
    return [RelationFactory(account=account, name=name, type="bank") for name in ("Alba", "Cano", "Diez")]


def test_rows_of_a_filtered_list_lead_to_pages_that_know_it(as_agent, three):
    text = as_agent.get(reverse("relations:list"), {"type": "bank", "sort": "-name"}).content.decode()
    assert f'href="{url_of(three[0])}"' in text


def test_neighbours_are_those_of_the_filtered_list_in_its_order(as_agent, three):
    record = as_agent.get(url_of(three[1])).context["record"]
    assert (record.newer, record.older) == (url_of(three[2]), url_of(three[0]))


def test_breadcrumb_and_tabs_keep_the_list(as_agent, three):
    text = as_agent.get(url_of(three[1])).content.decode()
    assert f'<a href="{reverse("relations:list")}?type=bank&amp;sort=-name">Relations</a>' in text
    assert f'href="{url_of(three[1], "notes")}"' in text


def test_neighbours_of_another_office_are_never_found(as_agent, three):
    RelationFactory(name="Cazorla", type="bank")
    assert as_agent.get(url_of(three[1])).context["record"].newer == url_of(three[2])
