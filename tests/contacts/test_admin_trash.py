"""The trash in Django admin: in sight, restorable, and for good only by a superuser who typed the number."""

import pytest
from django.contrib.admin.models import LogEntry

from contacts.models import Person
from contacts.timeline.models import Event, Note
from contacts.timeline.noting import write_note
from tests.contacts.admin_pages import TAKEN, page, posted, said, tick
from tests.factories import ContactFactory, RelationFactory


def test_rows_in_the_trash_are_in_sight_and_can_be_told_apart(desk, contact, agent):
    trashed = ContactFactory(account=contact.account, assigned_to=agent)
    trashed.trash(by=agent)
    for value, expected in (("yes", {trashed.pk}), ("no", {contact.pk}), ("", {trashed.pk, contact.pk})):
        response = desk.get(page(Person, "changelist"), {"trash": value} if value else {})
        assert {row.pk for row in response.context["cl"].queryset} == expected


@pytest.mark.parametrize("kind", ["person", "relation", "note"])
def test_rows_go_to_the_trash_and_come_back(desk, account, agent, contact, kind):
    row = {
        "person": lambda: contact,
        "relation": lambda: RelationFactory(account=account),
        "note": lambda: write_note(contact, "Text", by=agent),
    }[kind]()
    model = type(row) if kind != "person" else Person
    for action, in_trash in (("move_to_trash", True), ("restore", False)):
        desk.post(page(model, "changelist"), tick(model, action, row))
        assert model.with_trash.get(pk=row.pk).in_trash is in_trash
    for button, in_trash in (("trash", True), ("restore", False)):
        assert desk.get(page(model, button, row.pk)).status_code == 403
        assert desk.post(page(model, button, row.pk)).status_code == 302
        assert model.with_trash.get(pk=row.pk).in_trash is in_trash
    assert LogEntry.objects.count() == 4


def test_trash_and_restore_stand_on_the_timeline(desk, contact):
    desk.post(page(Person, "changelist"), tick(Person, "move_to_trash", contact))
    desk.post(page(Person, "changelist"), tick(Person, "restore", contact))
    assert [event.verb for event in contact.events.order_by("id")] == ["deleted", "restored"]


def test_people_of_several_accounts_are_trashed_at_once(desk, contact, stranger):
    other = ContactFactory(account=stranger.account, assigned_to=stranger)
    desk.post(page(Person, "changelist"), tick(Person, "move_to_trash", contact, other))
    assert Person.objects.count() == 0
    assert Event.objects.filter(verb="deleted").count() == 2


def test_a_restore_that_is_refused_names_the_person(desk, contact, agent):
    contact.trash(by=agent)
    ContactFactory(account=contact.account, email=contact.email, assigned_to=agent)
    response = desk.post(page(Person, "changelist"), tick(Person, "restore", contact), follow=True)
    assert said(response) == [f"Andrea Dourado López stays in the trash: {TAKEN[0].lower()}{TAKEN[1:]}"]
    assert Person.with_trash.get(pk=contact.pk).in_trash
    assert desk.post(page(Person, "restore", contact.pk)).status_code == 302
    assert Person.with_trash.get(pk=contact.pk).in_trash


def test_a_person_in_the_trash_can_be_given_a_free_email_and_restored(desk, contact, agent):
    contact.trash(by=agent)
    ContactFactory(account=contact.account, email=contact.email, assigned_to=agent)
    data = posted(Person.with_trash.get(pk=contact.pk), email="free@example.com")
    assert desk.post(page(Person, "change", contact.pk), data).status_code == 302
    desk.post(page(Person, "restore", contact.pk))
    assert Person.objects.filter(pk=contact.pk).exists()


def test_deleting_for_good_takes_a_superuser_the_trash_and_the_typed_number(desk, contact, agent):
    write_note(contact, "Text", by=agent)
    desk.post(page(Person, "changelist"), tick(Person, "delete_for_good", contact, typed="1"))
    assert Person.objects.count() == 1
    contact.trash(by=agent)
    asked = desk.post(page(Person, "changelist"), tick(Person, "delete_for_good", contact))
    assert "1 record will be deleted for good" in asked.content.decode()
    wrong = desk.post(page(Person, "changelist"), tick(Person, "delete_for_good", contact, typed="2"))
    assert "That is not 1." in wrong.content.decode()
    assert Person.with_trash.count() == 1
    desk.post(page(Person, "changelist"), tick(Person, "delete_for_good", contact, typed="1"))
    assert (Person.with_trash.count(), Event.objects.count(), Note.with_trash.count()) == (0, 0, 0)


@pytest.mark.parametrize("model", [Note, "relation"])
def test_notes_and_companies_are_deleted_for_good_with_their_events(desk, account, agent, contact, model):
    row = write_note(contact, "Text", by=agent) if model is Note else RelationFactory(account=account)
    model = type(row)
    desk.post(page(model, "changelist"), tick(model, "move_to_trash", row))
    desk.post(page(model, "changelist"), tick(model, "delete_for_good", row, typed="1"))
    assert model.with_trash.count() == 0
    assert Event.objects.count() == 0


def test_only_superusers_may_delete_for_good(client, contact, agent, rights):
    client.force_login(rights("contacts.view_person", "contacts.change_person", "contacts.delete_person"))
    client.post(page(Person, "changelist"), tick(Person, "move_to_trash", contact))
    client.post(page(Person, "changelist"), tick(Person, "delete_for_good", contact, typed="1"))
    assert Person.with_trash.get().in_trash


def test_looking_gives_no_right_to_change_or_trash(client, contact, rights):
    client.force_login(rights("contacts.view_person"))
    assert client.get(page(Person, "change", contact.pk)).status_code == 200
    assert client.post(page(Person, "change", contact.pk), posted(contact, city="Altea")).status_code == 403
    assert client.post(page(Person, "trash", contact.pk)).status_code == 403
    client.post(page(Person, "changelist"), tick(Person, "move_to_trash", contact))
    assert Person.objects.filter(pk=contact.pk, city="").exists()
