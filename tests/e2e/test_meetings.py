"""Meetings in a browser: planned with mouse or keyboard, seen everywhere, changed, called off, deleted."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from contacts.emails.models import Email
from contacts.meetings.models import Meeting
from contacts.meetings.planning import plan
from tests.e2e.steps import field, panel, said, to
from tests.factories import ContactFactory


@pytest.fixture
def pieter(account, agent):
    return ContactFactory(account=account, assigned_to=agent, first_name="Pieter", email="pieter@example.org")


def tally(page):
    return page.locator(".tabs .tab", has_text="Meetings").locator(".tally")


def cards(page, title):
    return page.locator(".card.meeting", has_text=title)


def fill(page, title, place="Carrer Bernia 14"):
    field(page, "Title").fill(title)
    field(page, "Place").fill(place)


def test_meeting_lives_its_life_on_tab_timeline_and_calendar(sign_in, agent, contact):
    page = sign_in(agent)
    to(page, contact, "meetings")
    page.get_by_role("link", name="New meeting").last.click()
    fill(page, "Second visit")
    panel(page).get_by_role("button", name="Plan").click()
    said(page, "Meeting planned.")
    expect(cards(page, "Second visit")).to_be_visible()
    expect(tally(page)).to_have_text("1")

    to(page, contact)
    cards(page, "Second visit").get_by_role("link", name="Edit").click()
    field(page, "Title").fill("Third visit")
    page.keyboard.press("Control+s")
    said(page, "Meeting saved.")
    expect(cards(page, "Third visit")).to_be_visible()

    page.goto(reverse("meetings:calendar") + "?view=day&day=" + Meeting.objects.get().starts_at.date().isoformat())
    page.locator("a.entry", has_text="Third visit").first.click()
    panel(page).get_by_role("link", name="Call off").click()
    panel(page).get_by_role("button", name="Call it off").click()
    said(page, "Meeting called off")
    expect(page.locator("a.entry[data-off]", has_text="Third visit").first).to_be_visible()

    to(page, contact, "meetings")
    cards(page, "Third visit").get_by_role("button", name="Delete").click()
    said(page, "Meeting deleted")
    expect(cards(page, "Third visit")).to_have_count(0)
    expect(tally(page)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    said(page, "Meeting restored")
    expect(cards(page, "Third visit")).to_be_visible()
    expect(tally(page)).to_have_count(0)  # what was called off is not counted


def test_meeting_is_begun_in_the_composer(sign_in, agent, contact):
    page = sign_in(agent)
    to(page, contact)
    page.locator(".composer .kinds").get_by_role("link", name="Meeting").click()
    fill(page, "Second visit")
    page.keyboard.press("Control+s")
    said(page, "Meeting planned.")
    expect(cards(page, "Second visit")).to_be_visible()


def test_people_are_found_and_taken_off_with_the_keyboard(sign_in, agent, contact, pieter):
    page = sign_in(agent)
    to(page, contact, "meetings")
    page.get_by_role("link", name="New meeting").last.click()
    fill(page, "Second visit")
    people = page.get_by_role("combobox", name=re.compile("^Other people"))
    people.press_sequentially("pieter dou")
    option = page.get_by_role("option", name=re.compile("^Pieter"))
    expect(option).to_have_attribute("aria-selected", "true")
    expect(people).to_have_attribute("aria-activedescendant", re.compile("_found_0$"))
    people.press("Enter")
    expect(panel(page).locator(".tag")).to_have_text(["Pieter Dourado López"])
    people.press("Backspace")
    expect(panel(page).locator(".tag")).to_have_count(0)
    people.press_sequentially("pieter")
    expect(option).to_be_visible()
    people.press("Escape")
    expect(option).to_be_hidden()
    expect(panel(page)).to_be_visible()
    people.press("End")
    people.press_sequentially(" dou")
    people.press("ArrowDown")
    option.click()
    page.keyboard.press("Control+s")
    said(page, "Meeting planned.")
    assert pieter.attendance_set.count() == 1


def test_end_follows_the_start(sign_in, agent, contact):
    page = sign_in(agent)
    page.goto(reverse("contacts:meeting-new", args=[contact.pk]))
    field(page, "Start").fill("2027-03-01T09:30")
    expect(field(page, "End")).to_have_value("2027-03-01T10:30")
    field(page, "End").fill("2027-03-01T10:00")
    field(page, "Start").fill("2027-03-02T23:45")
    expect(field(page, "End")).to_have_value("2027-03-03T00:15")


def test_invitation_reaches_the_timeline(sign_in, agent, contact):
    page = sign_in(agent)
    page.goto(reverse("contacts:meeting-new", args=[contact.pk]))
    fill(page, "Second visit")
    page.get_by_label("Send an invitation").check()
    page.get_by_role("button", name="Plan").click()
    said(page, "Invitations are on their way")
    expect(cards(page, "Second visit")).to_contain_text("Invited by email")
    assert "METHOD:REQUEST" in Email.objects.get().calendar


def test_without_script_a_meeting_is_planned_called_off_and_deleted(sign_in, agent, contact, pieter):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(reverse("contacts:meeting-new", args=[contact.pk]))
    field(page, "Title").fill("Second visit")
    field(page, "Other people").fill("nobody@example.org")
    page.get_by_role("button", name="Plan").click()
    expect(page.locator("main")).to_contain_text("No contact or lead has the address nobody@example.org.")
    field(page, "Other people").fill(pieter.email)
    page.get_by_role("button", name="Plan").click()
    expect(cards(page, "Second visit")).to_contain_text("Pieter Dourado López")
    cards(page, "Second visit").get_by_role("link", name="Call off").click()
    page.get_by_role("button", name="Call it off").click()
    expect(page.locator("main")).to_contain_text("Called off")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("body")).to_contain_text("Meeting deleted")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("body")).to_contain_text("Meeting restored")


@pytest.mark.parametrize("width", [1440, 390])
def test_calendar_is_walked_with_the_keyboard(sign_in, account, agent, contact, width):
    start = timezone.localtime(timezone=account.zone).replace(hour=10, minute=0, second=0, microsecond=0)
    meeting = Meeting(account=account, title="Today's visit", starts_at=start, ends_at=start + dt.timedelta(hours=1))
    plan(meeting, people=[contact], colleagues=[], by=agent)
    page = sign_in(agent, viewport={"width": width, "height": 900})
    page.goto(reverse("meetings:calendar"))
    expect(page.locator("a.entry", has_text="Today's visit")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("day="))
    expect(page.locator("a.entry", has_text="Today's visit")).to_have_count(int(len_of_month_edge(start)))
    page.keyboard.press("t")
    expect(page.locator("a.date[aria-current=date]")).to_be_visible()
    page.get_by_role("link", name="Week", exact=True).click()
    expect(page.locator("a.entry", has_text="Today's visit")).to_be_visible()


def len_of_month_edge(today):
    """Return whether the next month's page, which is whole weeks, still shows today."""
    first = (today.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return today.date() >= (first - dt.timedelta(days=first.weekday())).date()


def test_arrows_go_from_day_to_day(sign_in, agent):
    page = sign_in(agent)
    page.goto(reverse("meetings:calendar") + "?day=2026-11-10")
    days = page.locator("a[data-day]")
    days.nth(9).focus()
    page.keyboard.press("ArrowDown")
    expect(days.nth(16)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(days.nth(15)).to_be_focused()


def test_overlapping_meetings_stand_side_by_side_where_their_hours_are(sign_in, account, agent):
    day = dt.datetime(2026, 11, 26, tzinfo=account.zone)
    for title, hour, minute in [("First", 9, 0), ("Second", 9, 30), ("Third", 11, 0)]:
        start = day.replace(hour=hour, minute=minute)
        plan(Meeting(account=account, title=title, starts_at=start, ends_at=start + dt.timedelta(hours=1)),
             people=[], colleagues=[], by=agent)  # fmt: skip
    page = sign_in(agent)
    page.goto(reverse("meetings:calendar") + "?view=week&day=2026-11-26")
    first, second, third = (
        page.locator("a.entry", has_text=title).bounding_box() for title in ("First", "Second", "Third")
    )
    assert second["x"] >= first["x"] + first["width"]
    assert abs(second["y"] - first["y"] - first["height"] / 2) < 4
    assert abs(third["x"] - first["x"]) < 2
    assert third["width"] > first["width"] * 1.8


def test_feed_address_is_made_shown_once_and_replaced(sign_in, agent):
    page = sign_in(agent)
    page.goto(reverse("meetings:feed-settings"))
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Address", exact=True).input_value()
    assert page.request.get(address).status == 200
    page.get_by_role("button", name="Replace the address").click()
    expect(page.get_by_label("Address", exact=True)).not_to_have_value(address)
    assert page.request.get(address).status == 404
    page.goto(reverse("meetings:feed-settings"))
    expect(page.get_by_label("Address", exact=True)).to_have_count(0)
