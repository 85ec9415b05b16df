"""The sections of people: what contacts and leads have in common as lists, and contacts themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts import rows as draw
from contacts.columns import ColumnSection
from contacts.elsewhere import found_elsewhere
from contacts.filters import PersonFilter
from contacts.models import Kind, Person, Tag
from contacts.models.person import IN_LISTS
from contacts.models.trashing import trash_people
from contacts.resources import ContactResource
from contacts.sections import Head, Words
from contacts.subjects.assigning import assign_records
from contacts.subjects.tagging import tag_records, untag_records
from contacts.tallies import tally
from tesoro.keyset import Sort

# What every list of people offers beyond its usual columns.
MORE_HEADS = [
    Head("relation", _("Relation"), "", draw.relation, titled=True, extra=True, fields=draw.RELATION),
    Head("whatsapp", _("WhatsApp number"), "", draw.whatsapp, extra=True, fields=("whatsapp",)),
    Head("salutation", _("Salutation"), "", draw.salutation, extra=True, fields=("salutation",)),
    Head("language", _("Language"), "", draw.language, extra=True, fields=("language",)),
    Head("street", _("Street"), "", draw.text("street"), titled=True, extra=True, fields=("street",)),
    Head("zip", _("Zip code"), "", draw.text("zip_code"), extra=True, fields=("zip_code",)),
    Head("city", _("City"), "", draw.text("city"), titled=True, extra=True, fields=("city",)),
    Head("state", _("State"), "", draw.text("state"), titled=True, extra=True, fields=("state",)),
    Head("country", _("Country"), "", draw.country, titled=True, extra=True),
    Head("silent", _("Do not contact"), "", draw.do_not_contact, extra=True, fields=("do_not_contact",)),
    Head("by", _("Created by"), "", draw.created_by, extra=True, fields=draw.CREATOR),
]


class PeopleSection(ColumnSection):
    """People of one kind."""

    kind: ClassVar[Kind]
    # The row beside the person's that the cells read as well.
    beside: ClassVar[tuple[str, ...]] = ()
    filter_class = PersonFilter
    table_class = "table--contacts"
    wide_filters = frozenset({"role", "agent", "tag"})
    sorts: ClassVar[list[Sort]] = [
        Sort("-last", "last_activity_at"),
        Sort("last", "last_activity_at"),
        Sort("name", "name_key"),
        Sort("-name", "name_key"),
        Sort("email", "email_key"),
        Sort("-email", "email_key"),
        Sort("created", "created_at"),
        Sort("-created", "created_at"),
    ]

    def everybody(self, account: Any) -> Any:
        """Return the live people of the kind."""
        return Person.objects.for_account(account).filter(kind=self.kind)

    def loaded_for(self, rows: Any, heads: Sequence[Head]) -> Any:
        """Load what these columns read and no more, in one query, and one more where tags are among them."""
        fields = [field for head in heads for field in head.fields]
        ways = {field.partition("__")[0] for field in fields if "__" in field}
        rows = rows.select_related("assigned_to", *self.beside, *ways).only(*IN_LISTS, *self.beside, *fields)
        if any(head.key == "tags" for head in heads):
            rows = rows.prefetch_related(Prefetch("tags", queryset=Tag.objects.order_by("key")))
        return rows

    def words_of(self, account: Any) -> draw.PeopleWords:
        """Return the names of roles, and the account."""
        return draw.PeopleWords(self.kind, account)

    def total(self, account: Any) -> int:
        """Return how many there are, up to 10,001."""
        return tally(account, self.kind)

    def elsewhere(self, account: Any, query: str) -> dict[str, Any]:
        """Return how many people of the other kind match, up to 10,001, and three of them."""
        return found_elsewhere(account, Kind.LEAD if self.kind == Kind.CONTACT else Kind.CONTACT, query)

    def trash(self, records: Any, *, by: Any) -> tuple[int, datetime]:
        """Move people to the trash."""
        return trash_people(records, by=by)

    def assign(self, records: Any, to: Any, *, by: Any) -> tuple[int, datetime]:
        """Assign people."""
        return assign_records(records, to, by=by)

    def tag(self, records: Any, name: str, *, by: Any) -> tuple[int, datetime]:
        """Tag people."""
        return tag_records(records, name, by=by)

    def untag(self, records: Any, tag: Any, *, by: Any) -> tuple[int, datetime]:
        """Take a tag off people."""
        return untag_records(records, tag, by=by)

    def exported(self, records: Any) -> Any:
        """Return people, oldest first, with agent, company and tags."""
        return records.order_by("pk").select_related("assigned_to", "relation").prefetch_related("tags")


class ContactSection(PeopleSection):
    """Everyone the office does business with."""

    namespace = "contacts"
    kind = Kind.CONTACT
    empty_template = "contacts/_empty.html"
    create_icon = "user-plus"
    import_kind = "contact"
    sorts: ClassVar[list[Sort]] = [*PeopleSection.sorts, Sort("role", "role"), Sort("-role", "role")]
    heads: ClassVar[list[Head]] = [
        Head("name", _("Name"), "name", draw.name),
        Head("email", _("Email"), "email", draw.email, titled=True),
        Head("phone", _("Phone"), "", draw.phone),
        Head("role", _("Role"), "role", draw.role),
        Head("agent", _("Agent"), "", draw.agent),
        Head("tags", _("Tags"), "", draw.tags),
        Head("last", _("Last activity"), "-last", draw.last),
        Head("created", _("Created"), "-created", draw.created),
        *MORE_HEADS,
    ]
    words = Words(
        title=_("Contacts"),
        search=_("Search contacts"),
        placeholder=_("Name, email or phone"),
        create=_("Create contact"),
        all=_("All contacts"),
        mine=_("My clients"),
        filter=_("Filter contacts"),
        show=_("Show contacts"),
        nobody_selected=_("Nobody was selected."),
        trash_question=_("Selected contacts:"),
        trashed=lambda n: (
            ngettext("%(n)d contact moved to the trash", "%(n)d contacts moved to the trash", n) % {"n": n}
        ),
        assigned=lambda n, name: (
            ngettext("%(n)d contact assigned to %(name)s", "%(n)d contacts assigned to %(name)s", n)
            % {"n": n, "name": name}
        ),
        tagged=lambda n, tag: (
            ngettext("%(n)d contact tagged “%(tag)s”", "%(n)d contacts tagged “%(tag)s”", n) % {"n": n, "tag": tag}
        ),
        untagged=lambda n, tag: (
            ngettext("“%(tag)s” removed from %(n)d contact", "“%(tag)s” removed from %(n)d contacts", n)
            % {"n": n, "tag": tag}
        ),
    )

    def resource(self) -> Any:
        """Return the columns of a contact."""
        return ContactResource()
