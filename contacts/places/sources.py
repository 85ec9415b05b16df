"""The records of this room that have an address."""

from contacts.models import Kind, Person
from contacts.places.known import Source
from contacts.relations.models import Relation

LATEST = ("-last_activity_at", "-pk")


def _people(kind: Kind) -> Source:
    return lambda account: Person.objects.for_account(account).filter(kind=kind).order_by(*LATEST)


SOURCES: list[Source] = [
    _people(Kind.CONTACT),
    _people(Kind.LEAD),
    lambda account: Relation.objects.for_account(account).order_by(*LATEST),
]
