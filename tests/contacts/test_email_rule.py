"""An email is used once among the live leads and contacts of an office, whichever way somebody comes into the books.

Each way either refuses a second record, with the form's own message, or, where a stranger asks, adds to the first.
"""

import io
import json
import pkgutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.lines.models import Stray
from contacts.models import Person
from contacts.models.adding import EMAIL_TAKEN
from contacts.models.trashing import restore_people
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


def by_edit(office, email):
    person = ContactFactory(account=office.account, assigned_to=office.admin)
    data = contact_data(email=email, assigned_to=office.admin.pk, version=person.version)
    answer = browser(office.admin).post(reverse("contacts:edit", args=[person.pk]), data)
    return "stored" if answer.status_code == 302 else told(answer)


def by_field_in_place(office, email):
    person = ContactFactory(account=office.account, assigned_to=office.admin)
    url = reverse("contacts:info-field", args=[person.pk, "email"])
    answer = browser(office.admin).post(url, {"email": email, "version": person.version})
    return "stored" if answer.status_code == 302 else told(answer)


def by_restore(office, email):
    person = ContactFactory(account=office.account, deleted_at=timezone.now(), email=email)
    with suppress(ValidationError):
        person.restore(by=office.admin)
    return "refused" if Person.with_trash.get(pk=person.pk).in_trash else "stored"


def by_restore_of_many(office, email):
    person = ContactFactory(account=office.account, deleted_at=timezone.now(), email=email)
    restored, refused = restore_people(Person.with_trash.filter(pk=person.pk), by=office.admin)
    assert restored + len(refused) == 1
    return "stored" if restored else "refused"


TAKING = [by_edit, by_field_in_place, by_restore, by_restore_of_many]


@pytest.mark.parametrize("way", TAKING)
@pytest.mark.parametrize("holder", [ContactFactory, LeadFactory])
def test_an_email_of_somebody_live_is_not_taken_by_a_record_that_is_there(office, way, holder):
    first = holder(account=office.account, email=EMAIL)
    assert way(office, TYPED) == "refused"
    assert Person.objects.with_email(EMAIL).get() == first


@pytest.mark.parametrize("way", TAKING)
def test_an_email_that_is_free_is_taken_by_a_record_that_is_there(office, way):
    assert way(office, TYPED) == "stored"
    assert Person.objects.with_email(EMAIL).count() == 1


# Where each way has found the email free and has written nothing, and after how many looks: on SQLite, which lets one
# at a time write, before its transaction begins; on PostgreSQL inside it. None: there is no such moment.
ADDED = "contacts.models.adding.judge"
REVISED = "contacts.models.revising.judge"
FOUND = "contacts.importing.PeopleSession.existing"
FREE = {
    by_contact_form: {"sqlite": ("contacts.forms.ContactForm.is_valid", 1), "postgresql": (ADDED, 1)},
    by_lead_form: {"sqlite": ("leads.forms.LeadForm.is_valid", 1), "postgresql": (ADDED, 1)},
    by_inbox: {"sqlite": None, "postgresql": (ADDED, 1)},
    by_admin: {"sqlite": None, "postgresql": (ADDED, 1)},
    by_contact_import: {"sqlite": (FOUND, 1), "postgresql": (FOUND, 2)},
    by_lead_import: {"sqlite": (FOUND, 1), "postgresql": (FOUND, 2)},
    by_public_form: {
        "sqlite": ("leads.enquiries.receiving.judged", 1),
        "postgresql": ("leads.enquiries.receiving._known", 1),
    },
    by_endpoint: {
        "sqlite": ("leads.enquiries.receiving.judged", 1),
        "postgresql": ("leads.enquiries.receiving._known", 1),
    },
    by_edit: {"sqlite": ("contacts.forms.ContactForm.is_valid", 1), "postgresql": (REVISED, 1)},
    by_field_in_place: {"sqlite": None, "postgresql": (REVISED, 1)},
    by_restore: {"sqlite": None, "postgresql": ("contacts.models.Person.namesake_by_email", 1)},
    by_restore_of_many: {"sqlite": None, "postgresql": ("contacts.models.trashing._parted", 1)},
}
RIVALS = [by_contact_form, by_contact_import, by_endpoint]


def meanwhile(monkeypatch, look, deed):
    """Let ``deed`` be done, as by another process, once this thread has looked; return what it gave, in a list."""
    target, number = look
    mine, seen, given = threading.get_ident(), [], []
    looked = pkgutil.resolve_name(target)

    def and_then(*args, **kwargs):
        found = looked(*args, **kwargs)
        if threading.get_ident() == mine:
            seen.append(found)
            if len(seen) == number:
                with ThreadPoolExecutor(1) as thread:
                    given.append(thread.submit(deed).result(timeout=30))
        return found

    monkeypatch.setattr(target, and_then)
    return given


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rival", RIVALS, ids=lambda way: way.__name__.removeprefix("by_"))
@pytest.mark.parametrize("way", FREE, ids=lambda way: way.__name__.removeprefix("by_"))
def test_an_email_that_somebody_takes_at_the_last_moment_is_told(office, monkeypatch, way, rival):
    look = FREE[way][connection.vendor]
    if look is None:
        pytest.skip("no moment between look and write: one at a time writes")

    def first():
        try:
            return rival(office, EMAIL)
        finally:
            connection.close()

    given = meanwhile(monkeypatch, look, first)
    assert way(office, TYPED) == ("added" if way in ASKING else "refused")
    assert given == ["stored"]
    assert Person.objects.with_email(EMAIL).count() == 1
