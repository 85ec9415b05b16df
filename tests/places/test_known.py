"""The addresses an office uses already: found, sorted, and nobody else's."""

import pytest

from contacts.places import known
from contacts.places.maps import SPAIN, map_of
from tesoro.geocoding.places import Point
from tests.factories import ContactFactory, DealFactory, LeadFactory, RelationFactory

BERNIA = {"street": "Calle Bernia 14", "zip_code": "03581", "city": "L'Albir", "state": "Alicante", "country": "ES"}
SENIA = {"street": "Carrer Sénia 3", "city": "Altea", "country": "ES"}
HERE, NEXT_DOOR, FAR = Point(38.5710, -0.0705), Point(38.5713, -0.0705), Point(38.5720, -0.0705)


def at(point):
    return {"latitude": point.latitude, "longitude": point.longitude}


def streets(account, text):
    return [one.street for one in known.matching(account, text)]


@pytest.mark.parametrize(
    "make",
    [
        lambda account: ContactFactory(account=account, **BERNIA),
        lambda account: LeadFactory(account=account, **BERNIA),
        lambda account: RelationFactory(account=account, **BERNIA),
        lambda account: DealFactory(account=account, **BERNIA),
    ],
    ids=["contact", "lead", "relation", "deal"],
)
def test_every_kind_of_record_lends_its_address(account, make):
    make(account)

    (found,) = known.matching(account, "bernia")
    assert found.label == "Calle Bernia 14, 03581 L'Albir, Alicante, Spain"
    assert (found.street, found.zip_code, found.country, found.point) == ("Calle Bernia 14", "03581", "ES", None)


def test_the_offices_own_address_is_among_them(account):
    account.street, account.city = "Plaza Mayor 1", "Altea"

    assert streets(account, "plaza altea") == ["Plaza Mayor 1"]


def test_what_is_used_most_comes_first(account):
    ContactFactory(account=account, street="Calle Bernia 2")
    for make in (ContactFactory, RelationFactory, DealFactory):
        make(account=account, **BERNIA)
    ContactFactory(account=account, street="Calle Bernia 9")

    assert streets(account, "Calle Bernia")[0] == "Calle Bernia 14"
    assert sorted(streets(account, "Calle Bernia")) == ["Calle Bernia 14", "Calle Bernia 2", "Calle Bernia 9"]


def test_an_address_is_the_same_however_it_is_spelled(account):
    ContactFactory(account=account, street="Carrer Sénia 3", city="Altea")
    ContactFactory(account=account, street="CARRER SENIA 3", city="altea", **at(HERE))

    (found,) = known.matching(account, "senia")
    assert found.point == HERE


@pytest.mark.parametrize("text", ["senia", "SÉNIA", "senia 3", "altea, carrer", "spain senia", "  senia  "])
def test_accents_case_and_order_do_not_count(account, text):
    ContactFactory(account=account, **SENIA)
    assert streets(account, text) == ["Carrer Sénia 3"]


@pytest.mark.parametrize("text", ["", "  ", ",", "sénia calpe", "senia 4", "\0", "%", "_"])
def test_each_word_has_to_stand_in_it(account, text):
    ContactFactory(account=account, **SENIA)
    assert streets(account, text) == []


def test_a_town_alone_is_no_address_to_suggest(account):
    ContactFactory(account=account, city="Altea")
    assert streets(account, "altea") == []


def test_no_more_are_told_than_fit_a_list(account, agent):
    for number in range(12):
        ContactFactory(account=account, assigned_to=agent, street=f"Calle Bernia {number}")
    assert len(streets(account, "bernia")) == known.SHOWN


def test_another_offices_addresses_are_never_seen(account, stranger):
    for make in (ContactFactory, LeadFactory, RelationFactory, DealFactory):
        make(account=stranger.account, **BERNIA, **at(HERE))
    stranger.account.street, stranger.account.latitude, stranger.account.longitude = "Calle Bernia 1", 38.5, 0
    stranger.account.save()

    assert known.matching(account, "bernia") == []
    assert known.nearest(account, HERE) is None
    assert known.surroundings(account) is None


def test_what_lies_in_the_trash_is_not_seen(account, agent):
    for make in (ContactFactory, RelationFactory, DealFactory):
        make(account=account, **BERNIA, **at(HERE)).trash(by=agent)

    assert known.matching(account, "bernia") == []
    assert known.nearest(account, HERE) is None
    assert known.surroundings(account) is None


@pytest.mark.parametrize("many", [1, 15])
def test_looking_asks_the_database_once_for_each_kind(account, agent, django_assert_num_queries, many):
    for number in range(many):
        for make in (ContactFactory, DealFactory):
            make(account=account, assigned_to=agent, **{**BERNIA, "street": f"Calle Bernia {number}"}, **at(HERE))

    for look in (
        lambda: known.matching(account, "bernia"), lambda: known.nearest(account, HERE),
        lambda: known.surroundings(account),
    ):  # fmt: skip
        with django_assert_num_queries(len(known.sources)):
            look()


def test_only_the_latest_of_each_kind_are_looked_at(account, agent, monkeypatch):
    monkeypatch.setattr(known, "LOOKED_AT", 1)
    ContactFactory(account=account, assigned_to=agent, street="Calle Bernia 1")
    ContactFactory(account=account, assigned_to=agent, street="Calle Bernia 2")

    assert streets(account, "bernia") == ["Calle Bernia 2"]


def test_what_stands_within_fifty_metres_is_the_nearest(account):
    ContactFactory(account=account, street="Calle Bernia 16", **at(NEXT_DOOR))
    ContactFactory(account=account, **BERNIA, **at(HERE))

    assert known.nearest(account, HERE).street == "Calle Bernia 14"
    assert known.nearest(account, Point(38.57125, -0.0705)).street == "Calle Bernia 16"


def test_farther_off_nothing_is_near(account):
    ContactFactory(account=account, **BERNIA, **at(HERE))
    ContactFactory(account=account, city="Altea", **at(FAR))
    ContactFactory(account=account, street="Calle Bernia 20", latitude=FAR.latitude)

    assert HERE.metres_to(FAR) > known.NEAR_METRES > HERE.metres_to(NEXT_DOOR)
    assert known.nearest(account, FAR) is None


def test_an_office_works_where_its_own_address_is(account, django_assert_num_queries):
    ContactFactory(account=account, **BERNIA, **at(HERE))
    account.latitude, account.longitude = 50.65, 0.0

    with django_assert_num_queries(0):
        assert known.surroundings(account) == Point(50.65, 0.0)
    assert map_of(account).centre == Point(50.65, 0.0)


def test_without_one_it_works_amid_its_addresses(account):
    for point in (HERE, NEXT_DOOR, Point(25.77, -80.19)):
        ContactFactory(account=account, **at(point))

    assert known.surroundings(account) == HERE
    shown = map_of(account)
    assert (shown.latitude, shown.longitude) == ("38.57100", "-0.07050")


def test_half_a_point_is_none(account):
    account.latitude = 50.65
    ContactFactory(account=account, latitude=38.5)

    assert known.surroundings(account) is None


def test_an_office_without_addresses_sees_spain(account):
    shown = map_of(account)
    assert (shown.centre, shown.tiles) == (SPAIN, "")
