"""A reminder that the mail server did not take: tried again later, a few times, and never where it may have arrived."""

import datetime as dt

import pytest
import time_machine

from contacts.tasks.models import Task
from contacts.tasks.reminding import WAITS, remind, tell
from tesoro.tasks import queued
from tests.working import work_on

MORNING = dt.datetime(2026, 11, 19, 6, tzinfo=dt.UTC)  # seven in Madrid


@pytest.fixture
def due(write):
    """A task of the agent for the day."""
    with time_machine.travel(MORNING - dt.timedelta(days=3), tick=False):
        return write(due_on=MORNING.date())


def at(moment):
    """Let a worker look at a moment."""
    with time_machine.travel(moment, tick=False):
        remind()
        work_on(tell)


def reminded():
    return Task.objects.values_list("reminded_on", "reminders_refused").get()


def no_server(settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    return port


def test_nobody_is_spoken_to_while_the_worker_looks_around(due, mailoutbox):
    with time_machine.travel(MORNING, tick=False):
        remind()
        remind()
        assert (queued(tell), mailoutbox) == ([[due.assigned_to_id]], [])


def test_dead_server_leaves_nothing_marked(due, mail_server, settings):
    no_server(settings)
    at(MORNING)

    assert reminded() == (None, 1)


def test_reminder_goes_out_when_the_server_is_back(due, mail_server, settings):
    port = no_server(settings)
    at(MORNING)
    settings.EMAIL_PORT = port
    at(MORNING + dt.timedelta(minutes=1))
    assert mail_server.letters == []

    at(MORNING + WAITS[0])
    assert [letter["To"] for letter in mail_server.letters] == ["lucia@example.com"]
    assert reminded() == (MORNING.date(), 1)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_refusal_is_no_reminder(due, mail_server, step):
    mail_server.answers[step] = "451 Try again later"
    at(MORNING)
    assert reminded() == (None, 1)


def test_after_five_refusals_nobody_asks_again(due, mail_server):
    mail_server.answers["RCPT"] = "550 No such user"
    for hours in range(0, 10, 1):
        at(MORNING + dt.timedelta(hours=hours))
    assert reminded() == (None, 5)
    assert queued(tell, later=True) == []


def test_what_may_have_arrived_is_not_repeated(due, mail_server, settings):
    mail_server.holds, settings.EMAIL_TIMEOUT = True, 0.2
    at(MORNING)
    at(MORNING + dt.timedelta(hours=1))

    assert (len(mail_server.letters), reminded()) == (1, (MORNING.date(), 0))


def test_refusal_of_the_day_before_brings_nothing_on_the_next(due, mail_server, settings):
    port = no_server(settings)
    at(MORNING)
    settings.EMAIL_PORT = port
    at(MORNING + dt.timedelta(days=1))

    assert mail_server.letters == []


def test_task_that_was_passed_on_meanwhile_is_told_to_its_new_reader(due, mail_server, settings, admin):
    port = no_server(settings)
    at(MORNING)
    task = Task.objects.get()
    task.assigned_to = admin
    task.revise(by=due.assigned_to)
    settings.EMAIL_PORT = port
    at(MORNING + dt.timedelta(minutes=1))

    assert [letter["To"] for letter in mail_server.letters] == ["admin@example.com"]
