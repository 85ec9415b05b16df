"""Light factories with sensible defaults. Phone numbers are libphonenumber's examples, emails end at example.com."""

from typing import Any

import factory

from accounts.models import Account, User
from contacts.lines.models import Line
from contacts.models import Contact, Kind, Person, Tag
from contacts.relations.models import Relation
from deals.models import Deal, DealType, Party, Stage
from leads.models import Lead
from tesoro.secrecy import seal
from tests.fakes.twilio import SID, TOKEN

PASSWORD = "a long password"


class AccountFactory(factory.django.DjangoModelFactory):
    """An office."""

    class Meta:
        model = Account

    name = factory.Sequence(lambda n: f"Casa Mirador {n}")
    time_zone = "Europe/Madrid"


class UserFactory(factory.django.DjangoModelFactory):
    """An active agent of an office, with a password."""

    class Meta:
        model = User

    account = factory.SubFactory(AccountFactory)
    email = factory.Sequence(lambda n: f"agent{n}@example.com")
    first_name = "Lucía"
    last_name = "Fernández-Ocaña"
    role = User.Role.AGENT
    password = factory.django.Password(PASSWORD)


class RelationFactory(factory.django.DjangoModelFactory):
    """A law firm."""

    class Meta:
        model = Relation

    account = factory.SubFactory(AccountFactory)
    name = factory.Sequence(lambda n: f"Bufete Echeverría {n}")
    type = "law_firm"


class TagFactory(factory.django.DjangoModelFactory):
    """A tag."""

    class Meta:
        model = Tag

    account = factory.SubFactory(AccountFactory)
    name = factory.Sequence(lambda n: f"Sea view {n}")


class PersonFactory(factory.django.DjangoModelFactory):
    """A person as an agent would have typed them in; no event is written."""

    class Meta:
        model = Person

    account = factory.SubFactory(AccountFactory)
    kind = Kind.CONTACT
    first_name = "Andrea"
    last_name = "Dourado López"
    email = factory.Sequence(lambda n: f"andrea{n}@example.com")
    phone = "+34612345678"
    role = "buyer"
    language = "es"
    assigned_to = factory.LazyAttribute(lambda person: UserFactory(account=person.account))


class ContactFactory(PersonFactory):
    """A contact."""

    class Meta:
        model = Contact


class PipelineFactory(factory.django.DjangoModelFactory):
    """The place of a person in the pipeline."""

    class Meta:
        model = Lead

    account = factory.SelfAttribute("person.account")
    property_types = "villa"


class LeadFactory(PersonFactory):
    """A lead; ``lead__status`` and the like say where it stands."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    kind = Kind.LEAD
    role = ""
    lead = factory.RelatedFactory(PipelineFactory, "person")


class LineFactory(factory.django.DjangoModelFactory):
    """A line to the Twilio on loopback."""

    class Meta:
        model = Line

    account = factory.SubFactory(AccountFactory)
    sid = SID
    token = factory.LazyFunction(lambda: seal(TOKEN))
    call_number = "+34912345678"
    whatsapp_number = "+34912345678"


def contact_data(**changes: Any) -> dict[str, Any]:
    """Return what the form of a new contact posts; ``None`` takes a field out."""
    data = {
        "first_name": "Katharina",
        "last_name": "von Hohenfels-Lindemann",
        "email": "k.hohenfels-lindemann@example.org",
        "phone": "+49 1512 3456789",
        "role": "buyer",
        "salutation": "mrs",
        "language": "de",
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


class DealFactory(factory.django.DjangoModelFactory):
    """A deal of a buyer as it stands in the table; no event is written, nobody takes part."""

    class Meta:
        model = Deal

    account = factory.SubFactory(AccountFactory)
    name = factory.Sequence(lambda n: f"Villa with pool {n}")
    type = DealType.BUY
    stage = Stage.KNOWING
    assigned_to = factory.LazyAttribute(lambda deal: UserFactory(account=deal.account))


class PartyFactory(factory.django.DjangoModelFactory):
    """A contact in a deal, as its buyer."""

    class Meta:
        model = Party

    deal = factory.SubFactory(DealFactory)
    account = factory.LazyAttribute(lambda party: party.deal.account)
    person = factory.LazyAttribute(lambda party: ContactFactory(account=party.deal.account))
    role = "buyer"
