"""The cells of deals in a list, and the rows of a contact's deals."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import conditional_escape as escape
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.cells import dot_cell, name_cell, tags_cell
from deals.cards import closing as due_of
from deals.cards import ended
from deals.models import DealType, Stage
from tesoro.faces import avatar
from tesoro.icons import icon
from tesoro.links import by_key
from tesoro.moments import day_and_month, exact
from tesoro.money import plain_amount, told
from tesoro.templatetags.ui import badge, day, grouped

STAGE_HUES = {
    Stage.KNOWING: "blue", Stage.FIRST_VISIT: "blue", Stage.MORE_VISITS: "blue", Stage.MANDATE: "blue",
    Stage.ONLINE: "blue", Stage.VISITS: "blue", Stage.OFFER: "amber", Stage.RESERVATION: "amber",
    Stage.CONTRACT: "violet", Stage.DEPOSIT: "violet", Stage.DEED: "violet", Stage.WON: "green", Stage.LOST: "",
}  # fmt: skip


class DealWords:
    """What cells of deals are drawn with."""

    def __init__(self, account: Any) -> None:
        self.account, self.currency = account, account.currency
        self.types, self.stages = ({one.value: str(one.label) for one in kind} for kind in (DealType, Stage))
        self.cold = str(_("Going cold"))
        self.within = ""
        self._address = by_key("deals:detail")

    def url(self, deal: Any) -> str:
        """Return the address of a deal's page, which takes along from where it was opened."""
        return self._address(deal.pk) + self.within


def name(deal: Any, words: DealWords) -> str:
    """Draw a deal's name, and whether it is going cold; on a phone stage, closing and clients stand below it."""
    end = _end(deal, words)
    stands = [end] if deal.is_closed and end else [words.stages[deal.stage], end]
    parts = [escape(part) for part in [*stands, clients(deal)] if part]
    return name_cell(words.url(deal), deal.name, SafeString(" · ".join(parts)), flag=_cold(deal, words))


def _end(deal: Any, words: DealWords) -> str:
    """Return in few signs when a deal was won or lost, else when it is to be closed, red when that has passed."""
    if deal.is_closed:
        return f"{words.stages[deal.stage]} {day_and_month(deal.closed_at)}" if deal.closed_at else ""
    due = due_of(deal)
    if due is None:
        return ""
    text = day_and_month(deal.closing_on)
    return _late(text) if due.late else text


def _cold(deal: Any, words: DealWords) -> SafeString:
    if not deal.is_cold(words.account):
        return SafeString()
    return format_html(
        '<span class="heat" data-heat="cold" title="{}">{}<span class="visually-hidden">{}</span></span>',
        words.cold, icon("snowflake"), words.cold,
    )  # fmt: skip


def stage(deal: Any, words: DealWords) -> str:
    """Draw the place in the pipeline."""
    return dot_cell(words.stages[deal.stage], STAGE_HUES[Stage(deal.stage)])


def type_(deal: Any, words: DealWords) -> str:
    """Draw the type as a badge."""
    return badge(words.types[deal.type], deal.type)


def clients(deal: Any, words: Any = None) -> str:
    """Draw the names of those for whom the deal is made."""
    return ", ".join(party.person.full_name for party in deal.who if party.is_client)


def parties(deal: Any, words: Any) -> str:
    """Draw the names of all who take part, with their roles, clients first."""
    return ", ".join(f"{party.person.full_name} ({party.role_label})" for party in deal.who)


def value(deal: Any, words: DealWords) -> str:
    """Draw the value as money."""
    return told(deal.value, words.currency)


def commission(deal: Any, words: DealWords) -> str:
    """Draw what the office earns as money."""
    return told(deal.commission_amount, words.currency)


def share(deal: Any, words: Any) -> str:
    """Draw the commission in per cent."""
    return f"{plain_amount(deal.commission)} %" if deal.commission is not None else ""


def closing(deal: Any, words: Any = None) -> str:
    """Draw the day on which the deal is to be closed, red when it has passed; of a closed one when it was."""
    if deal.is_closed:
        return _closed(deal) if deal.closed_at else SafeString()
    due = due_of(deal)
    if due is None or not due.late:
        return day(deal.closing_on) if due else ""
    return _late(day(deal.closing_on))


def _late(text: str) -> SafeString:
    """Draw a day that has passed."""
    told_late = _("Past its closing date:")
    return format_html('<span class="late"><span class="visually-hidden">{} </span>{}</span>', told_late, text)


def _closed(deal: Any) -> SafeString:
    """Draw what became of a closed deal, and on which day."""
    return format_html('<span class="nowrap" title="{}">{}</span>', exact(deal.closed_at), ended(deal))


def days_in_stage(deal: Any, words: Any) -> str:
    """Draw how many whole days the deal is in its stage."""
    return grouped((timezone.now() - deal.stage_since).days)


def age_in_days(deal: Any, words: Any) -> str:
    """Draw how many whole days old the deal is, or was when it was won or lost."""
    return grouped(max(((deal.closed_at or timezone.now()) - deal.created_at).days, 0))


def closed(deal: Any, words: Any) -> str:
    """Draw the day on which the deal was won or lost."""
    return day(deal.closed_at) if deal.closed_at else ""


def tags(deal: Any, words: Any) -> str:
    """Draw the first tags."""
    return tags_cell(sorted(deal.tags.all(), key=lambda tag: tag.key))


def properties(deal: Any, words: Any) -> str:
    """Draw the kinds of property."""
    return str(deal.what())


def places(deal: Any, words: Any) -> str:
    """Draw the places."""
    return str(deal.where())


def price(deal: Any, words: DealWords) -> str:
    """Draw the price that is looked for, or asked."""
    return str(deal.price(words.currency))


def size(deal: Any, words: Any) -> str:
    """Draw rooms and area."""
    return str(deal.size())


@dataclass(frozen=True, slots=True)
class PartRow:
    """What a contact takes part in, as which, in words and ready markup."""

    url: str
    name: str
    role: str
    type: str
    stage: str
    hue: str
    value: str
    closing: str
    is_closed: bool
    agent: Any
    agent_face: SafeString


def part_rows(parties: list[Any], account: Any) -> list[PartRow]:
    """Return a row for each party; they must be loaded with their deals and the deals' agents."""
    return [_part(party.deal, party.role_label, account) for party in parties]


def _part(deal: Any, role: str, account: Any) -> PartRow:
    return PartRow(
        url=deal.get_absolute_url(),
        name=deal.name,
        role=role,
        type=str(deal.get_type_display()),
        stage=str(deal.get_stage_display()),
        hue=STAGE_HUES[Stage(deal.stage)],
        value=told(deal.value, account.currency),
        closing=closing(deal),
        is_closed=deal.is_closed,
        agent=deal.assigned_to,
        agent_face=avatar(deal.assigned_to, "s"),
    )
