"""From a list, or the board, to a deal's page and on to the next: the filter and the order go along."""

import re
from urllib.parse import quote

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from contacts.timeline.noting import write_note
from contacts.timeline.tabs import NOTES_PAGE
from tesoro.toasts import read
from tests.factories import ContactFactory, DealFactory, PartyFactory

LIST = "type=buy&sort=name"


def within(query=LIST):
    return f"?within={quote(query, safe='')}"


def url_of(deal, tab="detail"):
    return reverse(f"deals:{tab}", args=[deal.pk])


def page(client, deal, query=LIST):
    return client.get(url_of(deal) + within(query)).context["record"]


@pytest.fixture
def three(account, agent):
    """Three purchases by name, and one that is rented between them."""
    one, two, three = (DealFactory(account=account, assigned_to=agent, name=name) for name in ("Alba", "Cano", "Diez"))
    DealFactory(account=account, name="Bello", type="rent")
    return [one, two, three]


def test_rows_of_a_filtered_list_lead_to_pages_that_know_it(as_agent, three):
    text = as_agent.get(reverse("deals:list"), {"type": "buy", "sort": "name"}).content.decode()
    assert f'href="{url_of(three[0])}{within()}"' in text


def test_rows_of_the_whole_list_lead_to_bare_addresses(as_agent, three):
    assert f'href="{url_of(three[0])}"' in as_agent.get(reverse("deals:list")).content.decode()


def test_neighbours_are_those_of_the_filtered_list_in_its_order(as_agent, three):
    record = page(as_agent, three[1])
    assert (record.newer, record.older) == (url_of(three[0]) + within(), url_of(three[2]) + within())


def test_there_is_nothing_beyond_the_ends(as_agent, three):
    assert (page(as_agent, three[0]).newer, page(as_agent, three[2]).older) == ("", "")


@pytest.mark.parametrize("sort", ["value", "-created", "last"])
def test_every_order_of_the_list_is_followed(as_agent, three, sort):
    record = page(as_agent, three[1], f"type=buy&sort={sort}")
    assert {bool(record.newer), bool(record.older)} == {True}


def test_breadcrumb_and_tabs_keep_the_list(as_agent, three):
    text = as_agent.get(url_of(three[1]) + within()).content.decode()
    assert f'<a href="{reverse("deals:list")}?type=buy&amp;sort=name">Deals</a>' in text
    assert f'href="{url_of(three[1], "notes")}{within()}"' in text


def test_whoever_came_from_the_board_goes_back_to_it(as_agent, three):
    there = "pipeline=buyer&type=buy&shape=board"
    board = as_agent.get(reverse("deals:board"), {"pipeline": "buyer", "type": "buy"}).content.decode()
    assert f'href="{url_of(three[0])}{within(there)}"' in board
    assert page(as_agent, three[0], there).back_url == f"{reverse('deals:board')}?pipeline=buyer&type=buy"


def test_neighbours_from_a_board_are_those_of_the_lane_in_the_order_of_the_board(as_agent, account, three):
    DealFactory(account=account, name="Cara", type="buy", stage="offer", rank=15)
    DealFactory(account=account, name="Dorn", type="rent", stage="knowing", rank=16)
    for deal, rank in zip(three, (30, 10, 20), strict=True):
        type(deal).objects.filter(pk=deal.pk).update(rank=rank, stage="knowing")
        deal.refresh_from_db()
    there = "pipeline=buyer&sort=name&type=buy&shape=board"
    record = page(as_agent, three[2], there)
    assert (record.newer, record.older) == (url_of(three[1]) + within(there), url_of(three[0]) + within(there))


def test_cards_of_the_whole_board_lead_to_pages_that_know_it(as_agent, three):
    text = as_agent.get(reverse("deals:board"), follow=True).content.decode()
    there = "pipeline=buyer&shape=board"
    assert f'href="{url_of(three[0])}{within(there)}"' in text
    assert page(as_agent, three[0], there).back_url == f"{reverse('deals:board')}?pipeline=buyer"


def test_the_panel_keeps_the_list(as_agent, three):
    edit = url_of(three[1], "edit") + within()
    assert f'href="{edit}"' in as_agent.get(url_of(three[1]) + within()).content.decode()
    assert f'href="{url_of(three[1])}{within()}"' in as_agent.get(edit).content.decode()


def test_the_way_of_a_deal_keeps_the_list(as_agent, three):
    here, stage = url_of(three[1]) + within(), url_of(three[1], "stage") + within()
    text = as_agent.get(here).content.decode()
    assert f'action="{stage}"' in text
    assert f'href="{stage}&amp;stage=lost"' in text
    assert as_agent.get(f"{stage}&stage=lost").context["cancel_url"] == here
    assert as_agent.post(stage, {"stage": "offer"}).url == here
    told = [read(message) for message in get_messages(as_agent.post(stage, {"stage": "deed"}).wsgi_request)][-1]
    assert dict(told.undo_data)["next"] == here


def test_forms_of_those_who_take_part_keep_the_list(as_agent, three, account):
    one, two = (
        PartyFactory(deal=three[1], person=ContactFactory(account=account), role="buyer") for _number in range(2)
    )
    tab = url_of(three[1], "contacts") + within()
    ways = [reverse(f"deals:party-{what}", args=[three[1].pk, two.pk]) + within() for what in ("role", "departure")]
    text = as_agent.get(tab).content.decode()
    assert [address for address in (tab, *ways) if f'action="{address}"' not in text] == []
    new = ContactFactory(account=account)
    assert as_agent.post(tab, {"people": new.email, "role": "lawyer"}).url == tab
    assert as_agent.post(ways[0], {"role": "tenant"}).url == tab
    assert as_agent.post(ways[1]).url == tab
    assert three[1].parties.filter(pk=one.pk).exists()


def test_pages_of_the_timeline_keep_the_list(as_agent, agent, three):
    for number in range(NOTES_PAGE + 1):
        write_note(three[1], f"Note {number}", by=agent)
    here = url_of(three[1]) + within()
    stream = as_agent.get(here).context["stream"]
    assert (stream.newest_url, stream.switch[0].url) == (here, here)
    assert {choice.url.partition("&")[0] for choice in [*stream.switch, *stream.choices]} == {here}
    assert stream.older_url.startswith(f"{here}&older=")
    assert as_agent.get(stream.older_url).context["record"].back_url == f"{reverse('deals:list')}?{LIST}"
    older = re.search(
        r'href="(\?[^"]*older=[^"]*)"', as_agent.get(url_of(three[1], "notes") + within()).content.decode()
    )
    assert older[1].startswith(f"{within()}&amp;older=")


@pytest.mark.parametrize("query", ["stage=nonsense", "sort=%00&agent=99999999999999999999", "pipeline=x&shape=board"])
def test_nonsense_in_the_address_does_no_harm(as_agent, three, query):
    assert as_agent.get(url_of(three[1]) + within(query)).status_code == 200


def test_neighbours_of_another_office_are_never_found(as_agent, three):
    DealFactory(name="Cazorla")
    assert page(as_agent, three[1]).older == url_of(three[2]) + within()
