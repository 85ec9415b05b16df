"""WhatsApp: free text within 24 hours of the person's last message, templates at any time."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from contacts.messaging import window
from contacts.messaging.models import Message
from contacts.messaging.receiving import receive
from contacts.messaging.sending import send
from contacts.models import Person
from tesoro.outbox import State

NOW = dt.datetime(2026, 11, 19, 10, 48, tzinfo=dt.UTC)


def wrote(contact, hours, channel="whatsapp"):
    at = timezone.now() - dt.timedelta(hours=hours)
    return receive(contact, channel, "Hola", number="+34612345678", sid=f"SM{hours}{channel}", at=at)


def fresh(contact):
    return Person.objects.get(pk=contact.pk)


def code_of(contact, agent, body="Hello", **more):
    with pytest.raises(ValidationError) as caught:
        send(fresh(contact), "whatsapp", body, by=agent, **more)
    return caught.value.code


def test_free_text_goes_out_while_the_window_is_open(contact, agent, line, work, twilio):
    wrote(contact, 23)
    send(contact, "whatsapp", "Of course.", by=agent)
    work()
    [asked] = twilio.posts("Messages")

    assert (asked["To"], asked["From"]) == ("whatsapp:+34612345678", "whatsapp:+34912345678")
    assert Message.objects.get(incoming=False).event.verb == "whatsapp_sent"


def test_free_text_is_refused_when_the_person_never_wrote(contact, agent, line):
    assert code_of(contact, agent) == "window_closed"


def test_free_text_is_refused_after_24_hours(contact, agent, line):
    wrote(contact, 24)

    assert code_of(contact, agent) == "window_closed"


def test_an_sms_opens_no_window(contact, agent, line):
    wrote(contact, 1, channel="sms")

    assert code_of(contact, agent) == "window_closed"


def test_a_deleted_message_keeps_the_window_open(contact, admin, line):
    wrote(contact, 1).trash(by=admin)

    assert window.free_until(fresh(contact)) is not None


def test_the_window_is_asked_again_when_the_message_leaves(contact, agent, line, work, twilio):
    message = wrote(contact, 23)
    send(contact, "whatsapp", "Of course.", by=agent)
    Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - dt.timedelta(hours=25))
    work()

    sent = Message.objects.get(incoming=False)
    assert (sent.state, "Choose a template" in sent.failure) == (State.FAILED, True)
    assert not twilio.posts("Messages")


def test_a_template_goes_out_at_any_time_as_its_filled_text(contact, agent, line, work, twilio, template):
    send(contact, "whatsapp", by=agent, template=template, variables={"1": "Andrea", "2": "ten"})
    work()

    assert twilio.posts("Messages")[0]["Body"] == "Hello Andrea, until ten."
    assert Message.objects.get().state == State.SENT


def test_a_template_with_a_content_sid_goes_out_by_it(contact, agent, line, work, twilio, template):
    template.content_sid = "HX" + "a" * 32
    template.save()
    send(contact, "whatsapp", by=agent, template=template, variables={"1": "Andrea", "2": "ten"})
    work()
    [asked] = twilio.posts("Messages")

    assert asked["ContentSid"] == template.content_sid
    assert json.loads(asked["ContentVariables"]) == {"1": "Andrea", "2": "ten"}
    assert "Body" not in asked


@pytest.mark.parametrize("values", [{}, {"1": "Andrea"}, {"1": "Andrea", "2": "  "}])
def test_a_variable_without_a_value_is_refused(contact, agent, line, template, values):
    assert code_of(contact, agent, template=template, variables=values) == "required"


def test_a_message_keeps_its_text_when_its_template_changes(contact, agent, line, template):
    message = send(contact, "whatsapp", by=agent, template=template, variables={"1": "A", "2": "B"})
    template.body = "Something else"
    template.save()
    template.delete()
    message.refresh_from_db()

    assert message.body == "Hello A, until B."


def test_the_persons_own_whatsapp_number_is_used(contact, agent, line, work, twilio, template):
    contact.whatsapp = "+4915123456789"
    contact.save()
    send(contact, "whatsapp", by=agent, template=template, variables={"1": "A", "2": "B"})
    work()

    assert twilio.posts("Messages")[0]["To"] == "whatsapp:+4915123456789"


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(("hours", "words"), [(0, "tomorrow, 11:48"), (12, "today, 23:48"), (13, "today, 22:48")])
def test_until_when_is_told_where_the_account_is(contact, line, account, hours, words):
    wrote(contact, hours)
    with timezone.override(account.zone):
        assert window.told(window.free_until(fresh(contact))) == f"Free text until {words}"
