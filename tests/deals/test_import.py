"""Deals come from files: with who takes part, onto the top of their board, once."""

import datetime as dt
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.imports import jobs, writing
from contacts.imports.models import Job
from contacts.models import Person
from contacts.timeline.models import Event
from deals.models import Deal, Party
from deals.naming import named_in
from deals.trashing import restore_deals
from leads.converting import revert
from tests.factories import ContactFactory, DealFactory, LeadFactory, PartyFactory, TagFactory, UserFactory
from tests.imports.conftest import imported, verified, work  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db


def deal_row(number=1, **changes):
    """A row that an import of deals takes; each number another deal of the same client."""
    return {
        "Name": f"Villa {number}", "Type": "Buy", "Stage": "", "Contacts": "ines@example.com",
        "Owner email": "lucia@example.com", **changes,
    }  # fmt: skip


@pytest.fixture(autouse=True)
def ines(account, agent):
    """The client of every deal."""
    return ContactFactory(account=account, assigned_to=agent, email="ines@example.com", first_name="Inés")


@pytest.fixture
def ada(account, agent):
    """A lawyer."""
    return ContactFactory(account=account, assigned_to=agent, email="ada@example.org", role="lawyer", first_name="Ada")


@pytest.fixture
def bring(imported):  # noqa: F811
    """Return a function: these rows imported as deals."""
    return lambda rows, **options: imported(rows, kind="deal", **options)


@pytest.fixture
def check(verified):  # noqa: F811
    """Return a function: these rows verified as deals."""
    return lambda rows, **options: verified(rows, kind="deal", **options)


def errors(run):
    """What is wrong with the rows of a run, by field."""
    return [(error["field"], error["message"]) for found in run.staged.order_by("line") for error in found.errors]


def seats(deal):
    """Who takes part in a deal, and as what."""
    return [(party.person.first_name, party.role) for party in deal.parties.in_order()]


def test_a_row_becomes_a_deal_with_all_its_fields(account, admin, agent, ada, bring):
    run = bring([{
        "Deal name": " Villa  Altea ", "Deal type": "Verkauf", "Deal stage": "Angebot",
        "Deal owner": "LUCIA@example.com", "Contacts": "INES@example.com (Vendedora), ada@example.org (Lawyer)",
        "Amount": "€ 450.000", "Provision": "3,5 %",
        "Close date": "31.03.2027", "Tags": "sea view; cash", "Description": "=1+1\nOn the hill.",
        "property.street": "Calle Bernia 14", "property.zip": "03590", "property.city": "Altea",
        "property.address.state": "Alicante", "property.country": "España", "property.type": "Ático; Villa | Garaje",
        "criteria.locations": "Altea\nCalpe", "search_criteria.price_from": "400k", "criteria.price_to": "650.000",
        "property.bedrooms": "3", "Bathrooms": "2.0", "Area from": "120 m²", "Area to": "1.200", "Features": "pool|sea",
    }])  # fmt: skip

    assert (run.created, run.failed) == (1, 0)
    deal = Deal.objects.get()
    assert (deal.name, deal.type, deal.pipeline, deal.stage, deal.assigned_to, deal.created_by) == (
        "Villa Altea", "sell", "owner", "offer", agent, admin,
    )  # fmt: skip
    assert (deal.value, str(deal.commission), deal.closing_on) == (450_000, "3.50", dt.date(2027, 3, 31))
    assert (deal.tag_names(), deal.description) == (["cash", "sea view"], "=1+1\nOn the hill.")
    assert (deal.street, deal.zip_code, deal.city, deal.state, deal.country) == (
        "Calle Bernia 14", "03590", "Altea", "Alicante", "ES",
    )  # fmt: skip
    assert (deal.property_types, deal.locations, deal.features) == (
        "penthouse,villa,garage",
        "Altea, Calpe",
        "pool, sea",
    )
    assert (deal.price_from, deal.price_to, deal.bedrooms, deal.bathrooms, deal.area_from, deal.area_to) == (
        400_000, 650_000, 3, 2, 120, 1200,
    )  # fmt: skip
    assert seats(deal) == [("Inés", "seller"), ("Ada", "lawyer")]
    assert (deal.import_run, deal.import_line, deal.version, deal.stage_since) == (run, 2, 1, deal.created_at)


@pytest.mark.parametrize(
    "cells", [{"Stage": "Offer"}, {"Stage": "Lost", "Reason": " Bought  elsewhere "}, {"Stage": "Won"}]
)
def test_an_imported_deal_is_as_if_it_had_been_saved(bring, cells):
    bring([deal_row(Value="1,250,000.50", City="Águilas", **cells)])

    deal = Deal.objects.get()
    stored = {field.attname: getattr(deal, field.attname) for field in Deal._meta.concrete_fields}
    deal.full_clean(exclude=["tags"])
    deal.draw_keys()

    assert {name: getattr(deal, name) for name in stored} == stored
    assert deal.worth == 125_000_050
    assert deal.closed_at == (deal.created_at if deal.is_closed else None)


@pytest.mark.parametrize(
    ("kind", "role", "stage"),
    [("Buy", "buyer", "knowing"), ("Sell", "seller", "mandate"), ("Miete", "tenant", "knowing"),
     ("Rent out", "landlord", "mandate")],
)  # fmt: skip
def test_the_type_says_what_the_client_is_and_where_the_deal_begins(bring, kind, role, stage):
    bring([deal_row(Type=kind)])

    deal = Deal.objects.get()
    assert (seats(deal), deal.stage) == ([("Inés", role)], stage)


def test_what_a_row_leaves_out_is_as_in_a_new_form(admin, bring):
    bring([{"Name": "Villa", "Contacts": "ines@example.com"}])

    deal = Deal.objects.get()
    assert (deal.type, deal.stage, deal.assigned_to, deal.value, deal.closed_at) == (
        "buy",
        "knowing",
        admin,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("ines@example.com; ada@example.org (Abogada)", ["buyer", "lawyer"]),
        ("ada@example.org (Lawyer)\nines@example.com (Client)", ["buyer", "lawyer"]),
        ("ines@example.com|ada@example.org", ["buyer", "buyer"]),
        ("<ines@example.com> ( Comprador ) , mailto:ada@example.org(NOTARY)", ["buyer", "notary"]),
        ("ines@example.com (Landlord)", ["landlord"]),
        ("Inés Dourado (ines@example.com); Ada <ada@example.org> (Lawyer)", ["buyer", "lawyer"]),
    ],
)
def test_contacts_stand_in_one_cell_with_their_roles_behind_them(ada, bring, cell, roles):
    bring([deal_row(Contacts=cell)])

    assert [role for _name, role in seats(Deal.objects.get())] == roles


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"Contacts": ""}, [("contacts", "A deal needs a client.")]),
        ({"Contacts": "nobody@example.com"}, [("contacts", "No contact has the address nobody@example.com.")]),
        ({"Contacts": "ines"}, [("contacts", "Name contacts by their email address.")]),
        ({"Contacts": "lead@example.com"}, [("contacts", "lead@example.com is a lead. Convert the lead first.")]),
        ({"Contacts": "gone@example.com"},
         [("contacts", "gone@example.com is in the trash. Restore the contact first.")]),
        ({"Contacts": "ines@example.com, INES@example.com (Buyer)"},
         [("contacts", "INES@example.com is named twice.")]),
        ({"Contacts": "ada@example.org (Lawyer)"},
         [("contacts", "No client among them: ada@example.org. One must be Buyer, Seller, Tenant or Landlord.")]),
        ({"Contacts": "ines@example.com (Captain)"},
         [("contacts", "ines@example.com: There is no role “Captain”. Use")]),
        ({"Contacts": "ines@example.com (Owner)"},
         [("contacts", "ines@example.com: There is no role “Owner”. Write Seller or Landlord.")]),
        ({"Contacts": "no@example.com, lead@example.com"},
         [("contacts", "No contact has the address no@example.com. lead@example.com is a lead. Convert the lead")]),
        ({"Contacts": "theirs@example.com"}, [("contacts", "No contact has the address theirs@example.com.")]),
        ({"Contacts": ",".join(f"x{n}@example.com" for n in range(51))},
         [("contacts", "At most 50 contacts take part in a deal.")]),
        ({"Name": ""}, [("name", "Name is missing.")]),
        ({"Name": "x" * 101}, [("name", "At most 100 characters; this has 101.")]),
        ({"Type": "Swap"}, [("type", "There is no type of deal “Swap”. Use Buy, Sell, Rent or Rent out.")]),
        ({"Stage": "Limbo"}, [("stage", "There is no stage “Limbo”. Use one of: Knowing Property, First Visit,")]),
        ({"Stage": "Mandate"},
         [("stage", "A deal of type Buy has no stage “Mandate”. Use one of: Knowing Property, First Visit, "
           "Multiple Visits, Offer, Reservation, 10% Contract, Signing Deed, Won, Lost.")]),
        ({"Type": "Rent out", "Stage": "10% Contract"},
         [("stage", "A deal of type Rent out has no stage “10% Contract”. Use one of: Mandate, Online, Visits, Offer, "
           "Reservation, Deposit, Won, Lost.")]),
        ({"Stage": "Verloren"}, [("reason", "Reason is missing.")]),
        ({"Stage": "Lost", "Reason": "x" * 201}, [("reason", "At most 200 characters; this has 201.")]),
        ({"Owner email": "nobody@example.com"}, [("owner_email", "No active user of this account has this email.")]),
        ({"Owner email": "former@example.com"}, [("owner_email", "No active user of this account has this email.")]),
        ({"Value": "much"}, [("value", "“much” is no amount. Write it like 450000 or 450k.")]),
        ({"Value": "-1"}, [("value", "An amount cannot be below zero.")]),
        ({"Commission, %": "300"}, [("commission", "A share is at most 100 %.")]),
        ({"Closing date": "soon"}, [("closing_on", "“soon” is no date. Write it like 2027-03-31 or 31.03.2027.")]),
        ({"Closing date": "31/02/2027"}, [("closing_on", "“31/02/2027” is no date.")]),
        ({"Closing date": "03/31/2027"}, [("closing_on", "“03/31/2027” is no date.")]),
        ({"Won or lost on": "soon", "Stage": "Won"}, [("closed_on", "“soon” is no date. Write it like 2027-03-31")]),
        ({"Won or lost on": "2999-01-01", "Stage": "Won"},
         [("closed_on", "A deal cannot have been won or lost in the future.")]),
        ({"Won or lost on": "0020-01-01", "Stage": "Won"}, [("closed_on", "This date lies too far away.")]),
        ({"Won or lost on": "2025-03-31", "Stage": "Offer"}, [("closed_on", "The deal is neither won nor lost.")]),
        ({"Won or lost on": "2025-03-31"}, [("closed_on", "The deal is neither won nor lost.")]),
        ({"Property types": "Villa, Castle"}, [("property_types", "There is no property type “Castle”.")]),
        ({"Price from": "500k", "Price to": "400k"}, [("price_to", "The highest price is below the lowest.")]),
        ({"Area from": "200", "Area to": "100"}, [("area_to", "The largest area is below the smallest.")]),
        ({"Bedrooms": "2.5"}, [("bedrooms", "Enter a whole number.")]),
        ({"Country": "Atlantis"}, [("country", "There is no country “Atlantis”.")]),
        ({"Tags": "x" * 41}, [("tags", "At most 40 characters; this has 41.")]),
    ],
    ids=str,
)  # fmt: skip
def test_a_cell_that_breaks_a_rule_is_told_at_its_column(account, admin, ada, stranger, check, cells, wrong):
    LeadFactory(account=account, email="lead@example.com")
    ContactFactory(account=account, email="gone@example.com").trash(by=admin)
    ContactFactory(account=stranger.account, email="theirs@example.com")
    UserFactory(account=account, email="former@example.com", is_active=False)

    run = check([deal_row(**cells)])

    found = errors(run)
    assert [field for field, _message in found] == [field for field, _message in wrong]
    assert all(message.startswith(start) for (_f, message), (_g, start) in zip(found, wrong, strict=True))
    place = run.staged.get().errors[0].get("column")
    assert place is None if found[0][0] == "reason" and "Reason" not in cells else place is not None
    assert not Deal.objects.exists()


@pytest.mark.parametrize(
    "cell", ["2027-03-31", "31.03.2027", "31/3/2027", "2027-03-31 00:00:00", "2027-03-31T10:00:00Z"]
)
def test_days_are_read_as_europe_writes_them(bring, cell):
    bring([deal_row(**{"Closing date": cell})])

    assert Deal.objects.get().closing_on == dt.date(2027, 3, 31)


def test_somebody_live_is_meant_before_somebody_of_the_same_email_in_the_trash(account, admin, bring):
    ContactFactory(account=account, email="zoe@example.com", first_name="Old").trash(by=admin)
    ContactFactory(account=account, email="zoe@example.com", first_name="Zoë")

    bring([deal_row(Contacts="zoe@example.com")])

    assert seats(Deal.objects.get()) == [("Zoë", "buyer")]


def test_a_bar_in_an_address_parts_nobody(account, bring):
    ContactFactory(account=account, email="a|b@example.com", first_name="Zoë")

    bring([deal_row(Contacts="a|b@example.com"), deal_row(2, Contacts="a|b@example.com; ines@example.com")])

    first, second = Deal.objects.order_by("name")
    assert (seats(first), seats(second)) == ([("Zoë", "buyer")], [("Zoë", "buyer"), ("Inés", "buyer")])


def test_without_the_option_a_type_must_stand_in_the_row(check):
    assert errors(check([deal_row(Type="")], default_type="")) == [("type", "Type is missing.")]


def test_rows_without_an_active_owner_go_to_whoever_imports_where_that_is_asked_for(admin, bring):
    bring([deal_row(**{"Owner email": "former@example.com"})], unknown_owners="importer")

    assert Deal.objects.get().assigned_to == admin


def test_a_deal_is_told_on_its_own_timeline_and_on_those_of_its_contacts(admin, ines, ada, bring):
    long_ago = timezone.now() - dt.timedelta(days=90)
    Person.objects.update(last_activity_at=long_ago)

    bring([deal_row(Contacts="ines@example.com, ada@example.org (Lawyer)")])

    deal = Deal.objects.get()
    told = deal.events.get(echo=False)
    assert (told.verb, told.actor, told.data) == ("imported", admin, {"file": "people.csv", "line": 2})
    for person in (ines, ada):
        person.refresh_from_db()
        echo = person.events.get()
        assert (echo.verb, echo.echo, echo.deal, echo.data) == ("deal_made", True, deal, {"deal": "Villa 1"})
        assert person.last_activity_at == deal.created_at == echo.at


def order(account, stage="knowing", pipeline="buyer"):
    """The names of a column of the board, from the top."""
    return list(Deal.objects.for_account(account).of_stage(pipeline, stage).values_list("name", flat=True))


def test_new_deals_lie_on_top_of_their_stage_in_the_order_of_the_file(account, bring, monkeypatch):
    monkeypatch.setattr(writing, "CHUNK_ROWS", 3)
    DealFactory(account=account, name="Old")

    bring([deal_row(number, Type=["Buy", "Sell"][number % 2], Stage=["", "Offer"][number // 4]) for number in range(8)])
    bring([deal_row(9)])

    assert order(account) == ["Villa 9", "Villa 0", "Villa 2", "Old"]
    assert order(account, "offer", "buyer") == ["Villa 4", "Villa 6"]
    assert order(account, "mandate", "owner") == ["Villa 1", "Villa 3"]
    assert order(account, "offer", "owner") == ["Villa 5", "Villa 7"]


def test_the_same_name_of_the_same_client_twice_is_an_error_on_the_later_row(ada, check):
    rows = [
        deal_row(1), deal_row(1, Name="VÍLLA 1."), deal_row(1, Contacts="ada@example.org (Buyer), ines@example.com"),
        deal_row(1, Contacts="ada@example.org (Lawyer), ines@example.com"),
    ]  # fmt: skip

    assert errors(check(rows)) == [
        ("name", "Twice in this file: first in line 2."),
        ("name", "Twice in this file: first in line 2."),
    ]


@pytest.fixture
def known(account, agent, ines):
    """A deal whose name and client stand in the file."""
    deal = DealFactory(
        account=account, name="Villa 1", assigned_to=agent, value=400_000, price_from=300_000, stage="offer",
    )  # fmt: skip
    PartyFactory(deal=deal, person=ines)
    return deal


def test_a_known_deal_is_an_error_or_is_skipped(known, bring):
    run = bring([deal_row(1)])
    assert errors(run) == [("name", "There is a deal of this name with this client already.")]
    assert run.staged.get().errors[0]["record"] == known.pk
    assert bring([deal_row(1)], on_existing="skip").skipped == 1
    assert Deal.objects.count() == 1


def test_a_deal_of_the_same_name_with_another_client_is_another_deal(known, ada, bring):
    assert bring([deal_row(1, Contacts="ada@example.org (Buyer)")]).created == 1


def test_a_deal_in_the_trash_is_not_known(known, admin, bring):
    known.trash(by=admin)

    assert bring([deal_row(1)]).created == 1


def test_a_known_deal_is_updated_with_the_events_of_its_own_page(known, account, ines, ada, bring):
    DealFactory(account=account, name="Old", stage="reservation")
    cells = {"Type": "", "Stage": "Reservation", "Value": "450k", "City": "Calpe", "Tags": "cash"}
    contacts = "ines@example.com, ada@example.org (Lawyer)"

    run = bring([deal_row(1, **cells, Contacts=contacts)], on_existing="update")

    known.refresh_from_db()
    assert (run.updated, run.created, run.failed, known.version) == (1, 0, 0, 2)
    assert (known.type, known.stage, known.value, known.worth, known.city, known.price_from) == (
        "buy", "reservation", 450_000, 45_000_000, "Calpe", 300_000,
    )  # fmt: skip
    assert (known.tag_names(), seats(known)) == (["cash"], [("Inés", "buyer"), ("Ada", "lawyer")])
    assert order(account, "reservation") == ["Villa 1", "Old"]
    told = {event.verb: event.data for event in known.events.filter(echo=False)}
    assert set(told) == {"changed", "deal_moved", "deal_joined"}
    assert [change["field"] for change in told["changed"]["changes"]] == ["value", "city", "tags"]
    assert (told["deal_moved"]["old"], told["deal_moved"]["new"]) == ("Offer", "Reservation")
    assert told["deal_joined"] == {"who": ada.full_name, "role": "Lawyer"}
    assert [(event.verb, event.data["deal"]) for event in ines.events.all()] == [("deal_moved", "Villa 1")]
    assert [(event.verb, event.data["role"]) for event in ada.events.all()] == [("deal_joined", "Lawyer")]


def test_an_update_changes_a_role_that_the_row_gives_and_takes_nobody_away(known, ada, bring):
    PartyFactory(deal=known, person=ada, role="lawyer")

    bring([deal_row(1, Contacts="ines@example.com (Tenant)")], on_existing="update")
    assert seats(known) == [("Inés", "tenant"), ("Ada", "lawyer")]
    bring([deal_row(1)], on_existing="update")

    assert seats(known) == [("Inés", "tenant"), ("Ada", "lawyer")]
    assert known.events.get(echo=False).data == {"who": "Inés Dourado López", "role": "Tenant", "old": "Buyer"}


def test_an_update_to_won_closes_the_deal_and_one_back_opens_it_again(known, bring):
    bring([deal_row(1, Stage="Lost", Reason="Too dear")], on_existing="update")
    known.refresh_from_db()
    assert (known.closed_at, known.reason) == (known.stage_since, "Too dear")
    bring([deal_row(1, Stage="Offer")], on_existing="update")

    known.refresh_from_db()
    assert (known.closed_at, known.reason) == (None, "")


def closed_day(deal):
    """When a deal was closed by the clock of its office."""
    deal.refresh_from_db()
    return deal.closed_at.astimezone(deal.account.zone).replace(tzinfo=None)


@pytest.mark.parametrize("header", ["Won or lost on", "Gewonnen am", "Fecha de pérdida", "deal.closed_at"])
@pytest.mark.parametrize("cells", [{"Stage": "Won"}, {"Stage": "Lost", "Reason": "Too dear"}])
def test_a_deal_was_closed_at_noon_of_the_day_that_is_named(account, bring, header, cells):
    account.time_zone = "Atlantic/Canary"
    account.save()
    bring([deal_row(**cells, **{header: "31.03.2025"})])

    deal = Deal.objects.get()
    assert closed_day(deal) == dt.datetime(2025, 3, 31, 12)
    assert deal.stage_since == deal.created_at


def test_a_deal_closed_today_was_not_closed_later_than_now(account, bring):
    today = timezone.localdate(timezone=account.zone)
    bring([deal_row(Stage="Won", **{"Won or lost on": today.isoformat()})])

    deal = Deal.objects.get()
    assert deal.closed_at <= timezone.now()
    assert closed_day(deal).date() == today


def test_the_day_is_the_offices_own(account, check, monkeypatch):
    now = dt.datetime(2026, 5, 1, 22, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    row = deal_row(Stage="Won", **{"Won or lost on": "2026-05-02"})
    assert errors(check([row])) == []
    account.time_zone = "Europe/London"
    account.save()
    assert errors(check([row])) == [("closed_on", "A deal cannot have been won or lost in the future.")]


def test_an_update_that_wins_a_deal_takes_the_day_and_tells_of_it(known, bring):
    bring([deal_row(1, Stage="Won", **{"Won or lost on": "2025-03-31"})], on_existing="update")

    assert closed_day(known) == dt.datetime(2025, 3, 31, 12)
    told = {event.verb: event.data["changes"] for event in known.events.filter(echo=False)}
    assert set(told) == {"deal_moved", "changed"}
    assert told["changed"] == [{"field": "closed_at", "old": "", "new": "31 Mar 2025"}]


def test_an_update_of_a_closed_deal_changes_its_day_alone(known, bring):
    since = timezone.now() - dt.timedelta(days=9)
    Deal.objects.update(stage="won", closed_at=since, stage_since=since, rank=7)
    run = bring([deal_row(1, **{"Won or lost on": "2025-03-31"})], on_existing="update")

    assert (run.updated, closed_day(known)) == (1, dt.datetime(2025, 3, 31, 12))
    assert (known.stage, known.stage_since, known.rank, known.version) == ("won", since, 7, 2)
    assert [event.verb for event in known.events.filter(echo=False)] == ["changed"]


@pytest.mark.parametrize("day", ["", "2025-03-31"])
def test_an_update_with_the_same_day_or_none_keeps_the_moment(known, bring, day):
    moment = dt.datetime(2025, 3, 31, 8, 15, tzinfo=dt.UTC)
    Deal.objects.update(stage="won", closed_at=moment, stage_since=moment)
    bring([deal_row(1, City="Calpe", **{"Won or lost on": day})], on_existing="update")

    known.refresh_from_db()
    assert (known.city, known.closed_at) == ("Calpe", moment)


@pytest.mark.parametrize("stage", ["", "Reservation"])
def test_an_update_of_an_open_deal_refuses_the_day(known, check, stage):
    Deal.objects.update(stage="won" if stage else "offer", closed_at=timezone.now() if stage else None)
    run = check([deal_row(1, Stage=stage, **{"Won or lost on": "2025-03-31"})], on_existing="update")

    assert [field for field, _message in errors(run)] == ["closed_on"]
    assert run.staged.get().errors[0]["column"] is not None


def test_a_deal_reopened_since_the_check_fails_its_row(known, check):
    Deal.objects.update(stage="won", closed_at=timezone.now())
    run = check([deal_row(1, **{"Won or lost on": "2025-03-31"})], on_existing="update")
    Deal.objects.update(stage="offer", closed_at=None, version=2)
    work(run, Job.IMPORT)

    assert (run.updated, run.failed) == (0, 1)
    assert errors(run)[0][0] == "closed_on"


def test_an_update_to_a_type_of_the_other_pipeline_needs_a_stage_of_it(known, check, bring):
    Deal.objects.update(stage="deed")
    wrong = errors(check([deal_row(1, Type="Sell")], on_existing="update"))
    assert wrong[0][0] == "stage"
    assert wrong[0][1].startswith("A deal of type Sell has no stage “Signing Deed”. Use one of: Mandate,")

    assert bring([deal_row(1, Type="Sell", Stage="Deposit")], on_existing="update").updated == 1
    known.refresh_from_db()
    assert (known.type, known.pipeline, known.stage) == ("sell", "owner", "deposit")


def test_an_update_to_a_type_of_the_other_pipeline_is_told_with_both_and_the_client_follows(known, ines, bring):
    Deal.objects.update(stage="offer")
    bring([deal_row(1, Type="Sell")], on_existing="update")

    [move] = Event.objects.filter(verb="deal_moved", deal=known, echo=False)
    assert (move.data["old"], move.data["new"]) == ("Buyer, Offer", "Owner, Offer")
    assert [change["field"] for change in move.data["changes"]] == ["type"]
    assert Event.objects.get(verb="deal_moved", person=ines).data["new"] == "Owner, Offer"
    assert known.parties.get(person=ines).role == "seller"
    assert Event.objects.get(verb="deal_role", person=ines).data["role"] == "Seller"


def test_a_role_that_the_row_names_stays_with_another_type(known, ines, bring):
    Deal.objects.update(stage="offer")
    bring([deal_row(1, Type="Sell", Contacts="ines@example.com (Buyer)")], on_existing="update")

    assert known.parties.get(person=ines).role == "buyer"


@pytest.fixture
def lawyer_led(known, ada, agent):
    """Make a lead of the lawyer of a deal that is won."""
    PartyFactory(deal=known, person=ada, role="lawyer")
    Deal.objects.update(stage="won", closed_at=timezone.now())
    return lambda: revert(ada, by=agent)


def test_an_update_does_not_open_a_deal_in_which_a_lead_takes_part(known, lawyer_led, check):
    lawyer_led()
    ((field, message),) = errors(check([deal_row(1, Stage="Offer")], on_existing="update"))

    assert field == "stage"
    assert message.startswith("Ada")
    assert message.endswith("to a contact first.")
    assert errors(check([deal_row(1, City="Calpe")], on_existing="update")) == []


def test_an_update_opens_no_deal_in_which_somebody_became_a_lead_since_the_check(known, lawyer_led, check):
    run = check([deal_row(1, Stage="Offer")], on_existing="update")
    lawyer_led()
    work(run, Job.IMPORT)

    assert (run.updated, run.failed) == (0, 1)
    assert errors(run)[0][0] == "stage"
    known.refresh_from_db()
    assert known.stage == "won"


def test_who_lies_in_the_trash_is_told_of_what_an_update_moves(known, ada, agent, bring):
    PartyFactory(deal=known, person=ada, role="lawyer")
    ada.trash(by=agent)
    bring([deal_row(1, Stage="Reservation")], on_existing="update")

    assert Event.objects.filter(verb="deal_moved", person=ada).count() == 1


def test_an_update_that_breaks_a_rule_only_by_now_fails_its_row(known, check):
    run = check([deal_row(1, **{"Price to": "350k"}), deal_row(2)], on_existing="update")
    Deal.objects.filter(pk=known.pk).update(price_from=390_000, version=2)
    work(run, Job.IMPORT)

    assert (run.created, run.updated, run.failed) == (1, 0, 1)
    assert errors(run) == [("price_to", "The highest price is below the lowest.")]


def test_a_place_that_a_card_was_given_meanwhile_is_kept(known, check):
    run = check([deal_row(1, City="Calpe")], on_existing="update")
    Deal.objects.update(rank=77)
    work(run, Job.IMPORT)

    assert (Deal.objects.get().rank, Deal.objects.get().city) == (77, "Calpe")


def test_a_deal_trashed_or_renamed_since_the_check_fails_its_row(known, admin, check):
    run = check([deal_row(1)], on_existing="update")
    Deal.objects.update(name="Another", name_key="another", version=2)
    work(run, Job.IMPORT)

    assert (run.updated, run.failed) == (0, 1)
    assert errors(run)[0][1].startswith("The deal was deleted, or its name or client changed")


def test_a_contact_who_has_gone_meanwhile_fails_the_row(account, admin, ada, ines, check):
    run = check([deal_row(1), deal_row(2, Contacts="ada@example.org (Buyer)"), deal_row(3)])
    ada.trash(by=admin)
    work(run, Job.IMPORT)

    assert (run.created, run.failed) == (2, 1)
    assert errors(run) == [
        ("contacts", "ada@example.org is no contact any more: deleted, or made a lead again, while the import ran.")
    ]


def test_an_owner_who_has_gone_meanwhile_fails_the_row(agent, check):
    run = check([deal_row(1)])
    agent.is_active = False
    agent.save()
    work(run, Job.IMPORT)

    assert errors(run) == [("owner_email", "No active user of this account has this email.")]


def test_a_deal_made_since_the_check_is_not_made_twice(account, ines, check):
    run = check([deal_row(1), deal_row(2)])
    made = DealFactory(account=account, name="VILLA 1")
    PartyFactory(deal=made, person=ines)
    work(run, Job.IMPORT)

    assert (run.created, run.failed) == (1, 1)
    assert errors(run)[0][1] == "Another deal took this name with this client while the import ran."


def test_an_import_that_was_interrupted_goes_on_and_makes_nothing_twice(account, check, monkeypatch):
    monkeypatch.setattr(writing, "CHUNK_ROWS", 3)
    run = check([deal_row(number) for number in range(10)])
    jobs.launch(run, Job.IMPORT, queue=False)
    jobs.work(run.pk, lambda: True)
    run.refresh_from_db()
    assert 0 < run.created < 10
    jobs.work(run.pk)

    run.refresh_from_db()
    assert (run.status, run.created, Deal.objects.count(), Party.objects.count()) == ("done", 10, 10, 10)
    assert order(account) == [f"Villa {number}" for number in range(10)]
    assert Event.objects.filter(verb="imported").count() == Event.objects.filter(verb="deal_made").count() == 10


def test_a_chunk_that_fails_leaves_nothing_behind_and_is_written_again(check, monkeypatch):
    from deals import importing

    run = check([deal_row(1), deal_row(2)])
    whole = importing.tell_people
    monkeypatch.setattr(importing, "tell_people", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work(run, Job.IMPORT)
    assert (Deal.objects.count(), Party.objects.count(), Event.objects.count()) == (0, 0, 0)
    monkeypatch.setattr(importing, "tell_people", whole)
    jobs.resume(run)
    jobs.work(run.pk)

    assert (Deal.objects.count(), Party.objects.count()) == (2, 2)


def test_undo_moves_new_deals_to_the_trash_and_leaves_their_contacts(known, ines, admin, bring):
    run = bring([deal_row(1, City="Calpe"), deal_row(2), deal_row(3)], on_existing="update")
    work(run, Job.UNDO)

    known.refresh_from_db()
    assert (run.undone, list(Deal.objects.all()), known.city) == (2, [known], "Calpe")
    assert Person.objects.filter(pk=ines.pk).exists()
    assert restore_deals(Deal.with_trash.all(), by=admin) == (2, {})
    assert [deal.parties.present().count() for deal in Deal.objects.exclude(pk=known.pk)] == [1, 1]


def test_a_chunk_is_written_in_as_many_statements_whatever_its_size(account, check):
    TagFactory(account=account, name="a")
    for number in range(60):
        ContactFactory(account=account, email=f"c{number}@example.com")
    few = check([deal_row(number, Tags="a", Contacts=f"c{number}@example.com") for number in (1, 2)])
    many = check([deal_row(number, Tags="a", Contacts=f"c{number}@example.com") for number in range(10, 60)])

    assert statements(few) == statements(many)


def test_updates_are_written_in_as_many_statements_whatever_their_number(account, ada, ines, check):
    for number in range(60):
        PartyFactory(deal=DealFactory(account=account, name=f"Villa {number}", value=400_000), person=ines)
    cells = {"Stage": "Offer", "Value": "450k", "Contacts": "ines@example.com, ada@example.org (Notary)"}
    few = check([deal_row(number, **cells) for number in (1, 2)], on_existing="update")
    many = check([deal_row(number, **cells) for number in range(10, 60)], on_existing="update")

    assert statements(few) == statements(many)


def statements(run):
    """How many statements the import of a run takes."""
    with CaptureQueriesContext(connection) as asked:
        work(run, Job.IMPORT)
    assert run.failed == 0
    return len(asked)


def test_a_chunk_is_checked_with_as_many_questions_whatever_its_size(account, check):
    def questions(numbers):
        with CaptureQueriesContext(connection) as asked:
            check([deal_row(number) for number in numbers])
        return len(asked)

    questions([1])  # what is remembered of a mapping is written once
    assert questions(range(2)) == questions(range(10, 60))


def test_of_another_office_nothing_is_known_or_changed(stranger, bring):
    theirs = DealFactory(account=stranger.account, name="Villa 1")
    PartyFactory(deal=theirs, person=ContactFactory(account=stranger.account, email="ines@example.com"))

    run = bring([deal_row(1, City="Calpe")], on_existing="update")

    theirs.refresh_from_db()
    assert (run.created, theirs.city) == (1, "")


def test_a_name_of_nothing_but_punctuation_is_a_name(account, bring):
    bring([deal_row(Name="...")])

    assert bring([deal_row(Name="...")]).failed == 1
    assert bring([deal_row(Name="-")]).created == 1


@pytest.mark.parametrize(
    "cell", [" " * 32_000 + "x", "<" + "@" * 32_000, "(" * 32_000, "ines@example.com" + " (" * 16_000]
)
def test_a_cell_as_long_as_a_spreadsheet_holds_is_read_at_once(cell):
    began = perf_counter()

    named_in(cell)

    assert perf_counter() - began < 1


def test_names_instead_of_addresses_are_told_once(check):
    assert errors(check([deal_row(Contacts="Andrea Dourado López; Ada Byron")])) == [
        ("contacts", "Name contacts by their email address.")
    ]


@pytest.fixture
def won(known):
    """The known deal, won long ago."""
    long_ago = timezone.now() - dt.timedelta(days=400)
    Deal.objects.filter(pk=known.pk).update(stage="won", stage_since=long_ago, closed_at=long_ago, rank=7)
    return Deal.objects.get(pk=known.pk)


@pytest.mark.parametrize(("kind", "kept"), [("Rent", True), ("Sell", False)])
def test_an_update_of_the_type_alone_leaves_the_day_of_closing(won, bring, kind, kept):
    assert bring([deal_row(1, Type=kind)], on_existing="update").updated == 1

    stored = Deal.objects.get()
    assert (stored.type, stored.stage, stored.closed_at) == (kind.lower(), "won", won.closed_at)
    assert ((stored.stage_since, stored.rank) == (won.stage_since, won.rank)) is kept


@pytest.mark.parametrize(
    ("choice", "told"), [("error", (0, 0, 2)), ("skip", (0, 2, 0)), ("update", (2, 0, 0))], ids=str
)
def test_an_export_that_comes_back_is_met_as_the_run_says(known, won, account, ada, as_admin, imported, choice, told):  # noqa: F811
    PartyFactory(
        deal=DealFactory(account=account, name="Casa", stage="lost", reason="Too dear"), person=ada, role="buyer"
    )
    before = list(Deal.objects.order_by("pk").values())
    file = b"".join(as_admin.get(reverse("deals:export")).streaming_content)

    run = imported(file, kind="deal", on_existing=choice)

    assert (run.updated, run.skipped, run.failed) == told
    assert list(Deal.objects.order_by("pk").values()) == before
