"""Deals as a kind of import: found again by their name and first client; whoever takes part is named by email."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.boards import wait_for_board
from contacts.creation_by_import import Creation
from contacts.criteria.choices import PropertyType
from contacts.imports import bulk, kinds
from contacts.imports.kinds import Cells, Existing, Failure, Good, Kind, Session, Words, Written, Wrong
from contacts.imports.models import ImportRow, ImportRun, OnExisting
from contacts.imports.options import IMPORTER, OWNERS, Option
from contacts.imports.resources import NO_OWNER
from contacts.models import Person
from contacts.subjects.trashing import trash_records
from deals.column_names import PREFIXES
from deals.models import CLOSED, Deal, DealType, Party
from deals.models.choices import pipeline_of, stages_of
from deals.models.opening import Led, kept_shut
from deals.naming import deal_key, first_client, known_deals, with_seats
from deals.parties import MOST_PARTIES, client_role
from deals.resources import DealResource, fill, judge, missing_type, typed
from deals.revision_by_import import DealRevisions, tell_people
from tesoro import search
from tesoro.ranking import GAP, top_rank
from tesoro.text import natural_key

TAKEN = _("There is a deal of this name with this client already.")


class DealKind(Kind):
    """Deals."""

    key = "deal"
    title = _("Deals")
    namespace = "deals"
    place = 4
    key_field = "name"
    names = ("name",)
    options = (
        Option(
            name="default_type",
            label=_("Type for rows without one"),
            none=_("None: report an error"),
            choices=lambda: DealType.choices,
            read=DealResource.fields["type"].widget.clean,
            refusal=_("There is no such type of deal."),
            default=DealType.BUY.value,
            field="type",
            offer=_("Choose a type for rows without one"),
        ),
        OWNERS,
    )
    prefixes = PREFIXES
    words = Words(
        upload=_("Import deals from a file"),
        see=_("See the deals"),
        owner=_("Who looks after a deal"),
        hint=_(
            "Whoever takes part is named by email, with their role in brackets: “ines@example.com (Buyer), "
            "ada@example.org (Lawyer)”. They must already be contacts."
        ),
        when_known=_("When there is a deal of this name with the same client"),
        update_known=_("Update the deal"),
        known=TAKEN,
        trashing=_("Deals moved to the trash"),
        undo_means=_(
            "The deals this import created disappear from lists, boards and searches, and can be restored from the "
            "trash. Their contacts stay as they are. Deals it updated are not changed back."
        ),
        create=lambda n: ngettext("Import %(n)s deal", "Import %(n)s deals", n),
        update=lambda n: ngettext("Update %(n)s deal", "Update %(n)s deals", n),
        undo=lambda n: ngettext("Move %(n)s deal to the trash?", "Move %(n)s deals to the trash?", n),
        undone=lambda n: ngettext(
            "%(n)s deal is in the trash and can be restored from there.",
            "%(n)s deals are in the trash and can be restored from there.",
            n,
        ),
        kept=lambda n: ngettext(
            "The %(n)s deal it updated was not changed back.", "The %(n)s deals it updated were not changed back.", n
        ),
    )

    @cached_property
    def columns(self) -> Mapping[str, Any]:
        """The columns of a deal, in the order of the form."""
        return {name: DealResource.fields[name] for name in DealResource._meta.fields}

    def session(self, run: ImportRun) -> DealSession:
        """Return what imports this run."""
        return DealSession(run)

    def made_by(self, run: ImportRun) -> Any:
        """Return the live deals that the run created."""
        return Deal.objects.for_account(run.account).filter(import_run=run)

    def made(self, run: ImportRun, lines: Sequence[int]) -> dict[int, int]:
        """Return by line the deals that these lines became, in one query."""
        deals = Deal.with_trash.filter(import_run=run, import_line__in=lines)
        return {line: pk for line, pk in deals.values_list("import_line", "pk") if line is not None}

    def trash(self, records: Any, by: Any) -> int:
        """Move deals to the trash; return how many."""
        return trash_records(records, by=by)[0]

    def targets(self, run: ImportRun, ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return name, section and address of deals, in one query."""
        deals = Deal.with_trash.for_account(run.account).filter(pk__in=ids)
        return {deal.pk: {"name": deal.name, "section": deal.section, "url": deal.get_absolute_url()} for deal in deals}

    def tables(self) -> list[Any]:
        """Return the models into whose tables a run writes many rows."""
        return [Deal, Party]

    def suggestions(self, run: ImportRun, name: str) -> list[str]:
        """Return what a cell of this field may say: choices of the form, or colleagues by email."""
        if name == "property_types":
            return [str(kind.label) for kind in PropertyType]
        if name == "contacts":
            return []
        field: Any = Deal._meta.get_field(self.columns[name].attribute)
        if getattr(field, "related_model", None) is get_user_model():
            return list(run.account.users.active().values_list("email", flat=True))
        return [str(label) for value, label in getattr(field, "flatchoices", ()) if value]


class DealSession(Session):
    """The import of one file of deals."""

    def __init__(self, run: ImportRun) -> None:
        self.run, self.account = run, run.account
        new_owner = run.options.get(OWNERS.name) == IMPORTER
        self._resource = DealResource(account=run.account, by=run.user, new_owner=new_owner)
        self.columns = self._resource.fields
        attnames = {field.name: field.attname for field in Deal._meta.concrete_fields}
        own = {name: column.attribute for name, column in self.columns.items() if column.attribute in attnames}
        self._creation = Creation(run, Deal, {name: attnames[attribute] for name, attribute in own.items()})
        self._ranks = Ranks(run)
        # Of the known deals that the chunk may update, why some cannot be opened.
        self._shut: dict[int, Led] = {}

    def begin_chunk(self, cells: Cells) -> None:
        """Load the users, and the people that the rows name."""
        self._resource.look_up(cells)

    def key(self, values: Mapping[str, Any]) -> str:
        """Return the key of name and first client."""
        if not values.get("name") or not values.get("contacts"):
            return ""
        return deal_key(values["name"], first_client(values["contacts"]))

    def existing(self, keys: Sequence[str]) -> dict[str, Existing]:
        """Return the live deals of these keys; those that may be updated are loaded, in two queries more."""
        found = known_deals(self.account, keys)
        if self.run.on_existing != OnExisting.UPDATE:
            return {key: Existing(pk, True) for key, pk in found.items()}
        deals = with_seats(Deal.objects.all()).in_bulk(found.values())
        self._shut = kept_shut(closed) if (closed := [pk for pk, deal in deals.items() if deal.is_closed]) else {}
        return {key: Existing(pk, True, deals.get(pk)) for key, pk in found.items()}

    def complete(self, values: dict[str, Any]) -> Wrong:
        """Give the row the type of the options, the first stage and an owner where it has none; judge it as a whole."""
        values["type"] = values.get("type") or self.run.options.get("default_type") or ""
        values["owner_email"] = values.get("owner_email") or self.run.user_id
        if not values["type"]:
            return [("type", missing_type())]
        values["stage"] = values.get("stage") or stages_of(pipeline_of(values["type"]))[0].value
        role = client_role(values["type"]).value
        values["contacts"] = [[pk, own or role] for pk, own in values.get("contacts") or []]
        deal = Deal()
        fill(deal, values)
        wrong = judge(deal, values)
        values["reason"] = deal.reason
        return wrong

    def compare(self, values: Mapping[str, Any], existing: Existing) -> Wrong:
        """Return which rules the deal would break, once the row has changed it."""
        if existing.record is None:
            return []
        shut = self._shut.get(existing.pk)
        fill(existing.record, values)
        if shut and not existing.record.is_closed:
            return [("stage", shut), *judge(existing.record, values)]
        present = {party.person_id for party in existing.record.who}
        new = {pk for pk, _role in values.get("contacts") or []} - present
        if len(present) + len(new) > MOST_PARTIES:
            told = {"n": MOST_PARTIES}
            return [
                ("contacts", now_("At most %(n)d contacts take part in a deal.") % told),
                *judge(existing.record, values),
            ]
        return judge(existing.record, values)

    def taken_message(self) -> str:
        """Return what to say of a name that another deal with this client has."""
        return str(TAKEN)

    def prepare(self, rows: Sequence[Good]) -> Prepared:
        """Make the rows of new deals, and compare the known ones with theirs."""
        start = self._creation.start()
        start["stage_since"] = start["created_at"]
        known = [row for row in rows if row.target is not None]
        return Prepared(
            deals={row.line: self._deal(row, start) for row in rows if row.target is None},
            revisions=DealRevisions(self.run, known, self.columns),
        )

    def write(self, rows: Sequence[Good], prepared: Prepared) -> Written:
        """Create and update, with parties, tags and events, once nobody else gives deals of the account a place."""
        wait_for_board(self.run.account_id)
        # Deals before people, as whoever moves one deal locks them.
        targets = [row.target for row in rows if row.target is not None]
        list(Deal.objects.select_for_update(of=("self",)).filter(pk__in=targets).order_by("pk").values_list("pk"))
        self._hold_people(rows, targets)
        failures = self._gone(rows) | self._opened(rows)
        fresh = [row for row in rows if row.target is None and row.line not in failures]
        failures |= self._taken(fresh)
        free = [row for row in fresh if row.line not in failures]
        if free:
            self._create(free, prepared)
        updated, refused = prepared.revisions.write(failures)
        return Written(len(free), updated, failures | refused)

    def _deal(self, row: Good, start: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the columns of a new deal, in their order, without its rank."""
        record = self._creation.given(row, start)
        record["pipeline"] = pipeline_of(record["type"]).value
        record["name_key"] = natural_key(record["name"], "")
        record["worth"] = int(Decimal(record["value"] or 0) * 100)
        record["search_text"] = search.text_for([record["name"], record["street"], record["city"]], [])
        if record["stage"] in CLOSED:
            told = row.values.get("closed_on")
            record["closed_at"] = bulk.moment(typed("closed_on", told)) if told else record["stage_since"]
        return tuple(record.values())

    def _taken(self, rows: Sequence[Good]) -> dict[int, Failure]:
        """Return the rows whose deal somebody has made since they were checked."""
        taken = known_deals(self.account, [row.email_key for row in rows])
        message = now_("Another deal took this name with this client while the import ran.")
        return {row.line: Failure("name", message, taken[row.email_key]) for row in rows if row.email_key in taken}

    def _hold_people(self, rows: Sequence[Good], targets: Sequence[int]) -> None:
        """Lock the contacts whom the rows name, and all who take part in deals that a row may move, in one order."""
        named = {pk for row in rows for pk, _role in row.values["contacts"]}
        seated = Party.objects.filter(deal__in=targets).values("person")
        people = Person.with_trash.filter(Q(pk__in=named) | Q(pk__in=seated)).order_by("pk")
        list(people.select_for_update().values_list("pk"))

    def _opened(self, rows: Sequence[Good]) -> dict[int, Failure]:
        """Return the rows that would open a deal in which a lead takes part."""
        lines = _opening(rows)
        closed = Deal.objects.filter(pk__in=list(lines), stage__in=CLOSED).values_list("pk", flat=True)
        return {lines[pk]: Failure("stage", reason) for pk, reason in kept_shut(list(closed)).items()}

    def _gone(self, rows: Sequence[Good]) -> dict[int, Failure]:
        """Return the rows whose agent, or one of whose contacts, has gone since they were checked."""
        agents = {None, *self.account.users.active().values_list("pk", flat=True)}
        no_owner = Failure("owner_email", str(NO_OWNER))
        failures = {row.line: no_owner for row in rows if row.values.get("owner_email") not in agents}
        wanted = {row.line: {pk for pk, _role in row.values["contacts"]} for row in rows}
        contacts = Person.objects.for_account(self.account).contacts()
        present = set(contacts.filter(pk__in=set().union(*wanted.values())).values_list("pk", flat=True))
        gone = {line: people - present for line, people in wanted.items() if people - present}
        emails = dict(Person.with_trash.filter(pk__in=set().union(*gone.values())).values_list("pk", "email"))
        return failures | {line: _no_contact(emails.get(min(people), "")) for line, people in gone.items()}

    def _create(self, rows: Sequence[Good], prepared: Prepared) -> None:
        self._creation.insert([self._placed(row, prepared.deals[row.line]) for row in rows])
        ids = self._creation.ids([row.line for row in rows])
        seats = [(ids[row.line], row.values["name"], pk, role) for row in rows for pk, role in row.values["contacts"]]
        parties = [(self.run.account_id, deal, person, role) for deal, _name, person, role in seats]
        bulk.insert(Party, ("account_id", "deal_id", "person_id", "role"), parties)
        self._creation.tell(rows)
        tell_people(self.run, "deal_made", [(person, deal, name, {}) for deal, name, person, _role in seats],
                    self._creation.at)  # fmt: skip
        self._creation.tag(rows)

    def _placed(self, row: Good, deal: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the columns of a new deal with its rank: the first row of the file lies on top of its stage."""
        pipeline = pipeline_of(row.values["type"]).value
        return self._creation.changed(deal, "rank", self._ranks.of(row.line, pipeline, row.values["stage"]))


class Ranks:
    """The places of a file's deals: above those that lay in a column before, the first row of the file on top."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._bottoms: dict[tuple[str, str], int] = {}

    def of(self, line: int, pipeline: str, stage: str) -> int:
        """Return the rank of the row in ``line``."""
        column = pipeline, stage
        if column not in self._bottoms:
            self._bottoms[column] = self._bottom(*column)
        return self._bottoms[column] - (self._last - line) * GAP

    @cached_property
    def _last(self) -> int:
        """The last line of the file."""
        staged = ImportRow.objects.filter(run=self._run)
        return int(staged.order_by("-line").values_list("line", flat=True)[0])

    def _bottom(self, pipeline: str, stage: str) -> int:
        """Return the rank that the last line of the file has in a column; a resumed run goes on where it left off."""
        deals = Deal.objects.for_account(self._run.account_id).of_stage(pipeline, stage)
        own = deals.filter(import_run=self._run).order_by("-import_line")
        if written := own.values_list("rank", "import_line").first():
            return int(written[0]) + (self._last - written[1]) * GAP
        return top_rank(deals)


@dataclass(frozen=True)
class Prepared:
    """A chunk made ready before the database is locked: new deals by line, and revisions of known ones."""

    deals: dict[int, tuple[Any, ...]]
    revisions: DealRevisions


def _opening(rows: Sequence[Good]) -> dict[int, int]:
    """Return the deals to which rows give a stage at which a deal is open, each with the line."""
    opening = [row for row in rows if row.values.get("stage") and row.values["stage"] not in CLOSED]
    return {row.target: row.line for row in opening if row.target is not None}


def _no_contact(email: str) -> Failure:
    text = now_("%(email)s is no contact any more: deleted, or made a lead again, while the import ran.")
    return Failure("contacts", text % {"email": email})


kinds.register(DealKind())
