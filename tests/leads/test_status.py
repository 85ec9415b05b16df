"""Moving leads along the pipeline from their page, and the pages of conversion and reversion."""

import pytest
from django.urls import reverse

from contacts import hindrances
from contacts.models import Kind, Person
from leads.converting import convert
from leads.models import Lead
from tests.factories import LeadFactory


@pytest.fixture
def lead(account, agent):
    """A lead of the agent."""
    return LeadFactory(account=account, assigned_to=agent)


def url(name, person):
    return reverse(f"leads:{name}", args=[person.pk])


def test_a_click_on_the_path_changes_the_status(as_agent, lead):
    answer = as_agent.post(url("status", lead), {"status": "contacted"})
    assert answer.url == lead.get_absolute_url()
    assert Lead.objects.get().status == "contacted"
    assert lead.events.get().verb == "status_changed"
    as_agent.post(url("status", lead), {"status": "contacted"})
    assert lead.events.count() == 1


@pytest.mark.parametrize("status", ["lost", "unqualified"])
def test_the_ends_ask_why(as_agent, lead, status):
    assert as_agent.get(url("status", lead), {"status": status}).context["form"]["status"].value() == status
    refused = as_agent.post(url("status", lead), {"status": status})
    assert refused.status_code == 422
    assert "Give a reason." in refused.content.decode()
    as_agent.post(url("status", lead), {"status": status, "reason": "Bought elsewhere"})
    stored = Lead.objects.get()
    assert (stored.status, stored.reason) == (status, "Bought elsewhere")
    as_agent.post(url("status", lead), {"status": "new"})
    assert Lead.objects.get().reason == ""


def test_converted_leads_to_the_conversion(as_agent, lead):
    assert as_agent.post(url("status", lead), {"status": "converted"}).url == url("conversion", lead)
    assert Lead.objects.get().status == "new"


def test_an_unknown_status_is_refused(as_agent, lead):
    assert as_agent.post(url("status", lead), {"status": "married"}).status_code == 422


def test_the_conversion_proposes_the_role_and_asks_when_it_is_early(as_agent, lead):
    page = as_agent.get(url("conversion", lead))
    assert page.context["form"]["role"].value() == "buyer"
    assert "not Qualified. Convert anyway?" in page.content.decode()
    Lead.objects.update(status="qualified", type="landlord")
    page = as_agent.get(url("conversion", lead))
    assert page.context["form"]["role"].value() == "landlord"
    assert "Convert anyway?" not in page.content.decode()


def test_a_conversion_leads_to_the_contact(as_agent, lead):
    answer = as_agent.post(url("conversion", lead), {"role": "buyer"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("contacts:detail", args=[lead.pk])
    assert "is a contact now" in answer.content.decode()
    assert lead.pk not in [row.pk for row in as_agent.get(reverse("leads:list")).context["listing"].rows]
    assert lead.pk in [row.pk for row in as_agent.get(reverse("contacts:list")).context["listing"].rows]


def test_a_conversion_without_a_role_is_refused(as_agent, lead):
    answer = as_agent.post(url("conversion", lead), {"role": ""})
    assert answer.status_code == 422
    assert "Role is missing." in answer.content.decode()


def test_who_is_a_contact_already_is_shown(as_agent, agent, lead):
    convert(lead, "buyer", by=agent)
    for send in (as_agent.get, as_agent.post):
        assert send(url("conversion", lead), {"role": "buyer"}).url == reverse("contacts:detail", args=[lead.pk])
    assert lead.events.filter(verb="converted").count() == 1


def test_the_reversion_says_what_will_happen_and_does_it(as_agent, agent, contact):
    text = as_agent.get(url("reversion", contact)).content.decode()
    assert "By Person" in text
    assert "Hot" in text
    answer = as_agent.post(url("reversion", contact))
    assert answer.url == reverse("leads:detail", args=[contact.pk])
    assert Person.objects.get(pk=contact.pk).kind == Kind.LEAD
    assert as_agent.post(url("reversion", contact)).url == answer.url


def test_the_reversion_is_refused_with_the_reason(as_agent, contact, monkeypatch):
    reasons = [lambda people: {people[0].pk: "Takes part in the open deal Villa Sol."}]
    monkeypatch.setattr(hindrances, "to_revert", reasons)
    assert "Villa Sol" in as_agent.get(url("reversion", contact)).content.decode()
    refused = as_agent.post(url("reversion", contact))
    assert refused.status_code == 422
    assert "Villa Sol" in refused.content.decode()
    assert Person.objects.get(pk=contact.pk).kind == Kind.CONTACT


@pytest.mark.parametrize("name", ["status", "conversion", "reversion"])
def test_another_office_finds_nothing(as_stranger, lead, name):
    assert as_stranger.get(url(name, lead)).status_code == 404
    assert as_stranger.post(url(name, lead), {"status": "contacted", "role": "buyer"}).status_code == 404
    assert Lead.objects.get().status == "new"


def test_many_are_converted_after_a_question(as_agent, account, lead):
    other = LeadFactory(account=account, lead__status="qualified", lead__type="tenant")
    many = reverse("leads:bulk-conversion")
    chosen = {"id": [lead.pk, other.pk], "next": "/leads/?stage=neutral"}
    text = as_agent.post(many, chosen).content.decode()
    assert "2 leads leave Leads" in text
    assert "1 of them is not Qualified" in text
    assert not Person.objects.contacts().filter(pk__in=[lead.pk, other.pk]).exists()

    assert as_agent.post(many, {**chosen, "sure": "True", "role": "", "counted": "2"}).url == "/leads/?stage=neutral"
    assert {person.role for person in Person.objects.contacts()} == {"buyer", "tenant"}
    assert as_agent.post(many, {**chosen, "sure": "True"}, follow=True).content.decode().count("Nobody was selected")


def test_all_that_match_are_converted_to_one_role(as_agent, account):
    LeadFactory.create_batch(3, account=account, lead__stage="hot")
    LeadFactory(account=account, lead__stage="cold")
    chosen = {"all": "1", "scope": "stage=hot", "sure": "True", "role": "landlord", "counted": "3"}
    as_agent.post(reverse("leads:bulk-conversion"), chosen)
    assert Person.objects.contacts().filter(role="landlord").count() == 3
    assert Person.objects.leads().count() == 1


@pytest.mark.parametrize("counted", ["2", "", "x"])
def test_more_than_the_question_said_are_asked_about_again(as_agent, account, counted):
    LeadFactory.create_batch(3, account=account, lead__stage="hot")
    chosen = {"all": "1", "scope": "stage=hot", "sure": "True", "role": "landlord", "next": "/leads/?stage=hot"}
    answer = as_agent.post(reverse("leads:bulk-conversion"), {**chosen, "counted": counted})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "3 leads leave Leads" in text
    assert 'name="counted" value="3"' in text
    assert "/leads/?stage=hot" in answer.context["cancel_url"]
    assert not Person.objects.contacts().exists()


def test_nobody_of_another_office_is_converted_with_many(as_stranger, lead):
    as_stranger.post(reverse("leads:bulk-conversion"), {"id": lead.pk, "sure": "True", "role": "buyer", "counted": "1"})
    assert Person.objects.get(pk=lead.pk).kind == Kind.LEAD


def test_a_better_word_for_the_reason_leaves_the_order_alone(as_agent, account, lead):
    for person in (lead, LeadFactory(account=account)):
        as_agent.post(url("status", person), {"status": "lost", "reason": "Gone"})
    order = [row.pk for row in Lead.objects.of_status("lost")]
    as_agent.post(url("status", lead), {"status": "lost", "reason": "Bought elsewhere"})
    assert [row.pk for row in Lead.objects.of_status("lost")] == order
    assert Lead.objects.get(pk=lead.pk).reason == "Bought elsewhere"


def test_too_many_are_not_converted_at_once(as_agent, account, monkeypatch):
    monkeypatch.setattr("leads.views.conversion.MOST_AT_ONCE", 1)
    LeadFactory.create_batch(2, account=account)
    answer = as_agent.post(reverse("leads:bulk-conversion"), {"all": "1", "sure": "True"}, follow=True)
    assert "Convert at most 1 leads at once" in answer.content.decode()
    assert Person.objects.leads().count() == 2
