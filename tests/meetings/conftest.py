"""A meeting of tomorrow, and whoever is around it."""

import datetime as dt

import pytest
from django.utils import timezone

from contacts.meetings.invitations import mail_colleague
from contacts.meetings.models import Meeting
from contacts.meetings.planning import plan
from tests.factories import ContactFactory, UserFactory
from tests.working import work_on


@pytest.fixture
def colleague(account):
    """Another agent of the office."""
    return UserFactory(account=account, email="mateo@example.com", first_name="Mateo", last_name="Ibáñez")


@pytest.fixture
def other(account, agent):
    """Another contact of the office."""
    return ContactFactory(account=account, assigned_to=agent, first_name="Pieter", email="pieter@example.org")


@pytest.fixture
def silent(account, agent):
    """A contact who asked not to be contacted."""
    return ContactFactory(account=account, assigned_to=agent, first_name="Ilse", do_not_contact=True)


@pytest.fixture
def planned(account, agent, contact):
    """Return a function that plans a meeting of the agent with the contact, tomorrow at ten."""

    def make(people=None, colleagues=(), by=None, invite=False, **fields):
        start = (timezone.localtime(timezone=account.zone) + dt.timedelta(days=1)).replace(
            hour=10, minute=0, second=0, microsecond=0
        )
        start = fields.pop("starts_at", start)
        times = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=45)}
        meeting = Meeting(account=account, **{"title": "Second visit", "place": "Carrer Bernia 14", **times, **fields})
        people = [contact] if people is None else people
        plan(meeting, people=people, colleagues=colleagues, by=by or agent, invite=invite)
        return meeting

    return make


@pytest.fixture
def meeting(planned):
    """A meeting nobody was invited to."""
    return planned()


def work():
    """Do what is queued for colleagues, as a worker would."""
    work_on(mail_colleague)


def form_data(**changes):
    """Return what the form of a new meeting posts; ``None`` takes a field out."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    data = {
        "title": "Second visit",
        "kind": "viewing",
        "starts_at": f"{tomorrow}T11:00",
        "ends_at": f"{tomorrow}T11:45",
        "place": "Carrer Bernia 14, Altea",
        "people": "",
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}
