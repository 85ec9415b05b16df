"""The list of contacts: selection, what is done with many, the trash, filters, order, pages, saved views."""

import re

import pytest
from playwright.sync_api import expect

from contacts.models import Person, Tag
from tests.e2e.steps import names, panel, pick, said, to_contacts
from tests.factories import ContactFactory, TagFactory, UserFactory

pytestmark = pytest.mark.database

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉ"  # thirty people: a page and five


@pytest.fixture
def people(account, agent):
    """Thirty contacts, Last A to Last É; every third is a seller."""
    return [
        ContactFactory(
            account=account,
            assigned_to=agent,
            first_name="Andrea",
            last_name=f"Last {letter}",
            role="seller" if number % 3 == 0 else "buyer",
        )
        for number, letter in enumerate(LETTERS)
    ]


@pytest.fixture
def page(sign_in, admin, people):
    """The list by name, as the admin sees it."""
    page = sign_in(admin)
    to_contacts(page, "?sort=name")
    return page


def count(page):
    return page.locator("[data-bulk] [data-selected-count]")


def test_the_head_selects_the_page_and_a_link_selects_all(page):
    head = page.get_by_role("checkbox", name="Select all on this page")
    head.check()
    expect(count(page)).to_have_text("25")
    page.get_by_role("button", name="Select all 30").click()
    expect(count(page)).to_have_text("30")

    pick_one = page.get_by_role("checkbox", name="Select Andrea Last C")
    pick_one.uncheck()
    expect(count(page)).to_have_text("24")
    assert head.evaluate("box => box.indeterminate")
    page.get_by_role("button", name="Clear the selection").click()
    expect(page.locator("[data-bulk]")).to_be_hidden()


def test_shift_selects_a_range(page):
    pick(page, "Andrea Last F")
    page.get_by_role("checkbox", name="Select Andrea Last J").click(modifiers=["Shift"])

    expect(count(page)).to_have_text("5")
    expect(page.get_by_role("checkbox", name="Select Andrea Last H")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Select Andrea Last K")).not_to_be_checked()


def test_all_that_match_go_to_the_trash_and_undo_brings_them_back(page):
    to_contacts(page, "?sort=name&role=buyer&per_page=25&q=Last")
    expect(page.locator("main h1")).to_have_text("Contacts 20 of 30")
    page.get_by_role("checkbox", name="Select all on this page").check()
    page.locator("[data-bulk]").get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog", name="Move to the trash?")
    expect(dialog.locator("[data-selected-count]")).to_have_text("20")
    dialog.get_by_role("button", name="Move to the trash").click()

    said(page, "20 contacts moved to the trash")
    expect(page).to_have_url(re.compile("role=buyer"))
    assert Person.objects.count() == 10
    page.get_by_role("button", name="Undo").click()
    said(page, "20 records restored")
    assert Person.objects.count() == 30


def test_all_pages_are_deleted_when_all_is_meant(page):
    page.get_by_role("checkbox", name="Select all on this page").check()
    page.get_by_role("button", name="Select all 30").click()
    page.locator("[data-bulk]").get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Move to the trash").click()

    said(page, "30 contacts moved to the trash")
    expect(page.get_by_role("heading", name="No contacts yet")).to_be_visible()


def test_the_chosen_are_assigned_to_a_colleague(sign_in, admin, people):
    boris = UserFactory(account=admin.account, first_name="Boris", last_name="Lindqvist")
    page = sign_in(admin)
    to_contacts(page, "?sort=name")
    pick(page, "Andrea Last B", "Andrea Last C")
    page.locator("[data-bulk] summary", has_text="Assign").click()
    page.get_by_role("button", name="Boris Lindqvist").click()

    said(page, "2 contacts assigned to Boris Lindqvist")
    expect(page.locator("tr", has_text="Last B").locator("[data-col=agent]")).to_contain_text("Boris")
    assert boris.people.count() == 2


def test_the_chosen_get_a_tag_and_lose_it(page):
    for button, words in (("Add tag", "2 contacts tagged “Sea view”"), ("Remove tag", "“Sea view” removed from 2")):
        pick(page, "Andrea Last B", "Andrea Last C")
        page.locator("[data-bulk] summary", has_text="Tag").click()
        page.get_by_label("Add a tag").fill("Sea view")
        page.get_by_role("button", name=button).click()
        said(page, words)

    assert Tag.objects.get().name == "Sea view"
    expect(page.locator("tr", has_text="Last B").locator(".tag")).to_have_count(0)


def test_the_trash_restores_one_and_many(page, people, admin):
    for person in people[:4]:
        person.trash(by=admin)
    page.goto("/trash/")
    page.get_by_role("button", name="Restore Andrea Last A").click()
    said(page, "1 record restored")
    pick(page, "Andrea Last B", "Andrea Last C")
    page.get_by_role("button", name="Restore the selected records").click()

    said(page, "2 records restored")
    expect(names(page)).to_have_text(["Andrea Last D"])
    assert Person.objects.count() == 29


def test_only_the_right_number_deletes_for_good(page, people, admin):
    for person in people[:2]:
        person.trash(by=admin)
    page.goto("/trash/")
    page.get_by_role("checkbox", name="Select all on this page").check()
    page.get_by_role("button", name="Delete the selected records for good").click()
    page.get_by_label("Type the number of records").fill("3")
    page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Nothing was deleted: this is not 2.")).to_be_visible()
    page.get_by_label("Type the number of records").fill("2")
    page.locator("main").get_by_role("button", name="Delete for good").click()

    said(page, "2 records deleted for good")
    assert Person.with_trash.count() == 28


def test_filters_become_chips_that_come_off(page, people):
    tag = TagFactory(account=people[0].account, name="Sea view")
    people[3].tags.add(tag, through_defaults={"account": tag.account})
    page.get_by_role("link", name="Filter", exact=True).click()
    panel(page).get_by_role("group", name="Role").get_by_label("Seller").check()
    panel(page).get_by_role("group", name="Tag").get_by_label("Sea view").check()
    panel(page).get_by_role("button", name="Show contacts").click()
    expect(names(page)).to_have_text(["Andrea Last D"])
    expect(page.locator(".chip")).to_have_text([re.compile("Role.*Seller", re.S), re.compile("Tag.*Sea view", re.S)])

    page.get_by_role("link", name="Remove filter Tag").click()
    expect(page.locator("main h1")).to_have_text("Contacts 10 of 30")
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator("main h1")).to_have_text("Contacts 30")


def test_the_heads_order_the_list_both_ways(page):
    head = page.get_by_role("columnheader", name="Name")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(names(page).first).to_have_text("Andrea Last A")
    head.get_by_role("link").click()

    expect(head).to_have_attribute("aria-sort", "descending")
    expect(names(page).first).to_have_text(re.compile("Last [ZÜ]"))


def test_pages_go_forward_and_back(page):
    first = names(page).all_text_contents()
    page.get_by_role("link", name="Next").click()
    expect(names(page)).to_have_count(5)
    assert not set(first) & set(names(page).all_text_contents())
    expect(page.get_by_role("link", name="Next")).to_have_attribute("aria-disabled", "true")

    page.get_by_role("link", name="Previous").click()
    expect(names(page)).to_have_text(first)


def test_a_search_is_kept_as_a_view(page):
    to_contacts(page, "?role=seller&sort=-name")
    page.get_by_text("Save view").click()
    page.get_by_label("Name of this view").fill("Sellers from the end")
    page.get_by_role("button", name="Save search, filters and columns").click()
    said(page, "View saved")
    page.get_by_role("link", name="All contacts").click()
    page.get_by_role("link", name="Sellers from the end").click()

    expect(page).to_have_url(re.compile(r"role=seller&sort=-name"))
    tab = page.get_by_role("link", name="Sellers from the end", exact=True)
    expect(tab).to_have_attribute("aria-current", "page")


def tab_to(page, target):
    """Press Tab until the target is reached."""
    for _step in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def test_the_keyboard_alone_selects_and_deletes(page):
    tab_to(page, page.get_by_role("checkbox", name="Select Andrea Last A", exact=True))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("checkbox", name="Select Andrea Last B"))
    page.keyboard.press("Space")
    expect(count(page)).to_have_text("2")
    delete = page.locator("[data-bulk]").get_by_role("button", name="Delete")
    tab_to(page, delete)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Move to the trash?")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(delete).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, dialog.get_by_role("button", name="Move to the trash"))
    page.keyboard.press("Enter")

    said(page, "2 contacts moved to the trash")


def test_the_keyboard_alone_opens_a_contact(page):
    tab_to(page, names(page).first)
    page.keyboard.press("Enter")

    expect(page.locator("main h1").first).to_have_text(re.compile("Andrea Last A"))
