"""Emails in a browser: written, sent, answered, deleted, brought back; from the tab and Activities, without script."""

import re

import pytest
from playwright.sync_api import expect

from contacts.emails.composing import write
from contacts.emails.models import Email
from tests.e2e.conftest import PATIENCE
from tests.e2e.steps import field, panel, said, to
from tests.factories import ContactFactory

pytestmark = pytest.mark.database


@pytest.fixture
def andrea(account, agent):
    return ContactFactory(account=account, assigned_to=agent, email="andrea@example.com")


def tab(page):
    return page.get_by_role("link", name=re.compile("^Emails"))


def test_email_is_written_with_m_and_sent_by_the_worker(sign_in, start_worker, agent, andrea):
    page = sign_in(agent)
    to(page, andrea, "emails")
    expect(page.get_by_text("No emails yet")).to_be_visible()
    page.keyboard.press("m")
    expect(field(panel(page), "Subject")).to_be_focused()
    page.keyboard.type("The visit")
    page.keyboard.press("Tab")
    page.keyboard.type("At **eleven**.")
    page.keyboard.press("Control+s")

    said(page, "The email is on its way")
    expect(tab(page)).to_have_text("Emails1")
    page.get_by_role("link", name=re.compile("The visit")).click()
    expect(page.locator(".email strong")).to_have_text("eleven")
    expect(page.locator(".email .mail-state")).to_have_text("Queued")
    start_worker()
    expect(page.locator(".email .mail-state")).to_have_text("Sent", timeout=4 * PATIENCE)


def test_email_is_answered_deleted_and_brought_back(sign_in, agent, andrea):
    email = write(andrea, subject="The visit", body="At eleven.", by=agent)
    page = sign_in(agent)
    to(page, andrea, "emails")
    page.get_by_role("link", name=re.compile("The visit")).click()
    field(page, "Message").fill("Or at twelve?")
    page.get_by_role("button", name="Send reply").click()
    expect(tab(page)).to_have_text("Emails2")
    expect(page.locator(".email").first).to_contain_text("Or at twelve?")

    page.locator(".email").first.get_by_role("button", name="Delete").click()
    said(page, "Email deleted")
    expect(tab(page)).to_have_text("Emails1")
    page.get_by_role("button", name="Undo").click()
    expect(tab(page)).to_have_text("Emails2")
    assert Email.objects.filter(conversation=email.conversation).count() == 2


def test_email_begun_on_activities_appears_there(sign_in, agent, andrea):
    page = sign_in(agent)
    to(page, andrea)
    page.locator(".composer .kinds").get_by_role("link", name="Email").click()
    field(page, "Subject").fill("The contract")
    field(page, "Message").fill("Here it **is**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview] strong")).to_have_text("is")
    page.locator("#composer").get_by_role("button", name="Send").click()

    card = page.locator(".timeline .email-card").first
    expect(card).to_contain_text("The contract")
    card.get_by_role("link", name="Open conversation").click()
    expect(page.get_by_role("heading", name="The contract")).to_be_visible()


def test_file_from_the_computer_goes_along(sign_in, agent, andrea):
    page = sign_in(agent)
    to(page, andrea, "emails")
    page.get_by_role("link", name="New email").click()
    field(panel(page), "Subject").fill("The plan")
    field(panel(page), "Message").fill("Here")
    panel(page).get_by_text("Attach files").click()
    plan = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"plan"}
    panel(page).get_by_label("Files from your computer").set_input_files([plan])
    page.keyboard.press("Control+s")

    page.get_by_role("link", name=re.compile("The plan")).click()
    expect(page.locator(".file-chip")).to_contain_text("plan.pdf")


def test_email_that_failed_is_sent_again(sign_in, agent, andrea):
    email = write(andrea, subject="The visit", body="At eleven.", by=agent)
    Email.objects.update(state="failed", failure="550 No such user")
    page = sign_in(agent)
    to(page, andrea, "emails")
    page.get_by_role("link", name=re.compile("The visit")).click()
    expect(page.locator(".trouble")).to_contain_text("550 No such user")
    page.get_by_role("button", name="Send again").click()

    said(page, "The email is on its way")
    expect(page.locator(".trouble")).to_have_count(0)
    email.refresh_from_db()
    assert email.state == "queued"


def test_person_who_is_not_to_be_contacted_is_not_written_to(sign_in, agent, andrea):
    type(andrea).objects.update(do_not_contact=True)
    page = sign_in(agent)
    to(page, andrea, "emails")

    expect(page.get_by_text("asked not to be contacted").first).to_be_visible()
    expect(page.get_by_role("link", name="New email")).to_have_count(0)


def test_email_is_written_and_answered_without_script(sign_in, agent, andrea):
    page = sign_in(agent, java_script_enabled=False)
    to(page, andrea, "emails")
    page.get_by_role("link", name="New email").click()
    field(page, "Subject").fill("The visit")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Message is missing.")).to_be_visible()
    expect(field(page, "Subject")).to_have_value("The visit")
    field(page, "Message").fill("At eleven.")
    page.get_by_role("button", name="Send").click()

    page.get_by_role("link", name=re.compile("The visit")).click()
    field(page, "Message").fill("Or at twelve?")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(".email")).to_have_count(2)
