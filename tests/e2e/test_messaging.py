"""SMS and WhatsApp in a real browser, with a worker, over a Twilio on loopback."""

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from contacts.messaging.models import Message, Template
from contacts.messaging.receiving import receive
from contacts.messaging.sending import send
from tests.e2e.steps import said, to
from tests.fakes.twilio import signature
from tests.messaging.test_segments import TABLE

COUNT = """async (texts) => {
    const main = document.querySelector("script[type=module]").src;
    const { count } = await import(main.replace(/main[^/]*$/, "segments.js"));
    return texts.map((text) => { const told = count(text); return [told.unicode, told.used, told.segments]; });
}"""


@pytest.fixture
def worker(line, twilio, monkeypatch, start_worker):
    """A worker that finds Twilio where the test has it, and can read the line's token."""
    monkeypatch.setenv("TWILIO_API_URL", twilio.url)
    monkeypatch.setenv("FIELD_KEYS", ",".join(django_settings.FIELD_KEYS))
    return start_worker()


@pytest.fixture
def tell(twilio):
    """A function by which Twilio tells what has become of the last message it took."""

    def told(status, **more):
        url = twilio.posts("Messages")[-1]["StatusCallback"]
        message = Message.with_trash.order_by("-claimed_at").exclude(sid="").first()
        form = {"MessageSid": message.sid, "MessageStatus": status} | more
        path = "/" + url.split("/", 3)[3]
        answer = Client().post(path, form, headers={"x-twilio-signature": signature(url, form)})
        assert answer.status_code == 204

    return told


def wrote(contact, body, channel="whatsapp"):
    return receive(contact, channel, body, number="+34612345678", sid=f"SM-{body}"[:34])


def tally(page, name):
    return page.get_by_role("navigation", name="Sections").get_by_role("link", name=name)


def test_an_sms_is_written_with_the_keyboard_moves_on_by_itself_and_is_deleted(sign_in, agent, contact, worker, tell):
    page = sign_in(agent)
    to(page, contact)
    page.get_by_role("link", name="SMS").and_(page.locator(".reach a")).click()
    text = page.get_by_label("Write an SMS to Andrea")
    expect(text).to_be_focused()
    page.keyboard.type("See you at 5 € ten. ")
    expect(page.locator("#segments")).to_have_text("20 characters, 1 SMS, 140 left")
    page.keyboard.press("Control+Enter")
    bubble = page.locator(".message[data-ours]")
    expect(bubble.locator(".bubble")).to_have_text("See you at 5 € ten.")
    expect(bubble).to_contain_text("Sent")
    tell("delivered")
    expect(bubble).to_contain_text("Delivered", timeout=30_000)
    expect(tally(page, "SMS")).to_contain_text("1")

    to(page, contact)
    card = page.locator(".timeline .event").first
    expect(card).to_contain_text("sent an SMS")
    expect(card).to_contain_text("Delivered")
    card.get_by_role("link", name="Open thread").click()
    page.locator(".message").hover()
    page.get_by_role("button", name="Delete the message").click()
    said(page, "Message deleted")
    expect(page.get_by_role("heading", name="No SMS yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message .bubble")).to_be_visible()


def test_a_failure_says_why_and_is_sent_again(sign_in, agent, contact, worker, twilio):
    twilio.refuse(21614)
    page = sign_in(agent)
    to(page, contact, "sms")
    page.get_by_label("Write an SMS to Andrea").fill("Hello")
    page.keyboard.press("Control+s")
    expect(page.locator(".again")).to_contain_text("This number cannot receive SMS")
    page.get_by_role("button", name="Send again").click()

    expect(page.locator(".message .state")).to_have_text("Sent")
    assert len(twilio.posts("Messages")) == 2


def test_an_answer_comes_into_the_open_thread_and_opens_the_window(sign_in, agent, contact, line, account):
    Template.objects.create(account=account, title="Visit", body="Hello")
    page = sign_in(agent)
    to(page, contact, "whatsapp")
    expect(page.get_by_text("WhatsApp takes only templates now")).to_be_visible()
    wrote(contact, "¡Hola!")

    expect(page.locator("#newest .bubble")).to_have_text("¡Hola!", timeout=30_000)
    page.get_by_role("link", name="Write freely").click()
    expect(page.get_by_label("Write to Andrea on WhatsApp")).to_be_visible()
    expect(page.locator("#window")).to_contain_text("Free text until")


def test_a_conversation_begins_with_a_template_that_is_seen_before_it_leaves(
    sign_in, agent, contact, account, worker, twilio
):
    Template.objects.create(account=account, title="Visit", body="Hello {{1}}, until {{2}}.")
    page = sign_in(agent)
    to(page, contact, "whatsapp")
    page.get_by_label("Template").select_option("Visit")
    page.get_by_label("{{1}}", exact=True).fill("Andrea")
    page.get_by_label("{{2}}", exact=True).fill("ten")
    expect(page.get_by_role("note", name="Preview")).to_have_text("Hello Andrea, until ten.")
    page.get_by_role("button", name="Send template").click()

    expect(page.locator(".message .state")).to_have_text("Sent")
    assert twilio.posts("Messages")[0]["Body"] == "Hello Andrea, until ten."


def test_the_newest_is_in_sight_and_older_ones_come_while_one_scrolls_up(sign_in, agent, contact, line):
    for number in range(70):
        wrote(contact, f"No. {number}.")
    page = sign_in(agent)
    to(page, contact, "whatsapp")
    expect(page.get_by_text("No. 69.", exact=True)).to_be_in_viewport()
    expect(page.locator(".bubble")).to_have_count(30)
    page.get_by_role("link", name="Load older").scroll_into_view_if_needed()
    expect(page.locator(".bubble")).to_have_count(60)
    page.get_by_role("link", name="Load older").scroll_into_view_if_needed()
    expect(page.locator(".bubble")).to_have_count(70)

    assert page.locator(".bubble").all_text_contents() == [f"No. {number}." for number in range(70)]
    expect(page.locator(".day-line")).to_have_count(1)


def test_script_and_server_count_segments_alike(sign_in, agent, contact, line):
    page = sign_in(agent)
    to(page, contact, "sms")
    counted = page.evaluate(COUNT, [text for text, *_told in TABLE])

    assert counted == [list(told) for _text, *told in TABLE]


def test_without_script_an_sms_and_a_template_are_sent(sign_in, agent, contact, account, line):
    Template.objects.create(account=account, title="Visit", body="Hello {{1}}.")
    page = sign_in(agent, java_script_enabled=False)
    to(page, contact, "sms")
    page.get_by_label("Write an SMS to Andrea").fill("Hello")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".message .bubble")).to_have_text("Hello")
    to(page, contact, "whatsapp")
    page.get_by_label("Template").select_option("Visit")
    page.get_by_role("button", name="Choose").click()
    page.get_by_label("{{1}}", exact=True).fill("Andrea")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("note", name="Preview")).to_have_text("Hello Andrea.")
    page.get_by_role("button", name="Send template").click()

    expect(page.locator(".message .bubble")).to_have_text("Hello Andrea.")
    assert [message.state for message in Message.objects.all()] == ["queued", "queued"]


def test_without_script_the_newest_is_in_sight(sign_in, agent, contact, line):
    for number in range(40):
        wrote(contact, f"No. {number}.")
    page = sign_in(agent, java_script_enabled=False)
    to(page, contact, "whatsapp")
    expect(page.get_by_text("No. 39.", exact=True)).to_be_in_viewport()
    page.get_by_role("link", name="Load older").click()

    expect(page.get_by_text("No. 0.", exact=True)).to_be_visible()


def test_on_a_phone_the_newest_is_in_sight_too_and_nothing_runs_over(sign_in, agent, contact, line):
    for number in range(40):
        wrote(contact, f"No. {number}." + "x" * 60)
    page = sign_in(agent, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    to(page, contact, "whatsapp")

    expect(page.get_by_text("No. 39.")).to_be_in_viewport()
    expect(page.get_by_label("Write to Andrea on WhatsApp")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_message_of_unknown_state_is_taken_for_sent(sign_in, agent, contact, line):
    send(contact, "sms", "Hello", by=agent)
    Message.objects.update(state="unknown")
    page = sign_in(agent)
    to(page, contact, "sms")
    expect(page.locator(".again")).to_contain_text("It may have arrived")
    page.get_by_role("button", name="It arrived").click()

    expect(page.locator(".message .state")).to_have_text("Sent")


def test_templates_are_made_changed_and_deleted(sign_in, admin, account):
    page = sign_in(admin)
    page.goto(reverse("messaging:templates"))
    page.get_by_role("link", name="New template").click()
    panel = page.locator("dialog#panel")
    panel.get_by_label("Title").fill("Visit")
    panel.get_by_label("Text").fill("Hello {{2}}")
    page.keyboard.press("Control+s")
    expect(panel.get_by_text("{{1}} is missing.")).to_be_visible()
    panel.get_by_label("Text").fill("Hello {{1}}")
    page.keyboard.press("Control+s")
    said(page, "Template saved")
    page.get_by_role("link", name="Edit Visit").click()
    panel.get_by_label("Title").fill("Visit reminder")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Visit reminder")).to_be_visible()
    page.get_by_role("button", name="Delete Visit reminder").click()
    said(page, "Template deleted")
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Visit reminder")).to_be_visible()
