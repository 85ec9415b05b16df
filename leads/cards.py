"""The cards of the board of leads."""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.cells import cut, face_of, late_line
from contacts.tasks.late import LateTask, late_tasks
from contacts.tickets import Ticket
from leads.models import LeadType, Stage
from leads.rows import HEAT_ICONS
from tesoro.icons import icon
from tesoro.links import by_key
from tesoro.templatetags.ui import age, badge, flag


def lead_cards(people: list[Any], account: Any, menu: Callable[..., SafeString], within: str = "") -> list[Ticket]:
    """Return a card for each person, who must be loaded with their lead and agent; one query, for the tasks.

    ``menu`` draws the ways of a lead out of its lane; with none of them the card stays where it is. ``within`` is what
    the links to leads take along.
    """
    late = late_tasks("person", [person.pk for person in people], account)
    lead_of, contact_of, place_of, ask_of = map(
        by_key, ("leads:detail", "contacts:detail", "leads:place", "leads:status")
    )
    cards = []
    for person in people:
        place = place_of(person.pk)
        ways = menu(person.lead, name=person.full_name, place_url=place, ask_url=ask_of(person.pk))
        url = contact_of(person.pk) if person.is_contact else lead_of(person.pk) + within
        lines = _lines(person.lead, account, late.get(person.pk))
        foot = _foot(person.lead, person.assigned_to)
        beside = flag(person.country)
        cards.append(Ticket(person.pk, url, person.full_name, lines, foot, place if ways else "", ways, beside))
    return cards


def _lines(lead: Any, account: Any, late: LateTask | None) -> SafeString:
    """Draw what is looked for, for how much, and what is overdue."""
    drawn = [cut(" · ".join(part for part in (lead.what(), lead.where()) if part))]
    if price := lead.price(account.currency):
        drawn.append(mark_safe(f'<span class="soft">{escape(price)}</span>'))
    if late:
        drawn.append(late_line(late))
    return mark_safe("".join(drawn))


def _foot(lead: Any, agent: Any) -> SafeString:
    """Draw how warm the lead is, what it wants, how long it has had its status, and whose it is."""
    since = f'<span class="push nowrap">{_since_when(get_language())} {age(lead.status_since)}</span>'
    kind = badge(str(LeadType(lead.type).label), lead.type)
    return mark_safe(f"{_heat(lead.stage, get_language())}{kind}{since}{face_of(agent) if agent else ''}")


@lru_cache(maxsize=64)
def _heat(stage: str, language: str | None) -> str:
    heat = Stage(stage)
    return f'<span class="heat" data-heat="{stage}">{icon(HEAT_ICONS[heat])}{escape(str(heat.label))}</span>'


@lru_cache(maxsize=16)
def _since_when(language: str | None) -> str:
    return f'<span class="visually-hidden">{escape(_("In this status:"))}</span>'
