"""The sections of people: what contacts and leads have in common as lists, and contacts themselves."""

from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.filters import PersonFilter
from contacts.models import Kind, Person
from contacts.models.assigning import assign_people
from contacts.models.trashing import trash_people
from contacts.resources import ContactResource
from contacts.rows import rows_of
from contacts.sections import Head, Section, Words
from contacts.subjects.tagging import tag_records, untag_records
from contacts.tallies import tally
from tesoro.counting import bounded_count
from tesoro.keyset import Sort

EXAMPLES = 3


class PeopleSection(Section):
    """People of one kind."""

    kind: ClassVar[Kind]
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

    def loaded(self, rows: Any) -> Any:
        """Load what a row shows, in two queries."""
        return rows.for_list()

    def rows_of(self, records: list[Any], account: Any) -> list[Any]:
        """Return the people as rows."""
        return rows_of(records)

    def total(self, account: Any) -> int:
        """Return how many there are, up to 10,001."""
        return tally(account, self.kind)

    def elsewhere(self, account: Any, query: str) -> dict[str, Any]:
        """Return how many people of the other kind match, up to 10,001, and three of them."""
        other = Kind.LEAD if self.kind == Kind.CONTACT else Kind.CONTACT
        people = Person.objects.for_account(account).filter(kind=other).matching(account, query)
        count = bounded_count(people)
        examples = list(people.order_by("-last_activity_at", "-pk")[:EXAMPLES]) if count else []
        return {"others": count, "examples": examples}

    def trash(self, records: Any, *, by: Any) -> tuple[int, datetime]:
        """Move people to the trash."""
        return trash_people(records, by=by)

    def assign(self, records: Any, to: Any, *, by: Any) -> int:
        """Assign people."""
        return assign_people(records, to, by=by)

    def tag(self, records: Any, name: str, *, by: Any) -> int:
        """Tag people."""
        return tag_records(records, name, by=by)

    def untag(self, records: Any, tag: Any, *, by: Any) -> int:
        """Take a tag off people."""
        return untag_records(records, tag, by=by)

    def exported(self, records: Any) -> Any:
        """Return people, oldest first, with agent, company and tags."""
        return records.order_by("pk").select_related("assigned_to", "relation").prefetch_related("tags")


class ContactSection(PeopleSection):
    """Everyone the office does business with."""

    namespace = "contacts"
    kind = Kind.CONTACT
    rows_template = "contacts/_rows.html"
    empty_template = "contacts/_empty.html"
    create_icon = "user-plus"
    import_kind = "contact"
    sorts: ClassVar[list[Sort]] = [*PeopleSection.sorts, Sort("role", "role"), Sort("-role", "role")]
    heads: ClassVar[list[Head]] = [
        Head("name", _("Name"), "name"),
        Head("email", _("Email"), "email"),
        Head("phone", _("Phone")),
        Head("role", _("Role"), "role"),
        Head("agent", _("Agent")),
        Head("tags", _("Tags")),
        Head("last", _("Last activity"), "-last"),
        Head("created", _("Created"), "-created"),
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
