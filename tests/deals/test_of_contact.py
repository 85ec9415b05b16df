"""The tab Deals on the page of a contact."""

from decimal import Decimal

from django.urls import reverse

from contacts.models import Person
from deals.models import Deal
from deals.views.of_contact import SHOWN
from leads.converting import revert
from tests.deals.asking import asked
from tests.factories import DealFactory, LeadFactory, PartyFactory


def _tab(person):
    return reverse("contacts:deals", args=[person.pk])


def test_a_deal_is_shown_with_stage_value_role_closing_date_and_agent(as_agent, deal, buyer):
    Deal.objects.update(value=Decimal(485_000), closing_on="2027-03-01", stage="offer")
    text = as_agent.get(_tab(buyer)).content.decode()

    for shown in (f'<a href="{deal.get_absolute_url()}">Villa in Altea</a>', "Buyer · Buy", "Offer", "485,000"):
        assert shown in text
    assert "2027-03-01" in text
    assert "Agent: Lucía Fernández-Ocaña" in text


def test_open_deals_come_first_then_the_latest_active(as_agent, account, deal, buyer):
    times = {"won": "2026-11-20T00:00Z", "old": "2026-11-01T00:00Z", "new": "2026-11-10T00:00Z"}
    for name, at in times.items():
        made = DealFactory(account=account, name=name, stage="won" if name == "won" else "knowing", last_activity_at=at)
        PartyFactory(deal=made, person=buyer)
    Deal.objects.filter(pk=deal.pk).update(last_activity_at="2026-11-05T00:00Z")

    assert [row.name for row in as_agent.get(_tab(buyer)).context["rows"]] == ["new", "Villa in Altea", "old", "won"]


def test_the_tab_counts_live_deals_only(as_agent, agent, account, deal, buyer):
    PartyFactory(deal=DealFactory(account=account), person=buyer).deal.trash(by=agent)
    answer = as_agent.get(_tab(buyer))

    assert [row.name for row in answer.context["rows"]] == ["Villa in Altea"]
    assert {tab.key: tab.count for tab in answer.context["record"].tabs}["deals"] == 1


def test_create_deal_opens_the_panel_with_the_contact(as_agent, contact):
    text = as_agent.get(_tab(contact)).content.decode()
    address = f"{reverse('deals:create')}?contact={contact.pk}"
    assert "No deals yet" in text
    assert f'href="{address}" data-panel' in text
    assert as_agent.get(address).context["form"]["clients"].value() == contact.email


def test_beyond_fifty_the_list_of_deals_has_the_rest(as_agent, account, deal, buyer):
    assert "Show all deals" not in as_agent.get(_tab(buyer)).content.decode()
    for _number in range(SHOWN):
        PartyFactory(deal=DealFactory(account=account, assigned_to=deal.assigned_to), person=buyer)
    answer = as_agent.get(_tab(buyer))

    assert len(answer.context["rows"]) == SHOWN
    assert f'href="{reverse("deals:list")}?contact={buyer.pk}"' in answer.content.decode()


def test_it_costs_as_many_queries_for_many_deals_as_for_one(as_agent, account, deal, buyer):
    few = asked(as_agent, _tab(buyer))
    for _number in range(4):
        PartyFactory(deal=DealFactory(account=account), person=buyer)
    assert asked(as_agent, _tab(buyer)) == few


def test_a_lead_who_was_a_contact_has_the_tab_while_a_deal_is_left(as_agent, agent, deal, buyer):
    Deal.objects.update(stage="won")
    lead = revert(buyer, by=agent)
    there = reverse("leads:deals", args=[lead.pk])
    tabs = {tab.key: (tab.url, tab.count) for tab in as_agent.get(lead.get_absolute_url()).context["record"].tabs}
    assert tabs["deals"] == (there, 1)
    text = as_agent.get(there).content.decode()
    assert f'<a href="{deal.get_absolute_url()}">Villa in Altea</a>' in text
    assert "Create deal" not in text

    deal.trash(by=agent)
    assert as_agent.get(there).status_code == 404
    assert "deals" not in [tab.key for tab in as_agent.get(lead.get_absolute_url()).context["record"].tabs]


def test_a_lead_has_no_such_tab(as_agent, account):
    lead = Person.objects.get(pk=LeadFactory(account=account).pk)
    assert as_agent.get(f"{lead.get_absolute_url()}deals/").status_code == 404
    assert "Deals" not in [str(tab.label) for tab in as_agent.get(lead.get_absolute_url()).context["record"].tabs]


def test_another_offices_contact_is_not_there(as_stranger, buyer):
    assert as_stranger.get(_tab(buyer)).status_code == 404
