"""Somebody has the form open while a colleague converts and reverts the record: nothing is overwritten unseen."""

import pytest
from django.urls import reverse

from contacts.models import Person
from leads import converting
from tests.factories import ContactFactory, LeadFactory, contact_data

PROSPECT = {"type": "buyer", "status": "qualified", "stage": "hot", "source": "by_person", "property_types": ["villa"]}


@pytest.fixture
def lead(account, agent):
    """A qualified lead."""
    return LeadFactory(account=account, assigned_to=agent, lead__status="qualified")


def test_the_form_of_a_lead_tells_the_status_that_it_has_now(as_agent, admin, agent, lead):
    url = reverse("leads:edit", args=[lead.pk])
    data = contact_data(assigned_to=agent.pk, role=None, version=lead.version) | PROSPECT
    converting.revert(converting.convert(lead, "buyer", by=admin), by=admin)

    answer = as_agent.post(url, data)
    assert answer.status_code == 422
    merged = answer.context["merged"]
    assert [(row.label, row.old, row.new, row.mine) for row in merged.rows] == [
        ("Status", "Qualified", "New", "Qualified")
    ]
    assert (merged.form["status"].value(), merged.conflict.by) == ("new", admin)

    as_agent.post(url, {**data, "version": merged.form["version"].value(), "status": merged.form["status"].value()})
    assert Person.objects.get(pk=lead.pk).lead.status == "new"


def test_the_form_of_a_contact_tells_the_role_that_they_have_now(as_agent, admin, agent, account):
    contact = ContactFactory(account=account, assigned_to=agent, role="buyer")
    data = contact_data(assigned_to=agent.pk, role="buyer", version=contact.version)
    converting.convert(converting.revert(contact, by=admin), "lawyer", by=admin)

    answer = as_agent.post(reverse("contacts:edit", args=[contact.pk]), data)
    assert answer.status_code == 422
    assert [(row.label, row.new, row.mine) for row in answer.context["merged"].rows] == [("Role", "Lawyer", "Buyer")]
    assert Person.objects.get(pk=contact.pk).role == "lawyer"


def test_many_who_were_converted_are_told_likewise(as_agent, admin, agent, lead):
    data = contact_data(assigned_to=agent.pk, role=None, version=lead.version) | PROSPECT
    converting.convert_many(Person.objects.filter(pk=lead.pk), by=admin)
    converting.revert(lead, by=admin)

    answer = as_agent.post(reverse("leads:edit", args=[lead.pk]), data)
    assert [row.new for row in answer.context["merged"].rows] == ["New"]
