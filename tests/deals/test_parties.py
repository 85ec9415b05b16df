"""Who takes part in a deal: joining, leaving, another role; and what that forbids."""

import pytest
from django.urls import reverse

from contacts.hindrances import why_not_revert
from contacts.models import Person
from contacts.models.trashing import purge_people
from deals import pipeline
from deals.models import Deal, Party, Stage
from deals.parties import join
from deals.trashing import purge_deals
from leads import converting
from tests.factories import ContactFactory, LeadFactory, PartyFactory, RelationFactory

pytestmark = pytest.mark.django_db


def _tab(deal):
    return reverse("deals:contacts", args=[deal.pk])


@pytest.fixture
def lawyer(account):
    return ContactFactory(account=account, first_name="Ada", last_name="Ley", role="lawyer")


def test_contacts_join_by_their_address_and_both_timelines_say_so(as_agent, deal, lawyer):
    answer = as_agent.post(_tab(deal), {"people": lawyer.email, "role": "lawyer"}, follow=True)

    assert "1 contact added to the deal" in answer.content.decode()
    assert deal.parties.count() == 2
    assert [event.verb for event in deal.events.filter(echo=False)] == ["deal_joined"]
    (told,) = lawyer.events.all()
    assert "as <b>Lawyer</b>" in told.sentence()


def test_company_in_the_trash_is_not_named(as_agent, agent, deal, buyer):
    company = RelationFactory(account=agent.account, name="Notaría Altea")
    Person.objects.filter(pk=buyer.pk).update(relation=company)
    assert "Notaría Altea" in as_agent.get(_tab(deal)).content.decode()
    company.trash(by=agent)
    assert "Notaría Altea" not in as_agent.get(_tab(deal)).content.decode()


def test_who_takes_part_already_joins_no_second_time(agent, deal, buyer):
    assert join(deal, [buyer], "lawyer", by=agent) == 0
    assert deal.parties.get().role == "buyer"


def test_a_lead_is_refused_with_what_to_do(as_agent, account, deal):
    lead = LeadFactory(account=account)
    answer = as_agent.post(_tab(deal), {"people": lead.email, "role": "buyer"})
    assert answer.status_code == 422
    assert "is a lead. Convert the lead first." in answer.content.decode()


def test_without_a_role_nobody_joins(as_agent, deal, lawyer):
    answer = as_agent.post(_tab(deal), {"people": lawyer.email, "role": ""})
    assert answer.status_code == 422
    assert "Role is missing." in answer.content.decode()


def test_the_last_client_cannot_leave(as_agent, deal):
    party = deal.parties.get()
    url = reverse("deals:party-departure", args=[deal.pk, party.pk])
    answer = as_agent.post(url, follow=True)
    assert "A deal needs a client" in answer.content.decode()
    assert deal.parties.get() == party


def test_a_client_leaves_when_another_stays(as_agent, account, deal, buyer):
    PartyFactory(deal=deal)
    party = deal.parties.get(person=buyer)
    as_agent.post(reverse("deals:party-departure", args=[deal.pk, party.pk]))
    assert not deal.parties.filter(person=buyer).exists()
    assert [event.verb for event in buyer.events.all()] == ["deal_left"]


def test_another_role_is_told_and_the_last_client_keeps_a_clients_role(as_agent, deal):
    party = deal.parties.get()
    url = reverse("deals:party-role", args=[deal.pk, party.pk])
    assert "A deal needs a client" in as_agent.post(url, {"role": "lawyer"}, follow=True).content.decode()
    as_agent.post(url, {"role": "tenant"})
    assert deal.parties.get().role == "tenant"
    assert [event.verb for event in deal.events.filter(echo=False)] == ["deal_role"]


def test_a_contact_in_an_open_deal_stays_a_contact_and_in_a_won_deal_may_go(agent, deal, buyer):
    assert "takes part in the open deal “Villa in Altea”" in why_not_revert(buyer)
    pipeline.move(deal, Stage.WON, by=agent)
    assert converting.revert(buyer, by=agent).kind == "lead"


def test_the_reason_against_a_reversion_leads_to_the_deal(as_agent, deal, buyer):
    page = as_agent.get(reverse("leads:reversion", args=[buyer.pk])).content.decode()

    assert "takes part in the open deal “Villa in Altea”." in page
    assert f'<a href="{deal.get_absolute_url()}">Villa in Altea</a>' in page


def test_an_open_deal_in_the_trash_is_no_reason(agent, deal, buyer):
    deal.trash(by=agent)
    assert why_not_revert(buyer) == ""


def test_purging_a_deal_leaves_its_contacts_and_what_they_were_told(agent, account, deal, buyer):
    pipeline.move(deal, Stage.OFFER, by=agent)
    deal.trash(by=agent)
    assert purge_deals(Deal.with_trash.all()) == 1
    (told,) = buyer.events.all()
    assert (told.verb, told.deal_id) == ("deal_moved", None)
    assert "<b>Villa in Altea</b>" in told.sentence()
    assert not Party.objects.exists()


def test_purging_a_contact_takes_them_off_their_deals(agent, deal, buyer):
    buyer.trash(by=agent)
    assert purge_people(Person.with_trash.filter(pk=buyer.pk)) == 1
    assert not Party.objects.exists()
    assert Deal.objects.filter(pk=deal.pk).exists()


def test_a_conversion_makes_a_deal_of_what_the_lead_looks_for(as_agent, account):
    lead = LeadFactory(account=account, first_name="Eva", last_name="Sol")
    url = reverse("leads:conversion", args=[lead.pk])
    assert "Create a deal" in as_agent.get(url).content.decode()
    as_agent.post(url, {"role": "buyer", "also": "deal", "deal_name": "Eva’s villa", "deal_type": "buy"})
    made = Deal.objects.get()
    assert (made.name, made.stage, made.parties.get().person_id) == ("Eva’s villa", "knowing", lead.pk)
    assert made.property_types == lead.lead.property_types


def test_a_conversion_without_the_tick_makes_no_deal(as_agent, account):
    lead = LeadFactory(account=account)
    as_agent.post(reverse("leads:conversion", args=[lead.pk]), {"role": "buyer"})
    assert not Deal.objects.exists()
    assert Person.objects.get(pk=lead.pk).is_contact
