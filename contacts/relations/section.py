"""Companies as a list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts import rows as shared
from contacts.columns import ColumnSection
from contacts.elsewhere import found_elsewhere
from contacts.models import Kind
from contacts.relations import rows as draw
from contacts.relations.filters import RelationFilter
from contacts.relations.models import Relation
from contacts.relations.resources import RelationResource
from contacts.relations.tallies import tally
from contacts.sections import Head, Words
from contacts.subjects.tagging import tag_records, untag_records
from contacts.subjects.trashing import trash_records
from tesoro.keyset import Sort


class RelationSection(ColumnSection):
    """The companies the office works with."""

    namespace = "relations"
    filter_class = RelationFilter
    empty_template = "relations/_empty.html"
    table_class = "table--relations"
    wide_filters = frozenset({"type", "tag"})
    create_icon = "building-2"
    import_kind = "relation"
    bin = "relations"
    assignable = False
    sorts: ClassVar[list[Sort]] = [
        Sort("name", "name_key"),
        Sort("-name", "name_key"),
        Sort("-last", "last_activity_at"),
        Sort("last", "last_activity_at"),
        Sort("type", "type"),
        Sort("-type", "type"),
        Sort("created", "created_at"),
        Sort("-created", "created_at"),
    ]
    heads: ClassVar[list[Head]] = [
        Head("name", _("Name"), "name", draw.name),
        Head("type", _("Type"), "type", draw.type_),
        Head("status", _("Status"), "", draw.status),
        Head("email", _("Email"), "", shared.email, titled=True),
        Head("phone", _("Phone"), "", shared.phone),
        Head("city", _("City"), "", shared.text("city"), titled=True),
        Head("people", _("Contacts"), "", draw.people),
        Head("tags", _("Tags"), "", draw.tags),
        Head("last", _("Last activity"), "-last", shared.last),
        Head("website", _("Website"), "", draw.website, extra=True),
        Head("channel", _("Preferred channel"), "", draw.channel, extra=True),
        Head("credit", _("Credit terms"), "", shared.text("credit_terms"), titled=True, extra=True),
        Head("street", _("Street"), "", shared.text("street"), titled=True, extra=True),
        Head("zip", _("Zip code"), "", shared.text("zip_code"), extra=True),
        Head("state", _("State"), "", shared.text("state"), titled=True, extra=True),
        Head("country", _("Country"), "", shared.country, titled=True, extra=True),
        Head("created", _("Created"), "-created", shared.created, extra=True),
        Head("by", _("Created by"), "", shared.created_by, extra=True),
    ]
    words = Words(
        title=_("Relations"),
        search=_("Search relations"),
        placeholder=_("Name, email or phone"),
        create=_("Create relation"),
        all=_("All relations"),
        filter=_("Filter relations"),
        show=_("Show relations"),
        nobody_selected=_("Nothing was selected."),
        trash_question=_("Selected relations:"),
        trashed=lambda n: (
            ngettext("%(n)d relation moved to the trash", "%(n)d relations moved to the trash", n) % {"n": n}
        ),
        tagged=lambda n, tag: (
            ngettext("%(n)d relation tagged “%(tag)s”", "%(n)d relations tagged “%(tag)s”", n) % {"n": n, "tag": tag}
        ),
        untagged=lambda n, tag: (
            ngettext("“%(tag)s” removed from %(n)d relation", "“%(tag)s” removed from %(n)d relations", n)
            % {"n": n, "tag": tag}
        ),
    )

    def everybody(self, account: Any) -> Any:
        """Return the live companies."""
        return Relation.objects.for_account(account)

    def loaded_for(self, rows: Any, heads: Sequence[Head]) -> Any:
        """Load what these columns read, in one query, and one more where tags are among them."""
        keys = {head.key for head in heads}
        if "people" in keys:
            rows = rows.with_people()
        if "by" in keys:
            rows = rows.select_related("created_by")
        if "tags" in keys:
            rows = rows.prefetch_related("tags")
        return rows.defer("note", "search_text")

    def words_of(self, account: Any) -> draw.RelationWords:
        """Return the names of types, states and channels."""
        return draw.RelationWords()

    def total(self, account: Any) -> int:
        """Return how many there are, up to 10,001."""
        return tally(account)

    def elsewhere(self, account: Any, query: str) -> dict[str, Any]:
        """Return how many contacts match, up to 10,001, and three of them."""
        return found_elsewhere(account, Kind.CONTACT, query)

    def trash(self, records: Any, *, by: Any) -> tuple[int, datetime]:
        """Move companies to the trash; their people stay as they are."""
        return trash_records(records, by=by)

    def tag(self, records: Any, name: str, *, by: Any) -> tuple[int, datetime]:
        """Tag companies."""
        return tag_records(records, name, by=by)

    def untag(self, records: Any, tag: Any, *, by: Any) -> tuple[int, datetime]:
        """Take a tag off companies."""
        return untag_records(records, tag, by=by)

    def resource(self) -> Any:
        """Return the columns of a company."""
        return RelationResource()

    def exported(self, records: Any) -> Any:
        """Return companies, oldest first, with their tags."""
        return records.order_by("pk").prefetch_related("tags")
