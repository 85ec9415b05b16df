"""One lead the whole way: made, over the board by mouse and by keys, converted, found with its history, and back."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from leads.models import Lead
from tests.e2e.steps import field, names, panel, said
from tests.e2e.test_leads_board import card, drag, drop, lane
from tests.factories import ContactFactory, LeadFactory

pytestmark = pytest.mark.database

NAME = "Friederike Last"


def make(page):
    """Make a lead of the portal Kyero, cold, from the list, by keyboard."""
    page.goto(reverse("leads:list"))
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    expect(field(page, "First name")).to_be_focused()
    for label, text in {"First name": "Friederike", "Last name": "Last", "Phone": "+49 1512 3456789"}.items():
        field(page, label).fill(text)
    field(page, "Email").fill("f.last@example.org")
    field(page, "Source").select_option("portals")
    panel(page).get_by_label("Portal (source Portals)").select_option("kyero")
    field(page, "Stage").select_option("cold")
    panel(page).get_by_label("Villa").check()
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/leads/\d+/$"))


def move_by_mouse(page):
    page.goto(reverse("leads:board"))
    page.wait_for_load_state()
    drag(page, "Friederike", lane(page, "contacted"))
    drop(page, "Friederike")
    said(page, f"{NAME}: Contacted")


def move_by_keys(page):
    page.reload()
    page.get_by_role("link", name=NAME).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-board-says]")).to_have_text("Qualified, place 1")
    page.keyboard.press("Space")
    said(page, f"{NAME}: Qualified")
    expect(lane(page, "qualified").locator("h3 a")).to_have_text([NAME])


def convert(page):
    """Convert from the board's card: onto its page, and there."""
    card(page, "Friederike").get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="Convert", exact=True).click()
    expect(field(page, "Role")).to_have_value("buyer")
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/contacts/\d+/$"))


def find(page, section):
    """Open the person from the list of a section."""
    page.goto(reverse(f"{section}:list"))
    expect(names(page)).to_have_text([NAME])
    names(page).click()
    expect(page).to_have_url(re.compile(rf"/{section}/\d+/$"))
    page.wait_for_load_state()


def expect_told(page, *sentences):
    for sentence in sentences:
        expect(page.locator(".timeline")).to_contain_text(sentence)


def revert(page):
    page.keyboard.press("e")
    panel(page).get_by_role("link", name="Revert to lead").click()
    panel(page).get_by_role("button", name="Revert to lead").click()
    expect(page).to_have_url(re.compile(r"/leads/\d+/$"))


def ring(page):
    """Return how the browser draws the ring of what has the focus."""
    return page.evaluate("getComputedStyle(document.activeElement).outlineStyle")


def test_who_converts_by_keys_arrives_without_a_ring_and_sees_it_on_coming_by_tab(sign_in, account, agent):
    page = sign_in(agent)
    page.goto(LeadFactory(account=account, assigned_to=agent, lead__status="qualified").get_absolute_url())
    page.wait_for_load_state()
    page.get_by_role("link", name="Convert", exact=True).press("Enter")
    expect(field(page, "Role")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/contacts/\d+/$"))
    region = page.get_by_role("region", name="Activities")
    expect(region).to_be_focused()
    assert ring(page) == "none"
    page.keyboard.press("Tab")
    expect(region).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(region).to_be_focused()
    assert ring(page) == "solid"


def test_a_lead_goes_the_whole_way_and_back(sign_in, agent):
    page = sign_in(agent)
    make(page)
    move_by_mouse(page)
    move_by_keys(page)
    convert(page)

    history = ["created this record", "from New to Contacted", "from Contacted to Qualified"]
    find(page, "contacts")
    expect_told(page, *history, "made a contact of this lead")
    revert(page)

    find(page, "leads")
    expect(page.locator("#record-prospect .path [aria-current=step]")).to_contain_text("New")
    expect(page.locator("#record-prospect")).to_contain_text("Portals: Kyero")
    expect(page.locator("#record-prospect .heat")).to_have_text("Cold")
    expect_told(page, *history, "made a contact of this lead", "made a lead of this contact again")
    lead = Lead.objects.get()
    assert (lead.status, lead.source, lead.portal, lead.stage) == ("new", "portals", "kyero", "cold")
    page.goto(reverse("leads:board"))
    expect(lane(page, "new").locator("h3 a")).to_have_text([NAME])
    page.goto(reverse("contacts:list"))
    expect(page.get_by_role("heading", name="No contacts yet")).to_be_visible()


def test_a_contact_that_never_was_a_lead_reverts_to_by_person_and_hot(sign_in, account, agent):
    ContactFactory(account=account, assigned_to=agent, first_name="Friederike", last_name="Last")
    page = sign_in(agent)
    find(page, "contacts")
    revert(page)

    find(page, "leads")
    expect(page.locator("#record-prospect")).to_contain_text("By Person")
    expect(page.locator("#record-prospect .heat")).to_have_text("Hot")
    expect(page.locator("#record-prospect .path [aria-current=step]")).to_contain_text("New")
    assert Lead.objects.get().source == "by_person"
