"""Nothing of one office opens for the admin of another, and nothing they send has an effect."""

import pytest
from playwright.sync_api import expect

from contacts.imports import uploading
from contacts.models import Person
from contacts.timeline.noting import write_note
from tests.factories import ContactFactory, LeadFactory
from tests.imports.conftest import csv_bytes, row, upload

pytestmark = pytest.mark.database

TABS = ["info", "deals", "notes", "emails", "calls", "whatsapp", "sms", "tasks", "meetings", "attachments"]


@pytest.fixture
def addresses(account, admin, contact):
    """Every page that shows something of the first office."""
    lead = LeadFactory(account=account, assigned_to=admin)
    trashed = ContactFactory(account=account, assigned_to=admin)
    trashed.trash(by=admin)
    note = write_note(contact, "Looks for a view of the sea.", by=admin)
    run = uploading.start(account, admin, upload(csv_bytes([row()])))
    return [
        *(f"/contacts/{contact.pk}/{tab}" for tab in ["", "edit/", "photo/", *(f"{tab}/" for tab in TABS)]),
        *(f"/leads/{lead.pk}/{tab}" for tab in ["", "info/", "info/city/", "notes/"]),
        f"/contacts/{contact.pk}/info/city/",
        f"/contacts/{trashed.pk}/",
        f"/notes/{note.pk}/",
        f"/notes/{note.pk}/edit/",
        *(f"/contacts/imports/{run.pk}/{step}" for step in ["", "mapping/", "verify/", "run/", "failed.csv"]),
        f"/settings/users/{admin.pk}/deactivation/",
    ]


def test_every_page_of_an_object_is_not_there(sign_in, stranger, addresses):
    page = sign_in(stranger)

    assert {path: page.goto(path).status for path in addresses} == dict.fromkeys(addresses, 404)
    expect(page.get_by_role("heading", name="Nothing is here")).to_be_visible()


def test_lists_and_searches_show_nobody_of_the_other_office(sign_in, stranger, addresses):
    page = sign_in(stranger)
    lists = ["/", "/contacts/", "/contacts/?q=andrea", "/leads/", "/trash/", "/contacts/imports/", "/settings/users/"]
    for path in lists:
        page.goto(path)
        expect(page.locator("main")).not_to_contain_text("Andrea")
        expect(page.locator("main")).not_to_contain_text("people.csv")
        expect(page.locator("main")).not_to_contain_text("Carmen")


def test_what_is_sent_for_objects_of_the_other_office_has_no_effect(sign_in, stranger, addresses, contact):
    page = sign_in(stranger)
    page.goto("/contacts/")
    trashed = Person.with_trash.exclude(deleted_at=None).get()
    for path, form in (
        ("/trash/restoration/", {"one": trashed.pk}),
        ("/contacts/trash/", {"id": contact.pk}),
        ("/contacts/tags/", {"id": contact.pk, "tag": "Stolen"}),
        (f"/contacts/{contact.pk}/trash/", {}),
        ("/trash/deletion/", {"one": trashed.pk, "typed": "1"}),
    ):
        send(page, path, form)

    trashed.refresh_from_db()
    contact.refresh_from_db()
    assert trashed.in_trash
    assert not contact.in_trash
    assert contact.tags.count() == 0


def send(page, path, form):
    """Post a form as a page of ours would, with its token."""
    token = page.context.request.get("/settings/profile/").text().split('name="csrfmiddlewaretoken" value="')[1][:64]
    answer = page.context.request.post(path, form={**form, "csrfmiddlewaretoken": token}, max_redirects=0)
    assert answer.status in (302, 404), (path, answer.status)
