"""Tasks in a real browser: written, ticked off, edited, deleted; tab, stream, My tasks and counts follow."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contacts.tasks.models import Task
from tests.e2e.steps import field, panel, said, to

pytestmark = pytest.mark.database

TITLE = "Send energy certificate"


@pytest.fixture
def page(sign_in, agent):
    """A window of the agent."""
    return sign_in(agent)


@pytest.fixture
def task(contact, agent):
    """A task of the agent for today."""
    row = Task(account=contact.account, person=contact, title=TITLE, due_on=timezone.localdate())
    return row.add(by=agent)


def tick(page, title=TITLE):
    return page.get_by_role("checkbox", name=title)


def tab(page):
    return page.get_by_role("navigation", name="Sections of this record").get_by_role("link", name=re.compile("^Tasks"))


def tally(page):
    return page.locator("#tally-tasks")


def fill(page, title):
    field(page, "Title").fill(title)
    field(page, "Due date").fill(timezone.localdate().isoformat())


def test_a_task_is_written_by_keyboard_and_stands_on_tab_and_stream(page, contact):
    to(page, contact, "tasks")
    expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    page.keyboard.press("t")
    expect(field(page, "Title")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(panel(page).get_by_text("Title is missing.")).to_be_visible()
    fill(page, TITLE)
    page.keyboard.press("Control+s")
    said(page, "Task added")

    expect(tick(page)).to_be_visible()
    expect(tab(page)).to_contain_text("1")
    expect(tally(page)).to_have_text("1")
    to(page, contact)
    expect(tick(page)).to_be_visible()


def test_a_task_is_written_in_the_composer(page, contact):
    to(page, contact)
    composer = page.locator("#composer")
    composer.get_by_role("link", name="Task").click()
    fill(page, TITLE)
    composer.get_by_role("button", name=re.compile("^Add task")).click()
    said(page, "Task added")

    expect(tick(page)).to_be_visible()
    expect(tab(page)).to_contain_text("1")


def test_a_task_is_ticked_and_opened_again_where_it_stands(page, task):
    page.goto("/tasks/")
    expect(page.get_by_role("link", name="Today 1")).to_be_visible()
    tick(page).focus()
    page.keyboard.press("Space")
    expect(tick(page)).to_have_attribute("aria-checked", "true")
    expect(tick(page)).to_be_focused()
    expect(page.get_by_role("link", name="Done lately 1")).to_be_visible()
    expect(tally(page)).to_have_text("")

    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-checked", "false")
    expect(page.get_by_role("link", name="Today 1")).to_be_visible()
    expect(tally(page)).to_have_text("1")


def test_ticking_on_the_stream_is_told_there(page, contact, task):
    to(page, contact)
    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-checked", "true")
    to(page, contact)

    expect(page.get_by_text(f"completed the task {TITLE}")).to_be_visible()


def test_a_task_is_edited_in_the_panel(page, contact, task):
    to(page, contact, "tasks")
    page.locator(f"#task-{task.pk}").get_by_role("link", name="Edit").click()
    field(page, "Title").fill("Call the notary")
    page.keyboard.press("Control+s")
    said(page, "Task saved")

    expect(tick(page, "Call the notary")).to_be_visible()


def test_a_task_is_deleted_and_brought_back(page, contact, task):
    to(page, contact, "tasks")
    page.locator(f"#task-{task.pk}").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    expect(tally(page)).to_have_text("")
    page.get_by_role("button", name="Undo").click()

    expect(tick(page)).to_be_visible()
    expect(tally(page)).to_have_text("1")


def test_my_tasks_shows_a_colleagues_when_she_is_chosen(page, task, admin):
    task.assigned_to = admin
    task.revise(by=admin)
    page.goto("/tasks/")
    expect(page.get_by_role("heading", name="Nothing to do")).to_be_visible()
    page.get_by_label("Whose tasks").select_option("Everybody")

    expect(tick(page)).to_be_visible()
    expect(page).to_have_url(re.compile("who=everybody"))


def test_everything_works_without_script(sign_in, agent, contact):
    page = sign_in(agent, java_script_enabled=False)
    to(page, contact, "tasks")
    page.get_by_role("link", name="New task").first.click()
    fill(page, TITLE)
    page.get_by_role("button", name=re.compile("^Add task")).click()
    said(page, "Task added")
    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-checked", "true")
    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-checked", "false")
    page.locator(".task").get_by_role("link", name="Edit").click()
    field(page, "Title").fill("Call the notary")
    page.get_by_role("button", name=re.compile("^Save")).click()
    page.locator(".task").get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()

    expect(tick(page, "Call the notary")).to_be_visible()
