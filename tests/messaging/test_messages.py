"""What is done with one message: sent again, taken for sent, deleted and restored, by whom it may be."""

import pytest
from django.urls import reverse

from contacts.messaging.models import Message
from contacts.messaging.sending import send
from contacts.models import Person
from contacts.models.trashing import purge_people
from tesoro.outbox import State
from tests.factories import UserFactory
from tests.messaging.test_thread import page, text_of, url, wrote


def test_who_is_not_to_be_contacted_is_not_offered_to_be_written_to_again(as_agent, contact, agent, line):
    send(contact, "sms", "Hello", by=agent)
    Message.objects.update(state=State.FAILED)
    Person.objects.update(do_not_contact=True)

    for answer in (page(as_agent, contact), as_agent.get(contact.get_absolute_url())):
        assert 'data-state="failed"' in text_of(answer)
        assert "Send again" not in text_of(answer)


def test_a_failed_message_is_sent_again(as_agent, contact, agent, line):
    message = send(contact, "sms", "Hello", by=agent)
    Message.objects.update(state=State.FAILED, failure="No such number.")
    assert "No such number." in text_of(page(as_agent, contact))
    as_agent.post(reverse("messaging:sending", args=[message.pk]))

    assert Message.objects.get().state == State.QUEUED


def test_a_message_of_unknown_state_leaves_the_choice(as_agent, contact, agent, line):
    message = send(contact, "sms", "Hello", by=agent)
    Message.objects.update(state=State.UNKNOWN)
    answer = text_of(page(as_agent, contact))
    assert ("Send again" in answer, "It arrived" in answer) == (True, True)
    as_agent.post(reverse("messaging:arrival", args=[message.pk]))

    assert Message.objects.get().state == State.SENT


@pytest.mark.parametrize("name", ["messaging:sending", "messaging:arrival"])
def test_what_becomes_of_anothers_message_is_left_to_its_author_and_to_admins(
    client, as_admin, account, contact, agent, line, name
):
    message = send(contact, "sms", "Hello", by=agent)
    Message.objects.update(state=State.UNKNOWN)
    client.force_login(UserFactory(account=account))
    address = reverse(name, args=[message.pk])

    assert client.post(address).status_code == 403
    assert Message.objects.get().state == State.UNKNOWN
    assert address not in text_of(page(client, contact)) + text_of(client.get(contact.get_absolute_url()))
    assert address in text_of(page(as_admin, contact))
    assert as_admin.post(address).status_code == 302
    assert Message.objects.get().state != State.UNKNOWN


def test_only_what_is_unknown_can_be_taken_for_sent(as_agent, contact, agent, line):
    message = send(contact, "sms", "Hello", by=agent)
    as_agent.post(reverse("messaging:arrival", args=[message.pk]))

    assert Message.objects.get().state == State.QUEUED


def test_ones_own_message_is_deleted_and_comes_back(as_agent, contact, agent, line):
    message = send(contact, "sms", "Hello", by=agent)
    as_agent.post(reverse("messaging:trash", args=[message.pk]), {"next": url(contact)})
    message.refresh_from_db()
    message.event.refresh_from_db()
    assert (message.in_trash, message.event.shown) == (True, False)
    as_agent.post(reverse("messaging:restoration", args=[message.pk]))

    assert Message.objects.get() == message


def test_what_came_in_is_deleted_by_an_admin_alone(as_agent, as_admin, contact, line):
    message = wrote(contact)

    assert as_agent.post(reverse("messaging:trash", args=[message.pk])).status_code == 403
    assert as_admin.post(reverse("messaging:trash", args=[message.pk])).status_code == 302


def test_messages_go_for_good_with_their_person(contact, admin, line):
    wrote(contact)
    contact.trash(by=admin)
    purge_people(Person.with_trash.filter(pk=contact.pk))

    assert not Message.with_trash.exists()
