"""The mail on the morning of the due day: at seven where the office is, once, to whoever has to do it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection

from contacts.tasks.models import Task
from contacts.tasks.reminding import remind, tell
from tesoro.tasks import ending
from tests.factories import AccountFactory, ContactFactory, UserFactory
from tests.working import work_on

DAY = dt.date(2026, 11, 19)


@pytest.fixture
def at():
    """Return a function that lets the worker look at a moment, given in UTC."""

    def looked(moment):
        with time_machine.travel(f"{moment}+00:00", tick=False):
            remind()
            work_on(tell)

    return looked


@pytest.fixture
def due(account, agent, contact):
    """Return a function that stores a task of the agent for the day."""

    def stored(title="Send energy certificate", **fields):
        with time_machine.travel("2026-11-10 10:00:00+00:00", tick=False):
            row = {"account": account, "person": contact, "due_on": DAY, "assigned_to": agent, **fields}
            return Task(title=title, **row).add(by=row["assigned_to"])

    return stored


ZONES = [
    ("Europe/Madrid", "2026-11-19 05:59:59", "2026-11-19 06:00"),
    ("Atlantic/Canary", "2026-11-19 06:59:59", "2026-11-19 07:00"),
    ("America/New_York", "2026-11-19 11:59:59", "2026-11-19 12:00"),
    ("Pacific/Kiritimati", "2026-11-18 16:59:59", "2026-11-18 17:00"),
    ("Pacific/Pago_Pago", "2026-11-19 17:59:59", "2026-11-19 18:00"),
    ("Asia/Kathmandu", "2026-11-19 01:14:59", "2026-11-19 01:15"),
]


@pytest.mark.parametrize(("zone", "before", "then"), ZONES, ids=[zone for zone, *_rest in ZONES])
def test_mail_goes_at_seven_where_the_office_is(account, due, at, mailoutbox, zone, before, then):
    account.time_zone = zone
    account.save()
    due()
    at(before)
    assert mailoutbox == []

    at(then)
    assert [mail.to for mail in mailoutbox] == [["lucia@example.com"]]


@pytest.mark.parametrize(
    ("moment", "mails"), [("2026-11-19 22:59", 1), ("2026-11-19 23:00", 0), ("2026-11-20 07:00", 0)]
)
def test_worker_that_was_away_sends_it_the_same_day_and_not_later(due, at, mailoutbox, moment, mails):
    due()
    at(moment)

    assert len(mailoutbox) == mails


def test_day_on_which_the_clocks_change(due, at, mailoutbox):
    """On 28 March 2027 seven in Madrid is five UTC, the day before it was six."""
    due(due_on=dt.date(2027, 3, 28))
    at("2027-03-28 04:59:59")
    assert mailoutbox == []

    at("2027-03-28 05:00")
    assert len(mailoutbox) == 1


def test_one_mail_lists_all_tasks_of_the_day_in_their_order(due, at, mailoutbox, contact):
    due("Whenever today")
    due("Call the notary", due_time=dt.time(9, 30), priority=3)
    due("Another day", due_on=DAY + dt.timedelta(days=1))
    at("2026-11-19 06:00")
    mail = mailoutbox[0]

    assert len(mailoutbox) == 1
    assert mail.subject == "2 tasks are due today"
    assert mail.body.index("Call the notary (high priority)") < mail.body.index("Whenever today")
    assert f"09:30, {contact.full_name}" in mail.body
    assert "Another day" not in mail.body
    assert "/tasks/" in mail.body


def test_single_task_stands_in_the_subject(due, at, mailoutbox):
    due("Call <the> notary & bank")
    at("2026-11-19 06:00")

    assert mailoutbox[0].subject == "Due today: Call <the> notary & bank"


def test_each_assignee_gets_their_own(due, at, mailoutbox, admin):
    due("mine")
    due("hers", assigned_to=admin)
    at("2026-11-19 06:00")

    assert {mail.to[0]: mail.subject for mail in mailoutbox} == {
        "lucia@example.com": "Due today: mine",
        "admin@example.com": "Due today: hers",
    }


def test_nobody_is_told_twice(due, at, mailoutbox):
    due()
    for moment in ("06:00", "06:01", "20:00"):
        at(f"2026-11-19 {moment}")

    assert len(mailoutbox) == 1


def test_task_is_marked_before_its_mail_is_sent(due, at, monkeypatch):
    marked = []
    monkeypatch.setattr("accounts.mail.send", lambda *args, **kwargs: marked.append(Task.objects.get().reminded_on))
    due()
    at("2026-11-19 06:00")

    assert marked == [DAY]


@pytest.mark.parametrize("how", ["done", "deleted", "person in the trash", "inactive", "nobody's"])
def test_what_needs_no_reminder_brings_none(due, at, mailoutbox, agent, contact, how):
    task = due()
    deeds = {
        "done": lambda: task.complete(by=agent),
        "deleted": lambda: task.trash(by=agent),
        "person in the trash": lambda: contact.trash(by=agent),
        "inactive": agent.deactivate,
        "nobody's": lambda: Task.objects.update(assigned_to=None),
    }
    deeds[how]()
    at("2026-11-19 06:00")

    assert mailoutbox == []


def test_task_moved_to_another_day_is_told_on_that_day_too(due, at, mailoutbox, agent):
    task = due()
    at("2026-11-19 06:00")
    task.refresh_from_db()
    task.due_on = DAY + dt.timedelta(days=1)
    task.revise(by=agent)
    at("2026-11-20 06:00")

    assert len(mailoutbox) == 2


@time_machine.travel("2026-11-19 10:00:00+00:00", tick=False)
def test_who_writes_a_task_for_their_own_day_gets_no_mail_about_it(write, mailoutbox, admin):
    with_day = {"due_on": DAY}
    write("mine, just now", **with_day)
    write("for a colleague", assigned_to=admin, **with_day)
    remind()
    work_on(tell)

    assert [mail.to for mail in mailoutbox] == [["admin@example.com"]]


def test_mail_is_in_the_language_of_its_reader(due, at, mailoutbox, agent, monkeypatch):
    spoken = []
    monkeypatch.setattr("accounts.mail.send", lambda *args, **kwargs: spoken.append(kwargs["language"]))
    agent.language = "es"
    agent.save()
    due()
    at("2026-11-19 06:00")

    assert spoken == ["es"]


def test_offices_in_different_zones_each_have_their_morning(due, at, mailoutbox):
    far = AccountFactory(time_zone="America/New_York")
    reader = UserFactory(account=far, email="ny@example.com")
    due()
    due("over there", account=far, person=ContactFactory(account=far, assigned_to=reader), assigned_to=reader)
    at("2026-11-19 06:00")
    assert [mail.to for mail in mailoutbox] == [["lucia@example.com"]]

    at("2026-11-19 12:00")
    assert [mail.to for mail in mailoutbox] == [["lucia@example.com"], ["ny@example.com"]]


def test_worker_that_is_asked_to_end_leaves_the_rest_to_the_next(due, at, mailoutbox):
    due()
    ending.set()
    try:
        at("2026-11-19 06:00")
    finally:
        ending.clear()
    assert mailoutbox == []

    at("2026-11-19 06:01")
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_sends(due, mailoutbox, agent):
    due()
    due("Call the notary")

    def run(_worker):
        try:
            remind()
            tell.call(agent.pk)
        finally:
            connection.close()

    with time_machine.travel("2026-11-19 06:00:00+00:00", tick=True), ThreadPoolExecutor(2) as workers:
        list(workers.map(run, range(2)))

    assert [mail.subject for mail in mailoutbox] == ["2 tasks are due today"]


@time_machine.travel("2026-11-19 06:00:00+00:00", tick=False)
def test_looking_when_there_is_nothing_is_cheap(due, django_assert_num_queries):
    due(due_on=DAY + dt.timedelta(days=5))
    with django_assert_num_queries(2):
        remind()
