"""What hangs on a deal, in the browser: with keys and mouse, and without script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from contacts.emails.models import Email
from contacts.meetings.models import Meeting
from contacts.tasks.models import Task
from deals.models import Deal
from tests.e2e.steps import field, panel, said, to
from tests.factories import ContactFactory, DealFactory, PartyFactory


@pytest.fixture
def deal(account, agent):
    """A deal of the agent with its buyer."""
    made = DealFactory(account=account, assigned_to=agent, name="Villa in Altea")
    person = ContactFactory(account=account, assigned_to=agent, first_name="Inés", last_name="Sáez")
    PartyFactory(deal=made, person=person)
    return made


def _open(page, deal, tab="detail"):
    page.goto(reverse(f"deals:{tab}", args=[deal.pk]))
    page.wait_for_load_state()


def test_a_task_by_a_key_and_an_email_from_the_composer(sign_in, agent, deal):
    page = sign_in(agent)
    _open(page, deal)
    page.keyboard.press("t")
    expect(field(page, "Title")).to_be_focused()
    page.keyboard.type("Ask for the deed")
    page.keyboard.press("Control+s")
    said(page, "Task added")
    expect(page.locator(".task")).to_contain_text("Ask for the deed")
    page.locator("#composer").get_by_role("link", name="Email").click()
    composer = page.locator("#composer")
    expect(composer.get_by_label("To", exact=True)).to_contain_text("Inés Sáez (Buyer)")
    composer.get_by_label("Subject").fill("The deed")
    composer.get_by_label("Message", exact=True).fill("On Friday.")
    composer.get_by_role("button", name="Send").click()
    said(page, "The email is on its way")
    expect(page.locator(".timeline")).to_contain_text("sent an email to Inés Sáez")
    page.get_by_role("link", name="Emails", exact=False).first.click()
    page.locator(".conversations a").click()

    expect(page.locator("main h3")).to_have_text("The deed")
    assert Email.objects.get().conversation.deal == deal


def test_a_meeting_with_who_takes_part_stands_in_the_calendar_under_the_deals_name(sign_in, agent, deal):
    page = sign_in(agent)
    _open(page, deal, "meetings")
    page.get_by_role("link", name="New meeting").first.click()
    expect(panel(page)).to_contain_text("Inés Sáez")
    field(page, "Title").fill("At the notary's")
    page.keyboard.press("Control+s")
    said(page, "Meeting planned.")
    page.goto(reverse("meetings:calendar"))

    expect(page.locator(".entry", has_text="At the notary's").first).to_contain_text("Villa in Altea")
    assert {one.name for one in Meeting.objects.get().attendees} == {agent.get_full_name(), "Inés Sáez"}


def test_a_deal_is_created_from_the_tab_of_a_contact(sign_in, agent, contact):
    page = sign_in(agent)
    to(page, contact, "deals")
    page.locator(".empty").get_by_role("link", name="Create deal").click()
    expect(panel(page)).to_contain_text(contact.full_name)
    field(page, "Name").fill("House with a garden")
    page.keyboard.press("Control+s")
    said(page, "House with a garden created")
    to(page, contact, "deals")

    expect(page.locator(".company-list")).to_contain_text("House with a garden")
    assert Deal.objects.get().parties.get().person_id == contact.pk


def test_without_script_everything_is_written_down_too(sign_in, agent, deal):
    page = sign_in(agent, java_script_enabled=False)
    main = page.locator("main")
    _open(page, deal, "tasks")
    main.get_by_role("link", name="New task").first.click()
    field(page, "Title").fill("Ask for the deed")
    main.get_by_role("button", name="Add task").click()
    expect(main.locator(".task")).to_contain_text("Ask for the deed")
    _open(page, deal, "emails")
    main.get_by_role("link", name="New email").click()
    field(page, "Subject").fill("The deed")
    field(page, "Message").fill("On Friday.")
    main.get_by_role("button", name="Send").click()
    expect(main.locator(".conversations")).to_contain_text("The deed")
    _open(page, deal, "meetings")
    main.get_by_role("link", name="New meeting").first.click()
    field(page, "Title").fill("At the notary's")
    main.get_by_role("button", name="Plan").click()
    expect(main.locator(".meeting")).to_contain_text("Inés Sáez")
    _open(page, deal, "notes")
    main.get_by_label("Note", exact=True).fill("Keys are with us.")
    main.get_by_role("button", name="Save note").click()

    expect(main.locator(".note")).to_contain_text("Keys are with us.")
    assert [Task.objects.get().deal, Email.objects.get().conversation.deal, *Meeting.objects.get().deals] == [deal] * 3
