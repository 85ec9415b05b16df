"""The side panel and the keys: nothing typed is lost without a question, and the keyboard reaches everything."""

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from tests.e2e.steps import KATHARINA, field, open_create, panel, said, to, to_contacts, type_along


@pytest.fixture
def page(sign_in, admin):
    """The list of contacts, as the admin sees it."""
    page = sign_in(admin)
    to_contacts(page)
    return page


def press_escape(page):
    page.keyboard.press("Escape")


def press_cross(page):
    panel(page).get_by_role("button", name="Close").click()


def press_cancel(page):
    panel(page).get_by_role("link", name="Cancel").click()


def click_beside(page):
    page.mouse.click(5, 300)


def go_back(page):
    page.evaluate("history.back()")


WAYS_OUT = [press_escape, press_cross, press_cancel, click_beside, go_back]


@pytest.mark.parametrize("leave", WAYS_OUT, ids=lambda way: way.__name__)
def test_a_changed_form_asks_before_it_closes_and_keep_editing_keeps_every_word(page, leave):
    open_create(page)
    type_along(page, "Katharina", "Hohenfels")
    field(page, "Notes").fill("Looks for a view of the sea.")
    leave(page)
    page.get_by_role("button", name="Keep editing").click()
    expect(page.locator("#discard")).to_be_hidden()
    expect(field(page, "First name")).to_have_value("Katharina")
    expect(field(page, "Notes")).to_have_value("Looks for a view of the sea.")

    leave(page)
    page.get_by_role("button", name="Discard").click()
    expect(panel(page)).to_be_hidden()
    open_create(page)
    expect(field(page, "First name")).to_have_value("")


@pytest.mark.parametrize("leave", WAYS_OUT, ids=lambda way: way.__name__)
def test_an_unchanged_form_closes_at_once(page, leave):
    here = page.url
    open_create(page)
    leave(page)

    expect(panel(page)).to_be_hidden()
    expect(page.locator("#discard")).to_be_hidden()
    expect(page).to_have_url(here)


def test_focus_returns_to_what_opened_the_panel(page):
    opener = page.locator("main").get_by_role("link", name="Create contact").first
    opener.focus()
    page.keyboard.press("Enter")
    expect(field(page, "First name")).to_be_focused()
    page.keyboard.press("Escape")

    expect(panel(page)).to_be_hidden()
    expect(opener).to_be_focused()


def test_tab_stays_inside_the_panel(page):
    open_create(page)
    page.keyboard.press("Shift+Tab")
    for _step in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#panel')")


def test_an_error_keeps_what_was_typed_and_leads_to_the_first_wrong_field(page):
    open_create(page)
    type_along(page, "Katharina", "Hohenfels 3", "nonsense", "+49 1512 3456789")
    page.keyboard.press("Control+s")

    expect(field(page, "Last name")).to_be_focused()
    expect(panel(page).locator("[data-errors]")).to_contain_text("Last name")
    for label, value in (("First name", "Katharina"), ("Last name", "Hohenfels 3"), ("Email", "nonsense")):
        expect(field(page, label)).to_have_value(value)
    for wrong in ("Last name", "Email", "Role"):
        expect(field(page, wrong)).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#discard")).to_be_visible()


def test_after_submit_back_leads_to_the_list(page):
    here = page.url
    open_create(page)
    type_along(page, *KATHARINA)
    field(page, "Role").select_option("buyer")
    page.keyboard.press("Control+s")
    expect(page.locator("main h1").first).to_contain_text("Katharina")
    page.go_back()

    expect(page).to_have_url(here)
    expect(panel(page)).to_be_hidden()


def test_create_another_offers_an_empty_form_and_keeps_the_first(page):
    open_create(page)
    type_along(page, *KATHARINA)
    field(page, "Role").select_option("buyer")
    page.get_by_label("Create another").check()
    page.keyboard.press("Control+s")

    expect(field(page, "First name")).to_have_value("")
    expect(field(page, "First name")).to_be_focused()
    said(page, "created")
    assert Contact.objects.get().first_name == "Katharina"


def test_single_keys_rest_while_one_types(page, contact):
    to(page, contact)
    page.get_by_placeholder("Write a note").fill("")
    page.keyboard.type("e / ? e")

    expect(page.get_by_placeholder("Write a note")).to_have_value("e / ? e")
    expect(panel(page)).to_be_hidden()
    expect(page.locator("#help")).to_be_hidden()


def test_a_question_mark_opens_the_help(page, contact):
    to(page, contact)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_leaving_the_page_with_a_changed_form_asks(page):
    open_create(page)
    type_along(page, "Katharina")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()

    assert asked == ["beforeunload"]
