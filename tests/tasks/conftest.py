"""A task of the office, and how one is made in a line."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts.tasks.models import Task

HTMX = {"HX-Request": "true"}
ON_MINE = {**HTMX, "HX-Current-URL": "http://testserver/tasks/"}


def in_days(days):
    """Return the date so many days from today."""
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def write(contact, agent):
    """Return a function that writes a task on the contact, by the agent and for the agent unless it says otherwise."""

    def written(title="Send energy certificate", *, by=agent, person=contact, **fields):
        return Task(account=person.account, person=person, title=title, **fields).add(by=by)

    return written


@pytest.fixture
def task(write):
    """A task of the agent, without a date."""
    return write()
