"""What the scripts add to the pages: panel, keys, selection, menus, tokens, theme. The pages work without them too."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import ContactFactory


@pytest.fixture
def people(account, agent):
    """Five contacts, so that a range can be picked."""
    names = ["Andrea", "Begoña", "Carmen", "Dieter", "Élodie"]
    return [ContactFactory(account=account, assigned_to=agent, first_name=name) for name in names]


@pytest.fixture
def page(sign_in, admin, people):
    """The list of contacts, as the admin sees it."""
    window = sign_in(admin, viewport={"width": 1440, "height": 900})
    window.goto("/contacts/")
    return window


def open_panel(page):
    page.keyboard.press("Control+k")
    expect(page.locator("#panel")).to_be_visible()
    expect(page.get_by_label("First name")).to_be_focused()


def test_a_panel_that_holds_nothing_new_closes_at_once_and_gives_the_focus_back(page):
    open_panel(page)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("main a[data-hotkey='mod+k']")).to_be_focused()


@pytest.mark.parametrize("way", ["Escape", "backdrop", "cross", "cancel", "back"])
def test_every_way_out_of_a_panel_asks_when_something_was_typed(page, way):
    open_panel(page)
    page.get_by_label("First name").fill("Anna")
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "backdrop":
        page.mouse.click(80, 500)
    elif way == "back":
        page.evaluate("history.back()")
    else:
        name = {"cross": "Close", "cancel": "Cancel"}[way]
        page.locator("#panel [data-close]").and_(page.get_by_text(name).or_(page.get_by_label(name))).click()
    expect(page.locator("#discard")).to_be_visible()
    page.get_by_role("button", name="Keep editing").click()
    expect(page.get_by_label("First name")).to_have_value("Anna")


def test_discarding_closes_the_panel_on_the_page_it_lay_on(page):
    open_panel(page)
    page.get_by_label("First name").fill("Anna")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/contacts/$"))


def test_back_closes_a_panel_and_leaves_the_page(page):
    open_panel(page)
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/contacts/$"))


def test_a_mistake_takes_the_focus_and_nothing_typed_is_lost(page):
    open_panel(page)
    page.get_by_label("First name").fill("4nna")
    page.get_by_label("Last name").fill("Muster")
    page.keyboard.press("Control+s")
    expect(page.locator("#panel [role=alert]")).to_be_visible()
    expect(page.get_by_label("First name")).to_be_focused()
    expect(page.get_by_label("Last name")).to_have_value("Muster")


def test_single_keys_rest_while_one_types(page):
    page.keyboard.press("/")
    search = page.locator("input[name=q]:focus")
    expect(search).to_have_count(1)
    page.keyboard.type("e?/")
    expect(search).to_have_value("e?/")
    expect(page.locator("#help")).to_be_hidden()


def test_a_question_mark_opens_the_keys_and_escape_closes_them(page):
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_shift_picks_a_range_and_the_head_shows_that_it_is_a_part(page):
    boxes = page.locator("[data-select]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator(".bulk [data-selected-count]")).to_have_text("3")
    assert page.locator("[data-select-page]").evaluate("box => box.indeterminate")
    page.locator("[data-select-clear]").click()
    expect(page.locator(".bulk")).to_be_hidden()


def test_a_menu_is_worked_by_arrows_and_closed_by_escape(page):
    summary = page.locator("summary.office")
    summary.click()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".office-menu .menu-item").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".office-menu .menu-list")).to_be_hidden()


def test_the_theme_is_kept(page):
    page.locator("summary.office").click()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator(".office-menu button[value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_words_become_tokens_and_are_sent_with_commas(page):
    open_panel(page)
    tags = page.get_by_label("Tags")
    tags.press_sequentially("Sea view,VIP")
    tags.press("Enter")
    tags.press_sequentially("Pool")
    expect(page.locator("#panel input[name=tags]")).to_have_value("Sea view, VIP, Pool")
    page.get_by_label("Remove VIP").click()
    expect(page.locator("#panel input[name=tags]")).to_have_value(re.compile("^Sea view, Pool$"))


def test_a_page_left_with_something_typed_asks(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/contacts/new/")
    page.get_by_label("First name").fill("Anna")
    page.goto("/contacts/")
    assert asked == ["beforeunload"]


def test_help_and_menus_open_without_script(sign_in, admin, people):
    page = sign_in(admin, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/contacts/")
    page.locator(".more > summary").click()
    expect(page.locator(".more").get_by_text("Sign out")).to_be_visible()
    expect(page.locator(".bulk")).to_be_visible()
