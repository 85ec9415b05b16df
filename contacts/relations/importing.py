"""Companies as a kind of import: found again by their name, whatever its case and accents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.creation_by_import import Creation
from contacts.imports import kinds
from contacts.imports.kinds import Cells, Existing, Failure, Good, Kind, Session, Words, Written, Wrong
from contacts.imports.models import ImportRun
from contacts.imports.options import COUNTRY
from contacts.relations.column_names import PREFIXES
from contacts.relations.models import Relation
from contacts.relations.naming import known_names, name_key
from contacts.relations.resources import RelationResource
from contacts.revision_by_import import Revisions
from contacts.subjects.revising import Change
from contacts.subjects.trashing import trash_records
from tesoro import search
from tesoro.text import natural_key

TAKEN = _("There is a relation of this name already.")


class RelationKind(Kind):
    """Companies."""

    key = "relation"
    title = _("Relations")
    namespace = "relations"
    place = 3
    key_field = "name"
    names = ("name",)
    options = (COUNTRY,)
    prefixes = PREFIXES
    words = Words(
        upload=_("Import relations from a file"),
        see=_("See the relations"),
        owner="",
        when_known=_("When there is a relation of this name"),
        update_known=_("Update the relation"),
        known=TAKEN,
        trashing=_("Relations moved to the trash"),
        undo_means=_(
            "The relations this import created disappear from lists and searches, and can be restored from the trash. "
            "Their contacts stay as they are. Relations it updated are not changed back."
        ),
        create=lambda n: ngettext("Import %(n)s relation", "Import %(n)s relations", n),
        update=lambda n: ngettext("Update %(n)s relation", "Update %(n)s relations", n),
        undo=lambda n: ngettext("Move %(n)s relation to the trash?", "Move %(n)s relations to the trash?", n),
        undone=lambda n: ngettext(
            "%(n)s relation is in the trash and can be restored from there.",
            "%(n)s relations are in the trash and can be restored from there.",
            n,
        ),
        kept=lambda n: ngettext(
            "The %(n)s relation it updated was not changed back.",
            "The %(n)s relations it updated were not changed back.",
            n,
        ),
    )

    @cached_property
    def columns(self) -> Mapping[str, Any]:
        """The columns of a company, in the order of the form."""
        return {name: RelationResource.fields[name] for name in RelationResource._meta.fields}

    def session(self, run: ImportRun) -> RelationSession:
        """Return what imports this run."""
        return RelationSession(run)

    def made_by(self, run: ImportRun) -> Any:
        """Return the live companies that the run created."""
        return Relation.objects.for_account(run.account).filter(import_run=run)

    def made(self, run: ImportRun, lines: Sequence[int]) -> dict[int, int]:
        """Return by line the companies that these lines became, in one query."""
        relations = Relation.with_trash.filter(import_run=run, import_line__in=lines)
        return {line: pk for line, pk in relations.values_list("import_line", "pk") if line is not None}

    def trash(self, records: Any, by: Any) -> int:
        """Move companies to the trash; return how many."""
        return trash_records(records, by=by)[0]

    def targets(self, run: ImportRun, ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return name, section and address of companies, in one query."""
        relations = Relation.with_trash.for_account(run.account).filter(pk__in=ids)
        section = now_("Relations")
        return {one.pk: {"name": one.name, "section": section, "url": one.get_absolute_url()} for one in relations}

    def tables(self) -> list[Any]:
        """Return the model into whose table a run writes many rows."""
        return [Relation]

    def suggestions(self, run: ImportRun, name: str) -> list[str]:
        """Return what a cell of this field may say: the choices of the form."""
        field: Any = Relation._meta.get_field(self.columns[name].attribute)
        return [str(label) for value, label in getattr(field, "flatchoices", ()) if value]


class RelationSession(Session):
    """The import of one file of companies."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        region = run.options.get("default_country") or ""
        self.columns = RelationResource(account=run.account, region=region, by=run.user).fields
        fields = [field.attname for field in Relation._meta.concrete_fields]
        self._creation = Creation(run, Relation, {name: name for name in self.columns if name in fields})

    def begin_chunk(self, cells: Cells) -> None:
        """Load nothing: no cell is looked up."""

    def key(self, values: Mapping[str, Any]) -> str:
        """Return the key of the name."""
        return name_key(values["name"]) if values.get("name") else ""

    def existing(self, keys: Sequence[str]) -> dict[str, Existing]:
        """Return the live companies of these names; of two with one name the older one."""
        return {key: Existing(pk, True) for key, pk in known_names(self.run.account, keys).items()}

    def complete(self, values: dict[str, Any]) -> Wrong:
        """Find nothing missing: a company needs its name, which is a column's rule."""
        return []

    def taken_message(self) -> str:
        """Return what to say of a name that another company has."""
        return str(TAKEN)

    def prepare(self, rows: Sequence[Good]) -> Prepared:
        """Make the rows of new companies, and compare the known ones with theirs."""
        start = self._creation.start()
        known = Relation.objects.for_account(self.run.account)
        lost = Failure("name", now_("The relation was deleted, or its name changed, while the import ran."))
        return Prepared(
            relations={row.line: self._relation(row, start) for row in rows if row.target is None},
            revisions=RelationRevisions(self.run, [row for row in rows if row.target], known, self.columns, lost=lost),
        )

    def write(self, rows: Sequence[Good], prepared: Prepared) -> Written:
        """Create those whose name is still free and update the known ones, with tags and events."""
        fresh = [row for row in rows if row.target is None]
        taken = self.existing([row.email_key for row in fresh])
        free = [row for row in fresh if row.email_key not in taken]
        if free:
            self._creation.insert([prepared.relations[row.line] for row in free])
            self._creation.tell(free)
            self._creation.tag(free)
        message = now_("Another relation took this name while the import ran.")
        failures = {
            row.line: Failure("name", message, taken[row.email_key].pk) for row in fresh if row.email_key in taken
        }
        updated, refused = prepared.revisions.write()
        return Written(len(free), updated, failures | refused)

    def _relation(self, row: Good, start: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the columns of a new company, in their order."""
        record = self._creation.given(row, start)
        record["name_key"] = natural_key(record["name"], "")
        record["search_text"] = search.text_for([record["name"], record["email"]], [record["phone"]])
        return tuple(record.values())


class RelationRevisions(Revisions):
    """Rows that update companies: all that changes is one event."""

    key_field = "name"

    def key_of(self, record: Any) -> str:
        """Return the key by which a row finds a company."""
        return name_key(record.name)

    def told(self, record: Any, changes: list[Change]) -> list[tuple[str, list[Change]]]:
        """Return the one event that tells what a row changed."""
        return [("changed", changes)] if changes else []


@dataclass(frozen=True)
class Prepared:
    """A chunk made ready before the database is locked: new companies by line, and revisions of known ones."""

    relations: dict[int, tuple[Any, ...]]
    revisions: RelationRevisions


kinds.register(RelationKind())
