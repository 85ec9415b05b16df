"""Who belongs to a company, from the company's side: linking people to it, and letting them go."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from contacts.models import Person
from contacts.models.linking import hold_companies
from contacts.relations.models import Relation


def link(relation: Relation, people: Iterable[Any], *, by: Any) -> int:
    """Make people belong to the company, who may have belonged to another; return for how many that is new.

    Each link is an event on both timelines, and a new version of the person. Raises ValidationError for a company in
    the trash.
    """
    ids = {person.pk for person in people}
    with transaction.atomic():
        held = list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        hold_companies({relation.pk, *(person.relation_id for person in held if person.relation_id)})
        return sum(_linked(person, relation, by) for person in held)


def unlink(relation: Relation, person: Any, *, by: Any) -> bool:
    """Let somebody go from the company; return False when they belong to it no longer."""
    with transaction.atomic():
        stored = Person.objects.select_for_update().filter(pk=person.pk).first()
        if stored is None or stored.relation_id != relation.pk:
            return False
        stored.relation = None
        return bool(stored.revise(by=by, version=stored.version, only=["relation"]))


def company_of(person: Any) -> Any:
    """Return the company that somebody belongs to, or None; one in the trash is none."""
    company = person.relation
    return company if company is not None and not company.in_trash else None


def _linked(stored: Person, relation: Relation, by: Any) -> bool:
    """Take the stored version, not one that somebody has seen: a link undoes nobody's other work."""
    stored.relation = relation
    return bool(stored.revise(by=by, version=stored.version, only=["relation"]))
