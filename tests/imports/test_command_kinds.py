"""``import_people --kind lead``, ``import_relations`` and ``import_deals`` report as the import of contacts does."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from contacts.models import Contact
from contacts.relations.models import Relation
from deals.models import Deal
from leads.models import Lead
from tests.factories import ContactFactory, LeadFactory, RelationFactory

from .conftest import csv_bytes, row

pytestmark = pytest.mark.django_db
KEYS = {
    "file", "encoding", "dialect", "mapping", "rows", "blank", "created", "updated", "skipped", "failed", "errors",
}  # fmt: skip


@pytest.fixture
def run(account, admin, agent, tmp_path):
    """Return a function: a command run on these rows; its exit code and its report."""

    def command(name, rows, *options):
        path = tmp_path / "file.csv"
        path.write_bytes(csv_bytes(rows))
        out = io.StringIO()
        try:
            call_command(name, str(path), "--account", account.slug, "--json", *options, stdout=out)
            code = 0
        except SystemExit as end:
            code = end.code
        return code, json.loads(out.getvalue().splitlines()[-1])

    return command


def lead(number, **cells):
    return {**{name: cell for name, cell in row(number).items() if name != "Role"}, **cells}


def test_leads_are_imported_with_buyer_and_other_where_a_row_says_nothing(run):
    code, report = run("import_people", [lead(1, Status="New"), lead(2, Status="Converted")], "--kind", "lead")

    assert (code, set(report)) == (0, KEYS)
    assert [report[name] for name in ("rows", "created", "failed")] == [2, 1, 1]
    assert [(error["line"], error["column"], error["field"]) for error in report["errors"]] == [(3, "Status", "status")]
    assert (Lead.objects.get().type, Lead.objects.get().property_types) == ("buyer", "other")


def test_what_rows_leave_out_can_be_said_in_any_way_that_a_cell_can(run):
    options = ("--default-type", "Verkäufer", "--default-property-type", "Ático, Villa", "--default-country", "Spain")

    run("import_people", [lead(1, Phone="612 34 56 78")], "--kind", "lead", *options[:2], *options[4:])
    assert (Lead.objects.get().type, Lead.objects.get().person.phone.as_e164) == ("seller", "+34612345678")
    code, report = run("import_people", [lead(2)], "--kind", "lead", *options[2:4])
    assert (code, report["refused"]) == (2, "There is no such property type.")


def test_without_defaults_what_is_missing_is_an_error(run):
    empty = ("--default-type", "", "--default-property-type", "")

    _code, report = run("import_people", [lead(1)], "--kind", "lead", *empty)

    assert [error["message"] for error in report["errors"]] == ["Lead type is missing.", "Choose at least one."]


def test_nested_headers_are_understood(run):
    cells = {
        "contact.first_name": "Ana", "contact.last_name": "García", "contact.email": "ana@example.com",
        "contact.phone": "+34 612 34 56 78", "lead.owner.email": "lucia@example.com", "lead.source": "Kyero",
        "address.city": "Altea", "property_details.type": "Villa, Apartment", "search_criteria.price_to": "650k",
    }  # fmt: skip

    _code, report = run("import_people", [cells], "--kind", "lead")

    found = Lead.objects.get()
    assert (report["created"], report["errors"]) == (1, [])
    assert (found.source, found.portal, found.property_types, found.price_to, found.person.city) == (
        "portals", "kyero", "apartment,villa", 650_000, "Altea",
    )  # fmt: skip


def test_a_known_lead_is_updated_when_asked(run, account):
    LeadFactory(account=account, email="k1@example.com")

    _code, report = run("import_people", [lead(1), lead(2)], "--kind", "lead", "--on-existing", "update")

    assert (report["created"], report["updated"]) == (1, 1)


def test_contacts_create_relations_when_asked(run):
    rows = [row(1, Relation="Bufete Echeverría"), row(2, Relation="bufete echeverria")]

    assert run("import_people", rows)[1]["failed"] == 2
    assert run("import_people", rows, "--unknown-relations", "create")[1]["created"] == 2
    assert (Relation.objects.count(), Contact.objects.count()) == (1, 2)


def test_relations_are_imported(run, account):
    RelationFactory(account=account, name="Banco de Altea")
    rows = [{"Company": "Bufete Echeverría", "Type": "Bufete", "address.city": "Altea"}, {"Company": "BANCO DE ALTEA"}]

    code, report = run("import_relations", rows, "--on-existing", "skip")

    assert (code, set(report)) == (0, KEYS)
    assert report["mapping"] == {"Company": "name", "Type": "type", "address.city": "city"}
    assert [report[name] for name in ("rows", "created", "skipped", "failed")] == [2, 1, 1, 0]
    assert Relation.objects.get(city="Altea").type == "law_firm"


def test_to_verify_relations_writes_nothing(run):
    _code, report = run("import_relations", [{"Name": "Banco de Altea"}], "--verify-only")

    assert (report["will_create"], Relation.objects.count()) == (1, 0)


def test_deals_are_imported_with_the_type_that_was_asked_for(run, account, admin):
    ContactFactory(account=account, email="ines@example.com")
    good = {"Deal - Title": "Villa", "Person - Email": "ines@example.com", "property.city": "Altea"}
    rows = [{**good, "Owner": "x@example.com"}, {**good, "Person - Email": "nobody@example.com"}]

    code, report = run("import_deals", rows, "--default-type", "Verkauf", "--unknown-owners", "importer")

    assert (code, set(report)) == (0, KEYS)
    assert report["mapping"] == {
        "Deal - Title": "name", "Person - Email": "contacts", "property.city": "city", "Owner": "owner_email",
    }  # fmt: skip
    assert [report[name] for name in ("rows", "created", "failed")] == [2, 1, 1]
    assert [(error["line"], error["field"], error["message"]) for error in report["errors"]] == [
        (3, "contacts", "No contact has the address nobody@example.com.")
    ]
    deal = Deal.objects.get()
    assert (deal.type, deal.stage, deal.city, deal.assigned_to) == ("sell", "mandate", "Altea", admin)
    assert run("import_deals", rows[:1], "--on-existing", "skip")[1]["skipped"] == 1


def test_a_type_that_there_is_not_is_refused(run):
    code, report = run("import_deals", [{"Name": "Villa", "Contacts": "x"}], "--default-type", "Swap")

    assert (code, report["refused"]) == (2, "There is no type of deal “Swap”. Use Buy, Sell, Rent or Rent out.")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--kind", "lead", "--default-role", "buyer"], "--default-role is no option of Leads."),
        (["--default-type", "buyer"], "--default-type is no option of Contacts."),
        (["--unknown-relations", "perhaps"], "Choose refuse or create."),
        (["--unknown-owners", "perhaps"], "Write refuse or importer."),
        (["--kind", "lead", "--default-type", "Owner"], "There is no role “Owner”. Write Seller or Landlord."),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_followed_is_refused(run, options, reason):
    code, report = run("import_people", [row(1)], *options)

    assert (code, report["refused"], Contact.objects.count()) == (2, reason, 0)


def test_a_kind_that_does_not_exist_is_refused(run):
    with pytest.raises(CommandError):
        run("import_people", [row(1)], "--kind", "relation")


def test_relations_have_no_kind(run):
    with pytest.raises(CommandError):
        run("import_relations", [{"Name": "Banco"}], "--kind", "lead")
