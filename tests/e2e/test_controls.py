"""What the scripts add to controls: menus, tokens, the counter, the eye, the drop zone."""

import pytest
from playwright.sync_api import expect

from contacts.models import Contact
from tests.e2e.steps import KATHARINA, field, open_create, panel, said, to_contacts, type_along
from tests.factories import TagFactory


@pytest.fixture
def page(sign_in, admin):
    """The list of contacts, as the admin sees it."""
    page = sign_in(admin)
    to_contacts(page)
    return page


def test_a_menu_is_worked_by_arrows_and_closed_by_escape(page):
    summary = page.locator("summary.office")
    summary.click()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".office-menu .menu-item").first).to_be_focused()
    page.keyboard.press("Escape")

    expect(summary).to_be_focused()
    expect(page.locator(".office-menu .menu-list")).to_be_hidden()


def test_words_become_tokens_and_are_kept_as_tags(page):
    open_create(page)
    type_along(page, *KATHARINA)
    field(page, "Role").select_option("buyer")
    tags = field(page, "Tags")
    tags.press_sequentially("Sea view,VIP")
    tags.press("Enter")
    tags.press_sequentially("Pool")
    panel(page).get_by_role("button", name="Remove VIP").click()
    page.keyboard.press("Control+s")

    said(page, "created")
    assert sorted(Contact.objects.get().tag_names()) == ["Pool", "Sea view"]


def test_a_tag_between_quotation_marks_is_one_token(page, account):
    TagFactory(account=account, name="golf; club")
    open_create(page)
    type_along(page, *KATHARINA)
    field(page, "Role").select_option("buyer")
    tags = field(page, "Tags")
    tags.press_sequentially('"sea, pool",VIP;')
    expect(panel(page).locator(".tokens .tag")).to_have_text(["sea, pool", "VIP"])
    tags.fill('"golf; club"')
    tags.press("Enter")
    page.keyboard.press("Control+s")

    said(page, "created")
    assert sorted(Contact.objects.get().tag_names()) == ["VIP", "golf; club", "sea, pool"]


def test_a_long_text_is_counted_while_one_types(page):
    open_create(page)
    field(page, "Notes").fill("x" * 10_001)
    counter = page.locator("[data-counter=id_notes]")

    expect(counter).to_have_text("10,001 of 10,000")
    expect(counter).to_have_attribute("data-over", "")


def test_a_photo_chosen_in_the_panel_is_stored(page):
    open_create(page)
    type_along(page, *KATHARINA)
    field(page, "Role").select_option("buyer")
    too_large = {"name": "photo.png", "mimeType": "image/png", "buffer": b"x" * 1_048_577}
    panel(page).locator("input[type=file]").set_input_files(too_large)
    page.keyboard.press("Control+s")

    expect(panel(page).locator("#id_photo_error")).to_be_visible()
    expect(field(page, "First name")).to_have_value("Katharina")
    assert Contact.objects.count() == 0


def test_the_eye_shows_the_password(open_browser, db):
    page = open_browser()
    page.goto("/sign-in/")
    page.locator("input[name=password]").fill("a long password")
    page.get_by_role("button", name="Show the password").click()

    expect(page.locator("input[name=password]")).to_have_attribute("type", "text")


def test_a_phone_without_script_has_its_menu_and_its_bulk_bar(sign_in, admin, contact):
    page = sign_in(admin, java_script_enabled=False, viewport={"width": 390, "height": 844})
    to_contacts(page)
    page.locator(".more > summary").click()

    expect(page.locator(".more").get_by_text("Sign out")).to_be_visible()
    expect(page.locator(".bulk")).to_be_visible()
