"""The composer on Activities, and the keys of a person's page."""

import re

import pytest
from playwright.sync_api import expect

from contacts.timeline.models import Note
from tests.e2e.steps import panel, said, to

KINDS = ["Email", "Call", "Task", "Meeting"]
FORMS = {"m": "emails/new/", "c": "calls/", "t": "tasks/new/"}


@pytest.fixture
def page(sign_in, admin, contact):
    """The page of a contact, as the admin sees it."""
    page = sign_in(admin)
    to(page, contact)
    page.wait_for_load_state()
    return page


def composer(page):
    return page.locator("form#composer")


def note(page):
    return page.get_by_placeholder("Write a note")


def choose(page, kind):
    composer(page).get_by_role("link", name=kind, exact=True).click()


@pytest.mark.parametrize("kind", KINDS)
def test_another_kind_comes_in_the_place_of_the_note_and_the_note_comes_back(page, kind):
    here = page.url
    choose(page, kind)
    expect(composer(page).locator(".kinds [aria-current=true]")).to_have_text(kind)
    expect(composer(page).locator(":focus")).to_have_count(1)
    choose(page, "Note")

    expect(note(page)).to_be_focused()
    expect(page).to_have_url(here)


def test_words_are_not_thrown_away_without_a_question(page):
    note(page).fill("Looks for a view.")
    choose(page, "Task")
    page.get_by_role("button", name="Keep editing").click()
    expect(note(page)).to_have_value("Looks for a view.")
    choose(page, "Task")
    page.get_by_role("button", name="Discard").click()

    expect(composer(page).locator(".kinds [aria-current=true]")).to_have_text("Task")


def test_the_kind_that_is_open_is_no_question(page):
    note(page).fill("Looks for a view.")
    choose(page, "Note")

    expect(page.locator("#discard")).to_be_hidden()
    expect(note(page)).to_have_value("Looks for a view.")


def test_n_focuses_the_note_writes_it_and_shows_it(page):
    page.keyboard.press("n")
    expect(note(page)).to_be_focused()
    page.keyboard.type("never met, net worth unknown")
    page.keyboard.press("Control+s")

    said(page, "Note saved")
    expect(page.locator(".timeline .note")).to_contain_text("never met")
    assert Note.objects.get().body == "never met, net worth unknown"


def test_n_brings_the_note_back_from_another_kind(page):
    choose(page, "Task")
    expect(composer(page).locator("input:focus")).to_be_visible()  # its first field takes the focus when it is there
    expect(page.locator(".htmx-settling")).to_have_count(0)  # the browser gives it before htmx does, a moment later
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")

    expect(note(page)).to_be_focused()


def test_n_leads_to_activities_from_another_tab(page, contact):
    to(page, contact, "info")
    page.wait_for_load_state()
    page.keyboard.press("n")

    expect(note(page)).to_be_focused()


@pytest.mark.parametrize("key", FORMS)
def test_a_key_opens_its_form_in_the_panel(page, key):
    page.keyboard.press(key)

    expect(panel(page).locator("form")).to_be_visible()
    expect(panel(page).locator("form[method=post]")).to_have_attribute("action", re.compile(FORMS[key]))


def test_keys_rest_while_one_types(page):
    note(page).fill("")
    page.keyboard.type("c m n t e")

    expect(note(page)).to_have_value("c m n t e")
    expect(panel(page)).to_be_hidden()


def test_what_is_off_says_why_on_focus_and_opens_nothing(page, contact):
    type(contact).objects.filter(pk=contact.pk).update(do_not_contact=True)
    page.reload()
    way = page.locator(".way", has_text="Email")
    way.focus()

    tip = "getComputedStyle(document.activeElement, '::after')"
    assert page.evaluate(f"{tip}.opacity") == "1"
    assert "asked not to be contacted" in page.evaluate(f"{tip}.content")
    page.keyboard.press("Enter")
    page.keyboard.press("m")
    expect(panel(page)).to_be_hidden()


def test_kinds_lead_to_pages_of_their_own_without_script(sign_in, admin, contact):
    page = sign_in(admin, java_script_enabled=False)
    to(page, contact)
    choose(page, "Task")

    expect(page).to_have_url(f"{page.url.split('/contacts/')[0]}/contacts/{contact.pk}/tasks/new/")
    expect(page.locator("main form").first).to_be_visible()
