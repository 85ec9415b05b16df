"""The page of a lead in Django admin: what support changes goes through the person's own command."""

import pytest
from django.urls import reverse

from contacts.models import Person
from leads.admin import LeadAdmin
from leads.models import Lead
from tests.contacts.admin_pages import errors, page
from tests.factories import ContactFactory, LeadFactory, PipelineFactory, UserFactory

KNOWN = {"lead__property_types": "villa,finca", "lead__source": "portals", "lead__portal": "kyero"}


@pytest.fixture
def desk(client, account):
    """A browser in which support is signed in."""
    client.force_login(UserFactory(account=None, is_staff=True, is_superuser=True, email="support@example.com"))
    return client


@pytest.fixture
def person(account, agent):
    """A lead from a portal."""
    return LeadFactory(account=account, assigned_to=agent, **KNOWN)


def posted(person, **changes):
    form = LeadAdmin.form(instance=Lead.objects.get(pk=person.pk))
    data = {name: form[name].value() for name in form.fields} | {"seen_version": person.version}
    return {name: value for name, value in data.items() if value not in (None, "")} | changes


def save(desk, person, **changes):
    return desk.post(page(Lead, "change", person.pk), posted(person, **changes))


def test_the_page_ticks_the_kinds_of_property(desk, person):
    text = desk.get(page(Lead, "change", person.pk)).content.decode()
    assert 'type="checkbox" name="property_types" value="villa" ' in text
    assert text.count(" checked") == 2


def test_saving_without_a_change_writes_nothing(desk, person):
    assert save(desk, person).status_code == 302
    assert not person.events.exists()
    assert Person.objects.get(pk=person.pk).version == 1


def test_a_change_is_told_on_the_timeline(desk, person):
    assert save(desk, person, property_types=["plot"], source="website").status_code == 302
    lead = Lead.objects.get(pk=person.pk)
    assert (lead.property_types, lead.source, lead.portal) == ("plot", "website", "")
    (event,) = person.events.all()
    assert [change["field"] for change in event.data["changes"]] == ["source", "portal", "property_types"]


def test_no_kind_of_property_is_told_at_the_field(desk, person):
    assert list(errors(save(desk, person, property_types=[]))) == ["property_types"]


def test_what_an_agent_saved_meanwhile_is_not_overwritten(desk, person, agent):
    data = posted(person, stage="hot")
    fresh = Person.objects.get(pk=person.pk)
    fresh.lead.timing = "1"
    fresh.lead.locations = "Altea"
    fresh.revise(by=agent, version=1, only=["locations"])
    assert "__all__" in errors(desk.post(page(Lead, "change", person.pk), data))
    assert (Lead.objects.get(pk=person.pk).locations, Lead.objects.get(pk=person.pk).stage) == ("Altea", "neutral")


def test_of_a_contact_what_was_noted_before_can_be_put_right(desk, account):
    contact = ContactFactory(account=account)
    PipelineFactory(person=contact, status="converted")
    assert save(desk, contact, stage="hot").status_code == 302
    assert (contact.lead.stage, Lead.objects.get(pk=contact.pk).stage) == ("neutral", "hot")


def test_the_list_opens(desk, person):
    assert str(person) in desk.get(reverse("admin:leads_lead_changelist")).content.decode()
