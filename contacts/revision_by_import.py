"""Updating contacts from rows of a file: many at once, each with its event, nobody's changes overwritten."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from contacts.imports import bulk
from contacts.imports.kinds import Failure, Good
from contacts.imports.models import ImportRun
from contacts.models import Person
from contacts.models.revising import TRACKED, events_of, shown
from contacts.models.tag import tag_key
from contacts.models.tagging import add_tags
from contacts.relations.models import Relation
from contacts.timeline.models import Event
from contacts.timeline.verbs import VERBS

KEYS = ["email_key", "name_key", "search_text", "version", "last_activity_at"]
EVENT = ("account_id", "person_id", "verb", "actor_id", "at", "data")


class Revisions:
    """The rows of a chunk that update contacts, compared with these as they stood when the chunk was prepared.

    An empty cell never wipes a value. A given tag is added, none is taken off. The email stays as it is: by it the
    contact was found.
    """

    def __init__(self, run: ImportRun, rows: Sequence[Good], now: Any) -> None:
        self._run, self._now = run, now
        self._rows = {row.target: row for row in rows if row.target is not None}
        self._people: dict[int, Person] = {}
        self._changes: dict[int, list[dict[str, str]]] = {}
        if rows:
            self._compare()

    def write(self, gone: Collection[int] = ()) -> tuple[int, dict[int, Failure]]:
        """Store the changes with their events; return how many contacts the rows met, and the rows that met none.

        Contacts that somebody has saved since they were compared are compared again, behind the lock.
        """
        if not self._rows:
            return 0, {}
        rows = {pk: row for pk, row in self._rows.items() if row.line not in gone}
        locked = self._contacts().select_for_update().filter(pk__in=rows).order_by("pk")
        stored = dict(locked.values_list("pk", "version"))
        if any(pk not in self._people or self._people[pk].version != version for pk, version in stored.items()):
            self._compare()
        met = [pk for pk in rows if pk in stored and pk in self._people]
        self._store([self._people[pk] for pk in met if self._changes[pk]])
        self._tag({pk: rows[pk].values["tags"] for pk in met if rows[pk].values.get("tags")})
        lost = Failure("email", _("The contact was deleted, or its email changed, while the import ran."))
        return len(met), {row.line: lost for pk, row in rows.items() if pk not in met}

    def _contacts(self) -> Any:
        return Person.objects.for_account(self._run.account).contacts()

    def _compare(self) -> None:
        """Set the values of the rows on the contacts, and keep what each change replaces."""
        self._people, self._changes = {}, {}
        found = self._contacts().select_related("assigned_to", "relation")
        users = self._run.account.users.in_bulk()
        relations = self._relations()
        if any(row.values.get("tags") for row in self._rows.values()):
            found = found.prefetch_related("tags")
        for person in found.filter(pk__in=self._rows):
            row = self._rows[person.pk]
            if person.email_key != row.email_key:
                continue
            given = {name: value for name, value in row.values.items() if value not in (None, "")}
            if "owner_email" in given:
                given["assigned_to"] = users.get(given.pop("owner_email"))
            if "relation" in given:
                given["relation"] = relations.get(given["relation"])
            self._people[person.pk] = person
            self._changes[person.pk] = _apply(person, given) + _tags_added(person, row.values.get("tags"))

    def _relations(self) -> dict[int, Any]:
        wanted = {row.values["relation"] for row in self._rows.values() if row.values.get("relation")}
        return Relation.objects.for_account(self._run.account).in_bulk(wanted) if wanted else {}

    def _store(self, people: Sequence[Person]) -> None:
        fields: list[Any] = [Person._meta.get_field(name) for name in [*TRACKED, *KEYS] if name != "email"]
        tuples, events = [], []
        for person in people:
            changes = self._changes[person.pk]
            person.version += 1
            told = events_of(changes)
            if any(not VERBS[verb].upkeep for verb, _changes in told):
                person.last_activity_at = max(self._now, person.last_activity_at)
            person.draw_keys()
            values = [_stored(person, field) for field in fields]
            tuples.append((*values, person.pk))
            events += [self._event(person, verb, part) for verb, part in told]
        bulk.update(Person, [field.attname for field in fields], tuples)
        bulk.insert(Event, EVENT, events)

    def _event(self, person: Person, verb: str, changes: list[dict[str, str]]) -> tuple[Any, ...]:
        data = json.dumps({"version": person.version, "changes": changes})
        return self._run.account_id, person.pk, verb, self._run.user_id, bulk.moment(self._now), data

    def _tag(self, names: dict[int, list[str]]) -> None:
        if names:
            add_tags(self._run.account, names)


def _apply(person: Person, given: dict[str, Any]) -> list[dict[str, str]]:
    """Set what differs on the person; return the changes as an event tells them."""
    changes = []
    for name in TRACKED:
        if name not in given or name == "email":
            continue
        old = shown(person, name)
        setattr(person, name, given[name])
        new = shown(person, name)
        if old != new:
            changes.append({"field": name, "old": old, "new": new})
    return changes


def _tags_added(person: Person, names: list[str] | None) -> list[dict[str, str]]:
    """Return as a change the tags that the person does not have yet; the tags are prefetched."""
    if not names:
        return []
    present = list(person.tags.all())
    keys = {tag.key for tag in present}
    added = list({tag_key(name): name for name in names if tag_key(name) not in keys}.values())
    old = [tag.name for tag in present]
    return [{"field": "tags", "old": ", ".join(old), "new": ", ".join(old + added)}] if added else []


def _stored(person: Person, field: Any) -> Any:
    """Return a field as the database takes it; a phone that nobody read stays the text it was loaded as."""
    value = person.__dict__.get(field.attname, getattr(person, field.attname))
    if field.get_internal_type() == "DateTimeField":
        return bulk.moment(value)
    return getattr(value, "as_e164", value)
