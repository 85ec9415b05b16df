"""Deals as a list."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.sections import Head, Section, Words
from contacts.subjects.assigning import assign_records
from contacts.subjects.tagging import tag_records, untag_records
from contacts.subjects.trashing import trash_records
from deals.filters import DealFilter
from deals.models import Deal
from deals.resources import DealResource
from deals.rows import deal_rows
from deals.tallies import tally
from tesoro.keyset import Sort


class DealSection(Section):
    """The transactions of the office."""

    namespace = "deals"
    filter_class = DealFilter
    rows_template = "deals/_rows.html"
    empty_template = "deals/_empty.html"
    bulk_template = "deals/_bulk_stage.html"
    table_class = "table--deals"
    wide_filters = frozenset({"stage", "type", "agent", "property_type", "tag"})
    create_icon = "handshake"
    bin = "deals"
    board = True
    sorts: ClassVar[list[Sort]] = [
        Sort("-last", "last_activity_at"),
        Sort("last", "last_activity_at"),
        Sort("name", "name_key"),
        Sort("-name", "name_key"),
        Sort("-value", "worth"),
        Sort("value", "worth"),
        Sort("created", "created_at"),
        Sort("-created", "created_at"),
    ]
    heads: ClassVar[list[Head]] = [
        Head("name", _("Name"), "name"),
        Head("stage", _("Stage")),
        Head("type", _("Type")),
        Head("clients", _("Clients")),
        Head("value", _("Value"), "-value"),
        Head("closing", _("Closing")),
        Head("agent", _("Agent")),
        Head("last", _("Last activity"), "-last"),
        Head("created", _("Created"), "-created"),
    ]
    words = Words(
        title=_("Deals"),
        search=_("Search deals"),
        placeholder=_("Name or address of the property"),
        create=_("Create deal"),
        all=_("All deals"),
        mine=_("My deals"),
        filter=_("Filter deals"),
        show=_("Show deals"),
        nobody_selected=_("Nothing was selected."),
        trash_question=_("Selected deals:"),
        trashed=lambda n: ngettext("%(n)d deal moved to the trash", "%(n)d deals moved to the trash", n) % {"n": n},
        assigned=lambda n, name: (
            ngettext("%(n)d deal assigned to %(name)s", "%(n)d deals assigned to %(name)s", n) % {"n": n, "name": name}
        ),
        tagged=lambda n, tag: (
            ngettext("%(n)d deal tagged “%(tag)s”", "%(n)d deals tagged “%(tag)s”", n) % {"n": n, "tag": tag}
        ),
        untagged=lambda n, tag: (
            ngettext("“%(tag)s” removed from %(n)d deal", "“%(tag)s” removed from %(n)d deals", n)
            % {"n": n, "tag": tag}
        ),
    )

    def everybody(self, account: Any) -> Any:
        """Return the live deals."""
        return Deal.objects.for_account(account)

    def loaded(self, rows: Any) -> Any:
        """Load what a row shows, in three queries."""
        return rows.for_list()

    def rows_of(self, records: list[Any], account: Any) -> list[Any]:
        """Return the deals as rows."""
        return deal_rows(records, account)

    def total(self, account: Any) -> int:
        """Return how many there are, up to 10,001."""
        return tally(account)

    def elsewhere(self, account: Any, query: str) -> dict[str, Any]:
        """Return nothing: what is looked for by the name of a deal is found nowhere else."""
        return {}

    def trash(self, records: Any, *, by: Any) -> tuple[int, datetime]:
        """Move deals to the trash; their contacts stay as they are."""
        return trash_records(records, by=by)

    def assign(self, records: Any, to: Any, *, by: Any) -> int:
        """Assign deals."""
        return assign_records(records, to, by=by)

    def tag(self, records: Any, name: str, *, by: Any) -> int:
        """Tag deals."""
        return tag_records(records, name, by=by)

    def untag(self, records: Any, tag: Any, *, by: Any) -> int:
        """Take a tag off deals."""
        return untag_records(records, tag, by=by)

    def resource(self) -> Any:
        """Return the columns of a deal."""
        return DealResource()

    def exported(self, records: Any) -> Any:
        """Return deals, oldest first, with agent, tags and who takes part."""
        return records.order_by("pk").for_list()
