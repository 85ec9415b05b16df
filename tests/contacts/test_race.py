"""Two people create a contact with one email at the same moment: one is refused by the form, none by a crash."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from contacts.forms import ContactForm
from contacts.models import Contact, Person
from contacts.models.adding import EMAIL_TAKEN
from tests.factories import ContactFactory, contact_data

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(monkeypatch):
    """Let two requests pass validation before either of them stores."""
    both_are_valid = threading.Barrier(2, timeout=20)
    judged = ContactForm.is_valid

    def is_valid(form):
        valid = judged(form)
        both_are_valid.wait()
        return valid

    monkeypatch.setattr(ContactForm, "is_valid", is_valid)


def send(url, user, data):
    """Post in a thread of its own, as a second process would."""
    client = Client()
    client.force_login(user)
    try:
        return client.post(url, data)
    finally:
        connection.close()


def at_once(*requests):
    with ThreadPoolExecutor(len(requests)) as threads:
        return sorted(threads.map(lambda request: send(*request), requests), key=lambda answer: answer.status_code)


def test_of_two_simultaneous_creates_one_becomes_a_form_error(account, admin, agent, meeting):
    url, data = reverse("contacts:create"), contact_data(email="katharina@example.org")
    mine, theirs = (
        {**data, "assigned_to": admin.pk},
        {**data, "assigned_to": agent.pk, "email": "KATHARINA@example.org"},
    )
    stored, refused = at_once((url, admin, mine), (url, agent, theirs))

    assert (stored.status_code, refused.status_code) == (302, 422)
    assert refused.context["form"].errors["email"] == [str(EMAIL_TAKEN)]
    assert Contact.objects.get().get_absolute_url() in refused.content.decode()


def test_an_edit_that_takes_an_email_at_the_same_moment_becomes_a_form_error(account, admin, agent, meeting):
    person = ContactFactory(account=account, assigned_to=agent)
    data = contact_data(email="katharina@example.org", assigned_to=admin.pk)
    create = (reverse("contacts:create"), admin, data)
    edit = (reverse("contacts:edit", args=[person.pk]), agent, {**data, "version": person.version})
    stored, refused = at_once(create, edit)

    assert (stored.status_code, refused.status_code) == (302, 422)
    assert str(EMAIL_TAKEN) in refused.content.decode()
    assert Person.objects.with_email("katharina@example.org").count() == 1


def test_two_offices_may_use_one_email_at_the_same_moment(account, admin, stranger, meeting):
    url, data = reverse("contacts:create"), contact_data(email="katharina@example.org")
    answers = at_once(*((url, user, {**data, "assigned_to": user.pk}) for user in (admin, stranger)))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Contact.objects.count() == 2
