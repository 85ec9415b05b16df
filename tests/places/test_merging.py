"""The point of an address where two people become one: it goes with its address, and is lost by nobody."""

import pytest

from contacts.duplicates.deciding import Comparison
from contacts.duplicates.undoing import undo
from contacts.timeline.models import Event
from tests.duplicates.conftest import state, without_traces
from tests.duplicates.test_merging import into
from tests.factories import ContactFactory

ADDRESS = {"street": "Calle Bernia 14", "zip_code": "03581", "city": "L'Albir", "state": "Alicante", "country": "ES"}
HERE, THERE = {"latitude": 38.5, "longitude": -0.1}, {"latitude": 38.6, "longitude": -0.2}
NOWHERE = {"latitude": None, "longitude": None}


@pytest.fixture
def pair(account, agent):
    """Two people, each with an address of its own."""

    def make(one, two):
        words = {"account": account, "assigned_to": agent, "last_name": "Mora"}
        return ContactFactory(**words, **one), ContactFactory(**words, **two)

    return make


def point(person):
    return {"latitude": person.latitude, "longitude": person.longitude}


@pytest.mark.parametrize("points", [(HERE, NOWHERE), (NOWHERE, HERE), (HERE, THERE), (NOWHERE, NOWHERE)])
def test_the_same_words_are_no_difference(pair, points):
    comparison = Comparison(*pair(*({**ADDRESS, **one} for one in points)))

    assert "street" not in [decision.key for decision in comparison.differing]
    assert "street" in [decision.key for decision in comparison.alike]


@pytest.mark.parametrize("address", [ADDRESS, {}])
@pytest.mark.parametrize(
    ("one", "two", "told"),
    [(HERE, NOWHERE, HERE), (NOWHERE, HERE, HERE), (HERE, THERE, HERE), (NOWHERE, NOWHERE, NOWHERE)],
)
def test_whoever_has_a_point_keeps_it_and_undoing_gives_both_back(pair, admin, address, one, two, told):
    kept, gone = pair({**address, **one}, {**address, **two})
    before = without_traces(state())
    done = into(kept, gone, admin)
    assert (point(kept), point(gone)) == (told, two)

    assert undo(done, by=admin) == []
    for person in (kept, gone):
        person.refresh_from_db()
    assert (point(kept), point(gone)) == (one, two)
    assert without_traces(state()) == before


def test_the_point_that_is_taken_over_is_told(pair, admin):
    kept, gone = pair(ADDRESS, {**ADDRESS, **HERE})
    into(kept, gone, admin)

    changes = {one["field"]: one for one in Event.objects.get(verb="merged").data["changes"]}
    assert changes["place"] == {"field": "place", "old": "", "new": "38.50000, -0.10000"}
    assert not {"street", "latitude", "longitude"} & set(changes)


@pytest.mark.parametrize("take", ["kept", "gone"])
def test_of_two_addresses_the_one_that_is_taken_brings_its_point(pair, admin, take):
    kept, gone = pair({**ADDRESS, **HERE}, {**ADDRESS, "street": "Calle Mayor 1"})
    done = into(kept, gone, admin, street=str({"kept": kept, "gone": gone}[take].pk))
    assert (kept.street, point(kept)) == (("Calle Bernia 14", HERE) if take == "kept" else ("Calle Mayor 1", NOWHERE))

    undo(done, by=admin)
    kept.refresh_from_db()
    assert (kept.street, point(kept)) == ("Calle Bernia 14", HERE)


def test_an_address_in_words_is_proposed_before_a_point_alone(pair):
    kept, gone = pair(ADDRESS, HERE)
    (address,) = [one for one in Comparison(kept, gone).differing if one.key == "street"]
    assert address.proposed == str(kept.pk)


def test_a_point_that_was_moved_since_stays(pair, admin):
    kept, gone = pair(ADDRESS, {**ADDRESS, **HERE})
    done = into(kept, gone, admin)
    kept.latitude, kept.longitude = THERE["latitude"], THERE["longitude"]
    kept.revise(by=admin, version=kept.version)

    assert undo(done, by=admin) == ["Address"]
    kept.refresh_from_db()
    assert point(kept) == THERE
