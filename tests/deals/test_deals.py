"""The rules of a deal, and the commands that make it and move it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.subjects.revising import Conflict
from deals import pipeline
from deals.models import Deal, DealType, Party, Pipeline, Stage
from deals.models.choices import CHANCES, PIPELINES, pipeline_of
from deals.parties import as_clients
from tesoro.ranking import Place
from tests.factories import ContactFactory, DealFactory, LeadFactory, UserFactory

pytestmark = pytest.mark.django_db


def _new(account, **fields):
    return Deal(account=account, **{"name": "Villa", "type": DealType.BUY, "stage": Stage.KNOWING, **fields})


def _faults(error):
    return {name: [one.code for one in errors] for name, errors in error.value.error_dict.items()}


def test_the_pipelines_are_those_of_the_house_page():
    assert [len(PIPELINES[one]) for one in Pipeline] == [9, 8]
    for stages in PIPELINES.values():
        assert stages[-2:] == [Stage.WON, Stage.LOST]


@pytest.mark.parametrize("one", Pipeline)
def test_each_stage_has_a_chance_that_grows_along_the_way(one):
    chances = [CHANCES[one][stage] for stage in PIPELINES[one]]
    assert chances[:-1] == sorted(chances[:-1])
    assert chances[-2:] == [100, 0]


@pytest.mark.parametrize(
    ("kind", "name"), [("buy", "buyer"), ("rent", "buyer"), ("sell", "owner"), ("rent_out", "owner")]
)
def test_the_type_decides_the_pipeline(account, agent, buyer, kind, name):
    stage = PIPELINES[Pipeline(name)][0]
    deal = _new(account, type=kind, stage=stage).add(by=agent, parties=as_clients([buyer], kind))
    assert Deal.objects.get(pk=deal.pk).pipeline == name == pipeline_of(kind)


def test_a_new_deal_is_told_on_its_timeline_and_on_that_of_its_client(account, agent, buyer):
    deal = _new(account).add(by=agent, parties=as_clients([buyer], "buy"), tags=["Sea view"])

    assert (deal.assigned_to, deal.created_by, deal.tag_names()) == (agent, agent, ["Sea view"])
    assert [event.verb for event in deal.events.filter(echo=False)] == ["created"]
    (told,) = buyer.events.all()
    assert (told.verb, told.echo, told.deal) == ("deal_made", True, deal)
    assert f'<a href="/deals/{deal.pk}/"><b>Villa</b></a>' in told.sentence()


def test_a_deal_needs_a_client(account, agent, buyer):
    with pytest.raises(ValidationError) as refused:
        _new(account).add(by=agent, parties=[Party(person=buyer, role="lawyer")])
    assert _faults(refused) == {"clients": ["required"]}
    assert not Deal.with_trash.exists()


def test_a_lead_takes_part_in_no_deal(account, agent):
    with pytest.raises(ValidationError, match="is a lead"):
        _new(account).add(by=agent, parties=as_clients([LeadFactory(account=account)], "buy"))
    assert not Deal.with_trash.exists()


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"name": ""}, {"name": ["blank"]}),
        ({"name": "x" * 101}, {"name": ["max_length"]}),
        ({"type": "sell"}, {"stage": ["other_pipeline"]}),
        ({"stage": "mandate"}, {"stage": ["other_pipeline"]}),
        ({"stage": "lost"}, {"reason": ["required"]}),
        ({"value": "-1"}, {"value": ["negative"]}),
        ({"commission": "101 %"}, {"commission": ["too_large"]}),
        ({"price_from": Decimal(2), "price_to": Decimal(1)}, {"price_to": [None]}),
    ],
    ids=str,
)
def test_what_breaks_a_rule_is_told_at_its_field(account, agent, buyer, fields, faults):
    with pytest.raises(ValidationError) as refused:
        _new(account, **fields).add(by=agent, parties=as_clients([buyer], "buy"))
    found = _faults(refused)
    assert faults.keys() <= found.keys()


def test_an_agent_of_another_office_looks_after_no_deal(account, agent, buyer):
    stranger = UserFactory()
    with pytest.raises(ValidationError, match="does not belong to your account"):
        _new(account, assigned_to=stranger).add(by=agent, parties=as_clients([buyer], "buy"))


def test_the_database_refuses_a_stage_of_the_other_pipeline(account):
    with pytest.raises(IntegrityError), transaction.atomic():
        DealFactory(account=account, stage=Stage.MANDATE)


def test_commission_is_told_as_an_amount(account):
    deal = _new(account, value=Decimal(450_000), commission=Decimal("3.5"))
    assert deal.commission_amount == Decimal("15750.00")
    assert _new(account, value=Decimal(450_000)).commission_amount is None


def test_another_stage_is_one_event_on_the_deal_and_one_on_each_contact(agent, deal, buyer):
    pipeline.move(deal, Stage.OFFER, by=agent)

    (event,) = deal.events.filter(echo=False)
    assert (event.verb, event.data["old"], event.data["new"]) == ("deal_moved", "Knowing Property", "Offer")
    (told,) = buyer.events.all()
    assert "moved the deal" in told.sentence()
    stored = Deal.objects.get(pk=deal.pk)
    assert (stored.stage, stored.version, stored.closed_at) == ("offer", 2, None)
    assert timezone.now() - stored.stage_since < timedelta(minutes=1)


def test_lost_asks_why_and_won_needs_no_reason(agent, deal):
    with pytest.raises(ValidationError) as refused:
        pipeline.move(deal, Stage.LOST, by=agent)
    assert _faults(refused) == {"reason": ["required"]}
    pipeline.move(deal, Stage.LOST, by=agent, reason="Bank refused")
    assert Deal.objects.get(pk=deal.pk).closed_at is not None
    pipeline.move(deal, Stage.WON, by=agent)
    stored = Deal.objects.get(pk=deal.pk)
    assert (stored.stage, stored.reason) == ("won", "")


def test_a_deal_that_is_opened_again_is_not_closed(agent, deal):
    pipeline.move(deal, Stage.WON, by=agent)
    pipeline.move(deal, Stage.OFFER, by=agent)
    assert Deal.objects.get(pk=deal.pk).closed_at is None


def test_a_stage_of_the_other_pipeline_is_refused(agent, deal):
    with pytest.raises(ValidationError, match="no such stage"):
        pipeline.move(deal, Stage.MANDATE, by=agent)


def test_a_deal_in_the_trash_does_not_move(agent, deal):
    deal.trash(by=agent)
    with pytest.raises(pipeline.Gone):
        pipeline.move(deal, Stage.OFFER, by=agent)


def test_cards_keep_the_order_they_are_given(account, agent, buyer):
    deals = [_new(account, name=f"Deal {n}").add(by=agent, parties=as_clients([buyer], "buy")) for n in range(3)]
    column = Deal.objects.for_account(account).of_stage("buyer", "knowing")
    assert [deal.name for deal in column] == ["Deal 2", "Deal 1", "Deal 0"]
    pipeline.arrange(deals[2], Place("knowing", before=deals[0].pk), by=agent)
    assert [deal.name for deal in column.all()] == ["Deal 1", "Deal 2", "Deal 0"]
    pipeline.arrange(deals[1], Place("knowing", after=deals[0].pk), by=agent)
    assert [deal.name for deal in column.all()] == ["Deal 2", "Deal 0", "Deal 1"]


def test_the_place_of_a_card_can_be_given_back(account, agent, deal):
    other = DealFactory(account=account, rank=10)
    was = pipeline.place_of(deal)
    pipeline.arrange(deal, Place("offer"), by=agent)
    pipeline.arrange(deal, was, by=agent)
    column = Deal.objects.for_account(account).of_stage("buyer", "knowing")
    assert [one.pk for one in column] == [deal.pk, other.pk]


def test_many_move_at_once_and_those_of_the_other_pipeline_stay(account, agent, deal):
    owner = DealFactory(account=account, type=DealType.SELL, stage=Stage.MANDATE)
    moved, stayed, _at, _refused = pipeline.move_many(Deal.objects.for_account(account), Stage.DEED, by=agent)
    assert (moved, stayed) == (1, 1)
    assert Deal.objects.get(pk=owner.pk).stage == Stage.MANDATE


def test_a_deal_goes_cold_after_the_days_of_the_office(account, deal):
    Deal.objects.filter(pk=deal.pk).update(last_activity_at=timezone.now() - timedelta(days=15))
    stored = Deal.objects.get(pk=deal.pk)
    assert stored.is_cold(account)
    assert Deal.objects.cold(account).get() == stored
    account.cold_after_days = 20
    assert not stored.is_cold(account)
    assert not Deal.objects.cold(account).exists()


def test_two_who_edit_see_one_another(agent, deal):
    mine, theirs = Deal.objects.get(pk=deal.pk), Deal.objects.get(pk=deal.pk)
    theirs.name = "Villa B"
    theirs.revise(by=agent, version=1)
    mine.name = "Villa C"
    with pytest.raises(Conflict) as conflict:
        mine.revise(by=agent, version=1)
    assert [change["field"] for change in conflict.value.changes] == ["name"]


def test_what_the_conflict_tells_of_a_move_by_a_colleague(agent, deal):
    mine = Deal.objects.get(pk=deal.pk)
    pipeline.move(deal, Stage.OFFER, by=agent)
    mine.name = "Villa C"
    with pytest.raises(Conflict) as conflict:
        mine.revise(by=agent, version=1)
    assert [change["new"] for change in conflict.value.changes] == ["Offer"]


def test_search_finds_by_name_and_address_whatever_the_accents(account):
    deal = DealFactory(account=account, name="Ático Jávea", street="Calle Ifach 3")
    for words in ("atico", "javea", "ifach"):
        assert Deal.objects.matching(account, words).get() == deal
    assert not Deal.objects.matching(account, "moraira").exists()


def test_a_contact_of_another_office_takes_part_in_no_deal(account, agent):
    with pytest.raises(ValidationError):
        _new(account).add(by=agent, parties=as_clients([ContactFactory()], "buy"))


@pytest.mark.parametrize(("kind", "kept"), [("rent", True), ("sell", False)])
def test_another_type_alone_leaves_the_day_of_closing(agent, deal, kind, kept):
    long_ago = timezone.now() - timedelta(days=400)
    Deal.objects.filter(pk=deal.pk).update(stage="won", stage_since=long_ago, closed_at=long_ago, rank=7)
    won = Deal.objects.get(pk=deal.pk)
    won.type = kind

    won.revise(by=agent, version=won.version)

    stored = Deal.objects.get(pk=deal.pk)
    assert (stored.type, stored.pipeline, stored.closed_at) == (kind, won.pipeline, long_ago)
    assert ((stored.stage_since, stored.rank) == (long_ago, 7)) is kept


def test_a_change_of_the_closing_date_is_told_in_days_as_people_write_them(agent, deal):
    deal.closing_on = date(2027, 6, 5)
    assert deal.revise(by=agent, version=deal.version) == [{"field": "closing_on", "old": "", "new": "5 Jun 2027"}]
