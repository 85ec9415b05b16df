"""Every list and every page of an object does its work with script turned off."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from accounts.models import Invitation
from contacts.models import Contact, Person
from contacts.timeline.noting import write_note
from tests.e2e import office_file
from tests.e2e.office_file import as_file
from tests.e2e.steps import KATHARINA, TAKEN, field, names, pick, said, to, to_contacts
from tests.factories import ContactFactory, LeadFactory, RelationFactory, UserFactory


@pytest.fixture
def page(sign_in, admin):
    """A window of the admin without script."""
    return sign_in(admin, java_script_enabled=False)


@pytest.fixture
def people(account, agent):
    """Thirty contacts of whom ten are sellers."""
    return [
        ContactFactory(account=account, assigned_to=agent, last_name=name, role="buyer" if place % 3 else "seller")
        for place, name in enumerate(f"Last {letter * times}" for letter in "ABCDEF" for times in range(1, 6))
    ]


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_the_list_is_searched_filtered_ordered_and_paged(page, people):
    to_contacts(page)
    page.get_by_role("link", name="Next").click()
    expect(names(page)).to_have_count(5)
    page.get_by_role("columnheader", name="Name").get_by_role("link").click()
    expect(names(page).first).to_have_text("Andrea Last A")
    page.get_by_role("link", name="Filter", exact=True).click()
    page.locator("main").get_by_role("group", name="Role").get_by_label("Seller").check()
    press(page, "Show contacts")
    expect(page.locator("main h1")).to_have_text("Contacts 10 of 30")
    search = page.locator("main").get_by_role("searchbox")
    search.fill("last aaaa")
    search.press("Enter")

    expect(names(page)).to_have_text(["Andrea Last AAAA"])
    page.get_by_role("link", name="Remove filter Role").click()
    expect(page).to_have_url(re.compile("q=last"))
    page.locator("main").get_by_role("searchbox").fill("nobody here")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="No contact matches")).to_be_visible()


def test_a_contact_is_created_corrected_and_edited(page, contact):
    to_contacts(page)
    page.get_by_role("link", name="Create contact").first.click()
    for label, value in zip(("First name", "Last name", "Email", "Phone"), KATHARINA, strict=True):
        field(page, label).fill(value)
    field(page, "Email").fill(contact.email)
    press(page, "Submit")
    expect(page.get_by_text(TAKEN)).to_be_visible()
    expect(field(page, "Last name")).to_have_value(KATHARINA[1])
    field(page, "Email").fill(KATHARINA[2])
    field(page, "Role").select_option("notary")
    press(page, "Submit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Katharina")
    page.get_by_role("link", name="Edit").click()
    field(page, "Tags").fill("Sea view, Cash buyer")
    field(page, "City").fill("Altea")
    press(page, "Update")

    said(page, "updated")
    person = Contact.objects.get(email=KATHARINA[2])
    assert (person.city, sorted(person.tag_names())) == ("Altea", ["Cash buyer", "Sea view"])


def test_a_conflict_keeps_every_word(page, contact, agent):
    to(page, contact, "edit")
    theirs = Contact.objects.get(pk=contact.pk)
    theirs.city = "Altea"
    theirs.revise(by=agent, version=theirs.version)
    field(page, "Street").fill("Calle Bernia 14")
    press(page, "Update")
    expect(page.get_by_text("saved this record")).to_be_visible()
    expect(field(page, "Street")).to_have_value("Calle Bernia 14")
    press(page, "Keep theirs, add mine")

    said(page, "updated")
    contact.refresh_from_db()
    assert (contact.street, contact.city) == ("Calle Bernia 14", "Altea")


def test_every_tab_opens_and_notes_are_written_pinned_edited_and_deleted(page, contact, admin):
    to(page, contact)
    for place in range(11):
        page.get_by_role("navigation", name="Sections").get_by_role("link").nth(place).click()
        expect(page.get_by_role("navigation", name="Sections").locator("[aria-current=page]")).to_be_visible()
    to(page, contact, "notes")
    page.get_by_placeholder("Write a note").fill("Looks for a **view** of the sea.")
    press(page, "Save note")
    expect(page.locator(".note strong")).to_have_text("view")
    press(page, "Pin")
    expect(page.locator(".note[data-pinned]")).to_be_visible()
    page.locator(".note").get_by_role("link", name="Edit").click()
    page.locator("textarea[name=body]").fill("Prefers WhatsApp.")
    press(page, "Save note")
    expect(page.locator("main")).to_contain_text("Prefers WhatsApp.")
    to(page, contact, "notes")
    press(page, "Delete")
    expect(page.get_by_role("heading", name="No notes yet")).to_be_visible()


def test_older_events_come_by_a_link(page, contact, admin):
    for number in range(60):
        write_note(contact, f"Note {number}.", by=admin)
    to(page, contact)
    expect(page.locator("main")).not_to_contain_text("Note 1.")
    for _page in range(3):
        if page.get_by_role("link", name="Load older").count():
            page.get_by_role("link", name="Load older").click()

    expect(page.locator("main")).to_contain_text("Note 1.")


def test_a_photo_is_uploaded_and_deleted(page, contact):
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(picture, "JPEG")
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    to(page, contact)
    page.get_by_label(f"Photo of {contact.full_name}").click()
    page.locator("input[name=photo]").set_input_files(photo)
    press(page, "Upload")
    expect(page.locator(".record-head img.avatar, .record-head .avatar img")).to_be_visible()
    page.get_by_label(f"Photo of {contact.full_name}").click()
    press(page, "Delete photo")

    expect(page.locator(".record-head img")).to_have_count(0)
    page.get_by_label(f"Photo of {contact.full_name}").click()
    page.locator("input[name=photo]").set_input_files({**photo, "buffer": b"\xff\xd8 no picture"})
    press(page, "Upload")
    expect(page.locator("main .error")).to_be_visible()


def test_one_and_many_go_to_the_trash_and_come_back(page, people):
    to(page, people[0])
    page.locator("main summary[aria-label=More]").click()
    press(page, "Move to trash")
    page.get_by_role("button", name="Undo").click()
    said(page, "1 record restored")
    to_contacts(page, "?sort=name")
    pick(page, "Andrea Last BB", "Andrea Last CC")
    press(page, "Delete")
    said(page, "2 contacts moved to the trash")
    page.goto("/trash/")
    page.locator("[data-select]").first.check()
    press(page, "Restore the selected records")
    said(page, "1 record restored")
    page.locator("[data-select]").first.check()
    press(page, "Delete for good")
    page.get_by_label("Type the number of records").fill("1")
    press(page, "Delete for good")

    said(page, "1 record deleted for good")
    assert (Person.objects.count(), Person.with_trash.count()) == (29, 29)


def test_the_chosen_are_assigned_and_tagged(page, people, admin):
    to_contacts(page, "?sort=name")
    page.locator("[data-select]").first.check()
    page.locator("[data-bulk] summary", has_text="Assign").click()
    page.locator("[data-bulk]").get_by_role("button", name=admin.get_full_name()).first.click()
    said(page, "1 contact assigned")
    page.locator("[data-select]").first.check()
    page.locator("[data-bulk] summary", has_text="Tag").click()
    page.get_by_label("Add a tag").fill("Sea view")
    press(page, "Add tag")

    said(page, "1 contact tagged “Sea view”")
    assert Person.objects.filter(assigned_to=admin).count() == 1
    assert [one.tag_names() for one in Person.objects.filter(tags__name="Sea view")] == [["Sea view"]]


def test_leads_are_listed_and_opened(page, account, agent):
    lead = LeadFactory(account=account, assigned_to=agent, last_name="Lead")
    page.goto("/leads/")
    page.locator("main").get_by_role("searchbox").fill("lead")
    page.keyboard.press("Enter")
    names(page).first.click()
    page.get_by_role("link", name="Contact Info").click()

    expect(page).to_have_url(re.compile(f"/leads/{lead.pk}/info/\\?within=q%3Dlead$"))


def test_users_are_invited_deactivated_and_their_mail_read(page, account, settings):
    settings.EMAIL_BACKEND = "accounts.mail.OutboxBackend"
    boris = UserFactory(account=account, first_name="Boris")
    page.goto("/settings/users/")
    page.get_by_role("link", name="Invite").click()
    field(page, "Email addresses").fill("nuria@example.com")
    page.locator("main button[data-hotkey='mod+s']").click()
    page.goto("/settings/outbox/")
    page.locator(".mails a").first.click()
    expect(page.locator("article.letter")).to_contain_text("nuria@example.com")
    assert Invitation.objects.get().email == "nuria@example.com"
    page.goto("/settings/users/")
    page.get_by_label("Actions for Boris").click()
    page.locator(f"#user-{boris.pk}").get_by_role("link", name="Deactivate").click()
    page.locator("main button[data-hotkey='mod+s']").click()

    expect(page.locator(f"#user-{boris.pk}")).to_contain_text("Inactive")


def test_settings_are_saved(page, account, admin):
    page.goto("/settings/account/")
    field(page, "Name of the office").fill("Casa del Mar")
    press(page, "Save")
    expect(page.locator("nav.sidebar")).to_contain_text("Casa del Mar")
    page.goto("/settings/profile/")
    field(page, "Job title").fill("Head of office")
    page.locator("main").get_by_label("Dark").check()
    press(page, "Save")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    for path in ("/settings/tags/", "/settings/"):
        assert page.goto(path).status == 200


def test_an_import_goes_through_its_steps(page, agent, stranger, account, start_worker):
    start_worker()
    LeadFactory(account=account, assigned_to=agent, email="lead@example.com")
    page.goto("/contacts/imports/new/")
    page.get_by_label("CSV file").set_input_files(as_file(office_file.rows()[:50]))
    press(page, "Upload and map columns")
    press(page, "Check 50 rows")
    expect(page.locator("#totals a", has_text="with errors").locator("strong")).to_have_text("3")
    page.locator("#line-23 td[data-bad] a.cell").click()
    page.locator("main input[name=value]").fill("Müßig")
    press(page, "Check the row")
    expect(page.locator("#totals a", has_text="with errors").locator("strong")).to_have_text("2")
    press(page, "Import 48 contacts")

    expect(page.locator(".run-figures li", has_text="failed").locator("strong")).to_have_text("2")
    press(page, "Undo import")
    expect(page.get_by_role("heading", name="has been undone")).to_be_visible()
    page.get_by_role("link", name="Contacts", exact=True).first.click()
    expect(page.get_by_role("heading", name="No contacts yet")).to_be_visible()


def test_a_company_is_typed_by_its_name(page, contact):
    RelationFactory(account=contact.account, name="Bufete Echeverría, S.L.")
    to(page, contact)
    page.locator("main").get_by_role("link", name="Edit", exact=True).click()
    field(page, "Relation").fill("Nobody & Sons")
    press(page, "Update")
    expect(page.locator("main")).to_contain_text("No company has this name.")
    field(page, "Relation").fill("bufete echeverria s.l.")
    press(page, "Update")
    said(page, "updated")

    to_contacts(page)
    page.get_by_role("link", name="Filter", exact=True).click()
    field(page, "Relation").fill("bufete echeverria s.l.")
    press(page, "Show contacts")
    expect(page).to_have_url(re.compile(r"\?relation=[0-9]+$"))
    expect(names(page)).to_have_text([contact.full_name])
