"""Every field rule is the model's: scripts meet the same verdicts as forms."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count

from contacts.models import Contact, Person
from contacts.models.trashing import purge_people, restore_people
from contacts.relations.models import Relation
from contacts.timeline.models import Event, Note
from contacts.timeline.noting import write_note
from tesoro.trash import live
from tests.factories import ContactFactory, LeadFactory, PersonFactory, RelationFactory


def _new(account, agent, **changes):
    fields = {
        "first_name": "Ana",
        "last_name": "Ruiz",
        "email": "a@example.com",
        "phone": "+34612345678",
        "role": "buyer",
    }
    return Contact(account=account, assigned_to=agent, **{**fields, **changes})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "An4"), ("first_name", ""), ("last_name", "x" * 101), ("last_name", "<b>"), ("email", "x"),
        ("phone", "123"), ("phone", ""), ("whatsapp", "x"), ("role", ""), ("role", "boss"), ("street", "x" * 61),
        ("city", "x" * 61), ("state", "x" * 61), ("zip_code", "x" * 61), ("notes", "x" * 10_001), ("country", "XX"),
        ("language", "xx"), ("salutation", "sir"), ("latitude", 91), ("longitude", -181),
    ],
)  # fmt: skip
def test_a_rule_holds_in_scripts(account, agent, field, value):
    with pytest.raises(ValidationError) as refusal:
        _new(account, agent, **{field: value}).add(by=agent)

    assert field in refusal.value.message_dict
    assert not Person.objects.exists()


def test_what_is_stored_is_normalised(account, agent):
    person = _new(account, agent, first_name="  Ana\u00a0 María ", email="Ana@EXAMPLE.com", phone="0034 612-34 56 78")
    person.add(by=agent)
    person = Person.objects.get()

    assert (person.first_name, person.email, person.phone.as_e164) == ("Ana María", "Ana@example.com", "+34612345678")
    assert person.email_key == "ana@example.com"


def test_an_email_is_unique_across_leads_and_contacts_whatever_its_case(account, agent):
    LeadFactory(account=account, email="É@example.com")

    with pytest.raises(ValidationError) as refusal:
        _new(account, agent, email="é@example.com").add(by=agent)

    assert refusal.value.message_dict == {
        "email": ["Another record (lead or contact) already uses this email address."]
    }


def test_the_database_itself_keeps_an_email_unique_and_a_contacts_role(account):
    ContactFactory(account=account, email="a@example.com")

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(account=account, email="A@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(account=account, role="")


def test_the_trash_frees_the_email_and_a_restore_is_refused_while_it_is_taken(account, agent, contact):
    contact.trash(by=agent)
    other = _new(account, agent, email=contact.email).add(by=agent)

    with pytest.raises(ValidationError) as refusal:
        contact.restore(by=agent)
    assert "already uses this email address" in refusal.value.message_dict["email"][0]

    other.trash(by=agent)
    contact.restore(by=agent)
    assert Contact.objects.get() == contact


def test_bulk_restore_names_those_whose_email_is_taken(account, agent, contact):
    contact.trash(by=agent)
    _new(account, agent, email=contact.email).add(by=agent)

    restored, refused = restore_people(Person.with_trash.for_account(account).trashed(), by=agent)

    assert (restored, refused) == (0, [contact.pk])


def test_two_trashed_people_with_one_email_cannot_both_come_back(account, agent, contact):
    contact.trash(by=agent)
    _new(account, agent, email=contact.email).add(by=agent).trash(by=agent)

    restored, refused = restore_people(Person.with_trash.for_account(account).trashed(), by=agent)

    assert (restored, len(refused)) == (1, 1)


def test_purging_empties_every_table_that_hangs_on_a_person(account, agent, contact):
    contact.set_tags(["VIP"])
    write_note(contact, "A note", by=agent)
    contact.trash(by=agent)

    assert purge_people(Person.with_trash.for_account(account)) == 1
    assert not Event.objects.exists()
    assert not Note.with_trash.exists()
    assert not Person.with_trash.exists()


def test_a_live_person_is_never_purged(contact):
    assert purge_people(Person.with_trash.all()) == 0
    assert Person.objects.exists()


def test_a_link_to_a_relation_in_the_trash_is_refused(account, agent):
    relation = RelationFactory(account=account, deleted_at="2026-01-01T00:00:00Z")

    with pytest.raises(ValidationError) as refusal:
        _new(account, agent, relation=relation).add(by=agent)

    assert "relation" in refusal.value.message_dict


def test_counts_across_a_relation_leave_the_trash_out(account, agent):
    relation = RelationFactory(account=account)
    ContactFactory(account=account, assigned_to=agent, relation=relation)
    ContactFactory(account=account, assigned_to=agent, relation=relation).trash(by=agent)

    counted = Relation.objects.annotate(n=Count("people", filter=live("people"))).get()
    assert counted.n == relation.people.count() == 1


def test_an_event_still_finds_its_person_in_the_trash(contact, agent):
    contact.trash(by=agent)

    assert Event.objects.select_related("person").get().person == contact


def test_last_activity_follows_the_newest_event(contact, agent):
    before = contact.last_activity_at
    write_note(contact, "A note", by=agent)

    assert Person.objects.get().last_activity_at > before
