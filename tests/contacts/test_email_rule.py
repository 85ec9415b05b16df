"""An email is used once among the live leads and contacts of an office, whichever way somebody comes into the books.

Each way either refuses a second record, with the form's own message, or, where a stranger asks, adds to the first.
"""

import io
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from contacts.lines.models import Stray
from contacts.models import Person
from contacts.models.adding import EMAIL_TAKEN
from leads.enquiries.models import ApiToken, Enquiry, PublicForm
from tests.contacts.admin_pages import new_person, page
from tests.enquiries.conftest import deliver, issue, open_form, send
from tests.factories import ContactFactory, LeadFactory, UserFactory, contact_data
from tests.imports.conftest import csv_bytes, row

EMAIL = "katharina@example.org"
# As somebody else would type it.
TYPED = "KATHARINA@Example.org"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def by_contact_form(office, email):
    data = contact_data(email=email, assigned_to=office.admin.pk)
    answer = browser(office.admin).post(reverse("contacts:create"), data)
    return "stored" if answer.status_code == 302 else told(answer)


def by_lead_form(office, email):
    prospect = {"type": "buyer", "status": "new", "stage": "hot", "source": "by_person", "property_types": ["villa"]}
    data = contact_data(email=email, assigned_to=office.admin.pk, role=None) | prospect
    answer = browser(office.admin).post(reverse("leads:create"), data)
    return "stored" if answer.status_code == 302 else told(answer)


def by_inbox(office, email):
    stray = Stray.objects.create(account=office.account, kind="sms", number="+34655123456", sid=f"SM{id(email)}")
    data = contact_data(email=email, role=None)
    answer = browser(office.admin).post(reverse("inbox:lead", args=[stray.pk]), data)
    return "stored" if answer.status_code == 302 else told(answer)


def by_admin(office, email):
    answer = browser(office.support).post(page(Person, "add"), new_person(office.account, office.admin, email=email))
    return "stored" if answer.status_code == 302 else told(answer)


def told(answer):
    """Expect the form with its message, and nothing worse."""
    assert answer.status_code in (200, 422), answer.status_code
    assert str(EMAIL_TAKEN) in answer.content.decode()
    return "refused"


def by_import(office, email, kind):
    cells = row(1, Email=email, **{"Owner email": office.admin.email})
    if kind == "lead":
        del cells["Role"]
    path = office.files / f"{kind}-{threading.get_ident()}.csv"
    path.write_bytes(csv_bytes([cells]))
    out = io.StringIO()
    call_command("import_people", str(path), "--account", office.account.slug, "--kind", kind, "--json", stdout=out)
    report = json.loads(out.getvalue().splitlines()[-1])
    assert report["created"] + report["failed"] == 1, report
    return "stored" if report["created"] else "refused"


def by_contact_import(office, email):
    return by_import(office, email, "contact")


def by_lead_import(office, email):
    return by_import(office, email, "lead")


def by_public_form(office, email):
    return _enquired(office, lambda: send(office.form, email=email).status_code in (200, 302))


def by_endpoint(office, email):
    return _enquired(office, lambda: deliver(office.token, email=email).status_code in (200, 201))


def _enquired(office, ask):
    """Ask, and return whether a person came of it; that the enquiry was kept is expected."""
    before = Enquiry.objects.filter(account=office.account).count()
    assert ask()
    assert Enquiry.objects.filter(account=office.account).count() > before
    newest = Enquiry.objects.filter(account=office.account).order_by("-pk").first()
    return "stored" if newest.made_lead else "added"


ASKING = [by_public_form, by_endpoint]
WAYS = [by_contact_form, by_lead_form, by_inbox, by_admin, by_contact_import, by_lead_import, *ASKING]


class Office:
    """An office with an open form, a token, and support."""

    def __init__(self, account, admin, files):
        self.account, self.admin, self.files = account, admin, files
        self.support = UserFactory(account=None, is_staff=True, is_superuser=True, email="support@example.com")
        self.form: PublicForm = open_form(account)
        row, self.token = issue(account)
        self.row: ApiToken = row


@pytest.fixture
def office(account, admin, tmp_path):
    """The office of the admin."""
    return Office(account, admin, tmp_path)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("holder", [ContactFactory, LeadFactory])
def test_an_email_of_somebody_live_is_not_given_twice(office, way, holder):
    first = holder(account=office.account, email=EMAIL)
    assert way(office, TYPED) == ("added" if way in ASKING else "refused")
    assert Person.with_trash.get() == first


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("holder", [ContactFactory, LeadFactory])
def test_an_email_in_the_trash_is_free(office, way, holder):
    holder(account=office.account, email=EMAIL).trash(by=office.admin)
    assert way(office, TYPED) == "stored"
    assert Person.objects.with_email(EMAIL).count() == 1
    assert Person.with_trash.with_email(EMAIL).count() == 2


@pytest.mark.parametrize("way", WAYS)
def test_an_email_of_another_office_is_free(office, stranger, way):
    ContactFactory(account=stranger.account, email=EMAIL)
    assert way(office, TYPED) == "stored"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("one", "other"), [*pairwise([*WAYS, WAYS[0]])], ids=lambda way: way.__name__.removeprefix("by_")
)
def test_two_ways_at_once_leave_one_person(office, one, other):
    ready = threading.Barrier(2, timeout=20)

    def go(way, email):
        ready.wait()
        try:
            return way(office, email)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = [*threads.map(go, (one, other), (EMAIL, TYPED))]
    assert Person.with_trash.count() == 1
    assert answers.count("stored") == 1 or {one, other} == set(ASKING)
