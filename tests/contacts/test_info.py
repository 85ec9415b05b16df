"""/contacts/<pk>/info/<field>/: each field of Contact Info is changed where it stands."""

import pytest
from django.urls import reverse

from contacts.info import GROUPS, names_for
from contacts.models import Person
from tests.factories import ContactFactory, LeadFactory, RelationFactory, UserFactory

FIELDS = [name for _label, names in GROUPS.values() for name in names]


def url(person, field):
    return reverse(f"{person.namespace}:info-field", args=[person.pk, field])


def htmx(person, field):
    return {"HX-Request": "true", "HX-Target": f"info-{field}"}


def save(client, person, field, value, version=1, **more):
    data = {field: value, "version": version, **more}
    return client.post(url(person, field), data, headers=htmx(person, field))


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_leads_to_its_control(as_agent, contact, field):
    tab = as_agent.get(reverse("contacts:info", args=[contact.pk])).content.decode()
    assert f'href="{url(contact, field)}"' in tab
    control = as_agent.get(url(contact, field), headers=htmx(contact, field)).content.decode()
    assert "<html" not in control
    assert f'id="info-{field}" data-fact data-editing' in control
    assert f'id="info-{field}-value"' in control


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_a_page_of_its_own_without_script(as_agent, contact, field):
    text = as_agent.get(url(contact, field)).content.decode()
    assert "<title>Andrea Dourado López: " in text
    assert 'name="version" value="1"' in text


VALUES = {
    "salutation": ("dr", "dr"), "language": ("de", "de"), "first_name": (" Ana  María ", "Ana María"),
    "last_name": ("Groß", "Groß"), "email": ("ana@EXAMPLE.com", "ana@example.com"),
    "phone": ("0034 612 34 56 79", "+34612345679"), "whatsapp": ("+34612345679", "+34612345679"),
    "do_not_contact": ("on", True), "role": ("notary", "notary"), "street": ("Calle Bernia 14", "Calle Bernia 14"),
    "zip_code": ("03590", "03590"), "city": (" Altea ", "Altea"), "state": ("Alicante", "Alicante"),
    "country": ("ES", "ES"), "notes": ("Two\r\nlines", "Two\nlines"),
}  # fmt: skip


@pytest.mark.parametrize("field", VALUES)
def test_one_field_is_stored_with_one_event(as_agent, contact, field):
    typed, kept = VALUES[field]
    save(as_agent, contact, field, typed)
    stored = Person.objects.get(pk=contact.pk)
    assert getattr(getattr(stored, field), "as_e164", getattr(stored, field)) == kept
    assert stored.version == 2
    assert [change["field"] for change in contact.events.get().data["changes"]] == [field]


def test_agent_relation_and_tags_are_changed(as_agent, account, contact):
    mateo, relation = UserFactory(account=account), RelationFactory(account=account)
    save(as_agent, contact, "assigned_to", mateo.pk)
    save(as_agent, contact, "relation", relation.name, 2)
    save(as_agent, contact, "tags", "Sea view, Cash buyer", 3)
    stored = Person.objects.get(pk=contact.pk)
    assert (stored.assigned_to, stored.relation, stored.version) == (mateo, relation, 4)
    assert stored.tag_names() == ["Cash buyer", "Sea view"]


def test_answer_brings_the_field_and_all_that_shows_it(as_agent, contact):
    text = save(as_agent, contact, "last_name", "Zubizarreta").content.decode()
    assert "<html" not in text
    assert text.lstrip().startswith('<div class="fact" id="info-last_name" data-fact>')
    for place in (
        "record-head",
        "record-name",
        "record-facts",
        "consent-side",
        "consent-tab",
        "info-activity",
        "toasts",
    ):
        assert f'id="{place}"' in text
    assert "Andrea Zubizarreta" in text.split('id="record-head"')[1]
    assert "Last name saved" in text


def test_saving_what_stands_already_writes_nothing(as_agent, contact):
    text = save(as_agent, contact, "first_name", "Andrea").content.decode()
    assert "saved" not in text
    assert not contact.events.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("first_name", "R2D2", "digit"),
        ("email", "nonsense", "@"),
        ("phone", "612345678", "country code"),
        ("street", "x" * 61, "At most 60"),
        ("role", "", "Role is missing."),
        ("tags", ",".join(f"tag {n}" for n in range(51)), "at most 50 tags"),
    ],
)
def test_what_is_wrong_is_told_beside_the_control_and_kept(as_agent, contact, field, value, message):
    answer = save(as_agent, contact, field, value)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert message in text.split(f'id="info-{field}-value_error"')[1]
    assert 'aria-invalid="true"' in text
    assert Person.objects.get(pk=contact.pk).version == 1
    assert as_agent.post(url(contact, field), {field: value, "version": 1}).status_code == 422


def test_email_that_is_taken_shows_the_way_to_its_record(as_agent, account, contact):
    lead = LeadFactory(account=account, email="lead@example.com")
    text = save(as_agent, contact, "email", "LEAD@example.com").content.decode()
    assert "already uses this email address" in text
    assert f'href="{lead.get_absolute_url()}"' in text
    assert "in Leads" in text


def test_field_is_saved_whatever_is_wrong_with_another(as_agent, contact):
    Person.objects.filter(pk=contact.pk).update(first_name="R2D2", assigned_to=None)
    save(as_agent, contact, "city", "Altea")
    assert Person.objects.get(pk=contact.pk).city == "Altea"


def meanwhile(contact, admin, **values):
    """Let a colleague save something."""
    theirs = Person.objects.get(pk=contact.pk)
    for name, value in values.items():
        setattr(theirs, name, value)
    theirs.revise(by=admin, version=theirs.version)


def test_a_colleague_who_saved_another_field_keeps_it(as_agent, admin, contact):
    meanwhile(contact, admin, street="Calle Bernia 14")
    save(as_agent, contact, "city", "Altea")
    stored = Person.objects.get(pk=contact.pk)
    assert (stored.street, stored.city, stored.version) == ("Calle Bernia 14", "Altea", 3)


def test_a_colleague_who_saved_the_same_field_is_shown_first(as_agent, admin, contact):
    meanwhile(contact, admin, city="Calpe")
    text = save(as_agent, contact, "city", "Altea").content.decode()
    assert "Carmen Fernández-Ocaña changed this" in text
    assert "<b>Calpe</b>" in text
    assert 'value="Altea"' in text
    assert 'name="version" value="2"' in text
    assert Person.objects.get(pk=contact.pk).city == "Calpe"


def test_mine_is_saved_when_i_say_so(as_agent, admin, contact):
    meanwhile(contact, admin, city="Calpe")
    save(as_agent, contact, "city", "Altea", 2)
    assert Person.objects.get(pk=contact.pk).city == "Altea"


def test_a_colleague_who_saved_the_very_same_is_no_question(as_agent, admin, contact):
    meanwhile(contact, admin, city="Altea")
    text = save(as_agent, contact, "city", "Altea").content.decode()
    assert "data-editing" not in text
    assert Person.objects.get(pk=contact.pk).version == 2


def test_question_is_asked_on_the_page_without_script_too(as_agent, admin, contact):
    meanwhile(contact, admin, city="Calpe")
    answer = as_agent.post(url(contact, "city"), {"city": "Altea", "version": 1})
    assert answer.status_code == 422
    assert "Save mine" in answer.content.decode()


def test_page_without_script_leads_back_to_the_field(as_agent, contact):
    answer = as_agent.post(url(contact, "city"), {"city": "Altea", "version": 1})
    assert answer.url == f"{reverse('contacts:info', args=[contact.pk])}#info-city"


def test_lead_is_changed_in_its_section_and_has_no_role(as_agent, account):
    lead = LeadFactory(account=account)
    assert "role" not in names_for(lead)
    assert as_agent.get(url(lead, "role")).status_code == 404
    save(as_agent, lead, "city", "Altea")
    assert Person.objects.get(pk=lead.pk).city == "Altea"


@pytest.mark.parametrize("field", ["version", "kind", "account", "photo", "email_key", "horses"])
def test_nothing_else_can_be_changed_here(as_agent, contact, field):
    assert save(as_agent, contact, field, "1").status_code == 404


def test_other_fields_that_are_sent_along_are_ignored(as_agent, contact):
    save(as_agent, contact, "city", "Altea", first_name="Mallory")
    assert Person.objects.get(pk=contact.pk).first_name == "Andrea"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "0"])
def test_damaged_version_overwrites_nobody(as_agent, admin, contact, version):
    meanwhile(contact, admin, city="Calpe")
    save(as_agent, contact, "city", "Altea", version)
    assert Person.objects.get(pk=contact.pk).city == "Calpe"


def test_other_office_finds_nothing(as_stranger, contact):
    assert as_stranger.get(url(contact, "city")).status_code == 404
    assert save(as_stranger, contact, "city", "Altea").status_code == 404


def test_agent_of_another_office_is_no_choice(as_agent, contact, stranger):
    assert "Select a valid choice" in save(as_agent, contact, "assigned_to", stranger.pk).content.decode()


def test_nothing_is_changed_on_a_person_in_the_trash(as_agent, agent, contact):
    contact.trash(by=agent)
    assert save(as_agent, contact, "city", "Altea", 2).status_code == 404


def test_markup_in_a_value_is_shown_as_text(as_agent, account):
    contact = ContactFactory(account=account, street="<script>alert(1)</script>", notes="<img src=x>")
    text = as_agent.get(reverse("contacts:info", args=[contact.pk])).content.decode()
    assert "<script>alert" not in text
    assert "<img src=x>" not in text
