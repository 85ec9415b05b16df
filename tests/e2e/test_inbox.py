"""The inbox in a real browser: a stranger becomes a lead, turns out to be known, is dismissed and comes back."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from contacts.lines.models import Stray
from contacts.messaging.models import Message
from contacts.models import Kind, Person
from tests.e2e.steps import field, panel, said

INBOX = reverse("inbox:list")


@pytest.fixture
def nuria(account):
    """A stranger who wrote twice on WhatsApp."""
    for number, body in enumerate(["Hola, vi el piso.", "¿Sigue libre?"]):
        data = {"name": "Nuria Sanchis Ivars"}
        Stray.objects.create(
            account=account, kind="whatsapp", number="+34655123456", sid=f"SM{number}", body=body, data=data
        )


def inbox_link(page):
    return page.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox")


def test_a_stranger_becomes_a_lead_with_what_they_wrote(sign_in, agent, nuria):
    page = sign_in(agent)
    page.goto(INBOX)
    expect(inbox_link(page)).to_contain_text("1")
    page.get_by_role("link", name="Create lead").click()
    expect(field(page, "First name")).to_have_value("Nuria")
    field(page, "Email").fill("nuria@example.com")
    page.keyboard.press("Control+s")

    expect(page).to_have_url(re.compile(r"/leads/\d+/$"))
    said(page, "Nuria Sanchis Ivars is a lead now")
    expect(page.locator(".timeline .bubble")).to_have_text(["¿Sigue libre?", "Hola, vi el piso."])
    expect(inbox_link(page)).not_to_contain_text("1")


def test_a_taken_email_is_told_in_the_panel_and_nothing_is_lost(sign_in, agent, contact, nuria):
    page = sign_in(agent)
    page.goto(INBOX)
    page.get_by_role("link", name="Create lead").click()
    field(page, "Email").fill(contact.email)
    page.keyboard.press("Control+s")

    expect(panel(page).get_by_role("link", name="Open Andrea Dourado López in Contacts")).to_be_visible()
    expect(field(page, "First name")).to_have_value("Nuria")
    assert Person.objects.filter(kind=Kind.LEAD).count() == 0


def test_a_stranger_turns_out_to_be_known(sign_in, agent, contact, nuria):
    page = sign_in(agent)
    page.goto(INBOX)
    page.get_by_role("link", name="Add to somebody you know").click()
    panel(page).get_by_label("Name, email or phone").press_sequentially("nobody")
    expect(panel(page).get_by_text("Nobody matches.")).to_be_visible()
    panel(page).get_by_label("Name, email or phone").fill("doura")
    panel(page).get_by_label("Andrea Dourado López").check()
    page.keyboard.press("Control+s")

    said(page, "Added to Andrea Dourado López")
    contact.refresh_from_db()
    assert (contact.whatsapp.as_e164, contact.message_set.count()) == ("+34655123456", 2)


def test_what_is_dismissed_comes_back_by_undo(sign_in, agent, nuria):
    page = sign_in(agent)
    page.goto(INBOX)
    page.get_by_role("button", name="Dismiss").click()
    said(page, "2 entries dismissed")
    expect(page.get_by_role("heading", name="Nothing is waiting")).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("heading", name="+34 655 12 34 56")).to_be_visible()


def test_all_of_it_works_without_script(sign_in, agent, contact, nuria):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(INBOX)
    page.get_by_role("link", name="Add to somebody you know").click()
    page.get_by_label("Name, email or phone").fill("doura")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Andrea Dourado López").check()
    page.locator("main button[data-hotkey='mod+s']").click()

    said(page, "Added to Andrea Dourado López")
    assert Message.objects.filter(person=contact).count() == 2
