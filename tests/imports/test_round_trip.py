"""What an export writes comes in again: the same contacts, leads, relations and deals, field by field."""

import csv
import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from contacts.exporting import as_csv, as_xlsx
from contacts.models import Kind, Person, Tag
from contacts.models.trashing import trash_people
from contacts.relations.models import Relation
from contacts.sections import sections
from contacts.subjects.trashing import trash_records
from deals.models import Deal
from leads.models import Lead
from tests.factories import ContactFactory, DealFactory, LeadFactory, PartyFactory, RelationFactory, UserFactory

pytestmark = pytest.mark.django_db

NASTY = [
    "=1+1", "+SUM(A1)", "-5", "@home", "'quoted", "''twice", "'=1", "plain", "comma, here", 'say "hi"', "semi;colon",
    "|", "emoji 🏖️", "שלום עולם", "مرحبا بالعالم", "e\u0301 composed", "x" * 60, "\u202eevil", "%0A", "Ñandú",
]  # fmt: skip
PROSE = ["one\ntwo\n\nthree", "=1\n=2", "'\n'", "🏖️\n" * 30, "x" * 10_000, "שלום\nعالم", "tab\there", "-"]
OWN = {
    "id", "version", "created_at", "last_activity_at", "import_run", "import_line", "person", "relation", "created_by",
    "rank", "status_since", "stage_since", "closed_at", "deleted_at", "deleted_by",
}  # fmt: skip


def out_as_csv(section, records):
    """The list as the CSV file that an admin downloads."""
    return b"".join(as_csv(sections[section], records))


def out_as_xlsx(section, records):
    """The list as a workbook, saved from a spreadsheet as CSV."""
    with as_xlsx(sections[section], records) as book:
        sheet = load_workbook(book).active
        text = io.StringIO()
        # What a spreadsheet reads as one letter the library leaves as it is written.
        csv.writer(text).writerows([str(cell or "").replace("_x005F_", "_") for cell in row] for row in sheet.values)
    return text.getvalue().encode()


def trash(records):
    """Move records to the trash."""
    by = UserFactory(account=records.first().account)
    return trash_people(records, by=by) if records.model is Person else trash_records(records, by=by)


def take_out_and_bring_in(section, kind, records, account, verified, work, **options):
    """Export records, move them to the trash, and import the file."""
    content = out_as_csv(section, records)
    trash(records)
    return bring_in(content, kind, verified, work, **options)


def bring_in(content, kind, verified, work, **options):
    """Import a file in which no row is wrong, and no cell is left to a default."""
    run = verified(content, kind=kind, **{"default_type": "", "default_property_type": "", **options})
    failed = [row.errors for row in run.staged.all() if row.errors]
    assert failed == []
    work(run, "import")
    return run


def settle(record, tags):
    """Store a record as its own rules would have it, with tags."""
    record.full_clean(exclude=["tags"])
    record.save()
    record.set_tags(tags)


def told(rows):
    """Every field of rows, but those that tell when and by which door they came."""
    names = [field.name for field in rows.model._meta.concrete_fields if field.name not in OWN]
    return [{name: str(getattr(row, name)) for name in names} for row in rows]


def prose(number):
    return PROSE[number % len(PROSE)]


def nasty(number):
    return NASTY[number % len(NASTY)]


def point(number):
    """Where something stands: nowhere, at the ends of the earth, or to the last digit that is kept."""
    places = [(None, None), (-90.0, 180.0), (38.5987123, -0.0512), (0.0, 0.0), (-0.0000001, -179.9999999)]
    return dict(zip(("latitude", "longitude"), places[number % len(places)], strict=True))


def person(number):
    """What a person may hold at worst."""
    letters = ["O’Brien", "María-José", "عمر", "王", "D'Ístria", "van 't Hof", "J.", "É\u0301"]
    return {
        "first_name": letters[number % len(letters)], "last_name": letters[number * 3 % len(letters)],
        "email": f"=x{number}@example.com" if number % 2 else f"p{number}@example.org", "notes": prose(number),
        "street": nasty(number), "city": nasty(number + 1), "zip_code": nasty(number + 2), "state": nasty(number + 3),
        "country": ["ES", "", "GB"][number % 3], "language": ["es", "de", "ar"][number % 3],
        "salutation": ["mrs", "", "prof"][number % 3], "whatsapp": ["", "+34612345678"][number % 2],
        "do_not_contact": bool(number % 2), **point(number),
    }  # fmt: skip


TAGS = [["=cmd", "@tag", "Ünder"], [], ["-1", "🏖️"], ["שלום"]]


def test_contacts_come_in_again(account, admin, agent, verified):
    from .conftest import work

    firm = RelationFactory(account=account, name="=Firm, “A|B”; Sons")
    roles = ["buyer", "tax_adviser", "other"]
    for number in range(24):
        one = ContactFactory(
            account=account, assigned_to=[agent, admin][number % 2], role=roles[number % 3],
            relation=firm if number % 2 else None, **person(number),
        )  # fmt: skip
        settle(one, TAGS[number % 4])
    people = Person.objects.contacts().order_by("pk")
    before, tags = told(people), [one.tag_names() for one in people]
    firms = [one.relation for one in people]

    take_out_and_bring_in("contacts", "contact", people, account, verified, work)

    assert told(people.all()) == before
    assert [one.tag_names() for one in people.all()] == tags
    assert [one.relation for one in people.all()] == firms


LEADS = [
    {"type": "seller", "status": "lost", "reason": "=gone, @elsewhere", "stage": "hot", "source": "radio_tv"},
    {"type": "tenant", "status": "unqualified", "reason": "'no'", "source": "portals", "portal": "place_in_the_sun"},
    {"type": "landlord", "status": "qualified", "stage": "cold", "source": "portals", "portal": "other"},
    {
        "type": "buyer", "status": "contacted", "property_types": "apartment,penthouse,villa,other", "bedrooms": 0,
        "bathrooms": 99, "area_from": 0, "area_to": 10_000_000, "price_from": "0.00", "price_to": "9999999999.99",
        "locations": "=Marbella, @Altea, Jávea 🏖️", "features": "-pool, +view", "timing": "12m",
    },
    {"price_from": "1250000.50", "locations": "שלום, مرحبا", "features": "'sea", "timing": "open", "source": "print"},
]  # fmt: skip


def test_leads_come_in_again(account, admin, agent, verified):
    from .conftest import work

    for number in range(30):
        beside = {f"lead__{name}": value for name, value in LEADS[number % len(LEADS)].items()}
        one = LeadFactory(account=account, assigned_to=agent, **person(number), **beside)
        settle(one, TAGS[number % 4])
    leads, people = Lead.objects.in_pipeline().order_by("pk"), Person.objects.leads().order_by("pk")
    for lead in leads:
        lead.full_clean()
    before, persons = told(leads), told(people)
    tags = [one.tag_names() for one in people]

    run = take_out_and_bring_in("leads", "lead", people, account, verified, work)

    assert run.created == 30
    assert told(leads.all()) == before
    assert told(people.all()) == persons
    assert [one.tag_names() for one in people.all()] == tags
    assert {one.kind for one in people.all()} == {Kind.LEAD}


def test_relations_come_in_again(account, verified):
    from .conftest import work

    types, channels = ["law_firm", "agency", "other"], ["", "whatsapp", "sms"]
    for number in range(24):
        one = RelationFactory(
            account=account, name=f"{nasty(number)[:80]} {number} & co", type=types[number % 3],
            status=["active", "inactive"][number % 2], preferred_channel=channels[number % 3], note=prose(number),
            email=["", f"office{number}@example.com"][number % 2], phone=["", "+34612345678"][number % 2],
            website=["", "https://www.example.com/?a=1,2"][number % 2], credit_terms=nasty(number),
            street=nasty(number + 1), city=nasty(number + 2), zip_code="03590", country=["", "DE"][number % 2],
            **point(number),
        )  # fmt: skip
        settle(one, TAGS[number % 4])
    relations = Relation.objects.order_by("pk")
    before, tags = told(relations), [one.tag_names() for one in relations]

    run = take_out_and_bring_in("relations", "relation", relations, account, verified, work)

    assert run.created == 24
    assert told(relations.all()) == before
    assert [one.tag_names() for one in relations.all()] == tags


# Of the clock of an office in Madrid these are the days before and after what they are in London.
LATE, EARLY = dt.datetime(2025, 3, 1, 23, 30, tzinfo=dt.UTC), dt.datetime(2024, 7, 31, 22, 0, tzinfo=dt.UTC)
DEALS = [
    {"type": "buy", "stage": "lost", "reason": "=gone, @elsewhere", "value": "450000.55", "commission": "3.50",
     "closed_at": EARLY},
    {"type": "sell", "stage": "mandate", "value": "0.00", "closing_on": "2027-03-31", "price_from": "1250000.50"},
    {"type": "rent", "stage": "won", "closed_at": LATE, "bedrooms": 0, "bathrooms": 99, "area_from": 0,
     "area_to": 10_000_000},
    {"type": "rent_out", "stage": "offer", "property_types": "apartment,villa,other", "locations": "=Altea, @Jávea 🏖️"},
    {"type": "buy", "stage": "contract", "features": "-pool, +view, שלום", "value": "9999999999.99"},
]  # fmt: skip
# With what parts one tag of a cell from the next, and with quotation marks.
PARTING_TAGS = [
    ["Villa, sea", "a;b", "a|b"], ['"quoted"', 'say "hi", now', '"', '""'], ["=a,b", "-1;", ", ,"], ["plain"],
]  # fmt: skip


@pytest.fixture
def office(account, admin, agent):
    """An office of companies, contacts, leads and deals that hold all that can be typed."""
    firms = [
        RelationFactory(account=account, name=name, note=prose(place), street=nasty(place))
        for place, name in enumerate(["=Firm, “A|B”; Sons", "-Büro 🏖️", "'שלום & co", '"Quoted" Ltd, S.L.'])
    ]
    long = [
        "María de los Ángeles-Guadalupe " + "von und zu " * 5 + "Hohenfels",
        "Sáenz de Santamaría-y-Álvarez de Toledo",
    ]
    contacts, leads = [], []
    for number in range(16):
        cells = {**person(number), "last_name": long[number % 2], "assigned_to": [agent, admin][number % 2]}
        cells["language"] = ["", "de", "es"][number % 3]
        role = ["buyer", "lawyer", "other", "seller"][number % 4]
        contacts.append(ContactFactory(account=account, role=role, relation=[None, *firms][number % 5], **cells))
        cells |= {"email": f"l{cells['email'].lstrip('=')}", "relation": [*firms, None][number % 5]}
        beside = {f"lead__{name}": value for name, value in LEADS[number % len(LEADS)].items()}
        leads.append(LeadFactory(account=account, **cells, **beside))
    for number, one in enumerate([*firms, *contacts, *leads]):
        settle(one, [*TAGS[number % 4], *PARTING_TAGS[number % 4]])
    for number in range(20):
        deal = DealFactory(
            account=account, name=f"{nasty(number)[:80]} {number}", assigned_to=[agent, admin][number % 2],
            description=prose(number), street=nasty(number), city=nasty(number + 1), zip_code=nasty(number + 2),
            state=nasty(number + 3), country=["ES", "", "GB"][number % 3], **point(number),
            **DEALS[number % len(DEALS)],
        )  # fmt: skip
        settle(deal, [*TAGS[number % 4], *PARTING_TAGS[number % 4]])
        for place, role in enumerate(["lawyer", "seller", "buyer", "external_agent"][: number % 3 + 2]):
            PartyFactory(deal=deal, person=contacts[(number + place) % len(contacts)], role=role)
    return account


LISTS = {"relations": "relation", "contacts": "contact", "leads": "lead", "deals": "deal"}  # in this order they come in


def rows_of(section):
    """The live records of a section, oldest first."""
    models = {"relations": Relation.objects, "deals": Deal.objects}
    people = {"contacts": Person.objects.contacts, "leads": Person.objects.leads}
    return (people[section]() if section in people else models[section].all()).order_by("pk")


def everything():
    """All that the lists hold, with tags, companies, who takes part in deals as what, and the days of closing."""
    told_of = {section: told(rows_of(section)) for section in LISTS} | {
        "beside": told(Lead.objects.in_pipeline().order_by("pk"))
    }
    tags = {section: [one.tag_names() for one in rows_of(section)] for section in LISTS}
    firms = [str(one.relation or "") for section in ("contacts", "leads") for one in rows_of(section)]
    parties = [[(p.person.email, p.role) for p in deal.parties.in_order()] for deal in rows_of("deals")]
    closed = [deal.closed_at and deal.closed_at.astimezone(deal.account.zone).date() for deal in rows_of("deals")]
    return told_of, tags, firms, parties, closed


@pytest.mark.parametrize("out", [out_as_csv, out_as_xlsx])
def test_a_whole_office_comes_in_again(office, verified, out):
    from .conftest import work

    before = everything()
    files = {section: out(section, rows_of(section)) for section in LISTS}
    for section in LISTS:
        trash(rows_of(section))
    assert [count for section in LISTS if (count := rows_of(section).count())] == []

    created = [bring_in(files[section], kind, verified, work).created for section, kind in LISTS.items()]

    assert created == [4, 16, 16, 20]
    for part, was in zip(everything(), before, strict=True):
        assert part == was
    assert Tag.objects.count() == len({tag for tags in [*TAGS, *PARTING_TAGS] for tag in tags})


def test_cards_lie_on_the_board_in_the_order_of_the_file(account, verified, agent):
    from .conftest import work

    for name in "ABC":
        deal = DealFactory(account=account, name=name, assigned_to=agent)
        PartyFactory(deal=deal)
    take_out_and_bring_in("deals", "deal", Deal.objects.order_by("pk"), account, verified, work)

    assert "".join(Deal.objects.of_stage("buyer", "knowing").values_list("name", flat=True)) == "ABC"


def test_records_of_a_colleague_who_has_left_come_in_where_somebody_takes_them(account, admin, verified):
    from .conftest import work

    former = UserFactory(account=account, email="former@example.com")
    contact = ContactFactory(account=account, assigned_to=former, role="buyer")
    ContactFactory(account=account, assigned_to=None, role="buyer")
    LeadFactory(account=account, assigned_to=former)
    PartyFactory(deal=DealFactory(account=account, assigned_to=former), person=contact)
    former.is_active = False
    former.save()
    files = {section: out_as_csv(section, rows_of(section)) for section in LISTS if section != "relations"}
    for section in files:
        trash(rows_of(section))

    refused = verified(files["contacts"])
    assert [row.errors[0]["message"] for row in refused.staged.order_by("line")] == [
        "No active user of this account has this email.", "Owner email is missing.",
    ]  # fmt: skip
    for section, content in files.items():
        bring_in(content, LISTS[section], verified, work, unknown_owners="importer")

    assert {one.assigned_to for section in files for one in rows_of(section)} == {admin}


def test_somebody_whose_company_lies_in_the_trash_comes_in_without(account, admin, verified):
    from .conftest import work

    firm = RelationFactory(account=account)
    ContactFactory(account=account, relation=firm)
    firm.trash(by=admin)

    take_out_and_bring_in("contacts", "contact", rows_of("contacts"), account, verified, work)

    assert rows_of("contacts").get().relation is None


def test_a_language_that_nobody_knows_is_said_and_an_empty_cell_is_the_offices(account, agent, verified, imported):
    ContactFactory(account=account, assigned_to=agent, language="", email="a@example.com")
    content = out_as_csv("contacts", rows_of("contacts")).decode("utf-8-sig")
    cells = next(csv.DictReader(io.StringIO(content)))
    assert cells["Language"] == "none"

    imported([{**cells, "Email": "b@example.com"}, {**cells, "Email": "c@example.com", "Language": ""}])

    assert [one.language for one in rows_of("contacts")] == ["", "", account.language]
