"""Contact Info: every field is changed where it stands, by keyboard alone, and without script on a page of its own."""

import re

import pytest
from playwright.sync_api import expect

from contacts.models import Person
from tests.e2e.steps import TAKEN, said, to
from tests.factories import LeadFactory, UserFactory


@pytest.fixture
def page(sign_in, admin, contact):
    """The tab of a contact, as the admin sees it."""
    page = sign_in(admin)
    to(page, contact, "info")
    page.wait_for_load_state()
    return page


def fact(page, name):
    return page.locator(f"#info-{name}")


def value(page, name):
    return fact(page, name).locator("a.fact-value")


def control(page, name):
    return page.locator(f"#info-{name}-value")


def open_by_key(page, name, key="Enter"):
    """Open a field with the keyboard, and wait until one can type."""
    value(page, name).focus()
    page.keyboard.press(key)
    expect(control(page, name)).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "F2"])
def test_a_value_is_opened_typed_and_saved_by_keyboard(page, contact, key):
    here = page.url
    open_by_key(page, "last_name", key)
    page.keyboard.type("Zubizarreta")
    page.keyboard.press("Enter")

    said(page, "Last name saved")
    expect(value(page, "last_name")).to_be_focused()
    for place in ("#record-head h1", "#record-name", "#info-last_name"):
        expect(page.locator(place)).to_contain_text("Zubizarreta")
    expect(page).to_have_url(here)
    assert Person.objects.get(pk=contact.pk).last_name == "Zubizarreta"


def test_escape_leaves_it_as_it_was(page, contact):
    open_by_key(page, "city")
    page.keyboard.type("Altea")
    page.keyboard.press("Escape")

    expect(value(page, "city")).to_be_focused()
    expect(fact(page, "city")).to_contain_text("Empty")
    assert Person.objects.get(pk=contact.pk).version == 1


def test_tab_goes_on_and_saves_what_was_typed(page, contact):
    open_by_key(page, "street")
    page.keyboard.type("Calle Bernia 14")
    for _button in range(3):
        page.keyboard.press("Tab")

    said(page, "Street saved")
    expect(value(page, "zip_code")).to_be_focused()


def test_a_click_elsewhere_with_nothing_typed_closes(page):
    value(page, "city").click()
    expect(control(page, "city")).to_be_focused()
    value(page, "state").click()

    expect(control(page, "state")).to_be_focused()
    expect(value(page, "city")).to_be_visible()


def test_a_text_is_saved_with_control_and_enter(page, contact):
    open_by_key(page, "notes")
    page.keyboard.type("Two")
    page.keyboard.press("Enter")
    page.keyboard.type("lines")
    page.keyboard.press("Control+Enter")

    said(page, "Notes saved")
    assert Person.objects.get(pk=contact.pk).notes == "Two\nlines"


def test_a_choice_is_made_with_arrows_and_enter(page, contact):
    open_by_key(page, "role")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    said(page, "Role saved")
    expect(page.locator("#record-facts")).to_contain_text("Seller")


def test_tags_are_typed_one_by_one(page, contact):
    value(page, "tags").focus()
    page.keyboard.press("Enter")
    expect(fact(page, "tags").locator(".tokens input[data-tokens]")).to_be_focused()
    for word in ("Sea view", "Cash buyer"):
        page.keyboard.type(word)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    said(page, "Tags saved")
    assert Person.objects.get(pk=contact.pk).tag_names() == ["Cash buyer", "Sea view"]


def test_an_error_stands_beside_the_control_and_keeps_the_words(page, account, agent):
    LeadFactory(account=account, assigned_to=agent, email="lead@example.com")
    open_by_key(page, "email")
    page.keyboard.type("lead@example.com")
    page.keyboard.press("Enter")

    expect(fact(page, "email")).to_contain_text(TAKEN)
    expect(fact(page, "email").get_by_role("link", name=re.compile("in Leads"))).to_be_visible()
    expect(control(page, "email")).to_be_focused()
    expect(control(page, "email")).to_have_value("lead@example.com")
    page.keyboard.press("Escape")
    expect(value(page, "email")).to_be_focused()


def test_do_not_contact_shuts_the_ways_at_once(page):
    open_by_key(page, "do_not_contact")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    said(page, "Do not contact saved")
    expect(page.locator("#record-head .way[aria-disabled=true]")).to_have_count(3)
    expect(page.locator("#consent-side input[type=checkbox]")).to_be_checked()


def meanwhile(contact, **values):
    theirs = Person.objects.get(pk=contact.pk)
    for name, word in values.items():
        setattr(theirs, name, word)
    theirs.revise(by=UserFactory(account=contact.account, first_name="Mateo"), version=theirs.version)


def test_the_value_of_a_colleague_is_shown_first_and_kept(page, contact):
    open_by_key(page, "city")
    meanwhile(contact, city="Calpe")
    page.keyboard.type("Altea")
    page.keyboard.press("Enter")
    expect(fact(page, "city").get_by_role("alert")).to_contain_text("Mateo")
    expect(control(page, "city")).to_have_value("Altea")
    page.keyboard.press("Escape")

    expect(value(page, "city")).to_contain_text("Calpe")
    expect(value(page, "city")).to_be_focused()


def test_the_value_of_a_colleague_is_replaced_when_one_says_so(page, contact):
    open_by_key(page, "city")
    meanwhile(contact, city="Calpe", state="Alicante")
    page.keyboard.type("Altea")
    page.keyboard.press("Enter")
    expect(fact(page, "city").get_by_role("alert")).to_be_visible()
    page.keyboard.press("Enter")

    said(page, "City saved")
    stored = Person.objects.get(pk=contact.pk)
    assert (stored.city, stored.state) == ("Altea", "Alicante")


def test_fields_are_changed_on_a_phone(sign_in, admin, contact):
    page = sign_in(admin, viewport={"width": 390, "height": 844}, has_touch=True)
    to(page, contact, "info")
    value(page, "city").tap()
    control(page, "city").fill("Altea")
    fact(page, "city").get_by_role("button", name="Save").tap()

    said(page, "City saved")
    expect(value(page, "city")).to_contain_text("Altea")


def test_fields_are_changed_without_script(sign_in, admin, contact):
    page = sign_in(admin, java_script_enabled=False)
    to(page, contact, "info")
    value(page, "phone").click()
    control(page, "phone").fill("612345678")
    page.locator("main").get_by_role("button", name="Save").click()
    expect(page.locator("main .errors")).to_contain_text("country code")
    expect(control(page, "phone")).to_have_value("612345678")
    control(page, "phone").fill("+34 612 34 56 79")
    page.locator("main").get_by_role("button", name="Save").click()

    expect(page).to_have_url(re.compile(r"/info/#info-phone$"))
    said(page, "Phone saved")
