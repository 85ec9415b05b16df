"""Undo of one move gives a deal back exactly what it had: stage, reason, place, and the days that go with them."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from deals.models import Deal
from deals.pipeline import move
from tesoro.ranking import GAP
from tesoro.toasts import read
from tests.factories import DealFactory

FIELDS = ["stage", "reason", "rank", "stage_since", "closed_at"]
OPEN = {"stage": "offer", "stage_since": timezone.now() - timedelta(days=40)}


def ended(stage, **words):
    long_ago = timezone.now() - timedelta(days=30)
    return {"stage": stage, "stage_since": long_ago, "closed_at": long_ago, **words}


STANDINGS = [OPEN, ended("won"), ended("lost", reason="Too dear")]


@pytest.fixture
def between(deal, account):
    """The deal, and for each stage in question two others between which it lies."""
    for stage in ("offer", "won", "lost"):
        DealFactory(account=account, name="Above", stage=stage, rank=0)
        DealFactory(account=account, name="Below", stage=stage, rank=2 * GAP)
    return deal


def stand(deal, **words):
    """Let the deal stand so, not quite in the middle; return how it stands."""
    Deal.objects.filter(pk=deal.pk).update(rank=GAP + 7, **words)
    return stored(deal)


def stored(deal):
    return Deal.objects.values(*FIELDS).get(pk=deal.pk)


def by_card(client, deal, stage):
    return client.post(reverse("deals:place", args=[deal.pk]), {"stage": stage, "reason": "Gone"})


def by_page(client, deal, stage):
    return client.post(reverse("deals:stage", args=[deal.pk]), {"stage": stage, "reason": "Gone"})


def note(answer):
    """Return what the last toast of an answer says and offers."""
    return [read(message) for message in get_messages(answer.wsgi_request)][-1]


def undo(client, told, **changes):
    return client.post(told.undo_url, {**dict(told.undo_data), **changes})


@pytest.mark.parametrize("way", [by_card, by_page])
@pytest.mark.parametrize("words", STANDINGS, ids=lambda words: words["stage"])
def test_undo_gives_back_exactly_what_there_was(as_agent, between, words, way):
    before = stand(between, **words)
    told = note(way(as_agent, between, "reservation"))
    assert stored(between) != before
    undo(as_agent, told)
    assert stored(between) == before


def test_undo_can_be_taken_back_itself(as_agent, between):
    stand(between, **ended("won"))
    told = note(by_card(as_agent, between, "reservation"))
    after = stored(between)
    told = note(undo(as_agent, told))
    undo(as_agent, told)
    assert stored(between) == after


def test_undo_back_to_won_is_no_second_victory(as_agent, between):
    stand(between, **ended("won"))
    answer = undo(as_agent, note(by_card(as_agent, between, "reservation")))
    assert note(answer).text == f"{between.name}: Won"
    assert not note(answer).cheer


def test_undo_of_a_move_up_the_lane_gives_the_place_back(as_agent, between):
    before = stand(between, **ended("won"))
    told = note(by_card(as_agent, between, "won"))
    assert stored(between)["rank"] < 0
    undo(as_agent, told)
    assert stored(between) == before


def test_in_a_column_that_was_numbered_anew_the_neighbours_say_where(as_agent, between):
    stand(between, **OPEN)
    told = note(by_card(as_agent, between, "reservation"))
    Deal.objects.filter(stage="offer", name="Above").update(rank=8 * GAP)
    Deal.objects.filter(stage="offer", name="Below").update(rank=9 * GAP)
    undo(as_agent, told)
    assert [one.name for one in Deal.objects.of_stage("buyer", "offer")] == ["Above", between.name, "Below"]


def test_where_both_neighbours_have_left_the_column_the_card_lies_on_top(as_agent, account, between):
    stand(between, **OPEN)
    told = note(by_card(as_agent, between, "reservation"))
    Deal.objects.filter(stage="offer").update(stage="knowing")
    DealFactory(account=account, name="Newer", stage="offer", rank=-3 * GAP)
    undo(as_agent, told)
    assert [one.name for one in Deal.objects.of_stage("buyer", "offer")] == [between.name, "Newer"]


def test_a_card_that_was_alone_gets_its_place_back(as_agent, account, deal):
    before = stand(deal, **OPEN)
    told = note(by_card(as_agent, deal, "reservation"))
    DealFactory(account=account, name="Newer", stage="offer", rank=-3 * GAP)
    undo(as_agent, told)
    assert stored(deal) == before


def test_the_stage_comes_from_what_was_signed_not_from_the_form(as_agent, between):
    before = stand(between, **ended("won"))
    told = note(by_card(as_agent, between, "reservation"))
    undo(as_agent, told, stage="lost", reason="Made up")
    assert stored(between) == before


def test_days_that_nobody_signed_change_nothing(as_agent, between):
    was = {"stage": "won", "reason": "", "rank": 0, "since": "2020-01-01T00:00:00+00:00", "closed": None}
    stand(between, **OPEN)
    told = note(by_card(as_agent, between, "reservation"))
    after = stored(between)
    for forged in (signing.dumps([was, was]), dict(told.undo_data)["undo"][:-1], "nonsense", "\x00"):
        answer = undo(as_agent, told, undo=forged)
        assert note(answer).text == "This can no longer be undone. Nothing was changed."
    assert stored(between) == after


def test_what_was_signed_for_one_deal_is_nothing_to_another(as_agent, account, between):
    other = DealFactory(account=account, stage="reservation")
    stand(between, **ended("won"))
    told = note(by_card(as_agent, between, "reservation"))
    answer = as_agent.post(reverse("deals:place", args=[other.pk]), dict(told.undo_data))
    assert note(answer).text == "This can no longer be undone. Nothing was changed."
    assert stored(other)["stage"] == "reservation"


def _moved_there_and_back(deal, agent):
    move(deal, "deed", by=agent)
    move(deal, "won", by=agent)


def _closed_on_another_day(deal, _agent):
    Deal.objects.filter(pk=deal.pk).update(closed_at=timezone.now() - timedelta(days=3))


def _of_the_other_pipeline(deal, agent):
    stored = Deal.objects.get(pk=deal.pk)
    stored.type = "sell"
    stored.revise(by=agent, version=stored.version)


@pytest.mark.parametrize("meanwhile", [_moved_there_and_back, _closed_on_another_day, _of_the_other_pipeline])
def test_a_deal_that_no_longer_stands_as_it_was_left_is_not_touched(as_agent, agent, between, meanwhile):
    stand(between, stage="first_visit")
    told = note(by_card(as_agent, between, "won"))
    meanwhile(between, agent)
    after = stored(between)
    answer = undo(as_agent, told)
    assert note(answer).text == "Somebody has moved this card in the meantime. Nothing was changed."
    assert stored(between) == after
