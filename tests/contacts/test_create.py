"""/contacts/new/: the panel that creates a contact."""

import pytest
from django.urls import reverse

from contacts.models import Contact, Person
from tests.factories import ContactFactory, LeadFactory, UserFactory, contact_data

URL = reverse("contacts:create")
TAKEN = "Another record (lead or contact) already uses this email address."


def test_an_agent_creates_a_contact_and_its_timeline_begins(as_agent, agent):
    response = as_agent.post(URL, contact_data(assigned_to=agent.pk, tags="VIP, Second home"))

    contact = Contact.objects.get()
    assert response.url == contact.get_absolute_url()
    assert contact.account == agent.account
    assert contact.assigned_to == agent
    assert str(contact.phone) == "+49 1512 3456789"
    assert contact.tag_names() == ["Second home", "VIP"]
    assert [(event.verb, event.actor) for event in contact.events.all()] == [("created", agent)]


def test_the_form_proposes_oneself_the_accounts_language_and_mrs(as_agent, agent):
    form = as_agent.get(URL).context["form"]

    assert form["assigned_to"].value() == agent.pk
    assert form["language"].value() == agent.account.language
    assert form["salutation"].value() == "mrs"


def test_htmx_is_led_on_after_success_and_shown_the_errors_otherwise(as_agent, agent):
    good = as_agent.post(URL, contact_data(assigned_to=agent.pk), headers={"HX-Request": "true"})
    bad = as_agent.post(URL, contact_data(assigned_to=agent.pk, first_name=""), headers={"HX-Request": "true"})

    assert (good.status_code, good["HX-Redirect"]) == (204, Contact.objects.get().get_absolute_url())
    assert bad.status_code == 200
    assert "First name is missing." in bad.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("first_name", "Kath4rina", "A name has no digits."),
        ("first_name", "  ", "First name is missing."),
        ("last_name", "", "Last name is missing."),
        ("last_name", "a" * 101, "100"),
        ("email", "", "Email is missing."),
        ("email", "katharina@example", "The part after the @ has no ending."),
        ("phone", "", "Phone is missing."),
        ("phone", "612 34 56 78", "No country code. Start with + or 00."),
        ("role", "", "Role is missing."),
        ("role", "king", "king"),
        ("street", "a" * 61, "60"),
        ("notes", "a" * 10_001, "10,000"),
        ("whatsapp", "abc", ""),
        ("country", "ZZ", "ZZ"),
        ("tags", "x" * 41, "40"),
    ],
)
def test_each_mistake_is_told_at_its_field_and_nothing_typed_is_lost(as_agent, agent, field, value, message):
    response = as_agent.post(
        URL, contact_data(**{"assigned_to": agent.pk, "notes": "Prefers calls after 18:00", field: value})
    )

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    assert "von Hohenfels-Lindemann" in response.content.decode() or field == "last_name"
    assert not Person.objects.exists()


@pytest.mark.parametrize("factory", [ContactFactory, LeadFactory])
def test_an_email_that_is_taken_is_refused_with_a_way_to_the_record(as_agent, agent, factory):
    other = factory(account=agent.account, email="K.Hohenfels-Lindemann@example.org")

    response = as_agent.post(URL, contact_data(assigned_to=agent.pk))

    assert response.context["form"].errors["email"] == [TAKEN]
    assert other.get_absolute_url() in response.content.decode()
    assert f"Open {other.full_name} in {other.section}" in response.content.decode()


def test_an_email_of_another_office_or_of_the_trash_is_free(as_agent, agent, stranger):
    ContactFactory(account=stranger.account, email="k.hohenfels-lindemann@example.org")
    ContactFactory(account=agent.account, email="k.hohenfels-lindemann@example.org").trash(by=agent)

    as_agent.post(URL, contact_data(assigned_to=agent.pk))

    assert Contact.objects.for_account(agent.account).count() == 1


def test_the_database_refusing_the_email_becomes_a_form_error(as_agent, agent, monkeypatch):
    """Two who save at once both pass validation: only the constraint sees the second."""
    monkeypatch.setattr(Person, "validate_constraints", lambda *args, **kwargs: None)
    ContactFactory(account=agent.account, email="k.hohenfels-lindemann@example.org")

    response = as_agent.post(URL, contact_data(assigned_to=agent.pk))

    assert response.status_code == 422
    assert response.context["form"].errors["email"] == [TAKEN]


def test_somebody_of_another_office_or_inactive_cannot_be_assigned(as_agent, agent, stranger):
    inactive = UserFactory(account=agent.account, is_active=False)

    for user in (stranger, inactive):
        response = as_agent.post(URL, contact_data(assigned_to=user.pk))
        assert list(response.context["form"].errors) == ["assigned_to"]


def test_create_another_opens_an_empty_form(as_agent, agent):
    response = as_agent.post(URL, contact_data(assigned_to=agent.pk, another="1"))

    assert response.url == URL
