"""Leads as a kind of import: what a row needs beyond the person, and how it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.boards import wait_for_board
from contacts.criteria.choices import PropertyType
from contacts.importing import EMAIL_KNOWN, NEW_RELATIONS, WHEN_EMAIL_KNOWN, PeopleKind, PeopleSession, Prepared
from contacts.imports import bulk, kinds
from contacts.imports.kinds import Existing, Failure, Good, Words, Written, Wrong
from contacts.imports.models import ImportRow, ImportRun, OnExisting
from contacts.imports.options import COUNTRY, OWNERS, Option
from contacts.models import Kind as Section
from contacts.models import Person
from contacts.resources import PersonResource
from contacts.revision_by_import import Revisions, update
from leads.models import Lead, LeadType, Status
from leads.placing import column
from leads.resources import ATTRIBUTES, LeadResource, combine, fill, judge, missing_type
from tesoro.ranking import GAP, top_rank
from tesoro.text import fold


class LeadKind(PeopleKind):
    """Leads: the good rows become people of the section Leads, each with a place in the pipeline."""

    key = "lead"
    title = _("Leads")
    namespace = "leads"
    place = 1
    section = Section.LEAD
    resource = LeadResource
    options = (
        Option(
            name="default_type",
            label=_("Lead type for rows without one"),
            none=_("None: report an error"),
            choices=lambda: LeadType.choices,
            read=LeadResource.fields["lead_type"].widget.clean,
            refusal=_("There is no such lead type."),
            default=LeadType.BUYER.value,
            field="lead_type",
            offer=_("Choose a lead type for rows without one"),
        ),
        Option(
            name="default_property_type",
            label=_("Property type for rows without one"),
            none=_("None: report an error"),
            choices=lambda: PropertyType.choices,
            read=LeadResource.fields["property_types"].widget.clean,
            refusal=_("There is no such property type."),
            default=PropertyType.OTHER.value,
            field="property_types",
            offer=_("Choose a property type for rows without one"),
        ),
        COUNTRY,
        OWNERS,
        NEW_RELATIONS,
    )
    words = Words(
        upload=_("Import leads from a file"),
        see=_("See the leads"),
        owner=_("Who looks after a lead"),
        when_known=WHEN_EMAIL_KNOWN,
        update_known=_("Update the lead"),
        known=EMAIL_KNOWN,
        trashing=_("Leads moved to the trash"),
        undo_means=_(
            "The leads this import created disappear from lists and searches, also those that have become contacts, "
            "and can be restored from the trash. Leads it updated are not changed back."
        ),
        create=lambda n: ngettext("Import %(n)s lead", "Import %(n)s leads", n),
        update=lambda n: ngettext("Update %(n)s lead", "Update %(n)s leads", n),
        undo=lambda n: ngettext("Move %(n)s lead to the trash?", "Move %(n)s leads to the trash?", n),
        undone=lambda n: ngettext(
            "%(n)s lead is in the trash and can be restored from there.",
            "%(n)s leads are in the trash and can be restored from there.",
            n,
        ),
        kept=lambda n: ngettext(
            "The %(n)s lead it updated was not changed back.", "The %(n)s leads it updated were not changed back.", n
        ),
    )

    def session(self, run: ImportRun) -> LeadSession:
        """Return what imports this run."""
        return LeadSession(run)

    def tables(self) -> list[Any]:
        """Return the models into whose tables a run writes many rows."""
        return [Person, Lead]

    def field(self, attribute: str) -> Any:
        """Return the field of the lead, or of the person, behind a column."""
        name = attribute.removeprefix("lead__")
        return Lead._meta.get_field(name) if name != attribute else super().field(attribute)

    def suggestions(self, run: ImportRun, name: str) -> list[str]:
        """Return what a cell of this field may say: choices of the form, or colleagues by email."""
        if name == "property_types":
            return [str(kind.label) for kind in PropertyType]
        found = super().suggestions(run, name)
        return [label for label in found if label != Status.CONVERTED.label] if name == "status" else found


class LeadSession(PeopleSession):
    """The import of one file of leads."""

    section = Section.LEAD
    lost = _("The lead was deleted, converted, or its email changed, while the import ran.")

    def __init__(self, run: ImportRun) -> None:
        super().__init__(run)
        self._ranks = Ranks(run)
        fields: Sequence[Any] = Lead._meta.concrete_fields
        self._new = {field.attname: field.get_default() for field in fields}
        self._columns = list(self._new)
        self._plan = [(name, self._columns.index(attribute)) for name, attribute in ATTRIBUTES.items()]

    def make_resource(self, **known: Any) -> PersonResource:
        """Return the columns of a lead."""
        return LeadResource(**known)

    def write(self, rows: Sequence[Good], prepared: Prepared) -> Written:
        """Create and update, once nobody else gives leads of the account another place."""
        wait_for_board(self.run.account_id)
        return super().write(rows, prepared)

    def combine(self, values: dict[str, Any]) -> Wrong:
        """Settle what source and portal say together, and what any row says."""
        return [*super().combine(values), *combine(values)]

    def complete(self, values: dict[str, Any]) -> Wrong:
        """Give the row type and property type of the options where it has none, and judge the lead as a whole."""
        wrong = super().complete(values)
        for name, option, message in (
            ("lead_type", "default_type", missing_type),
            ("property_types", "default_property_type", _no_property_type),
        ):
            values[name] = values.get(name) or self.options.get(option) or ""
            if not values[name]:
                wrong.append((name, message()))
        lead = Lead()
        fill(lead, values)
        wrong += judge(lead)
        values["portal"], values["reason"] = lead.portal, lead.reason  # what source and status have no room for is gone
        return wrong

    def existing(self, keys: Sequence[str]) -> dict[str, Existing]:
        """Return who holds these emails; leads that may be updated are loaded, in one query more."""
        found = super().existing(keys)
        if self.run.on_existing != OnExisting.UPDATE:
            return found
        leads = Lead.objects.in_bulk([one.pk for one in found.values() if one.updatable])
        return {key: one._replace(record=leads.get(one.pk)) for key, one in found.items()}

    def compare(self, values: Mapping[str, Any], existing: Existing) -> Wrong:
        """Return which rules the lead would break, once the row has changed it."""
        if existing.record is None:
            return []
        fill(existing.record, values)
        return judge(existing.record)

    def insert_beside(self, rows: Sequence[Good]) -> None:
        """Insert the leads of new people: on top of their columns, in the order of the file."""
        ids = self._creation.ids([row.line for row in rows])
        new = {**self._new, "account_id": self.account.pk, "status_since": bulk.moment(self._creation.at)}
        leads = [self._lead(row, ids[row.line], list(new.values())) for row in rows]
        bulk.insert(Lead, self._columns, leads)

    def _lead(self, row: Good, pk: int, lead: list[Any]) -> tuple[Any, ...]:
        """Return the columns of a new lead: what the row gives, and the rest as in ``lead``."""
        for name, place in self._plan:
            if (value := row.values.get(name)) not in (None, ""):
                lead[place] = value
        person, status, rank = map(self._columns.index, ("person_id", "status", "rank"))
        lead[person], lead[rank] = pk, self._ranks.of(row.line, lead[status])
        places, key = map(self._columns.index, ("locations", "places_key"))
        lead[key] = fold(lead[places])
        return tuple(lead)

    def revisions(self, rows: Sequence[Good]) -> Revisions:
        """Return what updates the leads that these rows met."""
        people = Person.objects.for_account(self.account).leads()
        return LeadRevisions(self.run, rows, people, self.columns, lost=Failure("email", str(self.lost)))


class Ranks:
    """The places of a file's leads: above those that lay in a column before, the first row of the file on top."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._bottoms: dict[str, int] = {}
        self._last = 0

    def of(self, line: int, status: str) -> int:
        """Return the rank of the row in ``line``."""
        if not self._last:
            staged = ImportRow.objects.filter(run=self._run)
            self._last = staged.order_by("-line").values_list("line", flat=True)[0]
        if status not in self._bottoms:
            self._bottoms[status] = self._bottom(status)
        return self._bottoms[status] - (self._last - line) * GAP

    def _bottom(self, status: str) -> int:
        """Return the rank that the last line of the file has in a column; a resumed run goes on where it left off."""
        leads = column(self._run.account_id, status)
        own = leads.filter(person__import_run=self._run).order_by("-person__import_line")
        if written := own.values_list("rank", "person__import_line").first():
            return int(written[0]) + (self._last - written[1]) * GAP
        return top_rank(leads)


class LeadRevisions(Revisions):
    """Rows that update leads: those whose status changes lie on top of their new column, in the order of the file."""

    beside = ("lead",)

    def store_beside(self, records: Sequence[Any]) -> None:
        """Store the fields of the leads; a place that a colleague gave a card meanwhile is kept."""
        leads = [person.lead for person in records]
        for lead in leads:
            lead.draw_keys()
        update(leads, {*ATTRIBUTES.values(), "places_key"})
        moved: dict[str, list[Lead]] = defaultdict(list)
        for person in reversed(records):
            if self.moved(person, "status"):
                moved[person.lead.status].append(person.lead)
        for status, cards in moved.items():
            top = top_rank(column(self._run.account_id, status).exclude(pk__in=[card.pk for card in cards]))
            for place, card in enumerate(cards):
                card.rank, card.status_since = top - place * GAP, self._now
            update(cards, {"rank", "status_since"})


def _no_property_type() -> str:
    return str(_("Choose at least one."))


kinds.register(LeadKind())
