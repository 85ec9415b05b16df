"""Exporting people from Django admin."""

import csv
import io

from django.urls import reverse

from contacts.admin import PersonAdmin
from contacts.models import Person
from tests.contacts.admin_pages import page, tick
from tests.factories import ContactFactory


def export(desk, **data):
    form = {"resource": "0", "format": "0", **data}
    form |= {f"peopleresource_{name}": "on" for name in PersonAdmin.resource_classes[0].fields}
    response = desk.post(reverse("admin:contacts_person_export"), form)
    assert response["Content-Type"] == "text/csv"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_export_makes_formulas_harmless_and_names_the_account(desk, contact, stranger):
    Person.objects.update(notes="=HYPERLINK(1)")
    ContactFactory(account=stranger.account, assigned_to=stranger)
    rows = export(desk)
    assert {row["Account"] for row in rows} == {"Casa Mirador", "Otra Casa"}
    assert "'=HYPERLINK(1)" in {row["Notes"] for row in rows}


def test_export_leaves_the_trash_alone_and_keeps_to_what_was_ticked(desk, contact, agent):
    other = ContactFactory(account=contact.account, assigned_to=agent)
    gone = ContactFactory(account=contact.account, assigned_to=agent)
    gone.trash(by=agent)
    assert {row["Email"] for row in export(desk)} == {contact.email, other.email}
    assert {row["Email"] for row in export(desk, export_items=[contact.pk, gone.pk])} == {contact.email}
    asked = desk.post(page(Person, "changelist"), tick(Person, "export_admin_action", contact, gone))
    assert asked.status_code == 200


def test_nothing_is_imported_through_django_admin(desk):
    assert desk.get("/support/contacts/person/import/").status_code == 302  # taken for an id that is none
    assert not hasattr(PersonAdmin, "import_action")
