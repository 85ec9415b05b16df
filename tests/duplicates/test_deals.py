"""Two who are one take part in one deal: whoever of them is its client, the deal keeps its client."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from contacts.duplicates.models import UNDO_DAYS, Merge
from contacts.models import Person
from contacts.models.trashing import restore_people
from deals import pipeline
from deals.models import Deal, Party
from deals.trashing import restore_deals
from leads.converting import revert
from tests.factories import ContactFactory, PartyFactory

from .conftest import state, without_traces
from .test_merging import into
from .test_undoing import part


@pytest.fixture
def twin(account, agent):
    """The same Ana once more."""
    return ContactFactory(account=account, assigned_to=agent, first_name="Anna", email="twin@example.com")


def seat(ana, twin, mine, theirs):
    own = PartyFactory(person=ana, role=mine, deal__account=ana.account)
    PartyFactory(person=twin, role=theirs, deal=own.deal)
    return own.deal


def role(deal):
    """Return as what the one who is left takes part."""
    (party,) = deal.parties.present()
    return party.role


@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [("lawyer", "buyer", "buyer"), ("buyer", "lawyer", "buyer"), ("tenant", "buyer", "tenant"),
     ("lawyer", "notary", "lawyer")],
)  # fmt: skip
def test_who_stays_is_the_client_where_either_was(ana, twin, admin, mine, theirs, left):
    deal = seat(ana, twin, mine, theirs)
    into(ana, twin, admin)
    assert role(deal) == left


def test_merge_in_a_deal_of_the_trash_leaves_it_a_client(ana, twin, admin):
    deal = seat(ana, twin, "lawyer", "buyer")
    deal.trash(by=admin)
    into(ana, twin, admin)
    restore_deals(Deal.with_trash.all(), by=admin)
    assert role(deal) == "buyer"


def test_merge_that_is_undone_gives_each_their_role_back(ana, twin, admin):
    deal = seat(ana, twin, "lawyer", "buyer")
    before = without_traces(state())
    done = into(ana, twin, admin)

    part(done, admin, ana, twin)

    assert without_traces(state()) == before
    assert dict(deal.parties.present().values_list("person", "role")) == {ana.pk: "lawyer", twin.pk: "buyer"}


def test_role_that_was_changed_since_the_merge_stays(ana, twin, admin):
    deal = seat(ana, twin, "lawyer", "buyer")
    done = into(ana, twin, admin)
    Party.objects.filter(person=ana).update(role="tenant")

    part(done, admin, ana, twin)

    assert dict(deal.parties.present().values_list("person", "role")) == {ana.pk: "tenant", twin.pk: "buyer"}


@pytest.mark.parametrize("stage", ["offer", "won"])
def test_merge_that_is_undone_brings_no_lead_into_an_open_deal(ana, twin, admin, stage):
    deal = PartyFactory(person=twin, role="buyer", deal__account=ana.account, deal__stage="won").deal
    lead = revert(twin, by=admin)
    done = into(ana, lead, admin)
    pipeline.move(deal, stage, by=admin)

    part(done, admin, ana, lead)

    assert deal.parties.get().person_id == (ana.pk if stage == "offer" else lead.pk)


@pytest.fixture
def merged_lead(ana, twin, admin):
    """A deal that was lost, the merge of its buyer, a lead by then, into its lawyer, and the lead."""
    deal = seat(ana, twin, "lawyer", "buyer")
    pipeline.move(deal, "lost", by=admin, reason="Too dear")
    lead = revert(twin, by=admin)
    return deal, into(ana, lead, admin), lead


def test_a_lead_who_was_merged_away_keeps_no_deal_shut(ana, admin, merged_lead):
    deal, _merge, _lead = merged_lead
    pipeline.move(deal, "offer", by=admin)
    assert Deal.objects.get(pk=deal.pk).stage == "offer"
    assert role(deal) == "buyer"


def test_a_lead_in_the_trash_who_was_merged_with_nobody_still_does(ana, twin, admin):
    deal = seat(ana, twin, "lawyer", "buyer")
    pipeline.move(deal, "lost", by=admin, reason="Too dear")
    revert(twin, by=admin).trash(by=admin)
    with pytest.raises(ValidationError, match="is a lead in the trash"):
        pipeline.move(deal, "offer", by=admin)


def test_such_a_merge_that_is_undone_leaves_the_open_deal_to_who_stayed(ana, admin, merged_lead):
    deal, merge, lead = merged_lead
    pipeline.move(deal, "offer", by=admin)
    part(merge, admin, ana, lead)
    assert Person.objects.get(pk=lead.pk).kind == "lead"
    assert list(deal.parties.values_list("person", "role")) == [(ana.pk, "buyer")]


def test_such_a_merge_that_is_undone_gives_both_their_roles_back_in_a_closed_deal(ana, admin, merged_lead):
    deal, merge, lead = merged_lead
    part(merge, admin, ana, lead)
    assert dict(deal.parties.values_list("person", "role")) == {ana.pk: "lawyer", lead.pk: "buyer"}


@pytest.mark.parametrize("way", ["one", "many"])
def test_who_comes_back_alone_after_such_a_merge_is_in_no_open_deal(ana, admin, merged_lead, way):
    deal, merge, lead = merged_lead
    pipeline.move(deal, "offer", by=admin)
    Merge.objects.update(at=merge.at - timedelta(days=UNDO_DAYS + 1))
    lead = Person.with_trash.get(pk=lead.pk)
    lead.email = "another@example.com"  # who stayed has taken over the other
    lead.save()
    if way == "one":
        lead.restore(by=admin)
    else:
        restore_people(Person.with_trash.filter(pk=lead.pk), by=admin)
    assert deal.parties.get().person_id == ana.pk
