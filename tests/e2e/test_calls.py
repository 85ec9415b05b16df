"""Calls in a real browser, with a real worker and a Twilio on loopback that gets the real SDK's requests."""

import re
import threading

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from contacts.calls import placing
from contacts.calls.models import Call
from contacts.lines.models import Line
from contacts.timeline.recording import record
from tesoro.outbox import PATIENCE, State
from tests.e2e.conftest import session_cookie
from tests.e2e.steps import field, panel, said, to
from tests.e2e.test_every_page import Walk
from tests.fakes.twilio import SID, TOKEN, signature

PATIENT = 30


@pytest.fixture
def agent(agent):
    agent.phone = "+4915123456789"
    agent.save()
    return agent


@pytest.fixture
def connected(line, twilio, monkeypatch):
    """The office's line; a worker, which is another process, finds Twilio and the key of its token too."""
    monkeypatch.setenv("TWILIO_API_URL", twilio.url)
    monkeypatch.setenv("FIELD_KEYS", ",".join(django_settings.FIELD_KEYS))
    return line


def tell(name, call, line, **form):
    """Post to a webhook as Twilio does."""
    path = reverse(f"calls:{name}", kwargs={"key": line.key, "pk": call.pk, "attempt": call.attempt})
    signed = signature(f"{django_settings.PUBLIC_URL}{path}", form)
    assert Client().post(path, form, headers={"X-Twilio-Signature": signed}).status_code in (200, 204)


def card(page):
    return page.locator(".card.call").first


def tally(page):
    return page.get_by_role("navigation", name="Sections of this record").get_by_role("link", name="Calls")


def press_call(page):
    page.keyboard.press("c")
    expect(field(page, "Note")).to_be_focused()
    page.keyboard.type("About the offer")
    page.keyboard.press("Control+s")
    expect(panel(page)).to_be_hidden()


def test_a_click_calls_and_the_card_follows_what_twilio_tells(sign_in, agent, contact, connected, twilio, start_worker):
    page = sign_in(agent)
    to(page, contact, "calls")
    press_call(page)
    said(page, "Your phone rings first")
    expect(card(page)).to_contain_text("Waiting")
    expect(tally(page)).to_have_text("Calls1")

    start_worker()
    call = wait_for_call(State.SENT)
    tell("status", call, connected, CallStatus="ringing", CallSid=call.sid)
    expect(card(page)).to_contain_text("Ringing the agent")
    tell("twiml", call, connected, CallSid=call.sid)
    far = {"CallSid": "CA" + "b" * 32, "ParentCallSid": call.sid}
    tell("far-status", call, connected, CallStatus="in-progress", **far)
    expect(card(page)).to_contain_text("Talking")
    tell("far-status", call, connected, CallStatus="completed", CallDuration="380", **far)
    expect(card(page)).to_contain_text("6 min 20 s")
    assert [form["To"] for form in twilio.posts("Calls")] == [agent.phone.as_e164]

    to(page, contact)
    expect(card(page)).to_contain_text("6 min 20 s")
    card(page).get_by_role("link", name="Edit").click()
    card(page).get_by_label("Outcome").select_option("Reached")
    card(page).get_by_role("button", name="Save").click()
    expect(card(page)).to_contain_text("Reached")
    expect(card(page)).to_contain_text("About the offer")


def test_a_lost_connection_is_no_news_of_a_running_call(chromium, live_server, agent, contact, connected):
    running = placing.call(contact, by=agent)
    context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
    context.add_cookies([session_cookie(agent, live_server.url)])
    page = context.new_page()
    to(page, contact, "calls")
    expect(card(page)).to_contain_text("Waiting")
    with page.expect_event("requestfailed"):
        context.set_offline(True)
    context.set_offline(False)
    Call.objects.filter(pk=running.pk).update(state=State.SENT, step=3, progress="ringing")

    expect(card(page)).to_contain_text("Ringing the agent")
    expect(page.locator("#toasts [data-toast]")).to_have_count(0)
    context.close()


def wait_for_call(state):
    """Return the call when a worker has brought it to ``state``."""
    waiting = threading.Event()
    for _look in range(PATIENT * 10):
        call = Call.objects.first()
        if call.state == state:
            return call
        waiting.wait(0.1)
    raise AssertionError(f"the call is {call.state}")


def test_a_worker_killed_while_it_asks_leaves_a_doubt_and_never_calls_twice(
    sign_in, agent, contact, connected, twilio, start_worker
):
    page = sign_in(agent)
    to(page, contact, "calls")
    press_call(page)
    twilio.hang = threading.Event()
    worker = start_worker()
    wait_for_call(State.SENDING)
    wait_for_request(twilio)
    worker.kill()
    worker.wait()
    twilio.hang.set()
    Call.objects.update(claimed_at=Call.objects.get().claimed_at - PATIENCE * 2)
    start_worker()

    expect(card(page)).to_contain_text("State unknown")
    card(page).get_by_role("button", name="It took place").click()
    said(page, "Noted.")
    expect(card(page)).to_contain_text("Ended")
    assert len(twilio.posts("Calls")) == 1


def wait_for_request(twilio):
    waiting = threading.Event()
    for _look in range(PATIENT * 10):
        if twilio.posts("Calls"):
            return
        waiting.wait(0.1)
    raise AssertionError("Twilio was not asked")


def test_a_call_is_logged_changed_deleted_and_brought_back_by_keyboard(sign_in, agent, contact):
    page = sign_in(agent)
    to(page, contact)
    page.keyboard.press("c")
    expect(panel(page)).to_contain_text("once an admin has connected Twilio")
    field(panel(page), "Duration").fill("6:20")
    field(panel(page), "Outcome").select_option("Left a message")
    field(panel(page), "Note").fill("Calls back **tomorrow**")
    page.keyboard.press("Control+s")
    said(page, "Call logged")
    expect(card(page)).to_contain_text("Calls back tomorrow")

    tally(page).click()
    expect(card(page)).to_contain_text("Left a message")
    expect(tally(page)).to_have_text("Calls1")
    edit = card(page).get_by_role("link", name="Edit")
    edit.focus()
    page.keyboard.press("Enter")
    card(page).get_by_label("Duration").fill("7")
    page.keyboard.press("Control+s")
    expect(card(page)).to_contain_text("7 min")

    card(page).get_by_role("button", name="Delete").click()
    said(page, "Call deleted")
    expect(page.get_by_role("heading", name="No calls yet")).to_be_visible()
    expect(tally(page)).to_have_text("Calls")
    page.get_by_role("button", name="Undo").click()
    expect(card(page)).to_contain_text("7 min")


def test_a_call_is_logged_in_the_composer(sign_in, agent, contact):
    page = sign_in(agent)
    to(page, contact)
    composer = page.locator("#composer")
    page.get_by_role("navigation", name="What to add").get_by_role("link", name="Call").click()
    composer.get_by_label("Duration").fill("six")
    composer.get_by_role("button", name="Log call").click()
    expect(composer).to_contain_text("Write minutes, or minutes and seconds")
    composer.get_by_label("Duration").fill("6")
    composer.get_by_role("button", name="Log call").click()
    expect(card(page)).to_contain_text("6 min")


def test_a_call_is_logged_without_script(sign_in, agent, contact):
    page = sign_in(agent, java_script_enabled=False)
    to(page, contact, "calls")
    page.get_by_role("link", name="Log a call", exact=True).click()
    page.get_by_label("They called").check()
    field(page, "Note").fill("Wants to see the terrace")
    page.get_by_role("button", name="Log call").click()

    expect(card(page)).to_contain_text("Wants to see the terrace")
    expect(card(page)).to_contain_text("Incoming")


def test_an_admin_connects_tests_and_disconnects_twilio(sign_in, admin, twilio):
    page = sign_in(admin)
    page.goto(reverse("lines:settings"))
    field(page, "Account SID").fill(SID)
    page.get_by_label(re.compile("^Auth token")).fill(TOKEN)
    field(page, "Number for calls and SMS").fill("+34 912 34 56 78")
    page.get_by_role("button", name="Connect Twilio").click()
    said(page, "Saved.")
    expect(page.get_by_label(re.compile("^Auth token"))).to_have_value("")

    page.get_by_role("button", name="Test connection").click()
    expect(page.get_by_role("status").filter(has_text="The account at Twilio is Casa Mirador.")).to_be_visible()
    page.get_by_role("button", name="Copy: Voice").click()
    said(page, "Copied")
    page.get_by_role("button", name="Disconnect …").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    said(page, "Twilio is disconnected.")
    assert not Line.objects.exists()


@pytest.fixture
def in_every_state(contact, admin, line):
    """A call in each state a card can show."""
    admin.phone = "+4915123456789"
    admin.save()
    states = [
        {"state": State.SENT, "progress": "completed", "step": 9, "seconds": 380, "recording_sid": "RE" + "c" * 32},
        {"state": State.SENT, "progress": "ringing", "step": 6, "note": "Wants the **terrace** measured"},
        {"state": State.FAILED, "failure": f"The number {'9' * 60} is not valid. (Twilio 21211)"},
        {"state": State.UNKNOWN, "failure": "Twilio did not answer."},
        {"state": State.RECEIVED, "incoming": True, "progress": "no-answer", "step": 9},
    ]
    for fields in states:
        event = record("called", by=admin, person=contact)
        Call.objects.create(
            account=contact.account, person=contact, event=event, author=admin, number="+34612345678", **fields
        )
    return {"person": contact.pk, "call": Call.objects.first().pk}


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "narrow"])
def test_calls_and_the_settings_are_accessible_and_within_their_width(sign_in, admin, in_every_state, size):
    page = sign_in(admin, viewport=dict(zip(("width", "height"), size, strict=True)))
    walk = Walk(page, in_every_state)
    walk.over(["/contacts/{person}/calls/", "/contacts/{person}/", "/contacts/{person}/calls/new/"])
    walk.over(["/contacts/{person}/calls/log/", "/calls/{call}/edit/", "/settings/telephone/"])
    walk.at("/contacts/{person}/calls/", edit_in_place)

    assert walk.wrong == {}


def edit_in_place(page):
    page.locator(".recording summary").click()
    card(page).get_by_role("link", name="Outcome and note").click()
    expect(card(page).get_by_label("Outcome")).to_be_visible()
