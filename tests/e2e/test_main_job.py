"""The main job: an admin writes a contact down, an agent keeps it right, and nobody is written down twice."""

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from tests.e2e.steps import KATHARINA, TAKEN, come_in, field, open_create, panel, said, to, to_contacts, type_along
from tests.factories import ContactFactory, LeadFactory

pytestmark = pytest.mark.database


@pytest.fixture
def andrea(account, agent):
    return ContactFactory(account=account, assigned_to=agent, email="andrea@example.com")


def test_an_admin_signs_in_and_creates_a_contact_with_the_keyboard_alone(open_browser, admin):
    page = open_browser()
    come_in(page, admin)
    open_create(page)
    type_along(page, *KATHARINA)
    field(page, "Role").focus()
    page.keyboard.type("Notary")
    page.keyboard.press("Control+s")

    expect(page.get_by_role("heading", name="Katharina von Hohenfels-Lindemann", level=1)).to_be_visible()
    said(page, "created")
    person = Contact.objects.get(account=admin.account, email="k.hohenfels@example.org")
    assert (person.phone.as_e164, person.role, person.assigned_to) == ("+4915123456789", "notary", admin)


def test_an_agent_edits_with_e_and_the_timeline_shows_old_and_new(sign_in, agent, andrea):
    page = sign_in(agent)
    to(page, andrea)
    page.keyboard.press("e")
    field(page, "Phone").fill("+34 699 11 22 33")
    page.keyboard.press("Control+s")

    said(page, "updated")
    changes = page.locator(".timeline .changes").first
    expect(changes.locator("del")).to_have_text("+34 612 34 56 78")
    expect(changes.locator("ins")).to_have_text("+34 699 11 22 33")
    expect(page.locator(".timeline .event").first).to_contain_text(agent.get_full_name())


def test_a_taken_email_is_refused_with_the_way_to_the_record_that_has_it(sign_in, admin, andrea):
    page = sign_in(admin)
    to_contacts(page)
    open_create(page)
    type_along(page, "Katharina", "Hohenfels")
    field(page, "Phone").fill("+49 1512 3456789")
    field(page, "Role").select_option("buyer")
    field(page, "Email").fill("ANDREA@example.com")
    page.keyboard.press("Control+s")

    expect(panel(page).locator("#id_email_error")).to_contain_text(TAKEN)
    expect(field(page, "Email")).to_be_focused()
    expect(field(page, "Last name")).to_have_value("Hohenfels")
    assert panel(page).locator("#id_email_error a").get_attribute("href") == andrea.get_absolute_url()
    assert Contact.objects.count() == 1


def test_a_taken_email_is_told_while_typing_and_its_link_opens_the_lead(sign_in, admin):
    lead = LeadFactory(account=admin.account, assigned_to=admin, email="lead@example.com")
    page = sign_in(admin)
    to_contacts(page)
    open_create(page)
    field(page, "Email").press_sequentially("Lead@example.com")

    expect(panel(page).get_by_text(TAKEN)).to_be_visible()
    expect(field(page, "Email")).to_have_attribute("aria-invalid", "true")
    with page.context.expect_page() as opened:
        panel(page).get_by_role("link", name="Open Andrea Dourado López in Leads").click(modifiers=["Control"])
    expect(opened.value).to_have_url(f"{page.evaluate('location.origin')}{lead.get_absolute_url()}")


def test_an_email_that_becomes_free_while_typing_is_no_error(sign_in, admin, andrea):
    page = sign_in(admin)
    to_contacts(page)
    open_create(page)
    field(page, "Email").press_sequentially("andrea@example.com")
    expect(panel(page).get_by_text(TAKEN)).to_be_visible()
    field(page, "Email").press_sequentially(".es")

    expect(panel(page).get_by_text(TAKEN)).to_be_hidden()
    expect(field(page, "Email")).not_to_have_attribute("aria-invalid", "true")


def test_a_phone_reads_back_as_international_and_says_what_is_wrong(sign_in, admin, account):
    page = sign_in(admin)
    to_contacts(page)
    open_create(page)
    phone = field(page, "Phone")
    phone.fill("0034612345678")
    phone.press("Tab")
    expect(phone).to_have_value("+34 612 34 56 78")

    phone.fill("612345678")
    phone.press("Tab")
    expect(phone).to_have_attribute("aria-invalid", "true")
    expect(phone).to_have_value("612345678")
