"""Sending: queued with its event, handed to Twilio once, settled with Twilio's answer."""

import threading

import pytest
from django.core.exceptions import ValidationError

from contacts.lines import client as lines_client
from contacts.lines.models import Line
from contacts.messaging import delivering
from contacts.messaging.models import Message
from contacts.messaging.sending import send, send_again
from contacts.messaging.tasks import deliver
from contacts.models import Person
from contacts.timeline.models import Event
from tesoro.outbox import State
from tesoro.tasks import queued


@pytest.fixture
def sms(contact, agent, line):
    """A queued SMS."""
    return send(contact, "sms", "See you at ten.", by=agent)


def refused(contact, agent, channel="sms", **more):
    with pytest.raises(ValidationError) as caught:
        send(contact, channel, "Hello", by=agent, **more)
    assert not Message.with_trash.exists()
    assert not Event.objects.exists()
    return caught.value.code


def test_a_message_is_queued_with_its_event_and_its_task(sms, contact, agent):
    assert (sms.state, sms.author, sms.number, sms.body) == ("queued", agent, "+34612345678", "See you at ten.")
    assert (sms.event.verb, sms.event.actor) == ("sms_sent", agent)
    assert queued(deliver) == [[sms.pk]]
    assert Person.objects.get(pk=contact.pk).last_activity_at == sms.event.at


def test_twilio_is_asked_once_and_its_name_for_the_message_kept(sms, work, twilio):
    work()
    work()
    deliver.func(sms.pk)
    sms.refresh_from_db()
    [asked] = twilio.posts("Messages")

    assert (asked["To"], asked["From"], asked["Body"]) == ("+34612345678", "+34912345678", "See you at ten.")
    assert f"/messages/{sms.pk}/{sms.attempt}/" in asked["StatusCallback"]
    assert (sms.state, sms.sid[:2]) == (State.SENT, "SM")


def test_twilios_reason_is_told_in_words(sms, work, twilio):
    twilio.refuse(21614, "'To' number is not a valid mobile number")
    work()
    sms.refresh_from_db()

    assert sms.state == State.FAILED
    assert sms.failure == "This number cannot receive SMS: it is a landline, or not reachable by SMS. (Twilio 21614)"


def test_an_unknown_reason_keeps_twilios_own_words(sms, work, twilio):
    twilio.refuse(29999, "Something new")
    work()
    sms.refresh_from_db()

    assert sms.failure == "Something new (Twilio 29999)"


def test_a_fault_of_twilio_leaves_the_state_unknown(sms, work, twilio):
    twilio.refuse(20500, "Internal server error", status=500)
    work()
    sms.refresh_from_db()

    assert (sms.state, sms.may_send_again) == (State.UNKNOWN, True)


def test_a_silence_of_twilio_leaves_the_state_unknown_and_is_not_asked_twice(sms, work, twilio, monkeypatch):
    monkeypatch.setattr(lines_client, "TIMEOUT", 0.2)
    twilio.hang = threading.Event()
    work()
    twilio.hang.set()
    sms.refresh_from_db()

    assert sms.state == State.UNKNOWN
    assert len(twilio.posts("Messages")) == 1


def test_a_fault_of_ours_before_twilio_is_asked_has_failed_and_is_in_the_log(sms, work, twilio, monkeypatch, caplog):
    monkeypatch.setattr(delivering, "hook_url", lambda *_args, **_kwargs: {}["See you at ten."])
    work()
    sms.refresh_from_db()

    assert (sms.state, twilio.posts("Messages")) == (State.FAILED, [])
    assert "Twilio was not asked" in sms.failure
    assert f"Message {sms.pk} was not sent: KeyError" in caplog.text
    assert "See you" not in caplog.text


@pytest.mark.parametrize("answer", [{}, {"status": "queued"}, [], b"<html>"])
def test_an_answer_that_makes_no_sense_leaves_the_state_unknown(sms, work, twilio, answer):
    twilio.answers.append((201, answer))
    work()
    sms.refresh_from_db()

    assert (sms.state, sms.failure) == (State.UNKNOWN, "Twilio's answer could not be understood.")


def test_a_twilio_that_cannot_be_reached_has_certainly_sent_nothing(sms, work, settings):
    settings.TWILIO_API_URL = "http://127.0.0.1:9"
    work()
    sms.refresh_from_db()

    assert sms.state == State.FAILED


def test_a_message_refused_at_once_has_failed(sms, work, twilio):
    twilio.answers.append((201, {"sid": "SM1", "status": "failed", "error_code": 30005, "error_message": None}))
    work()
    sms.refresh_from_db()

    assert (sms.state, sms.sid) == (State.FAILED, "SM1")
    assert "There is no such number" in sms.failure


def test_who_asked_not_to_be_contacted_is_not_written_to(contact, agent, line):
    contact.do_not_contact = True

    assert refused(contact, agent) == "do_not_contact"


def test_who_asks_it_meanwhile_is_not_written_to_either(sms, work, twilio):
    Person.objects.update(do_not_contact=True)
    work()
    sms.refresh_from_db()

    assert (sms.state, sms.failure) == (State.FAILED, "Andrea Dourado López asked not to be contacted.")
    assert not twilio.posts("Messages")


def test_who_went_to_the_trash_meanwhile_is_not_written_to(sms, work, twilio, contact, agent):
    contact.trash(by=agent)
    work()

    assert Message.with_trash.get().failure == "Andrea Dourado López is in the trash."
    assert not twilio.posts("Messages")


def test_a_message_deleted_before_it_left_does_not_leave(sms, work, twilio, agent):
    sms.trash(by=agent)
    work()

    assert Message.with_trash.get().failure == "Deleted before it was sent."
    assert not twilio.posts("Messages")


def test_nothing_is_queued_without_a_line(contact, agent):
    assert refused(contact, agent) == "no_line"


def test_nothing_is_queued_over_a_line_that_is_off(contact, agent, line):
    Line.objects.update(active=False)

    assert refused(contact, agent) == "no_line"


def test_nothing_is_queued_over_a_line_without_a_number_for_it(contact, agent, line, template):
    Line.objects.update(whatsapp_number="")

    assert refused(contact, agent, "whatsapp", template=template) == "no_sender"


@pytest.mark.parametrize(("body", "code"), [("", "required"), (" \n ", "required"), ("x" * 1601, "max_length")])
def test_a_text_that_cannot_be_sent_is_refused(contact, agent, line, body, code):
    with pytest.raises(ValidationError) as caught:
        send(contact, "sms", body, by=agent)
    assert caught.value.code == code


def test_a_form_that_comes_twice_sends_once(contact, agent, line):
    first, second = (send(contact, "sms", "Hello", by=agent, form_key="k" * 32) for _time in range(2))

    assert first == second
    assert (Message.objects.count(), Event.objects.count(), len(queued(deliver))) == (1, 1, 1)


def test_a_failed_message_is_sent_again_by_a_person_only(sms, work, twilio):
    twilio.refuse(21211)
    work()
    work()
    assert len(twilio.posts("Messages")) == 1
    sms.refresh_from_db()
    assert send_again(sms)
    work()

    sms.refresh_from_db()
    assert (sms.state, sms.failure) == (State.SENT, "")


def test_a_message_on_its_way_is_not_sent_again(sms, work):
    work()

    assert not send_again(Message.objects.get())


def test_a_message_is_not_sent_again_to_who_may_not_be_contacted(sms, work, twilio):
    twilio.refuse(21211)
    work()
    Person.objects.update(do_not_contact=True)

    with pytest.raises(ValidationError):
        send_again(Message.objects.get())


def test_a_lost_key_fails_and_says_what_to_do(sms, work, twilio):
    Line.objects.update(token="what another key has sealed")
    work()
    sms.refresh_from_db()

    assert "has to enter it again" in sms.failure
