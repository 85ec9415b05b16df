"""Contacts as a kind of import: what a row needs, and how a chunk of them is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import phonenumbers
from django.db import IntegrityError, connection, transaction
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.imports import bulk, kinds
from contacts.imports.kinds import Existing, Failure, Good, Kind, Session, Written
from contacts.imports.models import ImportRun
from contacts.imports.writing import taken_while_running
from contacts.models import Kind as Section
from contacts.models import Person, Role
from contacts.models.adding import EMAIL_TAKEN
from contacts.models.tagging import add_tags
from contacts.models.trashing import trash_people
from contacts.relations.models import Relation
from contacts.resources import NO_OWNER, NO_RELATION, ContactResource
from contacts.revision_by_import import Revisions
from contacts.timeline.models import Event
from tesoro import search
from tesoro.emails import email_key
from tesoro.text import natural_key

MOST_RACES = 5


class ContactKind(Kind):
    """Contacts: the good rows become people of the section Contacts."""

    key = "contact"
    title = gettext_lazy("Contacts")

    @cached_property
    def columns(self) -> Mapping[str, Any]:
        """The columns of a contact, in the order of the form."""
        return {name: ContactResource.fields[name] for name in ContactResource._meta.fields}

    def session(self, run: ImportRun) -> ContactSession:
        """Return what imports this run."""
        return ContactSession(run)

    def made_by(self, run: ImportRun) -> Any:
        """Return the live people that the run created, leads they may have become included."""
        return Person.objects.for_account(run.account).filter(import_run=run)

    def made(self, run: ImportRun, lines: Sequence[int]) -> dict[int, int]:
        """Return by line the people that these lines became, in one query."""
        people = Person.with_trash.filter(import_run=run, import_line__in=lines)
        return {line: pk for line, pk in people.values_list("import_line", "pk") if line is not None}

    def trash(self, records: Any, by: Any) -> int:
        """Move people to the trash; return how many."""
        return trash_people(records, by=by)[0]

    def targets(self, run: ImportRun, ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return name, section and address of people, in one query."""
        people = Person.with_trash.for_account(run.account).filter(pk__in=ids)
        return {
            person.pk: {"name": person.full_name, "section": person.section, "url": _address(person)}
            for person in people
        }

    def check_options(self, options: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong with ``default_role`` and ``default_country``."""
        wrong = {}
        if options.get("default_role") and options["default_role"] not in Role.values:
            wrong["default_role"] = _("There is no such role. Use one of: %(roles)s.") % {
                "roles": ", ".join(Role.values)
            }
        region = options.get("default_country")
        if region and region not in phonenumbers.SUPPORTED_REGIONS:
            wrong["default_country"] = _("There is no such country. Give its two letters, like ES.")
        return wrong


class ContactSession(Session):
    """The import of one file of contacts."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.account = run.account
        self._role = run.options.get("default_role") or ""
        region = run.options.get("default_country") or ""
        self._resource = ContactResource(account=self.account, region=region, default_role=self._role, by=run.user)
        self._mapped = set(run.places.values())
        self.columns = self._resource.fields
        # Of whatever a row does not give, a new person has what the model says.
        self._defaults = {field.attname: field.get_default() for field in Person._meta.concrete_fields}
        del self._defaults["id"]
        columns = {field.name: field.attname for field in Person._meta.concrete_fields}
        self._attnames = {name: columns[column.attribute] for name, column in self.columns.items() if name != "tags"}

    def begin_chunk(self) -> None:
        """Load the users, and the companies where a column names them."""
        self._resource.look_up(relations="relation" in self._mapped)

    def key(self, values: Mapping[str, Any]) -> str:
        """Return the key of the email."""
        email = values.get("email")
        return email_key(email) if email else ""

    def existing(self, keys: Sequence[str]) -> dict[str, Existing]:
        """Return the live leads and contacts with these emails; only contacts can be updated."""
        people = Person.objects.for_account(self.account).filter(email_key__in=keys)
        return {
            key: Existing(pk, kind == Section.CONTACT)
            for key, pk, kind in people.values_list("email_key", "pk", "kind")
        }

    def complete(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """Give the row the role of the options where it has none."""
        values["role"] = values.get("role") or self._role
        return [] if values["role"] else [("role", _("Role is missing."))]

    def taken_message(self) -> str:
        """Return the form's own message."""
        return str(EMAIL_TAKEN)

    def prepare(self, rows: Sequence[Good]) -> Prepared:
        """Make the rows of new people, and compare the known ones with theirs."""
        now = timezone.now()
        new = self._new(now)
        return Prepared(
            people={row.line: self._person(row, new) for row in rows if row.target is None},
            revisions=Revisions(self.run, [row for row in rows if row.target is not None], now),
        )

    def write(self, rows: Sequence[Good], prepared: Prepared) -> Written:
        """Create and update, with tags and events, in the caller's transaction."""
        gone = self._gone(rows)
        fresh = [row for row in rows if row.target is None and row.line not in gone]
        written = Written(failures=gone)
        written.failures |= self._create(fresh, prepared)
        written.created = len(prepared.people) - sum(1 for line in written.failures if line in prepared.people)
        written.updated, refused = prepared.revisions.write(gone)
        written.failures |= refused
        return written

    def _new(self, now: Any) -> dict[str, Any]:
        """Return the columns of a new person by name, with what all rows of a chunk share."""
        moment = bulk.moment(now)
        return {
            **self._defaults,
            "account_id": self.account.pk,
            "kind": Section.CONTACT.value,
            "language": self.account.language,
            "created_at": moment,
            "last_activity_at": moment,
            "created_by_id": self.run.user_id,
            "import_run_id": self.run.pk,
        }

    def _person(self, row: Good, new: dict[str, Any]) -> tuple[Any, ...]:
        """Return the columns of a new person, in the order of the defaults."""
        record, attnames = dict(new), self._attnames
        for name, value in row.values.items():
            if value is not None and name in attnames and (value != "" or name == "salutation"):
                record[attnames[name]] = value
        first, last = record["first_name"], record["last_name"]
        record["import_line"] = row.line
        record["email_key"] = row.email_key
        record["name_key"] = natural_key(last, first)
        words, numbers = [first, last, record["email"]], [record["phone"], record["whatsapp"]]
        record["search_text"] = search.text_for(words, numbers)
        return tuple(record.values())

    def _gone(self, rows: Sequence[Good]) -> dict[int, Failure]:
        """Return the rows whose agent or company has gone since they were checked."""
        agents = {None, *self.account.users.active().values_list("pk", flat=True)}
        no_owner = Failure("owner_email", str(NO_OWNER))
        gone = {row.line: no_owner for row in rows if row.values.get("owner_email") not in agents}
        wanted = {row.values["relation"] for row in rows if row.values.get("relation")}
        if wanted:
            live = set(Relation.objects.for_account(self.account).filter(pk__in=wanted).values_list("pk", flat=True))
            no_relation = Failure("relation", str(NO_RELATION))
            gone |= {row.line: no_relation for row in rows if row.values.get("relation") in wanted - live}
        return gone

    def _create(self, rows: Sequence[Good], prepared: Prepared) -> dict[int, Failure]:
        """Insert the people whose email is still free; return the others.

        SQLite has locked the database already. On PostgreSQL somebody may take an email between question and insert:
        the constraint says so, and the question is asked again.
        """
        for attempt in range(MOST_RACES):
            taken = self.existing([row.email_key for row in rows])
            free = [row for row in rows if row.email_key not in taken]
            try:
                with transaction.atomic():
                    bulk.insert_at_once(Person, tuple(self._defaults), [prepared.people[row.line] for row in free])
                    break
            except IntegrityError:
                if attempt == MOST_RACES - 1:
                    raise
        if free:
            self._record(free)
            self._tag(free)
        return {row.line: taken_while_running(taken[row.email_key].pk) for row in rows if row.email_key in taken}

    def _record(self, rows: Sequence[Good]) -> None:
        """Write the event "imported" for each new person, in one statement."""
        built = "jsonb_build_object('file', %s::text, 'line', import_line)"
        if connection.vendor == "sqlite":
            built = "json_object('file', %s, 'line', import_line)"
        events, people = Event._meta.db_table, Person._meta.db_table
        statement = (
            f"INSERT INTO {events} (account_id, person_id, verb, actor_id, at, data) "  # noqa: S608
            f"SELECT account_id, id, 'imported', created_by_id, created_at, {built} FROM {people} "
            "WHERE import_run_id = %s AND import_line BETWEEN %s AND %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [self.run.file_name, self.run.pk, rows[0].line, rows[-1].line])

    def _tag(self, rows: Sequence[Good]) -> None:
        tagged = {row.line: row.values["tags"] for row in rows if row.values.get("tags")}
        if tagged:
            made = Person.objects.filter(import_run=self.run, import_line__in=tagged)
            ids = made.values_list("pk", "import_line")
            add_tags(self.account, {pk: tagged[line] for pk, line in ids if line is not None})


class Prepared:
    """A chunk made ready before the database is locked: new people by line, and revisions of known ones."""

    def __init__(self, people: dict[int, tuple[Any, ...]], revisions: Revisions) -> None:
        self.people, self.revisions = people, revisions


def _address(person: Person) -> str:
    try:
        return person.get_absolute_url()
    except NoReverseMatch:
        return ""


kinds.register(ContactKind())
