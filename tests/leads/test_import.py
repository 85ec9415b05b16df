"""Leads come from files: with their own columns, onto the top of the board, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.imports import writing
from contacts.imports.models import Job
from contacts.models import Contact, Kind, Person
from contacts.timeline.models import Event
from leads.converting import convert
from leads.models import Lead
from leads.placing import column
from leads.resources import CONVERTED, NO_TYPE
from tests.factories import ContactFactory, LeadFactory
from tests.imports.conftest import csv_bytes, imported, row, verified, work  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db


def lead_row(number=1, **changes):
    """A row that an import of leads takes."""
    cells = row(number)
    del cells["Role"]
    return {**cells, "Lead type": "Buyer", "Property types": "Villa", **changes}


@pytest.fixture
def bring(imported):  # noqa: F811
    """Return a function: these rows imported as leads."""
    return lambda rows, **options: imported(rows, kind="lead", **options)


@pytest.fixture
def check(verified):  # noqa: F811
    """Return a function: these rows verified as leads."""
    return lambda rows, **options: verified(rows, kind="lead", **options)


def errors(run):
    """What is wrong with the rows of a run, by field."""
    return [(error["field"], error["message"]) for found in run.staged.order_by("line") for error in found.errors]


def test_a_row_becomes_a_lead_with_all_its_fields(account, admin, agent, bring):
    run = bring([lead_row(**{
        "Lead type": "Käufer", "Status": "Kontaktiert", "Stage": "Caliente", "Source": "Portal inmobiliario",
        "Portal": "Green-Acres.com", "Property types": "Ático; Villa | adosado",
        "Locations": "Marbella, Estepona, marbella",
        "Price from": "€ 400.000", "Price to": "650k", "Bedrooms": "3", "Bathrooms": "2.0", "Area from": "120 m²",
        "Area to": "1.200", "Features": "pool\nsea view", "Timing": "6 Monate",
    })])  # fmt: skip

    lead = Lead.objects.get()
    person = lead.person
    assert (run.created, run.failed) == (1, 0)
    assert (person.kind, person.role, person.assigned_to, person.created_by) == (Kind.LEAD, "", agent, admin)
    assert (lead.type, lead.status, lead.stage, lead.source, lead.portal) == (
        "buyer", "contacted", "hot", "portals", "green_acres",
    )  # fmt: skip
    assert (lead.property_types, lead.locations, lead.features) == (
        "penthouse,townhouse,villa", "Marbella, Estepona", "pool, sea view",
    )  # fmt: skip
    assert (lead.price_from, lead.price_to, lead.timing) == (400_000, 650_000, "6m")
    assert (lead.bedrooms, lead.bathrooms, lead.area_from, lead.area_to) == (3, 2, 120, 1200)
    assert (lead.account, lead.converted_at, lead.status_since) == (account, None, person.created_at)


def test_what_a_row_leaves_out_is_as_in_a_new_form(bring):
    cells = lead_row()
    del cells["Lead type"], cells["Property types"]

    bring([cells])

    lead = Lead.objects.get()
    assert (lead.type, lead.property_types) == ("buyer", "other")
    assert (lead.status, lead.stage, lead.source, lead.portal) == ("new", "neutral", "by_person", "")
    assert (lead.price_from, lead.bedrooms, lead.locations) == (None, None, "")


def test_an_imported_lead_is_as_if_it_had_been_saved(bring):
    bring([lead_row(Source="Idealista", Status="Lost", Reason=" Bought  elsewhere ", **{"Price to": "1,250,000.50"})])

    lead = Lead.objects.get()
    stored = {field.attname: getattr(lead, field.attname) for field in Lead._meta.concrete_fields}
    lead.full_clean()
    lead.person.full_clean(exclude=["tags"])

    assert {name: getattr(lead, name) for name in stored} == stored
    assert lead.reason == "Bought elsewhere"


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"Status": "Converted"}, [("status", str(CONVERTED))]),
        ({"Status": "Verloren"}, [("reason", "Give a reason.")]),
        ({"Status": "Lost", "Reason": "x" * 201}, [("reason", "At most 200 characters; this has 201.")]),
        ({"Source": "Portals"}, [("portal", "Choose the portal.")]),
        ({"Source": "the moon"}, [("source", "There is no source “the moon”.")]),
        ({"Source": "Kyero", "Portal": "Zoopla"}, [("portal", "The source names another portal than this.")]),
        ({"Property types": "Villa, Castle"}, [("property_types", "There is no property type “Castle”.")]),
        ({"Price from": "cheap"}, [("price_from", "“cheap” is no amount. Write it like 450000 or 450k.")]),
        ({"Price from": "-1"}, [("price_from", "An amount cannot be below zero.")]),
        ({"Price from": "500k", "Price to": "400k"}, [("price_to", "The highest price is below the lowest.")]),
        ({"Area from": "200", "Area to": "100"}, [("area_to", "The largest area is below the smallest.")]),
        ({"Bedrooms": "2.5"}, [("bedrooms", "Enter a whole number.")]),
        ({"Bedrooms": "100"}, [("bedrooms", "Ensure this value is less than or equal to 99.")]),
        ({"Lead type": "Propietario"}, [("lead_type", "There is no role “Propietario”. Write Seller or Landlord.")]),
        ({"Lead type": "King"}, [("lead_type", str(NO_TYPE) % {"text": "King"})]),
        ({"Timing": "in May"}, [("timing", "There is no time “in May”. Write it like “within 6 months”.")]),
    ],
)  # fmt: skip
def test_a_cell_that_breaks_a_rule_is_told_at_its_column(check, cells, wrong):
    assert errors(check([lead_row(**cells)])) == wrong


def test_without_the_defaults_type_and_property_type_must_stand_in_the_row(check):
    run = check([lead_row(**{"Lead type": "", "Property types": " "})], default_type="", default_property_type="")

    assert errors(run) == [("lead_type", "Lead type is missing."), ("property_types", "Choose at least one.")]


@pytest.mark.parametrize(
    ("source", "portal", "stored"),
    [
        ("idealista.com", "", ("portals", "idealista")),
        ("", "Rightmove", ("portals", "rightmove")),
        ("A Place in the Sun", "APITS", ("portals", "place_in_the_sun")),
        ("Portals", "Other", ("portals", "other")),
        ("Website", "Kyero", ("website", "")),
    ],
)
def test_a_portal_may_be_named_as_the_source(bring, source, portal, stored):
    bring([lead_row(Source=source, Portal=portal)])

    lead = Lead.objects.get()
    assert (lead.source, lead.portal) == stored


def test_new_leads_lie_on_top_of_their_column_in_the_order_of_the_file(account, bring, monkeypatch):
    monkeypatch.setattr(writing, "CHUNK_ROWS", 3)
    old = LeadFactory(account=account)
    statuses = ["New", "Contacted"]

    bring([lead_row(number, Status=statuses[number % 2]) for number in range(8)])

    emails = column(account, "new").values_list("person__email", flat=True)
    assert list(emails) == ["k0@example.com", "k2@example.com", "k4@example.com", "k6@example.com", old.email]


def test_the_next_file_lies_above_the_first(account, bring):
    bring([lead_row(1), lead_row(2)])
    bring([lead_row(3), lead_row(4)])

    emails = column(account, "new").values_list("person__email", flat=True)
    assert [email[1] for email in emails] == ["3", "4", "1", "2"]


@pytest.fixture
def known(account, agent):
    """A lead whose email stands in the file."""
    return LeadFactory(
        account=account, email="k1@example.com", first_name="Katharina", last_name="Hohenfels", assigned_to=agent,
        phone="+34612345678", lead__price_from=300_000, lead__price_to=400_000, lead__locations="Altea",
    )  # fmt: skip


def test_a_known_lead_is_an_error_or_is_skipped(known, bring):
    assert bring([lead_row(1)]).failed == 1
    assert bring([lead_row(1)], on_existing="skip").skipped == 1


def test_a_known_lead_is_updated_with_the_events_of_its_own_page(known, admin, bring):
    cells = {"Status": "Qualified", "Stage": "Hot", "Price to": "450k", "Locations": "", "City": "Calpe"}

    run = bring([lead_row(1, **cells)], on_existing="update")

    lead = Lead.objects.get()
    known.refresh_from_db()
    assert (run.updated, run.created, run.failed, known.version, known.city) == (1, 0, 0, 2, "Calpe")
    assert (lead.status, lead.stage, lead.price_from, lead.price_to, lead.locations) == (
        "qualified", "hot", 300_000, 450_000, "Altea",
    )  # fmt: skip
    told = {event.verb: event.data for event in Event.objects.all()}
    assert set(told) == {"changed", "status_changed", "stage_changed"}
    assert (told["status_changed"]["old"], told["status_changed"]["new"]) == ("New", "Qualified")
    assert [change["field"] for change in told["changed"]["changes"]] == ["city", "price_to"]
    assert told["changed"]["changes"][1] == {"field": "price_to", "old": "€400,000", "new": "€450,000"}


def test_a_lead_whose_status_changes_lies_on_top_of_its_new_column(known, account, bring):
    other = LeadFactory(account=account, lead__status="contacted")

    bring([lead_row(1, Status="Contacted"), lead_row(2, Status="Contacted")], on_existing="update")

    assert column(account, "contacted").last().person == other
    assert column(account, "contacted").count() == 3


def test_a_place_that_a_card_was_given_meanwhile_is_kept(known, check):
    run = check([lead_row(1, City="Calpe")], on_existing="update")
    Lead.objects.update(rank=77)
    work(run, Job.IMPORT)

    assert Lead.objects.get().rank == 77


def test_an_update_that_would_break_a_rule_of_the_lead_is_an_error(known, check):
    run = check([lead_row(1, **{"Price to": "200k"})], on_existing="update")

    assert errors(run) == [("price_to", "The highest price is below the lowest.")]


def test_an_update_that_breaks_a_rule_only_by_now_fails_its_row(known, check):
    run = check([lead_row(1, **{"Price to": "350k"}), lead_row(2)], on_existing="update")
    Lead.objects.filter(pk=known.pk).update(price_from=390_000)
    Person.objects.filter(pk=known.pk).update(version=2)
    work(run, Job.IMPORT)

    assert (run.created, run.updated, run.failed) == (1, 0, 1)
    assert errors(run) == [("price_to", "The highest price is below the lowest.")]


def test_an_email_of_a_contact_is_an_error_even_then(account, check):
    ContactFactory(account=account, email="k1@example.com")

    run = check([lead_row(1)], on_existing="update")

    assert errors(run) == [("email", "Another record (lead or contact) already uses this email address.")]


def test_a_lead_converted_since_the_check_fails_its_row(known, admin, check):
    run = check([lead_row(1), lead_row(2)], on_existing="update")
    convert(known, "buyer", by=admin)
    work(run, Job.IMPORT)

    assert (run.created, run.failed) == (1, 1)
    assert "converted" in errors(run)[0][1]


def test_undo_moves_new_leads_to_the_trash_also_those_that_became_contacts(bring, admin):
    run = bring([lead_row(1), lead_row(2)])
    convert(Person.objects.get(email="k1@example.com"), "buyer", by=admin)
    work(run, Job.UNDO)

    assert (run.undone, Person.objects.count(), Person.with_trash.count()) == (2, 0, 2)


def test_each_new_lead_has_the_event_imported(bring):
    bring([lead_row(1), lead_row(2)])

    assert list(Event.objects.order_by("id").values_list("verb", "data__line")) == [("imported", 2), ("imported", 3)]


def test_a_chunk_is_written_in_as_many_statements_whatever_its_size(check):
    few, many = check([lead_row(1), lead_row(2)]), check([lead_row(number) for number in range(10, 60)])

    assert statements(few) == statements(many)


def test_updates_are_written_in_as_many_statements_whatever_their_number(account, agent, check):
    for number in range(1, 60):
        LeadFactory(account=account, email=f"k{number}@example.com", assigned_to=agent)
    few = check([lead_row(number, Status="Contacted", Stage="Hot") for number in (1, 2)], on_existing="update")
    many = check([lead_row(n, Status="Contacted", Stage="Hot") for n in range(10, 60)], on_existing="update")

    assert statements(few) == statements(many)


def statements(run):
    """How many statements the import of a run takes."""
    with CaptureQueriesContext(connection) as asked:
        work(run, Job.IMPORT)
    assert run.failed == 0
    return len(asked)


def test_of_another_office_nothing_is_known_or_changed(stranger, bring):
    theirs = LeadFactory(account=stranger.account, email="k1@example.com", first_name="Old")

    run = bring([lead_row(1)], on_existing="update")

    theirs.refresh_from_db()
    assert (run.created, theirs.first_name) == (1, "Old")


def test_a_file_of_leads_makes_no_contact(bring):
    bring(csv_bytes([lead_row(1, Role="Notary")]))

    assert not Contact.objects.exists()
    assert Person.objects.get().role == ""
