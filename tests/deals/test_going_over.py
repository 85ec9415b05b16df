"""What is told of a deal that changes: also to those in the trash, of the other pipeline, and of its clients' role."""

import pytest
from django.urls import reverse

from contacts.models import Person
from contacts.timeline.models import Event
from deals import pipeline
from deals.models import Deal
from tests.factories import ContactFactory, PartyFactory

pytestmark = pytest.mark.django_db


def told(person, verb="deal_moved"):
    return [event.data for event in Event.objects.filter(person=person, verb=verb).order_by("pk")]


def own(deal, verb="deal_moved"):
    return [event.data for event in deal.events.filter(verb=verb, echo=False).order_by("pk")]


def revise(deal, agent, **words):
    """Change fields as the form does."""
    deal = Deal.objects.get(pk=deal.pk)
    for name, value in words.items():
        setattr(deal, name, value)
    deal.revise(by=agent, version=deal.version)


@pytest.fixture
def offer(deal):
    """The deal at the offer, a stage of both pipelines."""
    Deal.objects.filter(pk=deal.pk).update(stage="offer")
    return Deal.objects.get(pk=deal.pk)


def move_one(deal, agent):
    pipeline.move(deal, "won", by=agent)


def move_many(deal, agent):
    pipeline.move_many(Deal.objects.filter(pk=deal.pk), "won", by=agent)


@pytest.mark.parametrize("move", [move_one, move_many])
def test_who_lies_in_the_trash_is_told_of_the_move(agent, deal, buyer, move):
    buyer.trash(by=agent)
    move(deal, agent)
    Person.with_trash.get(pk=buyer.pk).restore(by=agent)
    assert [(data["old"], data["new"]) for data in told(buyer)] == [("Knowing Property", "Won")]


def test_the_other_pipeline_is_told_here_and_to_who_takes_part(agent, offer, buyer):
    revise(offer, agent, type="sell")
    (move,) = own(offer)
    assert (move["old"], move["new"]) == ("Buyer, Offer", "Owner, Offer")
    assert move["changes"] == [{"field": "type", "old": "Buy", "new": "Sell"}]
    assert own(offer, "changed") == []
    (echo,) = told(buyer)
    assert (echo["old"], echo["new"], echo["deal"]) == ("Buyer, Offer", "Owner, Offer", "Villa in Altea")


def test_the_other_pipeline_at_another_stage_is_one_move(agent, deal, buyer):
    revise(deal, agent, type="sell", stage="mandate", city="Altea")
    (move,) = own(deal)
    assert (move["old"], move["new"]) == ("Buyer, Knowing Property", "Owner, Mandate")
    assert [change["field"] for change in move["changes"]] == ["type", "stage"]
    assert [change["field"] for change in own(deal, "changed")[0]["changes"]] == ["city"]
    assert len(told(buyer)) == 1


def test_type_of_the_same_pipeline_is_no_move(agent, offer, buyer):
    revise(offer, agent, type="rent")
    assert own(offer) == told(buyer) == []
    assert [change["field"] for change in own(offer, "changed")[0]["changes"]] == ["type"]


def test_the_page_of_the_client_names_both_pipelines(as_agent, agent, offer, buyer):
    revise(offer, agent, type="sell")
    text = as_agent.get(buyer.get_absolute_url()).content.decode()
    assert "from <b>Buyer, Offer</b> to <b>Owner, Offer</b>" in text


@pytest.mark.parametrize(("kind", "role"), [("sell", "seller"), ("rent", "tenant"), ("rent_out", "landlord")])
def test_clients_are_what_the_new_type_makes_of_them(agent, offer, buyer, kind, role):
    revise(offer, agent, type=kind)
    assert offer.parties.get(person=buyer).role == role


@pytest.mark.parametrize("role", ["lawyer", "seller", "tenant"])
def test_whoever_has_another_role_keeps_it(agent, account, offer, role):
    other = PartyFactory(deal=offer, person=ContactFactory(account=account), role=role)
    revise(offer, agent, type="rent_out")
    other.refresh_from_db()
    assert other.role == role
    assert told(other.person, "deal_role") == []


def test_the_new_role_is_told_on_both_timelines(agent, offer, buyer):
    revise(offer, agent, type="sell")
    words = {"who": "Inés Sáez", "role": "Seller", "old": "Buyer"}
    assert own(offer, "deal_role") == [words]
    assert told(buyer, "deal_role") == [{**words, "deal": "Villa in Altea"}]


def test_the_form_takes_a_deal_over_with_its_clients(as_agent, agent, offer, buyer):
    url = reverse("deals:edit", args=[offer.pk])
    words = {
        "name": "Villa",
        "type": "sell",
        "stage": "offer",
        "offered": "owner",
        "assigned_to": agent.pk,
        "version": 1,
    }
    assert as_agent.post(url, words).status_code == 302
    assert offer.parties.get(person=buyer).role == "seller"
