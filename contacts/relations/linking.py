"""Who belongs to a company, from the company's side: linking people to it, and letting them go."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from contacts.models import Person
from contacts.relations.models import Relation


def link(relation: Relation, people: Iterable[Any], *, by: Any) -> int:
    """Make people belong to the company, who may have belonged to another; return for how many that is new.

    Each link is an event on both timelines, and a new version of the person. Raises ValidationError for a company in
    the trash.
    """
    with transaction.atomic():
        return sum(1 for person in people if _moved(person.pk, relation, by))


def unlink(relation: Relation, person: Any, *, by: Any) -> bool:
    """Let somebody go from the company; return False when they belong to it no longer."""
    with transaction.atomic():
        stored = Person.objects.select_for_update().filter(pk=person.pk).first()
        if stored is None or stored.relation_id != relation.pk:
            return False
        stored.relation = None
        return bool(stored.revise(by=by, version=stored.version, only=["relation"]))


def _moved(pk: int, relation: Relation, by: Any) -> bool:
    """Take the stored version, not one that somebody has seen: a link undoes nobody's other work."""
    stored = Person.objects.select_for_update().filter(pk=pk).first()
    if stored is None:  # moved to the trash meanwhile
        return False
    stored.relation = relation
    return bool(stored.revise(by=by, version=stored.version, only=["relation"]))
