"""What a lead looked for, on the page of the contact they became."""

import pytest
from django.urls import reverse

from contacts.timeline.models import Event
from leads.converting import convert, revert
from leads.models import Lead
from tests.factories import LeadFactory


@pytest.fixture
def became(account, agent):
    wish = {"price_from": "400000", "price_to": "650000.50", "locations": "Altea", "timing": "6m", "bedrooms": 3}
    lead = LeadFactory(account=account, assigned_to=agent, first_name="Friederike")
    Lead.objects.filter(pk=lead.pk).update(source="portals", portal="idealista", **wish)
    return convert(lead, "buyer", by=agent)


def shown(client, person, tab="info"):
    return client.get(reverse(f"contacts:{tab}", args=[person.pk])).content.decode()


@pytest.mark.parametrize(
    "words",
    ["€400,000", "€650,000.50", "Altea", "within 6 months", "Portals", "Idealista", "Villa", "As a lead",
     "Noted while this contact was a lead"],
)  # fmt: skip
def test_info_of_a_contact_shows_what_they_looked_for_as_a_lead(as_agent, became, words):
    section = shown(as_agent, became).partition('id="past-lead"')[2].partition("</section>")[0]
    assert words in section


def test_what_comes_from_the_lead_cannot_be_changed(as_agent, became):
    section = shown(as_agent, became).partition('id="past-lead"')[2].partition("</section>")[0]
    assert "<a" not in section
    assert as_agent.get(reverse("contacts:info-field", args=[became.pk, "price_from"])).status_code == 404


def test_empty_criteria_take_no_row(as_agent, became):
    assert "Features" not in shown(as_agent, became)


def test_side_of_every_tab_sums_up_what_they_looked_for(as_agent, became):
    text = shown(as_agent, became, "detail")
    assert "€400k–650k" in text
    assert "Portals: Idealista" in text


def test_contact_who_never_was_a_lead_has_no_such_group(as_agent, contact):
    assert "past-lead" not in shown(as_agent, contact)


def test_lead_again_shows_it_only_as_a_lead_does(as_agent, became, agent):
    lead = revert(became, by=agent)
    text = as_agent.get(reverse("leads:info", args=[lead.pk])).content.decode()
    assert "past-lead" not in text
    assert "€400,000" in text


def test_colleague_of_another_office_sees_nothing_of_it(as_stranger, became):
    assert as_stranger.get(reverse("contacts:info", args=[became.pk])).status_code == 404


def test_prices_are_told_in_the_currency_of_the_account(as_agent, became, account, agent):
    account.currency = "GBP"
    account.save()
    lead = revert(became, by=agent)
    assert "£400,000" in as_agent.get(reverse("leads:info", args=[lead.pk])).content.decode()
    found = Lead.objects.get(pk=lead.pk)
    found.person.lead.price_to = 500_000
    found.person.revise(by=agent, version=found.person.version)
    changes = Event.objects.filter(person=lead.pk, verb="changed").latest("id").data["changes"]
    assert changes == [{"field": "price_to", "old": "£650,000.50", "new": "£500,000"}]
