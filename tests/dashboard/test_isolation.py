"""Two offices, and what it costs to ask for one: the same whatever it holds."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.dashboard import cards
from contacts.meetings.models import Attendance, Meeting
from contacts.messaging.receiving import receive
from contacts.tasks.models import Task
from tests.factories import ContactFactory, LeadFactory, PartyFactory, UserFactory

from .conftest import HOME, NOW, said, scope

LATER = NOW + dt.timedelta(hours=3)


def busy(user, times, name):
    """Let an office have a day: everything that a card shows, so many times."""
    account = user.account
    for number in range(times):
        person = ContactFactory(account=account, assigned_to=user, first_name=name)
        LeadFactory(account=account, assigned_to=user, first_name=name)
        PartyFactory(person=person, deal__account=account, deal__name=f"{name} villa", deal__assigned_to=user)
        Task(account=account, person=person, title=f"{name} task", due_on=NOW.date()).add(by=user)
        Task(account=account, person=person, title=f"{name} done", due_on=NOW.date()).add(by=user).complete(by=user)
        times_of = {"starts_at": LATER, "ends_at": LATER + dt.timedelta(hours=1)}
        meeting = Meeting.objects.create(account=account, title=f"{name} visit", place=name, author=user, **times_of)
        for whom in ({"user": user}, {"person": person}):
            Attendance.objects.create(account=account, meeting=meeting, **whom)
        receive(person, "sms", f"{name} asks", number="+34612345678", sid=f"{name}{account.pk}{number}", at=NOW)
        said(person, "noted", NOW, UserFactory(account=account, first_name=name) if number % 2 else user)


def asked(client):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(HOME).status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", ["admin", "agent"])
def test_it_asks_as_many_questions_of_a_full_office(role, request, account, clock):
    client, user = request.getfixturevalue(f"as_{role}"), request.getfixturevalue(role)
    busy(user, 1, "Ana")
    asked(client)  # what is prepared or remembered from now on
    few = asked(client)
    busy(user, 5, "Bea")

    assert asked(client) == few


def test_nothing_of_another_office_is_on_the_page(as_admin, admin, stranger, clock):
    busy(stranger, 2, "Xenophon")
    busy(admin, 1, "Ana")
    text = as_admin.get(HOME).content.decode()

    assert "Ana visit" in text
    assert "Xenophon" not in text


def test_no_figure_and_no_card_changes_by_what_another_office_does(admin, stranger, clock):
    busy(admin, 2, "Ana")
    alone = _told(admin)
    busy(stranger, 3, "Xenophon")

    assert _told(admin) == alone


def _told(user):
    shown = scope(user)
    return repr([cards.heads(shown), *(card.load(shown) for card in cards.cards())])
