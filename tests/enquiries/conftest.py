"""An open public form, a token of a portal, and what visitors and portals send."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from leads.enquiries import seals
from leads.enquiries.models import ApiToken, Assignment, PublicForm
from leads.enquiries.receiving import receive
from leads.enquiries.telling import tell
from tests.factories import UserFactory
from tests.working import work_on

API = reverse("enquiries:api")
SETTINGS = reverse("enquiries:settings")


def open_form(account, **fields):
    """Store an open form of an account."""
    form = PublicForm.of(account)
    form.is_open = True
    for name, value in fields.items():
        setattr(form, name, value)
    form.save()
    return form


def issue(account, **fields):
    """Return a stored token of an account, and its text."""
    token = ApiToken(account=account, **{"name": "Idealista", "source": "portals", "portal": "idealista", **fields})
    return token, token.issue(by=None)


def enquire(person, agent, **said):
    """Let a person of the books ask by a portal: one row of each table. Return the office's open form."""
    account = person.account
    Assignment(account=account, mode="turn").choose([agent])
    data = {"first_name": "Maximiliana", "last_name": "Hohenfels", "email": person.email, "phone": "+4915123456789"}
    more = {"message": "Is it still for sale?", "source": "portals", "portal": "idealista", "type": "buyer", **said}
    receive(account, data | more, token=issue(account)[0])
    return open_form(account)


@pytest.fixture
def office(account, admin):
    """The office's open form."""
    return open_form(account)


@pytest.fixture
def token(account, admin):
    """A token of Idealista: the row. Its text is ``token.text``."""
    token, token.text = issue(account)
    return token


@pytest.fixture
def colleague(account):
    """Another agent of the office."""
    return UserFactory(account=account, email="mateo@example.com", first_name="Mateo", last_name="Ibáñez")


@pytest.fixture
def in_turn(account, admin, agent, colleague):
    """The rule that new leads go to both agents in turn."""
    rule = Assignment(account=account, mode="turn")
    rule.choose([agent, colleague])
    return rule


def typed(office, **changes):
    """Return what the form posts, some seconds after it was opened; ``None`` takes a field out."""
    data = {
        "signed": seals.seal(office, again=True),
        "first_name": "Katharina",
        "last_name": "Hohenfels",
        "email": "katharina@example.org",
        "phone": "+49 1512 3456789",
        "type": "buyer",
        "message": "Is it still for sale?",
        "agreed": "on",
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


def send(office, client=None, **changes):
    """Post the form as a visitor without cookies."""
    client = client or Client(enforce_csrf_checks=True)
    return client.post(reverse("enquiries:form", args=[office.key]), typed(office, **changes))


def payload(**changes):
    """Return what a portal sends; ``None`` takes a field out."""
    data = {
        "name": "Katharina von Hohenfels",
        "email": "katharina@example.org",
        "phone": "+49 1512 3456789",
        "message": "Is it still for sale?",
        "property": {"reference": "A-123", "url": "https://portal.example.com/a-123"},
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


def deliver(text, body=None, headers=None, kind="application/json", **changes):
    """Post to the address of portals with a token."""
    body = json.dumps(payload(**changes)) if body is None else body
    headers = {"Authorization": f"Bearer {text}", **(headers or {})}
    return Client(enforce_csrf_checks=True).post(API, body, content_type=kind, headers=headers)


def errors_of(answer):
    """Return the codes of a refused delivery by field."""
    assert answer.status_code == 422, answer.content
    return {name: [one["code"] for one in found] for name, found in answer.json()["errors"].items()}


def work():
    """Do what is queued, as a worker would."""
    work_on(tell)
