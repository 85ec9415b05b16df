"""Updating known records from rows of a file: many at once, each with its events, nobody's changes overwritten."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from contacts.creation_by_import import add_tags, tell_of_links
from contacts.imports import bulk
from contacts.imports.kinds import Failure, Good
from contacts.imports.models import ImportRun
from contacts.models.revising import events_of, words_of
from contacts.models.tag import tag_key
from contacts.relations.naming import Names
from contacts.subjects.revising import Change, shown
from contacts.timeline.models import Event
from contacts.timeline.verbs import VERBS
from tesoro.addresses import POINT, leave_point
from tesoro.geocoding.places import PLACE, point_told

# Of these a cell can say that there is none, which an empty cell does not.
CAN_BE_NONE = frozenset({"salutation", "language"})
UPKEEP = ["version", "search_text", "name_key", "email_key", *POINT]


class Revisions:
    """The rows of a chunk that update records, compared with these as they stood when the chunk was prepared.

    ``records`` are the live records of the kind, ``columns`` those of the file, ``lost`` what is said of a record that
    has gone meanwhile. An empty cell never wipes a value; "None" does, where a field has it. A given tag is added, none
    is taken off. The key stays as it is: by it the record was found.
    """

    key_field = "email"
    beside: Sequence[str] = ()
    # What is stored along with the tracked fields.
    upkeep: Sequence[str] = UPKEEP

    def __init__(
        self, run: ImportRun, rows: Sequence[Good], records: Any, columns: Mapping[str, Any], lost: Failure
    ) -> None:
        self._run, self._records, self._lost, self._now = run, records, lost, timezone.now()
        self._columns = columns
        self._rows = {row.target: row for row in rows if row.target is not None}
        self._known: dict[int, Any] = {}
        self._changes: dict[int, list[Change]] = {}
        self._before: dict[int, int | None] = {}
        self._refused: dict[int, Failure] = {}
        self._labels: dict[tuple[Any, str, Any], str] = {}
        if rows:
            self._compare()

    def write(self, gone: Collection[int] = ()) -> tuple[int, dict[int, Failure]]:
        """Store the changes with their events; return how many records the rows met, and the rows that met none.

        Records that somebody has saved since they were compared are compared again, behind the lock.
        """
        if not self._rows:
            return 0, {}
        rows = {pk: row for pk, row in self._rows.items() if row.line not in gone}
        locked = self._records.select_for_update().filter(pk__in=rows).order_by("pk")
        stored = dict(locked.values_list("pk", "version"))
        named = self._named([rows[pk] for pk in stored])
        if named or any(pk not in self._known or self._known[pk].version != stored[pk] for pk in stored):
            self._compare()
        met = [pk for pk in rows if pk in stored and pk in self._known and pk not in self._refused]
        self._store([self._known[pk] for pk in met if self._changes[pk]])
        if tagged := {pk: rows[pk].values["tags"] for pk in met if rows[pk].values.get("tags")}:
            add_tags(self._records.model, self._run.account, tagged)
        refused = {pk: self._refused.get(pk, self._lost) for pk in rows if pk not in met}
        return len(met), {rows[pk].line: failure for pk, failure in refused.items()}

    def key_of(self, record: Any) -> str:
        """Return the key by which a row finds a record."""
        return record.email_key

    def told(self, record: Any, changes: list[Change]) -> list[tuple[str, list[Change]]]:
        """Return verb and changes of each event that tells what a row changed in a record."""
        return events_of(changes)

    def _named(self, rows: Sequence[Good]) -> bool:
        """Make the companies that rows name and nobody knows; whether there were any."""
        made = Names(self._run, rows, self._now).make()
        for row in rows:
            if row.line in made:
                row.values["relation"] = made[row.line]
        return bool(made)

    def _compare(self) -> None:
        """Set the values of the rows on the records, and keep what each change replaces."""
        self._known, self._changes, self._refused = {}, {}, {}
        links = [field.name for field in self._links.values()]
        found = self._records.select_related(*links, *self.beside)
        targets = {name: self._targets(name, field) for name, field in self._links.items()}
        if any(row.values.get("tags") for row in self._rows.values()):
            found = found.prefetch_related("tags")
        for record in found.filter(pk__in=self._rows):
            row = self._rows[record.pk]
            for one in (record, *(part.row for part in _beside(record))):  # money is told in the account's currency
                one.account = self._run.account
            if self.key_of(record) == row.email_key:
                self._compare_one(record, row, targets)

    @cached_property
    def _links(self) -> dict[str, Any]:
        """The columns that hold another record, with the model's field: agent, company."""
        own = {field.name: field for field in self._records.model._meta.concrete_fields}
        fields = {name: own.get(column.attribute) for name, column in self._columns.items()}
        return {name: field for name, field in fields.items() if field is not None and field.is_relation}

    def _targets(self, name: str, field: Any) -> dict[int, Any]:
        wanted = {row.values[name] for row in self._rows.values() if isinstance(row.values.get(name), int)}
        return field.related_model._base_manager.in_bulk(wanted) if wanted else {}

    def _compare_one(self, record: Any, row: Good, targets: Mapping[str, dict[int, Any]]) -> None:
        self._before[record.pk] = getattr(record, "relation_id", None)
        before = dict(self._words(record))
        stood = copy(record)
        for name, value in row.values.items():
            if _is_given(name, value) and name not in ("tags", self.key_field, *targets):
                _set(record, self._columns[name].attribute, value)
            elif isinstance(value, int) and name in targets:
                setattr(record, self._columns[name].attribute, targets[name].get(value))
        record.placed = all(row.values.get(name) is not None for name in POINT)
        leave_point(stood, record)
        try:
            self.judge(record)
        except ValidationError as error:
            self._refused[record.pk] = self._failure(error)
        after = dict(self._words(record))
        changes = [
            {"field": name, "old": before[name], "new": after[name]} for name in before if before[name] != after[name]
        ]
        self._known[record.pk] = record
        self._changes[record.pk] = changes + _tags_added(record, row.values.get("tags"))

    def _words(self, record: Any) -> Iterator[tuple[str, str]]:
        """Yield each tracked field of a record, its point, and each of the rows beside it, as a reader sees it."""
        for name in record.tracked:
            yield name, self._shown(record, name)
        yield PLACE, point_told(record)
        for part in _beside(record):
            for name in part.names:
                yield name, self._shown(part.row, name)

    def _shown(self, row: Any, name: str) -> str:
        """Return a field as a reader sees it. Of a list each word is looked up once: some hold all countries."""
        field = row._meta.get_field(name)
        if getattr(field, "choices", None) is None:
            return shown(row, name)
        key = type(row), name, getattr(row, name)
        if key not in self._labels:
            self._labels[key] = shown(row, name)
        return self._labels[key]

    def judge(self, record: Any) -> None:
        """Judge what takes more than one field, once a row has changed a record, or raise ValidationError by field."""
        for part in _beside(record):
            part.row.clean()

    def _failure(self, error: ValidationError) -> Failure:
        """Return what breaks a rule of several fields, at the column of the first."""
        name, errors = next(iter(error.message_dict.items()))
        column = next((key for key, found in self._columns.items() if found.attribute.endswith(f"__{name}")), name)
        return Failure(column, errors[0])

    def _store(self, records: Sequence[Any]) -> None:
        events: list[tuple[Any, ...]] = []
        links: list[Any] = []
        active: list[int] = []
        for record in records:
            record.version += 1
            changes = self._changes[record.pk]
            told = self.told(record, [change for change in changes if change["field"] != "relation"])
            linked = self._links_told(record, [change for change in changes if change["field"] == "relation"])
            if linked or any(not VERBS[verb].upkeep for verb, _part in told):
                active.append(record.pk)
            record.draw_keys()
            events += [self._event(record, verb, part) for verb, part in told]
            links += linked
        own = set(self._records.model.tracked) - {self.key_field}
        update(records, own.union(self.upkeep))
        # Not from what was read before the lock: somebody may have written a note since.
        touched = self._records.model.with_trash.filter(pk__in=active, last_activity_at__lt=self._now)
        touched.update(last_activity_at=self._now)
        self.store_beside(records)
        subject = f"{self._records.model.subject}_id"
        bulk.insert(Event, ("account_id", subject, "verb", "actor_id", "at", "data"), events)
        if links:
            tell_of_links(self._run, links, self._now)

    def store_beside(self, records: Sequence[Any]) -> None:
        """Store the rows beside the records."""

    def moved(self, record: Any, name: str) -> bool:
        """Whether a field of a record, or of a row beside it, is to change."""
        return any(change["field"] == name for change in self._changes[record.pk])

    def _event(self, record: Any, verb: str, changes: list[Change]) -> tuple[Any, ...]:
        data = json.dumps({"version": record.version, "changes": changes, **words_of(verb, changes)})
        return self._run.account_id, record.pk, verb, self._run.user_id, bulk.moment(self._now), data

    def _links_told(self, record: Any, changes: list[Change]) -> list[Any]:
        """Return the links that a change of company takes away and makes."""
        links: list[Any] = []
        for change in changes:
            for company, verb, old, new in (
                (self._before[record.pk], "unlinked", change["old"], ""),
                (record.relation_id, "linked", "", change["new"]),
            ):
                told = {"version": record.version, "changes": [{"field": "relation", "old": old, "new": new}]}
                if company is not None:
                    links.append((record.pk, record.full_name, company, verb, told))
        return links


def _is_given(name: str, value: Any) -> bool:
    """Whether a cell says anything."""
    return value not in (None, "") or (value == "" and name in CAN_BE_NONE)


def _beside(record: Any) -> list[Any]:
    return [part for key, part in record.parts().items() if key]


def _set(record: Any, attribute: str, value: Any) -> None:
    """Set a field of a record, or of the row beside it that "lead__status" names."""
    *path, name = attribute.split("__")
    if path:
        row = getattr(record, path[0])
        setattr(row, name, row._meta.get_field(name).to_python(value))
    else:
        setattr(record, name, value)


def _tags_added(record: Any, names: list[str] | None) -> list[Change]:
    """Return as a change the tags that the record does not have yet; the tags are prefetched."""
    if not names:
        return []
    present = list(record.tags.all())
    keys = {tag.key for tag in present}
    added = list({tag_key(name): name for name in names if tag_key(name) not in keys}.values())
    old = [tag.name for tag in present]
    return [{"field": "tags", "old": ", ".join(old), "new": ", ".join(old + added)}] if added else []


def update(rows: Sequence[Any], names: Collection[str]) -> None:
    """Store fields of rows of one model as they stand on the objects."""
    if rows:
        fields = [field for field in type(rows[0])._meta.concrete_fields if field.name in names]
        values = [(*(_stored(row, field) for field in fields), row.pk) for row in rows]
        bulk.update(type(rows[0]), [field.attname for field in fields], values)


def _stored(row: Any, field: Any) -> Any:
    """Return a field as the database takes it; a phone that nobody read stays the text it was loaded as."""
    value = row.__dict__.get(field.attname, getattr(row, field.attname))
    if field.get_internal_type() == "DateTimeField":
        return bulk.moment(value)
    return getattr(value, "as_e164", value)
