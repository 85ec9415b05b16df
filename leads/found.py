"""Leads as the search from every page finds and shows them."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.finder.groups import Group, Hit
from contacts.found import loaded, people_of, person_hit
from contacts.models import Kind
from leads.models import Status
from leads.rows import STATUS_HUES


def lead_hit(person: Any) -> Hit:
    """Return a lead as a hit, with where it stands in the pipeline."""
    lead = getattr(person, "lead", None)  # a person that Django admin made a lead of has no place yet
    return person_hit(person, badge=_status(lead) if lead else "")


def _status(lead: Any) -> str:
    status = Status(lead.status)
    return format_html('<span class="badge" data-hue="{}">{}</span>', STATUS_HUES[status] or "grey", status.label)


LEADS = Group(
    name="leads",
    title=_("Leads"),
    rows=lambda account: people_of(account, Kind.LEAD),
    loaded=lambda people: loaded(people, "lead"),
    hit=lead_hit,
    place=20,
    list_name="leads:list",
    in_list=_("Search leads for"),
    recent=True,
)
