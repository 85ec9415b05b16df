"""/contacts/<pk>/edit/: change a contact, and two who change it at once."""

import pytest
from django.urls import reverse

from accounts.models import User
from contacts.models import Conflict, Contact
from tests.factories import RelationFactory, UserFactory, contact_data


@pytest.fixture
def data(contact):
    return contact_data(
        first_name=contact.first_name,
        last_name=contact.last_name,
        email=contact.email,
        phone="+34 612 34 56 78",
        language="es",
        assigned_to=contact.assigned_to_id,
        version=contact.version,
    )


def _url(contact):
    return reverse("contacts:edit", args=[contact.pk])


def test_a_change_is_stored_and_told_with_old_and_new_values(as_agent, agent, contact, data):
    as_agent.post(_url(contact), {**data, "role": "tenant", "city": " Altea "})

    contact.refresh_from_db()
    assert (contact.role, contact.city, contact.version) == ("tenant", "Altea", 2)
    event = contact.events.get()
    assert (event.verb, event.actor) == ("changed", agent)
    assert event.data["changes"] == [
        {"field": "role", "old": "Buyer", "new": "Tenant"},
        {"field": "city", "old": "", "new": "Altea"},
    ]


def test_saving_without_a_change_writes_nothing(as_agent, contact, data):
    as_agent.post(_url(contact), data)

    contact.refresh_from_db()
    assert contact.version == 1
    assert contact.events.count() == 0


def test_a_new_agent_alone_is_told_as_an_assignment(as_agent, contact, data):
    mateo = UserFactory(account=contact.account, first_name="Mateo", last_name="Ibáñez")

    as_agent.post(_url(contact), {**data, "assigned_to": mateo.pk})

    assert contact.events.get().verb == "assigned"


def test_the_own_email_is_not_taken(as_agent, contact, data):
    response = as_agent.post(_url(contact), {**data, "email": contact.email.upper()})

    assert response.status_code == 302


def test_somebody_deactivated_since_stays_assigned(as_agent, contact, data):
    contact.assigned_to.is_active = False
    contact.assigned_to.save()
    other = UserFactory(account=contact.account)
    as_agent.force_login(other)

    response = as_agent.post(_url(contact), {**data, "city": "Altea"})

    assert response.status_code == 302


def test_the_second_of_two_sees_what_changed_and_loses_nothing(as_agent, as_admin, contact, data):
    as_admin.post(_url(contact), {**data, "phone": "+34 612 34 56 02", "city": "Altea"})

    response = as_agent.post(_url(contact), {**data, "phone": "+34 612 34 56 90", "street": "Calle Bernia 14"})

    body = response.content.decode()
    assert response.status_code == 422
    assert "Carmen" in body
    assert "yours:" in body
    form = response.context["form"]
    assert form["phone"].value() == "+34 612 34 56 02"
    assert form["street"].value() == "Calle Bernia 14"
    assert form["city"].value() == "Altea"
    assert form["version"].value() == "2"


def test_keep_theirs_add_mine_stores_both(as_agent, as_admin, contact, data):
    as_admin.post(_url(contact), {**data, "phone": "+34 612 34 56 02"})
    as_agent.post(_url(contact), {**data, "phone": "+34 612 34 56 90", "street": "Calle Bernia 14"})

    as_agent.post(_url(contact), {**data, "version": 2, "phone": "+34 612 34 56 02", "street": "Calle Bernia 14"})

    contact.refresh_from_db()
    assert (contact.phone.as_e164, contact.street) == ("+34612345602", "Calle Bernia 14")


def test_overwrite_with_mine_puts_back_what_was_typed(as_agent, as_admin, contact, data):
    as_admin.post(_url(contact), {**data, "phone": "+34 612 34 56 02"})

    as_agent.post(
        _url(contact),
        {**data, "version": 2, "phone": "+34 612 34 56 02", "typed-phone": "+34 612 34 56 90", "mine": "1"},
    )

    contact.refresh_from_db()
    assert contact.phone.as_e164 == "+34612345690"


def test_a_bulk_change_meanwhile_is_a_conflict_too(as_agent, as_admin, admin, contact, data):
    as_admin.post(reverse("contacts:bulk-assignment"), {"id": contact.pk, "agent": admin.pk})

    response = as_agent.post(_url(contact), {**data, "city": "Altea"})

    assert response.status_code == 422
    assert response.context["form"]["assigned_to"].value() == str(admin.pk)


def test_a_contact_of_another_office_is_not_there(as_stranger, contact, data):
    assert as_stranger.get(_url(contact)).status_code == 404
    assert as_stranger.post(_url(contact), data).status_code == 404
    assert Contact.objects.get(pk=contact.pk).version == 1


def test_two_colleagues_of_one_name_are_told_apart(as_agent, contact, data):
    namesake = UserFactory(account=contact.account)

    as_agent.post(_url(contact), {**data, "assigned_to": namesake.pk})

    contact.refresh_from_db()
    assert (contact.assigned_to, contact.version) == (namesake, 2)
    assert contact.events.get().verb == "assigned"


def test_a_form_that_was_open_while_the_contact_was_trashed_does_not_bring_it_back(agent, contact):
    opened = Contact.objects.get(pk=contact.pk)
    contact.trash(by=agent)
    opened.city = "Altea"

    with pytest.raises(Conflict):
        opened.revise(by=agent, version=opened.version)
    assert not Contact.objects.exists()


def test_saving_a_form_keeps_a_photo_that_was_set_meanwhile(agent, contact):
    opened = Contact.objects.get(pk=contact.pk)
    Contact.objects.filter(pk=contact.pk).update(avatar="1/people/new.webp")
    opened.city = "Altea"
    opened.revise(by=agent, version=opened.version)

    assert Contact.objects.get(pk=contact.pk).avatar.name == "1/people/new.webp"


def test_a_contact_keeps_its_company_when_that_lies_in_the_trash(as_agent, contact, data):
    relation = RelationFactory(account=contact.account, deleted_at="2026-01-01T00:00:00Z")
    Contact.objects.filter(pk=contact.pk).update(relation=relation)

    as_agent.post(_url(contact), {**data, "relation": relation.name, "city": "Altea"})

    contact.refresh_from_db()
    assert (contact.relation_id, contact.city) == (relation.pk, "Altea")


def test_the_form_tells_the_check_whose_email_it_is(as_agent, contact):
    assert f'data-check-id="{contact.pk}"' in as_agent.get(_url(contact)).content.decode()


def test_after_a_conflict_the_first_user_of_all_is_still_offered(as_agent, account, contact, data):
    """The number 1 equals True: it must not become the "on" of a check box."""
    first = User.objects.filter(pk=1).first() or UserFactory(pk=1, account=account)
    User.objects.filter(pk=1).update(account=account)
    Contact.objects.filter(pk=contact.pk).update(assigned_to=UserFactory(pk=77_000, account=account))
    changed = Contact.objects.get(pk=contact.pk)
    changed.assigned_to = User.objects.get(pk=1)
    changed.revise(by=first, version=1)

    response = as_agent.post(_url(contact), {**data, "city": "Altea"})

    assert response.context["form"]["assigned_to"].value() == "1"


def test_a_contact_trashed_while_its_form_was_open_keeps_what_was_typed(as_agent, agent, contact, data):
    contact.trash(by=agent)

    response = as_agent.post(_url(contact), {**data, "street": "Calle Bernia 14"})

    assert response.status_code == 422
    assert "moved to the trash in the meantime" in response.content.decode()
    assert response.context["form"]["street"].value() == "Calle Bernia 14"
    assert as_agent.get(_url(contact)).url == contact.get_absolute_url()
    assert not Contact.objects.exists()
