"""From a number of the dashboard to what it counts, by keyboard, and further down the list."""

import re

import pytest
from playwright.sync_api import expect

from contacts.timeline.noting import write_note

NOTES = 60


@pytest.fixture
def notes(agent, contact):
    """More notes of the agent than a page of the list holds."""
    return [write_note(contact, f"Note {number}.", by=agent) for number in range(NOTES)]


def test_a_number_opens_the_list_of_what_it_counts(sign_in, admin, agent, notes):
    page = sign_in(admin)
    page.goto("/")
    card = page.get_by_role("region", name="Activity of each agent")
    card.get_by_role("row", name=agent.get_full_name()).get_by_role("link", name=str(NOTES)).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"Notes\s+{NOTES}"))
    expect(page.get_by_label("Whose figures")).to_have_value(str(agent.pk))
    page.locator(".older").scroll_into_view_if_needed()
    expect(page.locator(".deeds .event")).to_have_count(NOTES)
    page.get_by_role("link", name="Calls").click()
    expect(page.get_by_text("Nothing was done in these days")).to_be_visible()


def test_a_phone_without_script_goes_on_by_a_link(sign_in, agent, notes):
    page = sign_in(agent, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto("/activity/?kind=note")
    page.get_by_role("link", name="Show more").click()
    expect(page.locator(".deeds .event")).to_have_count(NOTES - 50)
    page.get_by_role("link", name="To the newest").click()
    expect(page.locator(".deeds .event")).to_have_count(50)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".deeds .where a").first.click()

    expect(page).to_have_url(re.compile(r"/contacts/\d+/notes/"))
