"""Many deals get another stage at once, and Undo gives each back what it had; what moved on since is left."""

import html
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from deals.models import Deal
from deals.pipeline import move, move_many
from tests.factories import ContactFactory, DealFactory, PartyFactory

FIELDS = ["stage", "reason", "rank", "stage_since", "closed_at"]


@pytest.fixture
def three(account, agent):
    """An open deal, one that was lost a month ago, and one of an owner, each with a client."""
    long_ago = timezone.now() - timedelta(days=30)
    lost = {"stage": "lost", "reason": "Too dear", "closed_at": long_ago, "stage_since": long_ago}
    given = [{"stage": "offer", "rank": 7}, lost, {"type": "sell", "stage": "mandate"}]
    deals = [DealFactory(account=account, assigned_to=agent, **words) for words in given]
    for deal in deals:
        PartyFactory(deal=deal, person=ContactFactory(account=account, assigned_to=agent))
    return deals


def ids(deals):
    return [deal.pk for deal in deals]


def stored():
    """How the deals stand."""
    return list(Deal.objects.order_by("pk").values(*FIELDS))


def do(client, deals, **data):
    """Give many another stage, and return what the toast offers to undo it."""
    answer = client.post(reverse("deals:bulk-stage"), {"id": ids(deals), **data}, follow=True)
    form = re.search(r'<form method="post" action="([^"]*/undoing/)">(.*?)</form>', answer.content.decode(), re.S)
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form[2]) if form else []
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def undo(client, data):
    return client.post(reverse("deals:bulk-undo"), data, follow=True).content.decode()


@pytest.mark.parametrize("data", [{"stage": "won"}, {"stage": "reservation"}, {"stage": "lost", "reason": "Gone"}])
def test_each_gets_back_stage_reason_place_and_day_of_closing(as_agent, three, data):
    before = stored()
    offered = do(as_agent, three, **data)
    assert stored() != before
    assert re.search(r"Undone for [23] records", undo(as_agent, offered))
    assert stored() == before


def test_deal_that_moved_on_stays_where_it_is(as_agent, agent, three):
    offered = do(as_agent, three, stage="won")
    move(three[0], "deed", by=agent)
    assert "1 record no longer stood as it was left" in undo(as_agent, offered)
    assert [row["stage"] for row in stored()] == ["deed", "lost", "mandate"]


def test_deal_whose_day_of_closing_was_changed_stays_won(as_agent, three):
    offered = do(as_agent, three, stage="won")
    Deal.objects.filter(pk=three[0].pk).update(closed_at=timezone.now() - timedelta(days=3))
    assert "1 record no longer stood as it was left" in undo(as_agent, offered)
    assert [row["stage"] for row in stored()] == ["won", "lost", "mandate"]


def test_change_of_another_field_is_kept(as_agent, agent, three):
    offered = do(as_agent, three, stage="won")
    deal = Deal.objects.get(pk=three[0].pk)
    deal.city = "Altea"
    deal.revise(by=agent, version=deal.version)
    undo(as_agent, offered)
    deal.refresh_from_db()
    assert (deal.stage, deal.city, deal.version) == ("offer", "Altea", 4)


def test_both_ways_stand_on_the_timelines_of_deal_and_client(as_agent, three):
    undo(as_agent, do(as_agent, three[:1], stage="deed"))
    own = three[0].events.filter(echo=False).order_by("pk")
    assert [(event.data["old"], event.data["new"]) for event in own] == [
        ("Offer", "Signing Deed"),
        ("Signing Deed", "Offer"),
    ]
    client = three[0].parties.get().person
    told = client.events.order_by("pk")
    assert [(event.echo, event.data) for event in told] == [
        (True, {"old": "Offer", "new": "Signing Deed", "reason": "", "deal": three[0].name}),
        (True, {"old": "Signing Deed", "new": "Offer", "reason": "", "deal": three[0].name}),
    ]
    assert client.last_activity_at == told.last().at


def test_undo_twice_does_nothing_more(as_agent, three):
    offered = do(as_agent, three, stage="won")
    undo(as_agent, offered)
    assert "3 records no longer stood as they were left" in undo(as_agent, offered)


def test_another_office_and_a_colleague_undo_nothing(as_admin, as_agent, as_stranger, three):
    offered = do(as_agent, three, stage="won")
    undo(as_stranger, offered)
    undo(as_admin, offered)
    assert {row["stage"] for row in stored()} == {"won"}


def test_event_of_many_is_that_of_one_and_says_how_the_deal_stood(agent, three):
    move_many(Deal.objects.filter(pk=three[1].pk), "offer", by=agent)
    (many,) = three[1].events.filter(echo=False)
    Deal.objects.filter(pk=three[1].pk).update(stage="lost", reason="Too dear", version=1)
    move(three[1], "offer", by=agent)
    single = three[1].events.filter(echo=False).latest("pk")
    assert {key: value for key, value in many.data.items() if key != "was"} == single.data
    assert (many.data["was"]["stage"], many.data["was"]["reason"]) == ("lost", "Too dear")


def test_they_lie_on_top_of_the_column_in_the_order_in_which_they_were_made(account, agent, three):
    old = DealFactory(account=account, stage="deed", rank=-5)
    more = [DealFactory(account=account) for _number in range(2)]
    move_many(Deal.objects.filter(pk__in=ids([three[0], *more])), "deed", by=agent)
    column = Deal.objects.for_account(account).of_stage("buyer", "deed")
    assert ids(column) == ids([three[0], *more, old])


@pytest.mark.parametrize("reason", ["", "  ", "a\x07b", "x" * 201])
def test_reason_is_judged_as_for_one(as_agent, agent, three, reason):
    with pytest.raises(ValidationError) as refused:
        move_many(Deal.objects.all(), "lost", by=agent, reason=reason)
    assert "reason" in refused.value.message_dict
    answer = as_agent.post(reverse("deals:bulk-stage"), {"id": ids(three), "stage": "lost", "reason": reason})
    assert answer.status_code == 422
    assert [row["stage"] for row in stored()] == ["offer", "lost", "mandate"]


def test_many_take_as_many_statements_as_few(account, agent):
    def statements(number):
        for _number in range(number):
            PartyFactory(deal=DealFactory(account=account), person=ContactFactory(account=account))
        with CaptureQueriesContext(connection) as asked:
            move_many(Deal.objects.filter(stage="knowing"), "offer", by=agent)
        return len(asked)

    assert statements(2) == statements(40)
