"""New records from rows of a file: many at once, one statement a table, each with its event."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from contacts.imports import bulk
from contacts.imports.kinds import Good
from contacts.imports.models import ImportRun
from contacts.models.tag import tag_key, tags_named
from contacts.relations.models import Relation
from contacts.subjects.tagging import links_of
from contacts.timeline.models import Event

# Of these a row may say that there is none, which is not to leave the cell empty.
SAID = ("salutation", "language")
LINK = ("account_id", "person_id", "relation_id", "verb", "actor_id", "at", "data")


class Creation:
    """The new records of one run. Of whatever a row does not give, a record has what the model says."""

    def __init__(self, run: ImportRun, model: Any, attnames: Mapping[str, str]) -> None:
        self._run, self._model, self._attnames = run, model, attnames
        self._defaults = {field.attname: field.get_default() for field in model._meta.concrete_fields}
        del self._defaults["id"]
        self._places = {name: place for place, name in enumerate(self._defaults)}
        self.at = timezone.now()

    def start(self, **shared: Any) -> dict[str, Any]:
        """Return the columns of a new record by name, with what all rows of a chunk share; ``at`` is its moment."""
        self.at = timezone.now()
        moment = bulk.moment(self.at)
        return {
            **self._defaults,
            "account_id": self._run.account_id,
            "created_at": moment,
            "last_activity_at": moment,
            "created_by_id": self._run.user_id,
            "import_run_id": self._run.pk,
            **shared,
        }

    def given(self, row: Good, start: Mapping[str, Any]) -> dict[str, Any]:
        """Return the columns of a new record: what the row gives, and the rest as it starts."""
        record, attnames = dict(start), self._attnames
        for name, value in row.values.items():
            if value is not None and name in attnames and (value != "" or name in SAID):
                record[attnames[name]] = value
        record["import_line"] = row.line
        return record

    def changed(self, record: tuple[Any, ...], name: str, value: Any) -> tuple[Any, ...]:
        """Return the values of a record with another one in a column."""
        place = self._places[name]
        return (*record[:place], value, *record[place + 1 :])

    def insert(self, records: Sequence[tuple[Any, ...]]) -> None:
        """Insert records, each as the values of ``given`` in their order. Call it inside a transaction."""
        bulk.insert_at_once(self._model, tuple(self._defaults), records)

    def ids(self, lines: Collection[int]) -> dict[int, int]:
        """Return by line the records that were made of these rows, and perhaps of others between them."""
        made = self._model.objects.filter(import_run=self._run, import_line__range=(min(lines), max(lines)))
        return dict(made.values_list("import_line", "pk"))

    def tell(self, rows: Sequence[Good]) -> None:
        """Write the event "imported" for each new record, in one statement."""
        built = "jsonb_build_object('file', %s::text, 'line', import_line)"
        if connection.vendor == "sqlite":
            built = "json_object('file', %s, 'line', import_line)"
        events, records = Event._meta.db_table, self._model._meta.db_table
        statement = (
            f"INSERT INTO {events} (account_id, {self._model.subject}_id, verb, actor_id, at, data) "  # noqa: S608
            f"SELECT account_id, id, 'imported', created_by_id, created_at, {built} FROM {records} "
            "WHERE import_run_id = %s AND import_line BETWEEN %s AND %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [self._run.file_name, self._run.pk, rows[0].line, rows[-1].line])

    def tag(self, rows: Sequence[Good]) -> None:
        """Put tags on the new records."""
        tagged = {row.line: row.values["tags"] for row in rows if row.values.get("tags")}
        if tagged:
            ids = self.ids(tagged)
            add_tags(self._model, self._run.account, {ids[line]: names for line, names in tagged.items()})


def add_tags(model: Any, account: Any, names: Mapping[int, list[str]]) -> None:
    """Put tags on records, by id; makes those the account lacks and leaves those a record has."""
    tags = {tag.key: tag for tag in tags_named(account, [name for given in names.values() for name in given])}
    pairs = {(pk, tags[tag_key(name)].pk) for pk, given in names.items() for name in given}
    links, key = links_of(model), f"{model.subject}_id"
    made = [links(account=account, tag_id=tag, **{key: pk}) for pk, tag in sorted(pairs)]
    links.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)


def tell_of_links(run: ImportRun, links: Sequence[tuple[int, str, int, str, dict[str, Any]]], at: Any) -> None:
    """Write the events "linked" and "unlinked" on the timelines of people and companies, and move their activity on.

    Each link is the person's id and name, the company's id, the verb and further data.
    """
    names = dict(Relation.with_trash.filter(pk__in={link[2] for link in links}).values_list("pk", "name"))
    moment = bulk.moment(at)
    rows = []
    for person, who, company, verb, data in links:
        if company not in names:  # deleted for good since the file was compared
            continue
        told = json.dumps({"who": who, "company": names[company], **data})
        rows.append((run.account_id, person, company, verb, run.user_id, moment, told))
    bulk.insert(Event, LINK, rows)
    Relation.with_trash.filter(pk__in=names, last_activity_at__lt=at).update(last_activity_at=at)
