"""Ranks: a card between two others, a column whose room is used up, cards of one rank."""

import pytest

from leads.models import Lead
from tesoro.ranking import GAP, RANKED, neighbour, rank_after, rank_before, spread, top_rank
from tests.factories import LeadFactory

NAMES = "ABCD"


@pytest.fixture
def column(account, agent):
    """Four cards, A to D, from the top."""
    for place, name in enumerate(NAMES):
        LeadFactory(account=account, assigned_to=agent, first_name=name, lead__rank=place * GAP)
    return Lead.objects.for_account(account)


def card(column, name):
    return column.get(person__first_name=name)


def order(column):
    return "".join(column.order_by(*RANKED).values_list("person__first_name", flat=True))


def others(column, name):
    return column.exclude(person__first_name=name)


def put(column, name, rank):
    column.filter(person__first_name=name).update(rank=rank)


def test_a_card_is_laid_on_top(column):
    put(column, "C", top_rank(others(column, "C")))
    assert order(column) == "CABD"


def test_an_empty_column_takes_any_card(account):
    nothing = Lead.objects.for_account(account)
    assert (top_rank(nothing), rank_before(nothing, None)) == (0, 0)


@pytest.mark.parametrize(("before", "expected"), [("A", "DABC"), ("B", "ADBC"), ("C", "ABDC"), (None, "ABCD")])
def test_a_card_is_put_before_another(column, before, expected):
    put(column, "D", rank_before(others(column, "D"), card(column, before) if before else None))
    assert order(column) == expected


@pytest.mark.parametrize(("after", "expected"), [("B", "BACD"), ("C", "BCAD"), ("D", "BCDA")])
def test_a_card_is_put_behind_another(column, after, expected):
    put(column, "A", rank_after(others(column, "A"), card(column, after)))
    assert order(column) == expected


def test_a_column_without_room_is_spread_anew_in_the_same_order(column):
    for place, name in enumerate(NAMES):
        put(column, name, place)
    put(column, "D", rank_before(others(column, "D"), card(column, "B")))

    assert order(column) == "ADBC"
    assert card(column, "B").rank - card(column, "A").rank == GAP


def test_cards_of_one_rank_are_told_apart_by_id_and_parted(column):
    column.update(rank=7)
    assert order(column) == NAMES
    put(column, "D", rank_before(others(column, "D"), card(column, "C")))
    assert order(column) == "ABDC"


def test_neighbours_among_cards_of_one_rank(column):
    column.update(rank=7)
    assert neighbour(column, card(column, "B"), below=True) == card(column, "C")
    assert neighbour(column, card(column, "B"), below=False) == card(column, "A")
    assert neighbour(column, card(column, "A"), below=False) is None


def test_spreading_leaves_the_top_where_it_is_and_other_columns_alone(column, account):
    LeadFactory(account=account, first_name="E", lead__rank=3, lead__status="lost")
    column.filter(status="new").update(rank=-9)
    spread(column.filter(status="new"))

    assert [card(column, name).rank for name in "ABCDE"] == [-9, GAP - 9, 2 * GAP - 9, 3 * GAP - 9, 3]


def test_spreading_takes_one_statement_beside_the_look_at_the_top(column, django_assert_num_queries):
    with django_assert_num_queries(2):
        spread(column)


def test_where_there_is_nothing_no_more_is_done_than_to_look(account, django_assert_num_queries):
    with django_assert_num_queries(1):
        spread(Lead.objects.for_account(account))


def test_room_lasts_for_twenty_cards_at_one_place_and_beyond(column):
    for _again in range(50):
        for name in "AB":
            put(column, name, rank_before(others(column, name), card(column, "D")))
    assert order(column) == "CABD"
