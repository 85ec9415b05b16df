"""What an export writes comes in again: the same contacts, leads and relations, field by field."""

import pytest

from contacts.exporting import as_csv
from contacts.models import Kind, Person
from contacts.models.trashing import trash_people
from contacts.relations.models import Relation
from contacts.sections import sections
from contacts.subjects.trashing import trash_records
from leads.models import Lead
from tests.factories import ContactFactory, LeadFactory, RelationFactory

pytestmark = pytest.mark.django_db

NASTY = [
    "=1+1", "+SUM(A1)", "-5", "@home", "'quoted", "''twice", "'=1", "plain", "comma, here", 'say "hi"', "semi;colon",
    "|", "emoji 🏖️", "שלום עולם", "مرحبا بالعالم", "e\u0301 composed", "x" * 60, "\u202eevil", "%0A", "Ñandú",
]  # fmt: skip
PROSE = ["one\ntwo\n\nthree", "=1\n=2", "'\n'", "🏖️\n" * 30, "x" * 10_000, "שלום\nعالم", "tab\there", "-"]
OWN = {
    "id", "version", "created_at", "last_activity_at", "import_run", "import_line", "person", "relation", "created_by",
    "rank", "status_since", "deleted_at", "deleted_by", "latitude", "longitude",
}  # fmt: skip


def take_out_and_bring_in(section, kind, records, account, verified, work, **options):
    """Export records, move them to the trash, and import the file."""
    content = b"".join(as_csv(sections[section], records))
    if records.model is Relation:
        trash_records(records, by=account.users.first())
    else:
        trash_people(records, by=account.users.first())
    run = verified(content, kind=kind, default_type="", default_property_type="", **options)
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


def person(number):
    """What a person may hold at worst."""
    letters = ["O’Brien", "María-José", "عمر", "王", "D'Ístria", "van 't Hof", "J.", "É\u0301"]
    return {
        "first_name": letters[number % len(letters)], "last_name": letters[number * 3 % len(letters)],
        "email": f"=x{number}@example.com" if number % 2 else f"p{number}@example.org", "notes": prose(number),
        "street": nasty(number), "city": nasty(number + 1), "zip_code": nasty(number + 2), "state": nasty(number + 3),
        "country": ["ES", "", "GB"][number % 3], "language": ["es", "de", "ar"][number % 3],
        "salutation": ["mrs", "", "prof"][number % 3], "whatsapp": ["", "+34612345678"][number % 2],
        "do_not_contact": bool(number % 2),
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
        )  # fmt: skip
        settle(one, TAGS[number % 4])
    relations = Relation.objects.order_by("pk")
    before, tags = told(relations), [one.tag_names() for one in relations]

    run = take_out_and_bring_in("relations", "relation", relations, account, verified, work)

    assert run.created == 24
    assert told(relations.all()) == before
    assert [one.tag_names() for one in relations.all()] == tags
