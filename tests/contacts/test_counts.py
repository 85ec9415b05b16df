"""What the tabs say: how much each holds. Live entries only, all in one query."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.attachments.models import Attachment
from contacts.calls.models import Call
from contacts.emails.models import Conversation, Email
from contacts.meetings.models import Attendance, Meeting
from contacts.messaging.models import Message
from contacts.record import entries
from contacts.subjects.page import counts_of
from contacts.tasks.models import Task
from contacts.timeline.models import Note
from contacts.timeline.recording import record
from tests.factories import ContactFactory, PartyFactory


def entry(model, verb):
    """Return a function that makes one entry of the model with its event."""

    def make(person, by, **values):
        event = record(verb, by=by, person=person)
        return model.objects.create(account=person.account, person=person, event=event, author=by, **values)

    return make


def email(person, by):
    conversation = Conversation.objects.create(account=person.account, person=person, subject="Plans")
    return entry(Email, "emailed")(person, by, conversation=conversation, subject="Plans")


def meeting(person, by):
    start = timezone.now()
    made = Meeting.objects.create(
        account=person.account, title="Visit", starts_at=start, ends_at=start + dt.timedelta(hours=1), author=by
    )
    event = record("meeting_planned", by=by, person=person)
    Attendance.objects.create(account=person.account, meeting=made, person=person, event=event)
    return made


MAKERS = {
    "notes": lambda person, by: entry(Note, "noted")(person, by, body="Hello"),
    "emails": email,
    "calls": lambda person, by: entry(Call, "call_logged")(person, by, number="+34612345678"),
    "whatsapp": lambda person, by: entry(Message, "whatsapp_sent")(person, by, channel="whatsapp", body="Hello"),
    "sms": lambda person, by: entry(Message, "sms_sent")(person, by, channel="sms", body="Hello"),
    "tasks": lambda person, by: entry(Task, "task_added")(person, by, title="Call back"),
    "meetings": meeting,
    "attachments": lambda person, by: entry(Attachment, "attached")(person, by, name="plan.pdf"),
    "deals": lambda person, by: PartyFactory(person=person, deal__account=person.account).deal,
}


def counted(client, person):
    tabs = client.get(person.get_absolute_url()).context["record"].tabs
    return {tab.key: tab.count for tab in tabs if tab.count}


@pytest.mark.parametrize("tab", MAKERS)
def test_tab_says_how_many_it_holds(as_agent, agent, contact, tab):
    for _ in range(2):
        MAKERS[tab](contact, agent)
    assert counted(as_agent, contact) == {tab: 2}


@pytest.mark.parametrize("tab", MAKERS)
def test_what_lies_in_the_trash_is_not_counted(as_agent, agent, contact, tab):
    made = MAKERS[tab](contact, agent)
    type(made).with_trash.filter(pk=made.pk).update(deleted_at=timezone.now())
    assert counted(as_agent, contact) == {}


def test_entries_of_others_are_not_counted(as_agent, agent, contact, account):
    other = ContactFactory(account=account)
    for make in MAKERS.values():
        make(other, agent)
    assert counted(as_agent, contact) == {}


def test_all_is_counted_in_one_query(agent, contact, django_assert_num_queries):
    for make in MAKERS.values():
        make(contact, agent)
    with django_assert_num_queries(1):
        assert set(counts_of(contact, entries()).values()) == {1}


def asked(client, url):
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def test_page_asks_the_same_number_of_queries_however_much_there_is(as_agent, agent, contact):
    for make in MAKERS.values():
        make(contact, agent)
    few = asked(as_agent, contact.get_absolute_url())
    for make in [*MAKERS.values()] * 3:
        make(contact, agent)
    assert asked(as_agent, contact.get_absolute_url()) == few
