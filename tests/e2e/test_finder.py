"""Search from every page: by key and mouse, choosing while one types, on a phone, and where it fails."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from contacts.timeline.noting import write_note
from tests.e2e.conftest import session_cookie
from tests.e2e.steps import field, panel, to, to_contacts
from tests.factories import ContactFactory, LeadFactory, RelationFactory


@pytest.fixture
def people(account, agent):
    """A contact with a note, a lead and a company that share a beginning."""
    marta = ContactFactory(account=account, assigned_to=agent, first_name="Marta", last_name="Núñez")
    LeadFactory(account=account, assigned_to=agent, first_name="Marco", last_name="Sørensen")
    RelationFactory(account=account, name="Bufete Marín")
    write_note(marta, "Prefers the **marina**.", by=agent)
    return marta


@pytest.fixture
def page(sign_in, admin, people):
    """A window of the admin, on the page of the contact."""
    page = sign_in(admin)
    to(page, people)
    return page


def dialog(page):
    return page.get_by_role("dialog", name="Search", exact=True)


def box(page):
    return dialog(page).get_by_role("combobox")


def options(page):
    return dialog(page).get_by_role("option")


def chosen(page):
    return dialog(page).get_by_role("option", selected=True)


def look_for(page, words):
    """Open the search by its key and type; wait until the answer to the last letter is there."""
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    with page.expect_response(lambda answer: answer.url.endswith("q=" + words.replace(" ", "+") + "&in=contacts")):
        page.keyboard.type(words)
    expect(dialog(page).locator("form[data-busy]")).to_have_count(0)


def test_slash_opens_the_search_and_enter_opens_what_is_chosen(page, people):
    look_for(page, "mar")
    to_line = dialog(page).get_by_role("option", name="Search contacts for “mar”")
    expect(to_line).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("Marco")
    expect(box(page)).to_have_attribute("aria-activedescendant", chosen(page).get_attribute("id"))
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_contain_text("Marta")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(rf"{people.get_absolute_url()}$"))


def test_the_groups_are_shown_with_what_matches_marked(page):
    look_for(page, "mar")

    expect(dialog(page).get_by_role("group")).to_have_count(4)
    expect(dialog(page).locator("mark").first).to_have_text("Mar")
    expect(dialog(page).get_by_role("group", name="Notes")).to_contain_text("Prefers the marina.")


def test_on_a_list_enter_searches_the_list(page):
    to_contacts(page)
    look_for(page, "marta")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/contacts/\?q=marta$"))


def test_enter_that_is_faster_than_the_answer_opens_the_right_one(page):
    page.goto(reverse("tasks:mine"))
    page.keyboard.press("/")
    expect(options(page).first).to_be_visible()
    page.keyboard.type("marco")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Marco")


def test_a_late_answer_does_not_take_the_place_of_a_later_one(page):
    late = []

    def hold(route):
        late.append(route)

    page.route(re.compile(r"/search/\?q=marta&"), hold)
    page.keyboard.press("/")
    with page.expect_request(re.compile("q=marta&")):
        box(page).fill("marta")
    box(page).fill("marco")
    expect(chosen(page)).to_contain_text("Search contacts for “marco”")
    late[0].fulfill(body="<div role=listbox><a role=option>Too late</a></div>")
    box(page).press("ArrowDown")

    expect(chosen(page)).to_contain_text("Marco")


def test_escape_closes_and_the_focus_returns(page):
    look_for(page, "mar")
    page.keyboard.press("Escape")

    expect(dialog(page)).to_be_hidden()
    expect(page.get_by_role("banner").get_by_role("link", name="Search")).to_be_focused()


def test_the_words_stand_there_still_when_one_comes_back(page):
    look_for(page, "marco")
    page.keyboard.press("Escape")
    page.get_by_role("banner").get_by_role("link", name="Search").click()

    expect(box(page)).to_have_value("marco")
    expect(options(page).nth(1)).to_contain_text("Marco")


def test_before_anything_is_typed_the_last_active_are_there(page):
    page.keyboard.press("/")

    expect(dialog(page).get_by_role("group", name="Contacts")).to_contain_text("Marta")
    expect(chosen(page)).to_have_count(0)


def test_ctrl_enter_opens_a_new_tab(page):
    look_for(page, "marco")
    page.keyboard.press("ArrowDown")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")

    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Marco")
    expect(dialog(page)).to_be_visible()


def test_who_is_not_found_is_created_with_the_name_typed(page):
    look_for(page, "Ana Wolkenstein")
    expect(dialog(page)).to_contain_text("Nothing found for “Ana Wolkenstein”")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(panel(page)).to_be_visible()
    expect(dialog(page)).to_be_hidden()
    expect(field(page, "First name")).to_have_value("Ana")
    expect(field(page, "Last name")).to_have_value("Wolkenstein")


def test_a_search_that_fails_says_so_and_goes_on(chromium, live_server, admin, people):
    with chromium.new_context(base_url=live_server.url) as unheard:  # its errors are what is wanted
        unheard.add_cookies([session_cookie(admin, live_server.url)])
        page = unheard.new_page()
        to(page, people)
        page.route("**/search/**", lambda route: route.abort())
        page.keyboard.press("/")
        expect(dialog(page)).to_contain_text("The search did not answer.")
        page.unroute("**/search/**")
        page.keyboard.type("marco")

        expect(options(page).nth(1)).to_contain_text("Marco")


def test_who_was_signed_out_meanwhile_is_asked_to_sign_in(page):
    page.context.clear_cookies()
    page.keyboard.press("/")

    expect(page).to_have_url(re.compile("/sign-in/"))


def test_on_a_phone_the_icon_opens_it_over_the_whole_window(sign_in, admin, people):
    page = sign_in(admin, viewport={"width": 390, "height": 844})
    to_contacts(page)
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    box(page).fill("marta")
    dialog(page).get_by_role("option", name="Marta").first.click()

    expect(page).to_have_url(re.compile(rf"{people.get_absolute_url()}$"))


def test_without_script_the_top_bar_leads_to_a_page_of_results(sign_in, admin, people):
    page = sign_in(admin, java_script_enabled=False)
    to_contacts(page)
    search = page.get_by_role("banner").get_by_role("searchbox", name="Search everything")
    search.fill("mar")
    search.press("Enter")
    expect(page.locator("main h2")).to_have_text(["Contacts", "Leads", "Relations", "Notes"])
    page.locator("main").get_by_role("link", name="Marta").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Marta")
