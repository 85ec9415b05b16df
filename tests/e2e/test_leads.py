"""A lead in a real browser: made by keyboard, changed, walked along the pipeline, converted, and back again."""

import re

import pytest
from playwright.sync_api import expect

from contacts.models import Person
from contacts.timeline.noting import write_note
from leads.models import Lead
from tests.e2e.steps import field, names, panel, said, to
from tests.factories import ContactFactory, LeadFactory

pytestmark = pytest.mark.database


@pytest.fixture
def lead(account, agent):
    """A qualified lead with a note."""
    lead = LeadFactory(
        account=account, assigned_to=agent, lead__status="qualified", lead__source="portals", lead__portal="kyero",
        lead__stage="cold",
    )  # fmt: skip
    write_note(lead, "Looks for a **view**.", by=agent)
    return lead


@pytest.fixture
def page(sign_in, agent):
    """A window of the agent, on the list of leads."""
    page = sign_in(agent)
    page.goto("/leads/")
    page.wait_for_load_state()
    return page


def step(page, name):
    """Return a step of the pipeline on the page of a lead."""
    return page.locator("#record-prospect .path li").filter(has_text=name)


def test_a_lead_is_made_with_the_keyboard_and_the_portal_is_asked_for(page):
    page.keyboard.press("Control+k")
    expect(field(page, "First name")).to_be_focused()
    page.keyboard.type("Friederike")
    page.keyboard.press("Tab")
    page.keyboard.type("Baumgartner")
    field(page, "Email").fill("f.baumgartner@example.org")
    field(page, "Phone").fill("+49 1512 3456789")
    expect(panel(page).get_by_label("Portal (source Portals)")).to_be_hidden()
    field(page, "Source").select_option("portals")
    page.keyboard.press("Control+s")

    expect(panel(page).get_by_text("Choose the portal.").first).to_be_visible()
    expect(panel(page).get_by_text("Choose at least one.").first).to_be_visible()
    panel(page).get_by_label("Portal (source Portals)").select_option("kyero")
    panel(page).get_by_label("Villa").check()
    panel(page).get_by_label("Finca").check()
    panel(page).get_by_label("Locations").fill("Jávea,")
    panel(page).get_by_label("Price to").fill("650k")
    page.keyboard.press("Control+s")

    expect(page).to_have_url(re.compile(r"/leads/\d+/$"))
    expect(page.locator("#record-prospect")).to_contain_text("Villa or finca, Jávea, to €650k")
    expect(page.locator("#record-prospect")).to_contain_text("Portals: Kyero")
    page.goto("/leads/")
    expect(names(page)).to_have_text(["Friederike Baumgartner"])


def test_a_lead_is_walked_along_converted_and_reverted(page, lead):
    page.goto(lead.get_absolute_url())
    page.get_by_role("link", name="Convert", exact=True).click()
    expect(field(page, "Role")).to_have_value("buyer")
    page.keyboard.press("Control+s")

    expect(page).to_have_url(re.compile(rf"/contacts/{lead.pk}/$"))
    said(page, "is a contact now")
    expect(page.locator(".timeline")).to_contain_text("made a contact of this lead")
    expect(page.locator(".timeline .note strong")).to_have_text("view")
    page.goto("/leads/")
    expect(page.get_by_role("heading", name="No leads yet")).to_be_visible()
    page.goto("/contacts/")
    expect(names(page)).to_have_text([lead.full_name])

    names(page).click()
    page.wait_for_load_state()
    page.keyboard.press("e")
    panel(page).get_by_role("link", name="Revert to lead").click()
    expect(panel(page)).to_contain_text("Portals, Kyero")
    expect(panel(page)).to_contain_text("Cold")
    panel(page).get_by_role("button", name="Revert to lead").click()

    expect(page).to_have_url(re.compile(rf"/leads/{lead.pk}/$"))
    expect(step(page, "New")).to_have_attribute("aria-current", "step")
    expect(page.locator(".timeline")).to_contain_text("made a lead of this contact again")
    stored = Lead.objects.get()
    assert (stored.status, stored.source, stored.portal, stored.stage) == ("new", "portals", "kyero", "cold")
    page.goto("/contacts/")
    expect(page.get_by_role("heading", name="No contacts yet")).to_be_visible()


def test_a_contact_that_never_was_a_lead_reverts_to_by_person_and_hot(page, account, agent):
    contact = ContactFactory(account=account, assigned_to=agent)
    to(page, contact)
    page.get_by_label("More", exact=True).click()
    page.get_by_role("link", name="Revert to lead").click()
    expect(panel(page)).to_contain_text("By Person")
    panel(page).get_by_role("button", name="Revert to lead").click()

    expect(page).to_have_url(re.compile(rf"/leads/{contact.pk}/$"))
    expect(page.locator("#record-prospect")).to_contain_text("By Person")
    expect(page.locator("#record-prospect")).to_contain_text("Hot")


def test_a_lead_that_is_not_qualified_is_asked_about_and_steps_change_its_status(page, lead):
    page.goto(lead.get_absolute_url())
    step(page, "Contacted").get_by_role("button").click()
    said(page, "Contacted")
    expect(step(page, "Contacted")).to_have_attribute("aria-current", "step")
    step(page, "Converted").get_by_role("link").click()
    expect(panel(page)).to_contain_text("not Qualified. Convert anyway?")
    page.keyboard.press("Escape")

    page.locator("#record-prospect").get_by_role("link", name="Lost").click()
    expect(field(page, "Reason")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(panel(page).get_by_text("Give a reason.").first).to_be_visible()
    field(page, "Reason").fill("Bought with another agency")
    page.keyboard.press("Control+s")
    expect(page.locator("#record-prospect .notice")).to_contain_text("Bought with another agency")


def test_a_lead_is_edited_with_e_and_in_place(page, lead):
    page.goto(lead.get_absolute_url())
    page.wait_for_load_state()
    page.keyboard.press("e")
    field(page, "Stage").select_option("hot")
    page.keyboard.press("Control+s")
    expect(page.locator("#record-prospect .heat")).to_have_text("Hot")
    expect(page.locator(".timeline")).to_contain_text("changed the stage from Cold to Hot")

    page.goto(f"{lead.get_absolute_url()}info/")
    page.locator("#info-locations a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#info-locations input[data-tokens]")).to_be_focused()
    page.keyboard.type("Altea")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    said(page, "Locations saved")
    assert Person.objects.get(pk=lead.pk).lead.locations == "Altea"


def test_without_script_a_lead_is_made_moved_converted_and_reverted(sign_in, agent, lead):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(lead.get_absolute_url())
    step(page, "Contacted").get_by_role("button").click()
    expect(step(page, "Contacted")).to_have_attribute("aria-current", "step")
    page.locator("#record-prospect").get_by_role("link", name="Lost").click()
    page.get_by_label("Reason").fill("Too far")
    page.locator("main").get_by_role("button", name="Save").click()
    expect(page.locator("#record-prospect .notice")).to_contain_text("Too far")
    page.get_by_role("link", name="Convert", exact=True).click()
    page.locator("main").get_by_role("button", name="Convert").click()
    expect(page).to_have_url(re.compile(rf"/contacts/{lead.pk}/$"))
    page.goto(f"/contacts/{lead.pk}/edit/")
    page.get_by_role("link", name="Revert to lead").click()
    page.locator("main").get_by_role("button", name="Revert to lead").click()
    expect(step(page, "New")).to_have_attribute("aria-current", "step")


def test_a_lead_is_read_and_moved_on_a_phone(sign_in, agent, lead):
    page = sign_in(agent, viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto("/leads/")
    page.get_by_role("link", name=lead.full_name).tap()
    expect(page.locator("#record-prospect")).to_contain_text("Villa")
    step(page, "Contacted").get_by_role("button").tap()
    said(page, "Contacted")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
