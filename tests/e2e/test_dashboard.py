"""The dashboard in a real browser: opened, filtered by keyboard, a task ticked off, a chart read as a table."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contacts.meetings.models import Meeting
from contacts.meetings.planning import plan
from contacts.tasks.models import Task
from contacts.timeline.noting import write_note
from tests.e2e.steps import come_in, field, panel
from tests.factories import LeadFactory

pytestmark = pytest.mark.database

TITLE = "Send energy certificate"
SOURCE = "Where leads come from"


@pytest.fixture
def day(account, agent, admin, contact):
    """A day of the agent: a task, a meeting that goes on, a lead and a note."""
    start = timezone.now() - dt.timedelta(minutes=1)
    visit = Meeting(account=account, title="Viewing", starts_at=start, ends_at=start + dt.timedelta(minutes=2))
    plan(visit, people=[contact], colleagues=[], by=agent)
    LeadFactory(account=account, assigned_to=agent)
    LeadFactory(account=account, assigned_to=admin)
    write_note(contact, "A note.", by=agent)
    task = Task(account=account, person=contact, title=TITLE, due_on=timezone.localdate(timezone=account.zone))
    return task.add(by=agent)


def card(page, heading):
    return page.get_by_role("region", name=heading, exact=True)


def tick(page):
    return card(page, "My tasks").get_by_role("checkbox", name=TITLE)


def test_who_signs_in_sees_their_day(open_browser, agent, day):
    page = open_browser()
    come_in(page, agent)

    expect(page.get_by_role("heading", level=1)).to_contain_text(agent.first_name)
    expect(page.locator("nav.sidebar [aria-current=page]")).to_have_text("Dashboard")
    expect(card(page, "My day").get_by_text("Now")).to_be_visible()
    card(page, "My day").get_by_role("link", name="Viewing").click()
    expect(panel(page)).to_contain_text("Viewing")


def test_a_task_is_ticked_in_its_place_and_opened_again(sign_in, agent, day):
    page = sign_in(agent)
    page.goto("/")
    expect(page.locator("#my-tasks-tally")).to_have_text("1")
    tick(page).focus()
    page.keyboard.press("Space")
    expect(tick(page)).to_have_attribute("aria-checked", "true")
    expect(tick(page)).to_be_focused()
    expect(page.locator("#my-tasks-tally")).to_have_text("")
    expect(page.locator("#tally-tasks")).to_have_text("")

    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-checked", "false")
    expect(page.locator("#my-tasks-tally")).to_have_text("1")


def test_the_figures_are_filtered_by_keyboard(sign_in, admin, agent, day):
    page = sign_in(admin)
    page.goto("/")
    page.get_by_label("Period").focus()
    page.keyboard.type("This q")
    expect(page).to_have_url(re.compile("period=quarter"))
    page.wait_for_load_state()
    page.get_by_label("Whose figures").select_option("Mine")
    expect(page).to_have_url(re.compile("period=quarter&agent=me"))

    expect(page.get_by_label("Period")).to_have_value("quarter")
    expect(card(page, "Activity").locator("tbody tr")).to_have_count(1)


def test_other_days_are_chosen_and_a_wrong_one_is_told(sign_in, admin, day):
    page = sign_in(admin)
    page.goto("/")
    page.get_by_label("Period").select_option("Other days")
    field(page, "From").fill("2026-05-01")
    field(page, "To").fill("2026-04-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("The last day is before the first.")).to_be_visible()
    field(page, "To").fill("2026-05-31")
    field(page, "To").press("Enter")

    expect(page).to_have_url(re.compile("from=2026-05-01&to=2026-05-31"))
    expect(page.locator("main .error")).to_have_count(0)


def test_a_chart_is_read_as_a_table_whose_numbers_lead_to_lists(sign_in, admin, day):
    page = sign_in(admin)
    page.goto("/")
    chart = card(page, SOURCE)
    expect(chart.get_by_role("img").first).to_have_accessible_name(re.compile("By Person"))
    chart.locator("summary").focus()
    page.keyboard.press("Enter")
    number = chart.get_by_role("row", name=re.compile("^By Person")).get_by_role("link").first
    counted = number.inner_text()
    number.click()

    expect(page.locator("main h1")).to_contain_text(counted)


def test_a_column_leads_to_the_list_it_counts(sign_in, admin, day):
    page = sign_in(admin)
    page.goto("/")
    page.locator("#leads-months .hits a").last.click()

    expect(page).not_to_have_url(re.compile(r"/$"))


def test_everything_works_without_script(sign_in, admin, agent, day):
    page = sign_in(agent, java_script_enabled=False)
    page.goto("/")
    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-checked", "true")
    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-checked", "false")
    page.get_by_label("Period").select_option("Other days")
    page.get_by_role("button", name="Show").click()
    field(page, "From").fill("2026-05-01")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("period=custom.*from=2026-05-01"))
    card(page, SOURCE).locator("summary").click()

    expect(card(page, SOURCE).get_by_role("table")).to_be_visible()


def test_a_phone_shows_the_day_first_and_nothing_goes_sideways(sign_in, admin, agent, day):
    page = sign_in(agent, viewport={"width": 390, "height": 844})
    page.goto("/")
    expect(page.locator("nav.sidebar .nav > li:visible")).to_have_text(
        [re.compile(word) for word in ("Dashboard", "Leads", "Contacts", "Deals", "Tasks", "More")]
    )
    tops = [card(page, name).bounding_box()["y"] for name in ("My day", "My tasks", SOURCE)]
    wide = page.evaluate("document.documentElement.scrollWidth")

    assert tops == sorted(tops)
    assert wide == 390


def test_an_empty_office_begins_with_its_first_contact(sign_in, admin):
    page = sign_in(admin)
    page.goto("/")
    page.get_by_role("link", name="Create contact").click()
    expect(field(page, "First name")).to_be_focused()
