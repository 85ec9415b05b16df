"""A colleague's mail that the server did not take: told later, a few times, and never where it may have arrived."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from contacts.meetings.invitations import WAITS, mail_colleague
from contacts.meetings.models import Attendance
from contacts.meetings.planning import cancel, revise
from tesoro.tasks import queued

from .conftest import work


@pytest.fixture
def invited(planned, colleague, mail_server):
    """A meeting to which a colleague is to be invited; nobody else is."""
    return planned(people=[], colleagues=[colleague], invite=True)


@pytest.fixture
def dead(settings, mail_server):
    """Return a function that brings the mail server back; until then nobody listens."""
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    return lambda: setattr(settings, "EMAIL_PORT", port)


def known(colleague):
    return Attendance.with_left.values_list("invited_sequence", "mails_refused").get(user=colleague)


def told(mail_server):
    found = []
    for letter in mail_server.letters:
        [part] = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
        calendar = Calendar.from_ical(part.get_payload(decode=True))
        found.append((str(calendar["method"]), calendar.walk("VEVENT")[0]["sequence"]))
    return found


def page(client, meeting):
    return client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()


def test_mail_that_was_taken_is_an_invitation(invited, colleague, mail_server, as_agent):
    work()
    assert (known(colleague), told(mail_server)) == ((0, 0), [("REQUEST", 0)])
    assert "Invitations were sent by email." in page(as_agent, invited)


def test_nobody_is_called_invited_whose_mail_was_refused(invited, colleague, dead, as_agent):
    work()
    assert known(colleague) == (None, 1)
    assert "Invitations were sent by email." not in page(as_agent, invited)


def test_card_does_not_call_them_invited_either(planned, contact, colleague, dead, as_agent):
    planned(colleagues=[colleague])
    attendance = Attendance.objects.get(user=colleague)
    mail_colleague.call(attendance.pk)
    assert "Invited by email" not in as_agent.get(reverse("contacts:meetings", args=[contact.pk])).content.decode()


def test_another_try_waits_its_time(invited, colleague, mail_server, dead):
    mail_colleague.call(Attendance.objects.get(user=colleague).pk)
    assert len(queued(mail_colleague, later=True)) == len(queued(mail_colleague)) + 1

    dead()
    with time_machine.travel(timezone.now() + WAITS[0] + dt.timedelta(seconds=1), tick=False):
        work()
    assert told(mail_server) == [("REQUEST", 0)]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_refusal_gives_the_claim_back(invited, colleague, mail_server, step):
    mail_server.answers[step] = "550 No"
    work()
    assert known(colleague) == (None, 1)


def test_after_five_refusals_nobody_tries_again(invited, colleague, dead):
    for _ in range(5):
        mail_colleague.call(Attendance.objects.get(user=colleague).pk)
    assert known(colleague) == (None, 5)
    assert len(queued(mail_colleague, later=True)) == 1 + len(
        WAITS
    )  # the first, and one after each refusal but the last


def test_what_may_have_arrived_is_not_repeated(invited, colleague, mail_server, settings):
    mail_server.holds, settings.EMAIL_TIMEOUT = True, 0.2
    work()
    work()
    assert (known(colleague), len(mail_server.letters)) == ((0, 0), 1)


def test_who_was_told_of_a_version_before_still_counts_as_invited(invited, colleague, agent, mail_server, settings):
    work()
    settings.EMAIL_PORT = 1
    invited.title = "Third visit"
    revise(invited, people=[], colleagues=[colleague], by=agent, invite=True)
    work()
    assert known(colleague) == (0, 1)


def test_withdrawal_that_was_refused_is_said_later(invited, colleague, agent, mail_server, settings):
    work()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    cancel(invited, by=agent)
    work()
    settings.EMAIL_PORT = port
    with time_machine.travel(timezone.now() + WAITS[0] + dt.timedelta(seconds=1), tick=False):
        work()
    assert told(mail_server) == [("REQUEST", 0), ("CANCEL", 1)]


def test_what_was_cancelled_before_the_invitation_got_through_is_never_mentioned(
    invited, colleague, agent, mail_server, dead
):
    work()
    dead()
    cancel(invited, by=agent)
    with time_machine.travel(timezone.now() + WAITS[0] + dt.timedelta(seconds=1), tick=False):
        work()
    assert mail_server.letters == []


def test_something_new_to_tell_has_its_own_five_tries(invited, colleague, agent, dead):
    for _ in range(5):
        mail_colleague.call(Attendance.objects.get(user=colleague).pk)
    invited.title = "Third visit"
    revise(invited, people=[], colleagues=[colleague], by=agent, invite=True)
    assert known(colleague) == (None, 0)


def test_claim_of_a_newer_version_is_not_given_back(invited, colleague):
    attendance = Attendance.objects.get(user=colleague)
    attendance.claim(0)
    Attendance.objects.get(user=colleague).claim(1)
    assert (attendance.give_back(0, None), known(colleague)) == (0, (1, 0))
