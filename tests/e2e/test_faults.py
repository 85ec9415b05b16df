"""What only a browser shows: errors that leave, where one begins, what is demanded; and how a board is reached."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.e2e.steps import panel
from tests.factories import LeadFactory


@pytest.fixture
def page(sign_in, agent, account):
    """The list of leads as the agent sees it, with two of them."""
    LeadFactory.create_batch(2, account=account, assigned_to=agent)
    page = sign_in(agent)
    page.goto(reverse("leads:list"))
    return page


def test_error_leaves_when_its_field_is_put_right(page):
    page.goto(reverse("leads:create"))
    page.locator("main").get_by_role("button", name="Submit").click()
    expect(page.get_by_text("First name is missing.")).to_be_visible()
    page.get_by_label("First name").fill("Ana")
    expect(page.get_by_text("First name is missing.")).to_have_count(0)
    expect(page.get_by_text("Last name is missing.")).to_be_visible()


def test_filters_open_at_the_top(page):
    page.get_by_role("link", name="Filter", exact=True).click()
    expect(panel(page).get_by_role("checkbox", name="New")).to_be_focused()
    assert panel(page).locator(".body").evaluate("body => body.scrollTop") == 0


def test_portal_is_demanded_as_soon_as_the_source_is_portals(page):
    page.goto(reverse("leads:create"))
    portal = page.locator("[name=portal]")
    expect(portal).to_be_hidden()
    page.locator("[name=source]").select_option("portals")
    expect(portal).to_have_attribute("aria-required", "true")
    expect(page.locator(".field", has=portal).get_by_text("Optional")).to_be_hidden()


def test_missing_reason_keeps_the_selection_and_stands_beside_its_field(page):
    for box in page.locator("[data-select]").all():
        box.check()
    page.get_by_role("toolbar").get_by_label("Status").click()
    page.get_by_role("button", name="Lost").click()
    expect(page.locator("#bulk-reason")).to_be_focused()
    expect(page.get_by_text("Give a reason.")).to_be_visible()
    expect(page.locator("[data-select]:checked")).to_have_count(2)
    page.locator("#bulk-reason").fill("Bought elsewhere")
    expect(page.get_by_text("Give a reason.")).to_have_count(0)
    page.get_by_role("button", name="Lost").click()
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts")).to_contain_text("Undone for 2 records")


def test_board_is_one_stop_from_the_top_of_the_page(page):
    page.goto(reverse("leads:board"))
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the cards")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-card] h3 a").first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_contain_text("Board: lift a card, put it down")
