"""People as kinds of import, and contacts as one of them: what a row needs, and how a chunk of rows is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts import column_names as known_as
from contacts.creation_by_import import Creation, tell_of_links
from contacts.imports import kinds
from contacts.imports.kinds import Cells, Existing, Failure, Good, Kind, Session, Words, Written, Wrong
from contacts.imports.models import ImportRun
from contacts.imports.options import COUNTRY, IMPORTER, OWNERS, Option
from contacts.imports.resources import NO_OWNER
from contacts.imports.writing import taken_while_running
from contacts.models import Kind as Section
from contacts.models import Person
from contacts.models.adding import EMAIL_TAKEN
from contacts.models.choices import ROLE_GROUPS
from contacts.models.trashing import trash_people
from contacts.relations.models import Relation
from contacts.relations.naming import Names, trash_unused
from contacts.resources import NO_RELATION, ContactResource, PersonResource
from contacts.revision_by_import import Revisions
from tesoro import search
from tesoro.emails import email_key
from tesoro.text import natural_key

MOST_RACES = 5
CREATE = "create"
EMAIL_KNOWN = gettext_lazy("A record with this email exists.")
WHEN_EMAIL_KNOWN = gettext_lazy("When the email already exists")
NEW_RELATIONS = Option(
    name="unknown_relations",
    label=gettext_lazy("Relations that are not known"),
    none=gettext_lazy("Refuse the row"),
    choices=lambda: [(CREATE, gettext_lazy("Create them"))],
    read=lambda text: "" if text == "refuse" else text,
    refusal=gettext_lazy("Choose refuse or create."),
)


class PeopleKind(Kind):
    """People of one section."""

    section: ClassVar[Section]
    resource: ClassVar[type[PersonResource]]
    prefixes = known_as.PREFIXES

    @cached_property
    def columns(self) -> Mapping[str, Any]:
        """The columns of such a person, in the order of the form."""
        return {name: self.resource.fields[name] for name in self.resource._meta.fields}

    def made_by(self, run: ImportRun) -> Any:
        """Return the live people that the run created, whatever section they are in by now."""
        return Person.objects.for_account(run.account).filter(import_run=run)

    def made(self, run: ImportRun, lines: Sequence[int]) -> dict[int, int]:
        """Return by line the people that these lines became, in one query."""
        people = Person.with_trash.filter(import_run=run, import_line__in=lines)
        return {line: pk for line, pk in people.values_list("import_line", "pk") if line is not None}

    def trash(self, records: Any, by: Any) -> int:
        """Move people to the trash; return how many."""
        return trash_people(records, by=by)[0]

    def trash_beside(self, run: ImportRun, by: Any) -> None:
        """Move to the trash the companies that the run made, unless others hang on them."""
        trash_unused(run, by=by)

    def targets(self, run: ImportRun, ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return name, section and address of people, in one query."""
        people = Person.with_trash.for_account(run.account).filter(pk__in=ids)
        return {
            person.pk: {"name": person.full_name, "section": person.section, "url": _address(person)}
            for person in people
        }

    def told_beside(self, run: ImportRun) -> str:
        """Return how many companies the run made, whether they are still there or not."""
        made = Relation.with_trash.for_account(run.account).filter(import_run=run).count()
        sentence = ngettext("It created %(n)d relation too.", "It created %(n)d relations too.", made)
        return sentence % {"n": made} if made else ""

    def tables(self) -> list[Any]:
        """Return the models into whose tables a run writes many rows."""
        return [Person]

    def suggestions(self, run: ImportRun, name: str) -> list[str]:
        """Return what a cell of this field may say: choices of the form, or colleagues by email."""
        field = self.field(self.columns[name].attribute)
        if getattr(field, "related_model", None) is get_user_model():
            return list(run.account.users.active().values_list("email", flat=True))
        return [str(label) for value, label in getattr(field, "flatchoices", ()) if value]

    def field(self, attribute: str) -> Any:
        """Return the model's field behind a column, None where there is none."""
        return next((field for field in Person._meta.get_fields() if field.name == attribute), None)


class ContactKind(PeopleKind):
    """Contacts: the good rows become people of the section Contacts."""

    key = "contact"
    title = gettext_lazy("Contacts")
    namespace = "contacts"
    place = 2
    section = Section.CONTACT
    resource = ContactResource
    options = (
        Option(
            name="default_role",
            label=gettext_lazy("Role for rows without one"),
            none=gettext_lazy("None: report an error"),
            choices=lambda: ROLE_GROUPS,
            read=ContactResource.fields["role"].widget.clean,
            refusal=gettext_lazy("There is no such role."),
            field="role",
            offer=gettext_lazy("Choose a role for rows without one"),
        ),
        COUNTRY,
        OWNERS,
        NEW_RELATIONS,
    )
    words = Words(
        upload=gettext_lazy("Import contacts from a file"),
        see=gettext_lazy("See the contacts"),
        owner=gettext_lazy("Who looks after a contact"),
        when_known=WHEN_EMAIL_KNOWN,
        update_known=gettext_lazy("Update the contact"),
        known=EMAIL_KNOWN,
        trashing=gettext_lazy("Contacts moved to the trash"),
        undo_means=gettext_lazy(
            "The contacts this import created disappear from lists and searches, and can be restored from the trash. "
            "Contacts it updated are not changed back."
        ),
        create=lambda n: ngettext("Import %(n)s contact", "Import %(n)s contacts", n),
        update=lambda n: ngettext("Update %(n)s contact", "Update %(n)s contacts", n),
        undo=lambda n: ngettext("Move %(n)s contact to the trash?", "Move %(n)s contacts to the trash?", n),
        undone=lambda n: ngettext(
            "%(n)s contact is in the trash and can be restored from there.",
            "%(n)s contacts are in the trash and can be restored from there.",
            n,
        ),
        kept=lambda n: ngettext(
            "The %(n)s contact it updated was not changed back.",
            "The %(n)s contacts it updated were not changed back.",
            n,
        ),
    )

    def session(self, run: ImportRun) -> ContactSession:
        """Return what imports this run."""
        return ContactSession(run)


class PeopleSession(Session):
    """The import of one file of people of one section."""

    section: ClassVar[Section]
    lost: ClassVar[Any]

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.account = run.account
        self.options = run.options
        self._resource = self.make_resource(
            account=self.account,
            region=run.options.get("default_country") or "",
            new_relations=run.options.get(NEW_RELATIONS.name) == CREATE,
            new_owner=run.options.get(OWNERS.name) == IMPORTER,
            by=run.user,
        )
        self.columns = self._resource.fields
        attnames = {field.name: field.attname for field in Person._meta.concrete_fields}
        own = {name: column.attribute for name, column in self.columns.items() if column.attribute in attnames}
        self._creation = Creation(run, Person, {name: attnames[attribute] for name, attribute in own.items()})

    def make_resource(self, **known: Any) -> PersonResource:
        """Return the columns, with what the run's options say."""
        raise NotImplementedError

    def begin_chunk(self, cells: Cells) -> None:
        """Load the users, and the companies that the rows name."""
        self._resource.look_up(cells)

    def key(self, values: Mapping[str, Any]) -> str:
        """Return the key of the email."""
        email = values.get("email")
        return email_key(email) if email else ""

    def existing(self, keys: Sequence[str]) -> dict[str, Existing]:
        """Return the live leads and contacts with these emails; only those of the section can be updated."""
        people = Person.objects.for_account(self.account).filter(email_key__in=keys)
        return {
            key: Existing(pk, kind == self.section) for key, pk, kind in people.values_list("email_key", "pk", "kind")
        }

    def complete(self, values: dict[str, Any]) -> Wrong:
        """Give the row to whoever imports where it names nobody who is known, and that was asked for."""
        if self._resource.new_owner:
            values["owner_email"] = values.get("owner_email") or self.run.user_id
        return []

    def taken_message(self) -> str:
        """Return the form's own message."""
        return str(EMAIL_TAKEN)

    def prepare(self, rows: Sequence[Good]) -> Prepared:
        """Make the rows of new people, and compare the known ones with theirs."""
        start = self._creation.start(kind=self.section.value, language=self.account.language)
        return Prepared(
            people={row.line: self._person(row, start) for row in rows if row.target is None},
            revisions=self.revisions([row for row in rows if row.target is not None]),
        )

    def revisions(self, rows: Sequence[Good]) -> Revisions:
        """Return what updates the people that these rows met."""
        people = Person.objects.for_account(self.account).filter(kind=self.section)
        return Revisions(self.run, rows, people, self.columns, lost=Failure("email", str(self.lost)))

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

    def insert_beside(self, rows: Sequence[Good]) -> None:
        """Insert what people of the section have beside them, when they have been inserted."""

    def _person(self, row: Good, start: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the columns of a new person, in their order."""
        record = self._creation.given(row, start)
        first, last = record["first_name"], record["last_name"]
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
        wanted = {row.values["relation"] for row in rows if isinstance(row.values.get("relation"), int)}
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
            taken = PeopleSession.existing(self, [row.email_key for row in rows])
            free = [row for row in rows if row.email_key not in taken]
            names = Names(self.run, free, self._creation.at)
            try:
                with transaction.atomic():
                    self._creation.insert(self._linked(free, prepared, names.make()))
                    break
            except IntegrityError:
                if attempt == MOST_RACES - 1:
                    raise
        if free:
            self.insert_beside(free)
            self._creation.tell(free)
            self._creation.tag(free)
            self._tell_of_links(free, names.made)
        return {row.line: taken_while_running(taken[row.email_key].pk) for row in rows if row.email_key in taken}

    def _linked(self, rows: Sequence[Good], prepared: Prepared, made: Mapping[int, int]) -> list[tuple[Any, ...]]:
        """Return the columns of new people; those whose company was made a moment ago belong to it."""
        change = self._creation.changed
        people = prepared.people
        return [
            change(people[row.line], "relation_id", made[row.line]) if row.line in made else people[row.line]
            for row in rows
        ]

    def _tell_of_links(self, rows: Sequence[Good], made: Mapping[int, int]) -> None:
        """Write on both timelines that new people belong to companies."""
        linked = {row.line: made.get(row.line) or row.values.get("relation") for row in rows}
        wanted = {line: company for line, company in linked.items() if company}
        if wanted:
            ids, values = self._creation.ids(wanted), {row.line: row.values for row in rows}
            links: list[Any] = [
                (ids[line], _full_name(values[line]), company, "linked", {}) for line, company in wanted.items()
            ]
            tell_of_links(self.run, links, self._creation.at)


class ContactSession(PeopleSession):
    """The import of one file of contacts."""

    section = Section.CONTACT
    lost = gettext_lazy("The contact was deleted, or its email changed, while the import ran.")

    def make_resource(self, **known: Any) -> PersonResource:
        """Return the columns, with the role of rows without one."""
        return ContactResource(**known, default_role=self.options.get("default_role") or "")

    def complete(self, values: dict[str, Any]) -> Wrong:
        """Give the row the role of the options where it has none."""
        super().complete(values)
        values["role"] = values.get("role") or self.options.get("default_role") or ""
        return [] if values["role"] else [("role", _("Role is missing."))]


class Prepared:
    """A chunk made ready before the database is locked: new people by line, and revisions of known ones."""

    def __init__(self, people: dict[int, tuple[Any, ...]], revisions: Revisions) -> None:
        self.people, self.revisions = people, revisions


def _full_name(values: Mapping[str, Any]) -> str:
    return f"{values['first_name']} {values['last_name']}"


def _address(person: Person) -> str:
    try:
        return person.get_absolute_url()
    except NoReverseMatch:
        return ""


kinds.register(ContactKind())
