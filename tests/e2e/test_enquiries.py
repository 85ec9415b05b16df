"""The public form in a real browser: a visitor asks, the agent has a lead; without script too, and inside a frame."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from contacts.models import Person
from leads.enquiries import seals
from leads.enquiries.models import Assignment, Enquiry
from tests.e2e.steps import field, said
from tests.enquiries.conftest import open_form

SETTINGS = reverse("enquiries:settings")
pytestmark = pytest.mark.usefixtures("_nobody_is_that_quick")


@pytest.fixture
def _nobody_is_that_quick(monkeypatch):
    """Let a browser be as quick as it is."""
    monkeypatch.setattr(seals, "LEAST_SECONDS", 0)


@pytest.fixture
def office(account, agent):
    """The office's open form; new leads go to the agent."""
    Assignment(account=account, agent=agent).choose([])
    return open_form(account)


def fill(page, phone="+49 1512 3456789", message="Is it still for sale?"):
    """Fill the form in as a visitor."""
    for label, value in (
        ("First name", "Katharina"),
        ("Last name", "Hohenfels"),
        ("Email", "katharina@example.org"),
        ("Phone", phone),
        ("Message", message),
    ):
        field(page, label).fill(value)
    page.get_by_label(re.compile("I agree that")).check()


def press(page):
    page.get_by_role("button", name="Send").click()


@pytest.mark.database
def test_visitor_asks_and_the_agent_has_a_lead_with_the_message(office, open_browser, sign_in, agent):
    page = open_browser()
    page.goto(office.get_absolute_url())
    fill(page, phone="612 34 56 78")
    page.get_by_label("Villa").check()
    press(page)
    expect(page.get_by_text("For Spain, put +34 before the number.")).to_be_visible()
    expect(field(page, "Message")).to_have_value("Is it still for sale?")
    expect(page.get_by_label("Villa")).to_be_checked()
    field(page, "Phone").fill("+34 612 34 56 78")
    press(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.context.cookies() == []

    desk = sign_in(agent)
    desk.goto(reverse("leads:list"))
    first = desk.locator("tbody td[data-col=name] a").first
    expect(first).to_have_text("Katharina Hohenfels")
    first.click()
    expect(desk.locator(".timeline .enquiry")).to_contain_text("Is it still for sale?")
    expect(desk.locator(".timeline .enquiry")).to_contain_text("Buyer: Villa")


def test_second_enquiry_lands_on_the_same_person(office, open_browser, sign_in, agent):
    page = open_browser()
    for message in ("Is it still for sale?", "May I see it on Monday?"):
        page.goto(office.get_absolute_url())
        fill(page, message=message)
        press(page)
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()

    person = Person.objects.get()
    desk = sign_in(agent)
    desk.goto(person.get_absolute_url())
    expect(desk.locator(".timeline .enquiry")).to_have_count(2)
    expect(desk.locator(".timeline .enquiry").first).to_contain_text("May I see it on Monday?")


def test_form_does_its_work_without_script_on_a_phone(office, open_browser):
    page = open_browser(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(office.get_absolute_url())
    press(page)
    expect(page.locator(".error")).to_have_count(5)
    fill(page)
    press(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Enquiry.objects.get().person.full_name == "Katharina Hohenfels"


def test_form_is_filled_in_by_keyboard_alone(office, open_browser):
    page = open_browser()
    page.goto(office.get_absolute_url())
    field(page, "First name").focus()
    for word in ("Katharina", "Hohenfels", "katharina@example.org", "+49 1512 3456789"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.get_by_label(re.compile("I agree that")).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Enquiry.objects.count() == 1


@pytest.fixture
def website():
    """The office's own website, on a port of its own: a function that says what it shows, and returns its address."""
    page = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page["markup"].encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def show(markup):
        page["markup"] = f'<!doctype html><title>Casa Mirador</title><link rel="icon" href="data:,">{markup}'
        return f"http://localhost:{server.server_port}"

    yield show
    server.shutdown()
    server.server_close()


def test_named_site_shows_the_form_in_a_frame(office, open_browser, live_server, website):
    page = open_browser()
    office.sites = website(f'<iframe src="{live_server.url}{office.get_absolute_url()}"></iframe>')
    office.save()
    page.goto(f"{office.sites}/contact")
    frame = page.frames[1]
    fill(frame)
    press(frame)
    expect(frame.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Enquiry.objects.get().page == f"{office.sites}/"
    assert page.context.cookies() == []


def test_admin_sets_everything_up(account, sign_in, admin, agent, open_browser):
    page = sign_in(admin)
    page.goto(SETTINGS)
    page.get_by_label("The form is open to everybody who has its address").check()
    field(page, "Heading").fill("Ask us")
    page.keyboard.press("Control+s")
    said(page, "Saved.")
    address = page.locator("#form-address").input_value()

    field(page, "New leads go").select_option("turn")
    expect(page.get_by_label("Agent", exact=True)).to_be_hidden()
    page.get_by_role("group", name="Agents").get_by_label(agent.get_full_name()).check()
    page.get_by_role("button", name="Save the assignment").click()
    said(page, "Saved.")

    page.get_by_role("link", name="New token").click()
    field(page, "Name").fill("Idealista")
    field(page, "Portal").select_option("idealista")
    page.keyboard.press("Control+s")
    token = page.locator("#token-text").input_value()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("not used yet")).to_be_visible()
    assert token not in page.content()
    page.get_by_role("button", name="Revoke Idealista").click()
    said(page, "is revoked")

    visitor = open_browser()
    visitor.goto(address[address.index("/enquiry/") :])
    expect(visitor.get_by_role("heading", name="Ask us")).to_be_visible()
    page.get_by_role("button", name="New address").click()
    page.locator("dialog[open]").get_by_role("button", name="New address").click()
    said(page, "The form has a new address.")
    assert visitor.goto(address[address.index("/enquiry/") :]).status == 404
