"""Companies as a list."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.models import Kind, Person
from contacts.relations.filters import RelationFilter
from contacts.relations.models import Relation
from contacts.relations.resources import RelationResource
from contacts.relations.rows import relation_rows
from contacts.relations.tallies import tally
from contacts.sections import Head, Section, Words
from contacts.subjects.tagging import tag_records, untag_records
from contacts.subjects.trashing import trash_records
from tesoro.counting import bounded_count
from tesoro.keyset import Sort

EXAMPLES = 3


class RelationSection(Section):
    """The companies the office works with."""

    namespace = "relations"
    filter_class = RelationFilter
    rows_template = "relations/_rows.html"
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
        Head("name", _("Name"), "name"),
        Head("type", _("Type"), "type"),
        Head("status", _("Status")),
        Head("email", _("Email")),
        Head("phone", _("Phone")),
        Head("city", _("City")),
        Head("people", _("Contacts")),
        Head("tags", _("Tags")),
        Head("last", _("Last activity"), "-last"),
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

    def loaded(self, rows: Any) -> Any:
        """Load what a row shows, in two queries."""
        return rows.for_list()

    def rows_of(self, records: list[Any], account: Any) -> list[Any]:
        """Return the companies as rows."""
        return relation_rows(records)

    def total(self, account: Any) -> int:
        """Return how many there are, up to 10,001."""
        return tally(account)

    def elsewhere(self, account: Any, query: str) -> dict[str, Any]:
        """Return how many contacts match, up to 10,001, and three of them."""
        people = Person.objects.for_account(account).filter(kind=Kind.CONTACT).matching(account, query)
        count = bounded_count(people) if query else 0
        examples = list(people.order_by("-last_activity_at", "-pk")[:EXAMPLES]) if count else []
        return {"others": count, "examples": examples}

    def trash(self, records: Any, *, by: Any) -> tuple[int, datetime]:
        """Move companies to the trash; their people stay as they are."""
        return trash_records(records, by=by)

    def tag(self, records: Any, name: str, *, by: Any) -> int:
        """Tag companies."""
        return tag_records(records, name, by=by)

    def untag(self, records: Any, tag: Any, *, by: Any) -> int:
        """Take a tag off companies."""
        return untag_records(records, tag, by=by)

    def resource(self) -> Any:
        """Return the columns of a company."""
        return RelationResource()

    def exported(self, records: Any) -> Any:
        """Return companies, oldest first, with their tags."""
        return records.order_by("pk").prefetch_related("tags")
