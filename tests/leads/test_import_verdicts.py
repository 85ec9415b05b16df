"""One verdict at every door for leads: the import judges each row as the form does, and as import_data."""

import random

import pytest
import tablib
from django.db import transaction

from contacts.models import Kind, Person
from leads.forms import LeadForm
from leads.models import Lead
from leads.resources import ATTRIBUTES, LeadResource
from tests.factories import ContactFactory, LeadFactory
from tests.imports.conftest import csv_bytes, imported, verified  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db

# What a file and a form can both say, in the words of both: a choice by its value, an amount as people write it.
VALUES = {
    "first_name": ["Ana", " María  José ", "Ma4ia", "x" * 101, "", "O’Brien"],
    "phone": ["+34 612 34 56 78", "612345678", "+34612345678 ext 5", ""],
    "notes": ["", "=1+1", "x" * 10_001],
    "lead_type": ["buyer", "seller", "tenant", "landlord", "king"],
    "status": ["new", "contacted", "qualified", "unqualified", "lost", "converted", "gone"],
    "reason": ["", "", "Bought elsewhere", "x" * 200, "x" * 201, " ", "a\x01b"],
    "stage": ["hot", "neutral", "cold", "lukewarm"],
    "source": ["website", "portals", "portals", "by_person", "moon"],
    "portal": ["", "idealista", "other", "kyero", "ebay"],
    "property_types": ["villa", "villa,penthouse", "penthouse,villa,villa", "other", "castle", ""],
    "locations": ["", "Marbella, Estepona", "altea; Altea | calpe", "x" * 61, ",".join(f"p{n}" for n in range(21))],
    "price_from": ["", "400000", "400k", "1.250.000", "€ 400,000.50", "12.34.5", "cheap", "-1", "99999999999", "0"],
    "price_to": ["", "500000", "300k", "2m", "1,5", "1e5"],
    "bedrooms": ["", "3", "0", "99", "100", "-1", "two"],
    "bathrooms": ["", "2", "2.5", "2.0"],
    "area_from": ["", "120", "10000000", "10000001"],
    "area_to": ["", "200", "100", "wide"],
    "features": ["", "pool", "pool, sea view, POOL", "x" * 61],
    "timing": ["", "6m", "now", "someday"],
    "owner_email": ["lucia@example.com", "nobody@example.com", ""],
}  # fmt: skip
EMAILS = ["{n}@example.com", "nobody", "taken@example.com", "LEAD@example.com", "", "mailto:x{n}@example.com"]


@pytest.fixture
def lines(account, agent):
    """Many rows, each wrong in none or some ways, in an office that knows some of the emails."""
    ContactFactory(account=account, email="taken@example.com", assigned_to=agent)
    LeadFactory(account=account, email="lead@example.com", assigned_to=agent)
    draw = random.Random(5)
    found = []
    for number in range(300):
        line = {name: values[0] for name, values in VALUES.items()} | {"last_name": "García"}
        line["email"] = f"p{number}@example.com" if number % 4 else EMAILS[number // 4 % len(EMAILS)].format(n=number)
        for name in draw.sample(list(VALUES), draw.choice([0, 1, 2, 4, 8])):
            line[name] = draw.choice(VALUES[name])
        found.append(line)
    return found


def labelled(lines):
    """The rows under the labels of the columns."""
    labels = {name: str(LeadResource.fields[name].column_name) for name in lines[0]}
    return [{labels[name]: cell for name, cell in line.items()} for line in lines]


def test_the_import_finds_in_each_row_what_the_form_finds(account, admin, lines, verified):  # noqa: F811
    run = verified(csv_bytes(labelled(lines)), kind="lead", default_type="", default_property_type="")
    found = run.staged.order_by("line").values_list("errors", flat=True)
    ours = [{error["field"] for error in errors} for errors in found]

    theirs = [_judged_by_form(account, admin, line) for line in lines]
    differing = [(line, mine, form) for line, mine, form in zip(lines, ours, theirs, strict=True) if mine != form]
    assert differing == []
    assert {field for fields in ours for field in fields} >= {
        "status", "reason", "portal", "property_types", "price_from", "price_to", "area_to", "bedrooms", "email",
    }  # fmt: skip


def _judged_by_form(account, admin, line):
    """Return the fields that the form complains of; a good row is saved, so that the next one meets it."""
    users = {user.email: user.pk for user in account.users.all()}
    data = {ATTRIBUTES.get(name, name): value for name, value in line.items()}
    data["assigned_to"] = users.get(data.pop("owner_email"), "")
    data["property_types"] = [value for value in data["property_types"].split(",") if value]
    data["salutation"] = "mrs"
    form = LeadForm(data, user=admin, instance=Person(account=account, kind=Kind.LEAD))
    if form.is_valid():
        form.instance.add(by=admin)
    columns = {attribute: name for name, attribute in ATTRIBUTES.items()} | {"assigned_to": "owner_email"}
    return {columns.get(name, name) for name in form.errors}


def test_import_data_gives_each_row_the_same_verdict(account, admin, lines, verified):  # noqa: F811
    run = verified(csv_bytes(labelled(lines)), kind="lead", default_type="", default_property_type="")
    ours = list(run.staged.order_by("line").values_list("verdict", flat=True))
    rows = labelled(lines)
    dataset = tablib.Dataset(*(row.values() for row in rows), headers=list(rows[0]))

    with transaction.atomic():
        result = LeadResource(account=account, by=admin).import_data(dataset, dry_run=False)
        theirs = ["new" if entry.import_type == "new" else "error" for entry in result.rows]

    assert not result.row_errors()
    assert ours == theirs


def test_what_both_create_is_the_same(account, admin, lines, imported):  # noqa: F811
    imported(csv_bytes(labelled(lines)), kind="lead", default_type="", default_property_type="")
    ours = stored()
    Person.objects.exclude(email__in=["taken@example.com", "lead@example.com"]).delete()
    for line in lines:
        _judged_by_form(account, admin, line)

    assert len(ours) > 60
    assert ours == stored()


def stored():
    """Every lead with all its fields but those that tell when and by which door, in the order of the emails."""
    own = {"person", "rank", "status_since"}
    names = [field.name for field in Lead._meta.concrete_fields if field.name not in own]
    person = ["first_name", "last_name", "phone", "notes", "kind", "role", "assigned_to", "created_by", "language"]
    leads = Lead.objects.exclude(person__email="lead@example.com").order_by("person__email_key")
    return list(leads.values(*names, *(f"person__{name}" for name in person)))
