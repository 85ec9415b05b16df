"""Deals as a list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts import rows as shared
from contacts.columns import ColumnSection
from contacts.elsewhere import found_elsewhere
from contacts.models import Kind
from contacts.sections import Head, Words
from contacts.subjects.assigning import assign_records
from contacts.subjects.tagging import tag_records, untag_records
from contacts.subjects.trashing import trash_records
from deals import rows as draw
from deals.filters import DealFilter
from deals.models import Deal
from deals.resources import DealResource
from deals.tallies import tally
from deals.undoing import put_back
from tesoro.keyset import Sort


class DealSection(ColumnSection):
    """The transactions of the office."""

    namespace = "deals"
    filter_class = DealFilter
    empty_template = "deals/_empty.html"
    bulk_template = "deals/_bulk_stage.html"
    table_class = "table--deals"
    wide_filters = frozenset({"stage", "type", "agent", "property_type", "tag"})
    create_icon = "handshake"
    import_kind = "deal"
    bin = "deals"
    board = True
    lanes = ("stage", "rank")
    undoers: ClassVar[Any] = {"deal_moved": put_back}
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
        Head("name", _("Name"), "name", draw.name),
        Head("stage", _("Stage"), "", draw.stage),
        Head("type", _("Type"), "", draw.type_),
        Head("clients", _("Clients"), "", draw.clients, titled=True),
        Head("value", _("Value"), "-value", draw.value),
        Head("closing", _("Closing"), "", draw.closing),
        Head("agent", _("Agent"), "", shared.agent),
        Head("last", _("Last activity"), "-last", shared.last),
        Head("created", _("Created"), "-created", shared.created),
        Head("commission", _("Commission"), "", draw.commission, extra=True),
        Head("share", _("Commission, %"), "", draw.share, extra=True),
        Head("parties", _("Contacts"), "", draw.parties, titled=True, extra=True),
        Head("tags", _("Tags"), "", draw.tags, extra=True),
        Head("days", _("Days in stage"), "", draw.days_in_stage, extra=True),
        Head("age", _("Age, days"), "", draw.age_in_days, extra=True),
        Head("closed", _("Won or lost"), "", draw.closed, extra=True),
        Head("reason", _("Reason"), "", shared.text("reason"), titled=True, extra=True),
        Head("street", _("Street"), "", shared.text("street"), titled=True, extra=True),
        Head("zip", _("Zip code"), "", shared.text("zip_code"), extra=True),
        Head("city", _("City"), "", shared.text("city"), titled=True, extra=True),
        Head("state", _("State"), "", shared.text("state"), titled=True, extra=True),
        Head("country", _("Country"), "", shared.country, titled=True, extra=True),
        Head("properties", _("Property types"), "", draw.properties, titled=True, extra=True),
        Head("places", _("Locations"), "", draw.places, titled=True, extra=True),
        Head("price", _("Price"), "", draw.price, extra=True),
        Head("size", _("Size"), "", draw.size, titled=True, extra=True),
        Head("features", _("Features"), "", shared.text("features"), titled=True, extra=True),
        Head("by", _("Created by"), "", shared.created_by, extra=True),
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

    def loaded_for(self, rows: Any, heads: Sequence[Head]) -> Any:
        """Load what these columns read, in one query, and one more each for who takes part and for tags.

        On a phone the name tells of the clients, too.
        """
        keys = {head.key for head in heads}
        rows = rows.with_parties()
        if "tags" in keys:
            rows = rows.prefetch_related("tags")
        links = [field for key, field in (("agent", "assigned_to"), ("by", "created_by")) if key in keys]
        return (rows.select_related(*links) if links else rows).defer("description", "search_text")

    def words_of(self, account: Any) -> draw.DealWords:
        """Return the names of types and stages, and the account."""
        return draw.DealWords(account)

    def total(self, account: Any) -> int:
        """Return how many there are, up to 10,001."""
        return tally(account)

    def elsewhere(self, account: Any, query: str) -> dict[str, Any]:
        """Return how many contacts match, up to 10,001, and three of them: a deal is looked for by its client, too."""
        return found_elsewhere(account, Kind.CONTACT, query)

    def trash(self, records: Any, *, by: Any) -> tuple[int, datetime]:
        """Move deals to the trash; their contacts stay as they are."""
        return trash_records(records, by=by)

    def assign(self, records: Any, to: Any, *, by: Any) -> tuple[int, datetime]:
        """Assign deals."""
        return assign_records(records, to, by=by)

    def tag(self, records: Any, name: str, *, by: Any) -> tuple[int, datetime]:
        """Tag deals."""
        return tag_records(records, name, by=by)

    def untag(self, records: Any, tag: Any, *, by: Any) -> tuple[int, datetime]:
        """Take a tag off deals."""
        return untag_records(records, tag, by=by)

    def resource(self) -> Any:
        """Return the columns of a deal."""
        return DealResource()

    def exported(self, records: Any) -> Any:
        """Return deals, oldest first, with agent, tags and who takes part."""
        return records.order_by("pk").for_list().select_related("account", "assigned_to")
