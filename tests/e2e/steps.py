"""Steps that several browser tests take."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import PASSWORD

TAKEN = "Another record (lead or contact) already uses this email address."
KATHARINA = ["Katharina", "von Hohenfels-Lindemann", "k.hohenfels@example.org", "0049 1512 3456789"]


def come_in(page, user):
    """Sign in through the form."""
    page.goto(reverse("account_login"))
    page.get_by_label("Email").fill(user.email)
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("main h1")).to_contain_text("Good ")
    page.wait_for_load_state()  # a key pressed before the scripts have come is nobody's


def to_contacts(page, query=""):
    """Go to the list of contacts."""
    page.goto(reverse("contacts:list") + query)


def to(page, person, tab="detail"):
    """Go to a page of a contact."""
    page.goto(reverse(f"contacts:{tab}", args=[person.pk]))


def panel(page):
    """Return the side panel."""
    return page.locator("dialog#panel")


def field(page, label):
    """Return the control of the panel, or of a form's page, that this label names."""
    named = page.get_by_label(re.compile(rf"^{re.escape(label)}( ?Optional)?$"))
    return named.and_(page.locator("input, select, textarea"))


def open_create(page):
    """Open the panel of a new contact by its key, and wait until one can type."""
    page.keyboard.press("Control+k")
    expect(field(page, "First name")).to_be_focused()


def type_along(page, *words):
    """Type words into the focused field and those behind it, going on with Tab."""
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Tab")


def said(page, text):
    """Expect a toast with this text."""
    expect(page.locator("#toasts [data-toast]").filter(has_text=text)).to_be_visible()


def names(page):
    """Return the names in the list, as a locator."""
    return page.locator("tbody td[data-col=name] a")


def pick(page, *labels):
    """Tick the boxes of the people of these names."""
    for label in labels:
        page.get_by_role("checkbox", name=f"Select {label}", exact=True).check()
