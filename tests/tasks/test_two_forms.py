"""Two have the form of one task open: each keeps what they changed, and nobody overwrites without seeing it."""

import datetime as dt

import pytest
from django.urls import reverse

from contacts.tasks.models import Task
from contacts.timeline.models import Event
from tests.factories import UserFactory
from tests.opening import opened, posted

from .conftest import HTMX


@pytest.fixture
def task(write):
    """A task with a day and a time."""
    return write("Call the notary", due_on=dt.date(2026, 11, 30), due_time=dt.time(9), details="Two copies")


def address(task):
    return reverse("tasks:edit", args=[task.pk])


def stored():
    return Task.objects.get()


def test_different_fields_are_both_kept(as_agent, as_admin, task):
    first, second = opened(as_agent, address(task)), opened(as_admin, address(task))
    as_agent.post(address(task), first | {"title": "Call the bank"})
    as_admin.post(address(task), second | {"priority": "3"})

    assert (stored().title, stored().priority) == ("Call the bank", 3)


def test_event_tells_what_the_second_did_and_no_more(as_agent, as_admin, task, admin):
    first, second = opened(as_agent, address(task)), opened(as_admin, address(task))
    as_agent.post(address(task), first | {"assigned_to": str(admin.pk)})
    as_admin.post(address(task), second | {"title": "Call the bank"})

    assert "to" not in Event.objects.filter(verb="task_changed").order_by("-pk").first().data


def test_same_field_is_told_and_nothing_is_lost(as_agent, as_admin, task):
    first, second = opened(as_agent, address(task)), opened(as_admin, address(task))
    as_agent.post(address(task), first | {"title": "Call the bank", "details": "Three copies"})
    answer = as_admin.post(address(task), second | {"title": "Call the mayor", "priority": "3"})

    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == ["title"]
    assert "“Call the bank”" in form.errors["title"][0]
    assert (form["title"].value(), form["priority"].value()) == ("Call the mayor", "3")
    assert form["details"].value() == "Three copies"  # what only the other changed
    assert (stored().title, stored().priority) == ("Call the bank", 2)


def test_second_may_save_again(as_agent, as_admin, task):
    first, second = opened(as_agent, address(task)), opened(as_admin, address(task))
    as_agent.post(address(task), first | {"title": "Call the bank", "details": "Three copies"})
    answer = as_admin.post(address(task), second | {"title": "Call the mayor", "priority": "3"})
    assert as_admin.post(address(task), posted(answer)).status_code == 302

    assert (stored().title, stored().details, stored().priority) == ("Call the mayor", "Three copies", 3)


def test_both_doing_the_same_is_no_conflict(as_agent, as_admin, task):
    first, second = opened(as_agent, address(task)), opened(as_admin, address(task))
    for client, form in ((as_agent, first), (as_admin, second)):
        assert client.post(address(task), form | {"title": "Call the bank"}).status_code == 302
    assert Event.objects.filter(verb="task_changed").count() == 1


def test_day_and_time_are_one_decision(as_agent, as_admin, task):
    first, second = opened(as_agent, address(task)), opened(as_admin, address(task))
    as_agent.post(address(task), first | {"due_on": "", "due_time": ""})
    answer = as_admin.post(address(task), second | {"due_time": "14:30"}, headers=HTMX)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["due_on", "due_time"]
    assert "Somebody emptied this meanwhile." in answer.content.decode()


def test_colleague_who_took_it_over_is_named(as_agent, as_admin, task, admin, account):
    other = UserFactory(account=account)
    first, second = opened(as_agent, address(task)), opened(as_admin, address(task))
    as_agent.post(address(task), first | {"assigned_to": str(admin.pk)})
    answer = as_admin.post(address(task), second | {"assigned_to": str(other.pk)})

    assert admin.get_full_name() in answer.context["form"].errors["assigned_to"][0]


@pytest.mark.parametrize("value", ["", "{", "[]", '{"title": 1}', '{"title": "x"}', "[" * 5_000, "\x00", '"\\ud800"'])
def test_marks_that_say_nothing_break_nothing(as_agent, task, value):
    form = opened(as_agent, address(task))
    assert as_agent.post(address(task), form | {"title": "Call the bank", "opened": value}).status_code < 500
