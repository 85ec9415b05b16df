"""Leads as a list."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts import rows as person
from contacts.models import Kind
from contacts.people_sections import MORE_HEADS, PeopleSection
from contacts.sections import Head, Words
from leads import rows as draw
from leads.filters import LeadFilter
from leads.resources import LeadResource
from leads.undoing import put_back, unconvert


class LeadSection(PeopleSection):
    """Prospects that are still to be qualified."""

    namespace = "leads"
    kind = Kind.LEAD
    beside = ("lead",)
    filter_class = LeadFilter
    table_class = "table--contacts table--leads"
    wide_filters = frozenset({"status", "stage", "type", "agent", "source", "portal", "property_type", "tag", "place"})
    empty_template = "leads/_empty.html"
    bulk_template = "leads/_bulk_status.html"
    create_icon = "user-plus"
    board = True
    lanes = ("lead__status", "lead__rank")
    import_kind = "lead"
    undoers: ClassVar[Any] = {"status_changed": put_back, "converted": unconvert}
    heads: ClassVar[list[Head]] = [
        Head("name", _("Name"), "name", draw.name),
        Head("status", _("Status"), "", draw.status),
        Head("stage", _("Stage"), "", draw.stage),
        Head("wish", _("Looking for"), "", draw.looking_for),
        Head("source", _("Source"), "", draw.source, titled=True),
        Head("phone", _("Phone"), "", person.phone),
        Head("agent", _("Agent"), "", person.agent),
        Head("last", _("Last activity"), "-last", person.last),
        Head("created", _("Created"), "-created", person.created),
        Head("email", _("Email"), "email", person.email, titled=True, extra=True),
        Head("tags", _("Tags"), "", person.tags, extra=True),
        Head("type", _("Lead type"), "", draw.type_, extra=True),
        Head("portal", _("Portal"), "", draw.portal, extra=True),
        Head("timing", _("Timing"), "", draw.timing, extra=True),
        Head("properties", _("Property types"), "", draw.properties, titled=True, extra=True),
        Head("places", _("Locations"), "", draw.places, titled=True, extra=True),
        Head("price", _("Price"), "", draw.price, extra=True),
        Head("size", _("Size"), "", draw.size, titled=True, extra=True),
        Head("features", _("Features"), "", draw.features, titled=True, extra=True),
        Head("since", _("In this status since"), "", draw.since_when, extra=True),
        *MORE_HEADS,
    ]
    words = Words(
        title=_("Leads"),
        search=_("Search leads"),
        placeholder=_("Name, email or phone"),
        create=_("Create lead"),
        all=_("All leads"),
        mine=_("My leads"),
        filter=_("Filter leads"),
        show=_("Show leads"),
        nobody_selected=_("Nobody was selected."),
        trash_question=_("Selected leads:"),
        trashed=lambda n: ngettext("%(n)d lead moved to the trash", "%(n)d leads moved to the trash", n) % {"n": n},
        assigned=lambda n, name: (
            ngettext("%(n)d lead assigned to %(name)s", "%(n)d leads assigned to %(name)s", n) % {"n": n, "name": name}
        ),
        tagged=lambda n, tag: (
            ngettext("%(n)d lead tagged “%(tag)s”", "%(n)d leads tagged “%(tag)s”", n) % {"n": n, "tag": tag}
        ),
        untagged=lambda n, tag: (
            ngettext("“%(tag)s” removed from %(n)d lead", "“%(tag)s” removed from %(n)d leads", n)
            % {"n": n, "tag": tag}
        ),
    )

    def words_of(self, account: Any) -> draw.LeadWords:
        """Return the names of statuses, stages and the like, and the account."""
        return draw.LeadWords(account)

    def resource(self) -> Any:
        """Return the columns of a lead."""
        return LeadResource()

    def exported(self, records: Any) -> Any:
        """Return leads, oldest first, with all their columns read."""
        return super().exported(records).select_related("assigned_to", "relation", "lead", "account")
