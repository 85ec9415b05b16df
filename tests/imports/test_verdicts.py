"""One verdict at every door: the import judges each row as the form does, and as import_data."""

import random

import pytest
import tablib
from django.db import transaction

from contacts.forms import ContactForm
from contacts.models import Contact
from contacts.resources import ContactResource
from tests.factories import ContactFactory, LeadFactory

from .conftest import csv_bytes

pytestmark = pytest.mark.django_db

LONG = "x" * 61
VALUES = {
    "First name": ["Ana", " María  José ", "三", "O’Brien", "Ma4ia", "x" * 100, "x" * 101, "", "<b>", "Ⅳ", "-",
                   "a\u200bb", "Jean-Luc", "²", "\xa0"],
    "Last name": ["García", "van 't Hof", "Ñ" * 100, "N" * 101, "", "9", "الأحمد", "d'Ístria", "A\tB", "=X"],
    "Phone": ["+34 612 34 56 78", "0034612345678", "(+49) 1512 3456789", "612345678", "+34 612 34 56 7",
              "'+34612345678", "tel:+34-612-345-678", "+34612345678 ext 5", "+34612345678 / +34612345679",
              "+1 650 253 0000", "", "phone",
              "3,46E+10", "+999 123456", "\u200e+34 612 345 678"],
    "WhatsApp": ["", "", "+34612345678", "no", " "],
    "Role": ["buyer", "tax_adviser", "other", "king", ""],
    "Salutation": ["mrs", "mr", "lord", ""],
    "Language": ["es", "en", "xx", ""],
    "Country": ["ES", "DE", "ZZ", ""],
    "Street": ["Calle Bernia 14", LONG, "", "a\x01b", "ñ" * 60, "=HYPERLINK(1)"],
    "City": ["Altea", LONG, ""],
    "State": ["", LONG],
    "Zip": ["03590", "x" * 60, LONG],
    "Notes": ["", "=1+1", "one\ntwo", "x" * 10_000, "x" * 10_001, "\x07", "'quoted'"],
    "Tags": ["", "sea view, cash", "x" * 41],
    "Owner email": ["lucia@example.com", "LUCIA@example.com ", "admin@example.com", "nobody@example.com",
                    "gone@example.com", "", "stranger@example.org"],
}  # fmt: skip
EMAILS = ["{n}@example.com", "K.{n}@Example.COM", "<m{n}@example.org>", "mailto:x{n}@example.com",
          "info{n}@example.com", "nobody", "a b{n}@example.com",
          "a{n}@example", "ü{n}@exämple.com", '"q"@example.com', "",
          "x@@example.com",
          "taken@example.com", "TAKEN@example.com", "lead@example.com", "trashed@example.com",
          "a{n}@-example.com",
          "x" * 65 + "{n}@example.com"]  # fmt: skip
FIELDS = {
    "First name": "first_name", "Last name": "last_name", "Email": "email", "Phone": "phone", "WhatsApp": "whatsapp",
    "Role": "role", "Salutation": "salutation", "Language": "language", "Country": "country", "Street": "street",
    "City": "city", "State": "state", "Zip": "zip_code", "Notes": "notes", "Tags": "tags",
    "Owner email": "owner_email",
}  # fmt: skip


@pytest.fixture
def lines(account, admin, agent, stranger):
    """Many rows, each wrong in none, one or two ways, in an office that knows some of the emails."""
    from django.utils import timezone

    from tests.factories import UserFactory

    UserFactory(account=account, email="gone@example.com", is_active=False)
    ContactFactory(account=account, email="taken@example.com", assigned_to=agent)
    LeadFactory(account=account, email="lead@example.com", assigned_to=agent)
    ContactFactory(account=account, email="trashed@example.com", assigned_to=agent, deleted_at=timezone.now())
    draw = random.Random(11)
    found = []
    for number in range(150):
        line = {name: values[0] for name, values in VALUES.items()}
        line["Email"] = EMAILS[number % len(EMAILS)].format(n=number) if number % 3 else f"p{number}@example.com"
        for name in draw.sample(list(VALUES), draw.choice([0, 1, 1, 2])):
            line[name] = draw.choice(VALUES[name])
        found.append(line)
    return found


def test_the_import_finds_in_each_row_what_the_form_finds(account, admin, lines, verified):
    run = verified(csv_bytes(lines))
    ours = [
        {error["field"] for error in errors} for errors in run.staged.order_by("line").values_list("errors", flat=True)
    ]

    assert ours == [_judged_by_form(account, admin, line) for line in lines]
    assert {frozenset(fields) for fields in ours} >= {frozenset(), frozenset({"email"}), frozenset({"phone"})}


def _judged_by_form(account, admin, line):
    """Return the fields that the form complains of; a good row is saved, so that the next one meets it."""
    users = {user.email: user.pk for user in account.users.all()}
    data = {FIELDS[name]: value for name, value in line.items()}
    data["assigned_to"] = users.get(data.pop("owner_email").strip().lower(), "")
    data["salutation"] = data["salutation"] or "mrs"
    form = ContactForm(data, user=admin, instance=Contact(account=account))
    if form.is_valid():
        form.instance.add(by=admin, tags=form.cleaned_data["tags"])
    return {"owner_email" if name == "assigned_to" else name for name in form.errors}


def test_import_data_gives_each_row_the_same_verdict(account, admin, lines, verified):
    run = verified(csv_bytes(lines))
    ours = list(run.staged.order_by("line").values_list("verdict", flat=True))
    labels = {name: str(ContactResource.fields[field].column_name) for name, field in FIELDS.items()}
    dataset = tablib.Dataset(*(line.values() for line in lines), headers=[labels[name] for name in lines[0]])

    with transaction.atomic():
        result = ContactResource(account=account, by=admin).import_data(dataset, dry_run=False)
        theirs = ["new" if entry.import_type == "new" else "error" for entry in result.rows]

    assert not result.row_errors()
    assert ours == theirs


def test_what_both_create_is_the_same(account, admin, lines, imported):
    imported(csv_bytes(lines))
    skipped = {"id", "email", "email_key", "search_text", "created_at", "last_activity_at", "import_run", "import_line"}
    names = [field.name for field in Contact._meta.concrete_fields if field.name not in skipped]
    ours = list(Contact.objects.order_by("id").values(*names))[1:]
    Contact.objects.exclude(email="taken@example.com").delete()
    for line in lines:
        _judged_by_form(account, admin, line)
    theirs = list(Contact.objects.order_by("id").values(*names))[1:]

    assert len(ours) > 40
    assert ours == theirs
