"""Maps: which tiles show a point, the small picture on a record's page, and a list as points."""

import pytest
from django.urls import reverse

from contacts.places import listed
from deals.models import Deal
from tesoro.tiles import tiles_around
from tests.factories import ContactFactory, PartyFactory, RelationFactory

TILES = "https://tiles.example.com/{z}/{x}/{y}.png"
HERE = {"latitude": 38.5989, "longitude": -0.0513}


def test_a_point_lies_in_the_middle_of_its_tiles():
    """The tile of 38.5989 N, 0.0513 W at zoom 15 is 16379/12570, by the formula of the public description."""
    tiles = tiles_around(TILES, 38.5989, -0.0513, 15, (640, 200))
    [held] = [tile for tile in tiles if tile.url == "https://tiles.example.com/15/16379/12570.png"]
    assert held.x <= 320 <= held.x + 256
    assert held.y <= 100 <= held.y + 256
    for tile in tiles:
        assert -256 < tile.x < 640
        assert -256 < tile.y < 200
    assert min(tile.x for tile in tiles) <= 0
    assert max(tile.x for tile in tiles) + 256 >= 640


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0, 0), (0, 180), (0, -180), (89.9, 0), (-89.9, 0), (85.05, 179.99)]
)
def test_the_edges_of_the_world_ask_for_no_tile_that_there_is_not(latitude, longitude):
    for tile in tiles_around(TILES, latitude, longitude, 3, (640, 200)):
        column, row = tile.url.removeprefix("https://tiles.example.com/3/").removesuffix(".png").split("/")
        assert 0 <= int(column) < 8
        assert 0 <= int(row) < 8


def test_one_of_several_hosts_is_asked():
    [tile, *_rest] = tiles_around("https://{s}.example.com/{z}/{x}/{y}{r}.png", 0, 0, 1, (10, 10))
    assert tile.url.startswith("https://a.example.com/1/")
    assert "{" not in tile.url


@pytest.fixture
def located(account, agent):
    """A record of each kind that stands on the map."""
    contact = ContactFactory(account=account, assigned_to=agent, **HERE)
    company = RelationFactory(account=account, **HERE)
    deal = PartyFactory(deal__account=account, person=contact).deal
    Deal.objects.filter(pk=deal.pk).update(**HERE)
    return {"contacts": contact, "relations": company, "deals": deal}


@pytest.mark.parametrize("section", ["contacts", "relations", "deals"])
def test_the_page_of_a_record_shows_where_it_stands(as_agent, located, settings, section):
    settings.MAP_TILES, settings.MAP_ATTRIBUTION = TILES, "© Somebody"
    page = as_agent.get(reverse(f"{section}:info", args=[located[section].pk]))
    assert "https://tiles.example.com/15/16379/" in page.text
    assert 'referrerpolicy="strict-origin-when-cross-origin"' in page.text
    assert "© Somebody" in page.text
    assert "38.59890, -0.05130" in page.text


def test_without_tiles_there_is_a_grid_and_without_a_point_nothing(as_agent, located, contact):
    assert 'class="grid"' in as_agent.get(reverse("contacts:info", args=[located["contacts"].pk])).text
    assert "still" not in as_agent.get(reverse("contacts:info", args=[contact.pk])).text


@pytest.mark.parametrize("section", ["contacts", "leads", "relations", "deals"])
def test_every_list_has_a_map_its_filters_and_its_points(as_agent, located, section):
    page = as_agent.get(reverse(f"{section}:map"))
    assert page.status_code == 200
    assert reverse(f"{section}:map-points") in page.text
    assert as_agent.get(reverse(f"{section}:map-filters")).status_code == 200
    points = as_agent.get(reverse(f"{section}:map-points")).json()["points"]
    expected = [located[section].get_absolute_url()] if section in located else []
    assert [point["url"] for point in points] == expected


def test_the_map_is_narrowed_as_the_list_is(as_agent, account):
    ContactFactory(account=account, last_name="Moreno", role="buyer", **HERE)
    ContactFactory(account=account, last_name="Moreno", role="seller", **HERE)
    ContactFactory(account=account, last_name="Sáez", role="buyer", **HERE)
    ContactFactory(account=account, last_name="Moreno", role="buyer")
    words = {"role": "buyer", "q": "moreno"}
    assert len(as_agent.get(reverse("contacts:map-points"), words).json()["points"]) == 1
    assert "1 of 2 are on the map" in as_agent.get(reverse("contacts:map"), words).text


def test_where_nothing_matches_or_nothing_is_it_is_said(as_agent, account):
    nothing, none, bare = "Nothing matches.", "There is nothing here yet.", "None of these has a place on the map yet"
    assert none in as_agent.get(reverse("contacts:map")).text
    ContactFactory(account=account, last_name="Moreno")
    assert bare in as_agent.get(reverse("contacts:map")).text
    page = as_agent.get(reverse("contacts:map"), {"q": "nobody"}).text
    assert nothing in page
    assert bare not in page


def test_people_of_another_office_and_of_the_trash_are_on_no_map(as_agent, as_stranger, located, agent):
    assert as_stranger.get(reverse("contacts:map-points")).json() == {"points": []}
    located["contacts"].trash(by=agent)
    assert as_agent.get(reverse("contacts:map-points")).json() == {"points": []}


def test_of_more_than_a_thousand_the_latest_are_shown_and_it_is_said(as_agent, account, monkeypatch):
    monkeypatch.setattr(listed, "MOST", 2)
    for name in ("Ana", "Bea", "Eva"):
        ContactFactory(account=account, first_name=name, **HERE)
    points = as_agent.get(reverse("contacts:map-points")).json()["points"]
    assert len(points) == 2
    assert "The 2 with the latest activity, of 3" in as_agent.get(reverse("contacts:map")).text


def test_a_map_costs_as_many_queries_whatever_it_shows(as_agent, account, django_assert_max_num_queries):
    ContactFactory.create_batch(12, account=account, **HERE)
    as_agent.get(reverse("contacts:map-points"))
    with django_assert_max_num_queries(4):
        assert len(as_agent.get(reverse("contacts:map-points")).json()["points"]) == 12
