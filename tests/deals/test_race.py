"""Two who move deals at the same moment: nothing is lost, and all see one order."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from deals.models import Deal
from deals.pipeline import arrange, column, move, move_many
from tesoro.ranking import GAP, Place
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def deals(account, agent):
    """Eight deals of one column, A on top."""
    return [
        DealFactory(account=account, assigned_to=agent, name=name, rank=place * GAP)
        for place, name in enumerate("ABCDEFGH")
    ]


def at_once(*deeds):
    """Do each in a thread of its own, as processes would."""
    ready = threading.Barrier(len(deeds), timeout=20)

    def act(deed):
        ready.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(act, deeds))


def names(stage="knowing"):
    return "".join(Deal.objects.of_stage("buyer", stage).values_list("name", flat=True))


def ranks(deal):
    return list(column(deal).values_list("rank", flat=True))


def test_all_who_put_cards_before_one_card_succeed(agent, deals):
    goal = deals[7]

    def put(some):
        return lambda: [arrange(deal, Place("knowing", before=goal.pk), by=agent) for deal in some]

    at_once(put(deals[0:2]), put(deals[2:4]), put(deals[4:6]), put(deals[6:7]))

    assert sorted(names()) == list("ABCDEFGH")
    assert names()[-1] == "H"
    assert len(set(ranks(goal))) == 8


def test_cards_leave_a_column_while_it_is_numbered_anew(agent, deals):
    Deal.objects.update(rank=0)
    chosen = Deal.objects.filter(pk__in=[deal.pk for deal in deals[4:6]])
    at_once(
        lambda: arrange(deals[0], Place("knowing", before=deals[7].pk), by=agent),
        lambda: arrange(deals[1], Place("offer"), by=agent),
        lambda: move(deals[2], "offer", by=agent),
        lambda: move_many(chosen, "won", by=agent),
    )

    assert sorted(names()) == list("ADGH")
    assert sorted(names("offer")) == list("BC")
    assert names("won") in ("EF", "FE")
    assert names().index("A") < names().index("H")


def test_of_two_who_move_one_card_the_last_decides(agent, deals):
    at_once(*(lambda stage=stage: arrange(deals[0], Place(stage), by=agent) for stage in ("offer", "reservation")))

    stored = Deal.objects.get(pk=deals[0].pk)
    moves = deals[0].events.filter(echo=False).order_by("pk")
    assert moves.count() == 2
    assert moves.last().data["new"] == str(stored.get_stage_display())
    assert moves.last().data["old"] == moves.first().data["new"]
