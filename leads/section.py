"""Leads as a list."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.models import Kind
from contacts.people_sections import PeopleSection
from contacts.sections import Head, Words
from leads.filters import LeadFilter
from leads.resources import LeadResource
from leads.rows import lead_rows


class LeadSection(PeopleSection):
    """Prospects that are still to be qualified."""

    namespace = "leads"
    kind = Kind.LEAD
    filter_class = LeadFilter
    table_class = "table--contacts table--leads"
    wide_filters = frozenset({"status", "stage", "type", "agent", "source", "portal", "property_type", "tag", "place"})
    rows_template = "leads/_rows.html"
    empty_template = "leads/_empty.html"
    bulk_template = "leads/_bulk_status.html"
    create_icon = "user-plus"
    board = True
    import_kind = "lead"
    heads: ClassVar[list[Head]] = [
        Head("name", _("Name"), "name"),
        Head("status", _("Status")),
        Head("stage", _("Stage")),
        Head("wish", _("Looking for")),
        Head("source", _("Source")),
        Head("phone", _("Phone")),
        Head("agent", _("Agent")),
        Head("last", _("Last activity"), "-last"),
        Head("created", _("Created"), "-created"),
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

    def loaded(self, rows: Any) -> Any:
        """Load what a row shows, in one query: a row of leads has no tags."""
        return rows.with_agent("lead")

    def rows_of(self, records: list[Any], account: Any) -> list[Any]:
        """Return the leads as rows."""
        return lead_rows(records, account)

    def resource(self) -> Any:
        """Return the columns of a lead."""
        return LeadResource()

    def exported(self, records: Any) -> Any:
        """Return leads, oldest first, with all their columns read."""
        return super().exported(records).select_related("assigned_to", "relation", "lead", "account")
