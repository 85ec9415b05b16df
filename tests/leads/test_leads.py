"""Leads: the list, and the page of a person in this section."""

import pytest
from django.urls import reverse

from contacts.timeline.noting import write_note
from tests.factories import ContactFactory, LeadFactory


@pytest.fixture
def lead(account, agent):
    return LeadFactory(account=account, assigned_to=agent, first_name="Friederike", last_name="Baumgartner")


def listed(client, **query):
    return [person.pk for person in client.get(reverse("leads:list"), query).context["listing"].page.rows]


def test_list_shows_leads_only(as_agent, lead, contact):
    assert listed(as_agent) == [lead.pk]


def test_list_shows_nothing_of_another_office(as_stranger, lead):
    assert listed(as_stranger) == []


def test_signed_out_visitor_is_asked_to_sign_in(client, lead):
    assert client.get(reverse("leads:list")).status_code == 302
    assert client.get(reverse("leads:detail", args=[lead.pk])).status_code == 302


def test_search_finds_a_lead(as_agent, lead, account):
    LeadFactory(account=account)
    assert listed(as_agent, q="baumg") == [lead.pk]


def test_list_is_sorted_by_its_heads(as_agent, lead, account):
    other = LeadFactory(account=account, first_name="Ana", last_name="Alba")
    assert listed(as_agent, sort="name") == [other.pk, lead.pk]
    assert 'aria-sort="ascending"' in as_agent.get(reverse("leads:list"), {"sort": "name"}).content.decode()


def test_list_has_pages_and_a_constant_number_of_queries(as_agent, account, agent, django_assert_max_num_queries):
    LeadFactory.create_batch(43, account=account, assigned_to=agent)
    with django_assert_max_num_queries(11):
        assert len(listed(as_agent)) == 25
    listing = as_agent.get(reverse("leads:list")).context["listing"]
    assert len(as_agent.get(reverse("leads:list") + listing.next_url).context["listing"].page.rows) == 18


def test_empty_result_counts_the_contacts_that_match(as_agent, lead, account):
    ContactFactory(account=account, first_name="Otto", last_name="Baumgarten")
    text = as_agent.get(reverse("leads:list"), {"q": "otto"}).content.decode()
    assert "There is 1 contact that matches" in text
    assert f'href="{reverse("contacts:list")}?q=otto"' in text


def test_office_without_leads_is_told_what_they_are(as_agent):
    assert "No leads yet" in as_agent.get(reverse("leads:list")).content.decode()


def test_page_of_a_lead_has_all_tabs_but_deals(as_agent, lead):
    answer = as_agent.get(lead.get_absolute_url())
    tabs = answer.context["record"].tabs
    assert len(tabs) == 10
    assert "deals" not in [tab.key for tab in tabs]
    assert all(tab.url.startswith(f"/leads/{lead.pk}/") for tab in tabs)
    assert all(as_agent.get(tab.url).status_code == 200 for tab in tabs)
    assert as_agent.get(f"{lead.get_absolute_url()}deals/").status_code == 404


@pytest.mark.parametrize("name", ["leads:detail", "leads:info", "leads:notes"])
def test_other_office_gets_404(as_stranger, lead, name):
    assert as_stranger.get(reverse(name, args=[lead.pk])).status_code == 404


def test_contact_opened_as_lead_is_found_in_contacts(as_agent, contact):
    assert as_agent.get(reverse("leads:detail", args=[contact.pk])).url == contact.get_absolute_url()


def test_page_of_a_lead_belongs_to_leads(as_agent, lead):
    text = as_agent.get(lead.get_absolute_url()).content.decode()
    assert f'<a href="{reverse("leads:list")}" aria-current="page">' in text
    assert reverse("contacts:edit", args=[lead.pk]) not in text


def test_note_is_written_on_a_lead(as_agent, lead):
    url = reverse("leads:notes", args=[lead.pk])
    assert as_agent.post(url, {"body": "Hello", "next": url}).url == f"{url}#note-{lead.note_set.get().pk}"
    assert lead.note_set.get().body == "Hello"


def test_note_on_somebody_converted_meanwhile_is_not_lost(as_agent, contact):
    as_agent.post(reverse("leads:notes", args=[contact.pk]), {"body": "Hello"})
    assert contact.note_set.get().body == "Hello"


def test_notes_of_a_lead_lead_back_to_it(as_agent, lead, agent):
    note = write_note(lead, "Hello", by=agent)
    assert as_agent.get(reverse("timeline:note", args=[note.pk])).url.startswith(lead.get_absolute_url())
