"""The cards of the board of deals."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.cells import cut, face_of, late_line
from contacts.tasks.late import LateTask, late_tasks
from contacts.tickets import Ticket
from deals.models import DealType, Party
from tesoro.icons import icon
from tesoro.links import by_key
from tesoro.moments import day_and_month, exact
from tesoro.money import told
from tesoro.templatetags.ui import age, badge
from tesoro.trash import live


@dataclass(frozen=True, slots=True)
class Closing:
    """The day on which an open deal is to be closed, in words, and whether it has passed."""

    text: str
    late: bool


def deal_cards(deals: list[Any], account: Any, menu: Callable[..., SafeString], within: str = "") -> list[Ticket]:
    """Return a card for each deal, which must be loaded with its agent; two queries, for clients and tasks.

    ``menu`` draws the ways of a deal out of its lane, ``within`` is what the links to deals take along.
    """
    ids = [deal.pk for deal in deals]
    clients, late = names_of_clients(ids, account), late_tasks("deal", ids, account)
    page_of, place_of, ask_of = map(by_key, ("deals:detail", "deals:place", "deals:stage"))
    drawing = Drawing(account)
    cards = []
    for deal in deals:
        place = place_of(deal.pk)
        lines = drawing.lines(deal, clients.get(deal.pk, []), late.get(deal.pk))
        ways = menu(deal, name=deal.name, place_url=place, ask_url=ask_of(deal.pk))
        cards.append(Ticket(deal.pk, page_of(deal.pk) + within, deal.name, lines, drawing.foot(deal), place, ways))
    return cards


class Drawing:
    """Draws the cards of a page; what all of them say is translated once."""

    def __init__(self, account: Any) -> None:
        self.account = account
        self.in_stage = f'<span class="visually-hidden">{escape(_("In this stage:"))}</span>'
        self.closing = f'<span class="visually-hidden">{escape(_("Closing date:"))}</span>'
        self.cold = f'<span class="heat" data-heat="cold">{icon("snowflake")}{escape(_("Going cold"))}</span>'
        self._badges: dict[str, str] = {}

    def lines(self, deal: Any, clients: list[str], late: LateTask | None) -> SafeString:
        """Draw who the clients are, the reason, what is overdue, and how long an open deal has been where it is."""
        drawn = [_clients(clients)] if clients else []
        if deal.reason:
            drawn.append(cut(deal.reason))
        if late:
            drawn.append(late_line(late))
        cold = self.cold if deal.is_cold(self.account) else ""
        since = "" if ended(deal) else f'<span class="push nowrap">{self.in_stage} {age(deal.stage_since)}</span>'
        drawn.append(f'<span class="row">{self._badge(deal.type)}{cold}{since}</span>')
        return mark_safe("".join(drawn))

    def foot(self, deal: Any) -> SafeString:
        """Draw the value, when the deal is to be closed, or was won or lost, and whose it is."""
        value = escape(told(deal.value, self.account.currency))
        drawn = [f'<span class="value">{value}</span>'] if value else []
        end = self._end(deal)
        drawn.append(end)
        if deal.assigned_to:
            drawn.append(face_of(deal.assigned_to, push=not end))
        return mark_safe("".join(drawn))

    def _end(self, deal: Any) -> str:
        if text := ended(deal):
            return f'<span class="push nowrap" title="{escape(exact(deal.closed_at))}">{escape(text)}</span>'
        due = closing(deal)
        if due is None or deal.is_closed:
            return ""
        late = " late" if due.late else ""
        return f'<span class="push nowrap{late}">{self.closing} {escape(due.text)}</span>'

    def _badge(self, kind: str) -> str:
        if kind not in self._badges:
            self._badges[kind] = badge(str(DealType(kind).label), kind)
        return self._badges[kind]


def _clients(names: list[str]) -> str:
    first, others = names[0], len(names) - 1
    more = ""
    if others:
        spoken = ngettext("and %(n)s more client", "and %(n)s more clients", others) % {"n": others}
        more = (
            f'<span class="nowrap" aria-hidden="true">+{others}</span>'
            f'<span class="visually-hidden">{escape(spoken)}</span>'
        )
    title = escape(", ".join(names))
    return f'<span class="row" title="{title}"><span class="truncate">{escape(first)}</span>{more}</span>'


def names_of_clients(deals: list[int], account: Any) -> dict[int, list[str]]:
    """Return the names of the clients of each deal that has any, in the order they came, in one query."""
    rows = Party.objects.for_account(account).filter(live("person"), deal__in=deals).clients().order_by("pk")
    found: dict[int, list[str]] = {}
    for deal, first, last in rows.values_list("deal", "person__first_name", "person__last_name"):
        found.setdefault(deal, []).append(f"{first} {last}")
    return found


def ended(deal: Any) -> str:
    """Return what became of a deal, and on which day: "Won 3 May"; "" of an open one, or where nobody knows the day."""
    if not deal.is_closed or deal.closed_at is None:
        return ""
    return f"{deal.get_stage_display()} {day_and_month(deal.closed_at)}"


def closing(deal: Any) -> Closing | None:
    """Return when a deal is to be closed; of one that is won or lost nothing is due any more."""
    if deal.closing_on is None:
        return None
    late = not deal.is_closed and deal.closing_on < timezone.localdate()
    text = day_and_month(deal.closing_on)
    return Closing(_("Overdue %(day)s") % {"day": text} if late else text, late)
