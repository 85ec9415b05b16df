"""How people come into an office and leave it: sign-up, invitation, deactivation; and the light they work in."""

import re

from playwright.sync_api import expect

from accounts.models import Account, User
from tests.e2e.steps import come_in, field, to_contacts

LONG_PASSWORD = "tortoise granary lantern"


def test_an_office_signs_up_and_is_told_what_to_do_first(open_browser, db):
    page = open_browser()
    page.goto("/sign-in/")
    page.get_by_role("link", name="Open an account for your office").click()
    field(page, "Name of the office").fill("Casa Nueva")
    field(page, "First name").fill("Núria")
    field(page, "Last name").fill("Peña")
    field(page, "Email").fill("nuria@example.com")
    page.locator("input[name=password1]").fill(LONG_PASSWORD)
    page.get_by_role("button", name="Open the account").click()

    expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    office = Account.objects.get()
    assert (office.name, office.users.get().is_admin) == ("Casa Nueva", True)


def test_a_colleague_accepts_an_invitation_by_the_link_in_their_mail(sign_in, open_browser, admin, settings):
    settings.EMAIL_BACKEND = "accounts.mail.OutboxBackend"
    page = sign_in(admin)
    page.goto("/settings/users/")
    page.get_by_role("link", name="Invite").click()
    field(page, "Email addresses").fill("nuria@example.com, boris@example.com")
    page.keyboard.press("Control+s")
    expect(page.locator("tr", has_text="nuria@example.com")).to_contain_text("Pending")
    page.goto("/settings/outbox/")
    page.locator(".mails a", has_text="nuria@example.com").click()
    link = page.locator("article.letter .text a").get_attribute("href")

    theirs = open_browser()
    theirs.goto(link)
    field(theirs, "First name").fill("Núria")
    field(theirs, "Last name").fill("Peña")
    theirs.locator("input[name=password1]").fill(LONG_PASSWORD)
    theirs.get_by_role("button", name="Start working").click()
    expect(theirs.locator("main h1")).to_contain_text("Good ")
    assert User.objects.get(email="nuria@example.com").account == admin.account
    again = open_browser()
    again.goto(link)
    expect(again.get_by_role("heading", name="There is a user already")).to_be_visible()


def test_deactivation_ends_an_open_session_at_the_next_click(sign_in, open_browser, admin, agent, contact):
    theirs = open_browser()
    come_in(theirs, agent)
    to_contacts(theirs)
    page = sign_in(admin)
    page.goto("/settings/users/")
    page.get_by_label(f"Actions for {agent.get_full_name()}").last.click()
    page.locator(f"#user-{agent.pk}").get_by_role("link", name="Deactivate").click()
    page.locator("#panel select").select_option(label=admin.get_full_name())
    page.keyboard.press("Control+s")
    expect(page.locator(f"#user-{agent.pk}")).to_contain_text("Inactive")

    theirs.get_by_role("link", name="Andrea Dourado López").click()
    expect(theirs.get_by_role("heading", name="Sign in")).to_be_visible()
    contact.refresh_from_db()
    assert contact.assigned_to == admin


def test_the_last_admin_stays(sign_in, admin, agent):
    page = sign_in(admin)
    page.goto("/settings/users/")
    page.locator(f"#user-{admin.pk} summary").click()
    page.locator(f"#user-{admin.pk}").get_by_role("button", name="Make an agent").click()

    expect(page.locator(f"#user-{admin.pk} [role=alert]")).to_be_visible()
    admin.refresh_from_db()
    assert admin.is_admin


def test_the_theme_changes_at_once_and_stays(sign_in, admin):
    page = sign_in(admin)
    to_contacts(page)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("nav.sidebar summary.office").click()
    with page.expect_response(re.compile("/theme/")):
        page.locator("nav.sidebar").get_by_role("button", name="Dark").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_a_wrong_password_is_refused_without_saying_which_was_wrong(open_browser, admin):
    page = open_browser()
    for email in (admin.email, "nobody@example.com"):
        page.goto("/sign-in/")
        field(page, "Email").fill(email)
        page.locator("input[name=password]").fill("not the password")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("Email and password do not match.")
    come_in(page, admin)
    page.locator("nav.sidebar summary.me").click()
    page.locator("nav.sidebar").get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
