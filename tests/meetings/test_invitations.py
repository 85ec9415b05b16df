"""Who is written to, when, and never twice."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from contacts.emails.models import Email
from contacts.meetings.invitations import mail_colleague
from contacts.meetings.models import Attendance, Meeting
from contacts.meetings.planning import cancel, restore, revise, trash

from .conftest import form_data, work


def read(text):
    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    return str(calendar["method"]), event["sequence"]


def to_people(person=None):
    emails = Email.objects.order_by("pk")
    return [read(email.calendar) for email in (emails.filter(person=person) if person else emails)]


def to_colleagues(mailoutbox):
    work()
    return [(message.to[0], *read(message.alternatives[0].content)) for message in mailoutbox]


def change(meeting, by, people, colleagues=(), invite=True, **fields):
    for name, value in fields.items():
        setattr(meeting, name, value)
    return revise(meeting, people=people, colleagues=colleagues, by=by, invite=invite)


def test_without_the_tick_nobody_is_written_to(planned, colleague, mailoutbox):
    planned(colleagues=[colleague])
    assert to_people() == to_colleagues(mailoutbox) == []


def test_person_is_invited_by_an_email_of_their_timeline(planned, contact, agent):
    planned(invite=True)
    email = Email.objects.get()
    assert (email.person_id, email.author) == (contact.pk, agent)
    assert email.subject.startswith("Invitation: Second visit, ")
    assert "Carrer Bernia 14" in email.body
    assert "10:00 to 10:45 (Europe/Madrid)" in email.body
    assert to_people() == [("REQUEST", 0)]


def test_colleague_is_invited_by_mail_and_the_organiser_is_not(planned, colleague, agent, mailoutbox):
    planned(colleagues=[colleague], invite=True)
    assert to_colleagues(mailoutbox) == [(colleague.email, "REQUEST", 0)]
    message = mailoutbox[0].message()
    assert mailoutbox[0].reply_to == [agent.email]
    assert any(part.get_param("method") == "REQUEST" for part in message.walk())


def test_invitation_survives_the_way_through_the_mail(planned, colleague, mailoutbox):
    planned(title="Küche, Bad; " * 12, colleagues=[colleague], invite=True)
    work()
    [part] = [one for one in mailoutbox[0].message().walk() if one.get_content_type() == "text/calendar"]
    [event] = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    assert str(event["summary"]) == ("Küche, Bad; " * 12)


@pytest.mark.parametrize("field", [{"title": "Third visit"}, {"place": "Office"}, {"ends_at": 2}, {"starts_at": -1}])
def test_change_is_sent_with_a_higher_sequence(planned, contact, colleague, agent, mailoutbox, field):
    meeting = planned(colleagues=[colleague], invite=True)
    moved = {name: getattr(meeting, name) + dt.timedelta(hours=value) if isinstance(value, int) else value
             for name, value in field.items()}  # fmt: skip
    to_colleagues(mailoutbox)
    change(meeting, agent, [contact], [colleague], **moved)
    assert to_people() == [("REQUEST", 0), ("REQUEST", 1)]
    assert to_colleagues(mailoutbox)[-1] == (colleague.email, "REQUEST", 1)
    assert Email.objects.last().subject.startswith("Changed: ")


def test_change_of_the_details_alone_is_sent_to_nobody(planned, contact, agent):
    meeting = planned(invite=True)
    change(meeting, agent, [contact], details="Bring the plans")
    assert to_people() == [("REQUEST", 0)]


def test_change_without_the_tick_is_sent_to_nobody(planned, contact, agent):
    meeting = planned(invite=True)
    change(meeting, agent, [contact], title="Third visit", invite=False)
    assert to_people() == [("REQUEST", 0)]


def test_who_is_added_is_invited_and_the_others_hear_of_it(planned, contact, other, agent):
    meeting = planned(invite=True)
    change(meeting, agent, [contact, other])
    assert to_people(other) == [("REQUEST", 1)]
    assert to_people(contact) == [("REQUEST", 0), ("REQUEST", 1)]


def test_who_is_taken_off_gets_a_cancellation_without_any_tick(planned, contact, other, colleague, agent, mailoutbox):
    meeting = planned(people=[contact, other], colleagues=[colleague], invite=True)
    to_colleagues(mailoutbox)
    change(meeting, agent, [contact], invite=False)
    assert to_people(other) == [("REQUEST", 0), ("CANCEL", 1)]
    assert to_people(contact) == [("REQUEST", 0)]
    assert to_colleagues(mailoutbox)[-1] == (colleague.email, "CANCEL", 1)


def test_who_was_never_invited_gets_no_cancellation(planned, contact, other, colleague, agent, mailoutbox):
    meeting = planned(people=[contact, other], colleagues=[colleague])
    change(meeting, agent, [contact], invite=False)
    cancel(meeting, by=agent)
    assert to_people() == to_colleagues(mailoutbox) == []


@pytest.mark.parametrize("command", [cancel, trash])
def test_cancelling_and_deleting_withdraw_the_invitations(planned, colleague, agent, mailoutbox, command):
    meeting = planned(colleagues=[colleague], invite=True)
    to_colleagues(mailoutbox)
    command(meeting, by=agent)
    assert to_people() == [("REQUEST", 0), ("CANCEL", 1)]
    assert to_colleagues(mailoutbox)[-1] == (colleague.email, "CANCEL", 1)
    assert Email.objects.last().subject.startswith("Cancelled: ")


def test_deleting_what_was_cancelled_says_it_only_once(planned, agent):
    meeting = planned(invite=True)
    cancel(meeting, by=agent)
    trash(meeting, by=agent)
    assert to_people() == [("REQUEST", 0), ("CANCEL", 1)]


def test_restoration_invites_again_whoever_was_invited(planned, colleague, agent, mailoutbox):
    meeting = planned(colleagues=[colleague], invite=True)
    to_colleagues(mailoutbox)
    trash(meeting, by=agent)
    restore(meeting, by=agent)
    assert to_people() == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
    assert to_colleagues(mailoutbox)[-1] == (colleague.email, "REQUEST", 2)


def test_nobody_hears_that_what_is_over_was_deleted(planned, agent):
    meeting = planned(invite=True)
    yesterday = timezone.now() - dt.timedelta(days=1)
    Meeting.objects.update(starts_at=yesterday, ends_at=yesterday + dt.timedelta(hours=1))
    trash(Meeting.objects.get(pk=meeting.pk), by=agent)
    assert to_people() == [("REQUEST", 0)]


def test_worker_that_is_asked_twice_writes_once(planned, colleague, mailoutbox):
    planned(colleagues=[colleague], invite=True)
    attendance = Attendance.objects.get(user=colleague)
    for _ in range(3):
        mail_colleague.call(attendance.pk)
    assert len(mailoutbox) == 1


def test_of_two_workers_one_gets_it(planned, colleague):
    planned(colleagues=[colleague])
    one, two = (Attendance.objects.get(user=colleague) for _ in range(2))
    assert [one.claim(0), two.claim(0), two.claim(1)] == [True, False, True]


def test_what_was_cancelled_before_the_worker_came_is_never_mentioned(planned, colleague, agent, mailoutbox):
    meeting = planned(colleagues=[colleague], invite=True)
    cancel(meeting, by=agent)
    assert to_colleagues(mailoutbox) == []


def test_colleague_who_has_left_the_office_is_not_written_to(planned, colleague, mailoutbox):
    planned(colleagues=[colleague], invite=True)
    colleague.deactivate()
    assert to_colleagues(mailoutbox) == []


def test_who_may_not_be_told_is_named(planned, contact, agent, as_agent):
    meeting = planned(invite=True)
    contact.do_not_contact = True
    contact.save()
    answer = as_agent.post(reverse("meetings:cancellation", args=[meeting.pk]), follow=True)
    assert "No email went to Andrea Dourado López, who may not be written to." in answer.content.decode()
    assert to_people() == [("REQUEST", 0)]


def test_form_invites(as_agent, contact, colleague, mailoutbox):
    data = form_data(invite="on", colleagues=[colleague.pk])
    as_agent.post(reverse("contacts:meeting-new", args=[contact.pk]), data)
    assert to_people() == [("REQUEST", 0)]
    assert to_colleagues(mailoutbox) == [(colleague.email, "REQUEST", 0)]
