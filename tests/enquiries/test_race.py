"""Several at the same moment: one lead and all enquiries, one of a repeated delivery, fair turns; never a crash."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import Account
from contacts.models import Person
from leads.enquiries import receiving
from leads.enquiries.models import Enquiry
from tests.enquiries.conftest import deliver, open_form, send
from tests.enquiries.test_receiving import DATA
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Do each in a thread of its own, as processes would, and return what they return."""
    ready = threading.Barrier(len(deeds), timeout=20)

    def act(deed):
        ready.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(act, deeds))


@pytest.fixture
def all_look_first(monkeypatch):
    """Let two look for the email before either of them stores, each in a transaction that has not begun to write."""
    both, looked = threading.Barrier(2, timeout=5), set()
    judge = receiving.judged

    def judged(*args):
        draft = judge(*args)
        if threading.get_ident() not in looked:
            looked.add(threading.get_ident())
            both.wait()
        return draft

    monkeypatch.setattr(receiving, "judged", judged)


def test_two_enquiries_with_one_new_email_are_one_lead(account, admin, all_look_first):
    def ask(email):
        return lambda: receiving.receive(Account.objects.get(), DATA | {"email": email}).made_lead

    made = at_once(ask("katharina@example.org"), ask("KATHARINA@example.org"))
    assert sorted(made) == [False, True]
    assert (Person.objects.count(), Enquiry.objects.count()) == (1, 2)


def test_email_that_is_taken_at_the_last_moment_is_found(account, admin, monkeypatch):
    """Somebody types the same person in between the look and the writing."""
    add, other = Person.add, []

    def late(person, **kwargs):
        if not other:
            other.append(True)
            with ThreadPoolExecutor(1) as threads:
                threads.submit(_typed_in).result()
        return add(person, **kwargs)

    def _typed_in():
        try:
            ContactFactory(account=Account.objects.get(), email=DATA["email"], assigned_to=None)
        finally:
            connection.close()

    if connection.vendor == "sqlite":  # which lets nobody write beside an open transaction
        known = receiving._known
        monkeypatch.setattr(receiving, "_known", lambda *args: known(*args) if other else None)
        ContactFactory(account=account, email=DATA["email"], assigned_to=None)
        monkeypatch.setattr(Person, "add", lambda person, **kwargs: (other.append(True), add(person, **kwargs))[1])
    else:
        monkeypatch.setattr(Person, "add", late)
    enquiry = receiving.receive(account, DATA)
    assert not enquiry.made_lead
    assert Person.objects.count() == 1


def test_delivery_that_comes_twice_at_once_is_stored_once(account, admin, token, all_look_first):
    answers = at_once(*[lambda: deliver(token.text, id="7")] * 2)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Enquiry.objects.count() == 1


def test_many_at_once_take_fair_turns(account, in_turn, agent, colleague):
    at_once(
        *[
            lambda place=place: receiving.receive(Account.objects.get(), DATA | {"email": f"lead{place}@example.org"})
            for place in range(6)
        ]
    )
    assert [user.people.count() for user in (agent, colleague)] == [3, 3]


def test_form_and_portal_at_once_are_one_lead(account, admin, token):
    office = open_form(account)
    at_once(lambda: send(office), lambda: deliver(token.text))
    assert (Person.objects.count(), Enquiry.objects.count()) == (1, 2)
