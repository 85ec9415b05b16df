"""Twilio's webhooks: what comes in lands where it belongs, states move on and never back, nothing counts twice."""

import pytest

from contacts.lines.models import Stray
from contacts.messaging.models import Message
from contacts.messaging.sending import send, send_again
from contacts.models import Person
from contacts.timeline.models import Event
from tesoro.outbox import State
from tests.factories import AccountFactory, ContactFactory


@pytest.fixture
def sent(contact, agent, line, work):
    """An SMS that Twilio has taken."""
    message = send(contact, "sms", "See you at ten.", by=agent)
    work()
    message.refresh_from_db()
    return message


@pytest.fixture
def news(hook):
    """A function that tells what has become of a message."""

    def told(message, status, attempt=None, sid=None, **more):
        form = {"MessageSid": sid or message.sid or "SM-late", "MessageStatus": status} | more
        answer = hook("messaging:status", form, pk=message.pk, attempt=attempt or message.attempt)
        assert answer.status_code == 204
        message.refresh_from_db()
        return message.state

    return told


def test_a_known_number_lands_on_the_person(write_in, contact):
    answer = write_in("Perfecto, allí estaré. 👩‍👧")
    message = Message.objects.get()

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    assert (message.person_id, message.incoming, message.state) == (contact.pk, True, "received")
    assert message.body == "Perfecto, allí estaré. 👩‍👧"
    assert (message.event.verb, message.event.data["name"]) == ("sms_received", "Andrea Dourado López")
    assert Person.objects.get(pk=contact.pk).last_activity_at == message.event.at


def test_a_whatsapp_message_is_one(write_in, contact):
    write_in(channel="whatsapp")

    assert Message.objects.get().channel == "whatsapp"
    assert Event.objects.get().verb == "whatsapp_received"


def test_a_message_delivered_twice_is_there_once(write_in, contact):
    for _time in range(2):
        assert write_in(sid="SM1").status_code == 200

    assert (Message.objects.count(), Event.objects.count()) == (1, 1)


def test_an_unknown_number_waits_in_the_inbox(write_in, contact):
    write_in("Hola", number="+4915123456789", channel="whatsapp", sid="SM1", ProfileName="Nuria")
    write_in("Hola", number="+4915123456789", channel="whatsapp", sid="SM1", ProfileName="Nuria")
    stray = Stray.objects.get()

    assert (stray.kind, stray.number, stray.body) == ("whatsapp", "+4915123456789", "Hola")
    assert stray.data["name"] == "Nuria"
    assert not Message.objects.exists()


def test_what_waits_already_does_not_also_land_on_who_has_the_number_since(write_in, account):
    write_in(number="+4915123456789", sid="SM1")
    ContactFactory(account=account, phone="+4915123456789")
    write_in(number="+4915123456789", sid="SM1")

    assert (Stray.objects.count(), Message.objects.count()) == (1, 0)


def test_the_number_of_another_office_is_unknown_here(write_in, line):
    ContactFactory(account=AccountFactory())
    write_in()

    assert Stray.objects.get().account_id == line.account_id


def test_a_sender_by_name_waits_under_it(write_in, line):
    write_in("Your code", number="VERISURE")

    assert Stray.objects.get().number == "VERISURE"


def test_media_are_noted_by_their_type_also_without_a_text(write_in, contact):
    write_in("", NumMedia="2", MediaContentType0="image/jpeg", MediaContentType1="application/pdf")
    message = Message.objects.get()

    assert (message.body, message.media) == ("", ["image/jpeg", "application/pdf"])


def test_what_no_database_keeps_is_left_out(write_in, contact):
    write_in("a\0b\r\nc\ud800".encode("utf-8", "replace").decode())

    assert Message.objects.get().body == "ab\nc?"


def test_a_text_that_is_too_long_is_cut(write_in, contact):
    write_in("x" * 5000)

    assert len(Message.objects.get().body) == 1600


@pytest.mark.parametrize(("body", "more"), [("stop ", {}), ("BAJA", {"OptOutType": "STOP"})])
def test_a_wish_to_stop_is_noted_and_the_flag_left_to_the_office(write_in, contact, body, more):
    write_in(body, **more)

    assert Message.objects.get().wish == "stop"
    assert not Person.objects.get(pk=contact.pk).do_not_contact


def test_stop_on_whatsapp_is_only_a_word(write_in, contact):
    write_in("stop", channel="whatsapp")

    assert Message.objects.get().wish == ""


def test_an_unsigned_message_is_refused(hook, contact):
    answer = hook("messaging:incoming", {"MessageSid": "SM1", "From": "+34612345678"}, sign=False)

    assert answer.status_code == 403
    assert not Message.objects.exists()


def test_news_move_a_message_on(sent, news):
    assert [news(sent, status) for status in ("queued", "sent", "delivered", "read")] == [
        "sent", "sent", "delivered", "read",
    ]  # fmt: skip


def test_news_never_move_it_back(sent, news):
    news(sent, "read")

    assert [news(sent, status) for status in ("sent", "delivered", "failed")] == ["read"] * 3


def test_a_failure_comes_with_its_reason_and_is_final(sent, news):
    news(sent, "undelivered", ErrorCode="30003")

    assert sent.failure == "The phone is switched off or out of reach. Try again later. (Twilio 30003)"
    assert news(sent, "delivered") == "failed"


@pytest.mark.parametrize(
    ("code", "words"), [("", "Twilio does not say why."), ("31337", "Twilio error 31337"), ("x", "Twilio does not say")]
)
def test_a_failure_without_a_known_reason_says_so(sent, news, code, words):
    news(sent, "failed", ErrorCode=code)

    assert sent.failure.startswith(words)


def test_unsigned_news_are_refused(hook, sent):
    form = {"MessageSid": sent.sid, "MessageStatus": "read"}
    answer = hook("messaging:status", form, sign=False, pk=sent.pk, attempt=sent.attempt)

    assert answer.status_code == 403
    assert Message.objects.get().state == State.SENT


def test_news_of_a_message_that_is_not_there_change_nothing(hook, sent):
    form = {"MessageSid": sent.sid, "MessageStatus": "read"}

    assert hook("messaging:status", form, pk=sent.pk + 1, attempt=sent.attempt).status_code == 204
    assert hook("messaging:status", form, pk=10**30, attempt=10**30).status_code == 204
    assert Message.objects.get().state == State.SENT


def test_news_of_another_name_or_of_no_meaning_change_nothing(sent, news):
    assert news(sent, "read", sid="SM-other") == "sent"
    assert news(sent, "dancing") == "sent"


def test_news_of_an_earlier_sending_change_nothing(sent, news, work):
    news(sent, "failed")
    earlier = sent.attempt
    send_again(sent)
    work()
    sent.refresh_from_db()

    assert news(sent, "failed", attempt=earlier) == "sent"


def test_news_tell_of_a_message_whose_sending_was_cut_off(sent, news):
    Message.objects.update(state=State.UNKNOWN, sid="")
    sent.refresh_from_db()

    assert news(sent, "delivered", sid="SM-late") == "delivered"
    assert sent.sid == "SM-late"


def test_another_offices_line_moves_nothing(sent, hook, line):
    line.account = AccountFactory()
    line.save()
    form = {"MessageSid": sent.sid, "MessageStatus": "read"}

    assert hook("messaging:status", form, pk=sent.pk, attempt=sent.attempt).status_code == 204
    assert Message.objects.get().state == State.SENT
