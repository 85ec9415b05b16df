"""Notes in a real browser: written on their tab, shown on Activities, changed in place, pinned, deleted, back again."""

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import said, to


@pytest.fixture
def page(sign_in, agent, contact):
    """The notes of a contact, as their agent sees them."""
    page = sign_in(agent)
    to(page, contact, "notes")
    page.wait_for_load_state()
    return page


def tally(page):
    """Return what the tab Notes counts."""
    return page.get_by_role("navigation", name="Sections").get_by_role("link", name="Notes").locator(".tally")


def write(page, words):
    page.get_by_placeholder("Write a note").fill(words)
    page.keyboard.press("Control+s")
    said(page, "Note saved")


def test_a_note_is_written_changed_in_place_deleted_and_brought_back(page, contact):
    write(page, "Looks for a **view** of the sea.")
    expect(tally(page)).to_have_text("1")
    to(page, contact)
    expect(page.locator(".timeline .note strong")).to_have_text("view")

    page.locator(".timeline .note").get_by_role("link", name="Edit").click()
    page.locator(".note-form textarea").fill("Prefers a garden.")
    page.keyboard.press("Control+s")
    expect(page.locator(".timeline .note .prose")).to_have_text("Prefers a garden.")
    expect(page.locator(".timeline .note")).to_contain_text("Edited")

    page.locator(".timeline .note").get_by_role("button", name="Delete").click()
    said(page, "Note deleted")
    expect(page.locator(".timeline .note")).to_have_count(0)
    expect(tally(page)).to_have_count(0)
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    said(page, "Note restored")
    expect(tally(page)).to_have_text("1")


def test_the_pinned_note_stands_first(page, contact):
    write(page, "The first.")
    write(page, "The second.")
    page.locator(".note", has_text="The first.").get_by_role("button", name="Pin").click()

    expect(page.locator(".note .prose").first).to_have_text("The first.")
    expect(page.locator(".note[data-pinned]")).to_have_count(1)
