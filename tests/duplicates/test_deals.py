"""Two who are one take part in one deal: whoever of them is its client, the deal keeps its client."""

import pytest

from deals import pipeline
from deals.models import Deal, Party
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
    Deal.with_trash.get(pk=deal.pk).restore(by=admin)
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
