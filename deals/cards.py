"""The cards of the board of deals, made ready for their template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.tasks.late import LateTask, late_tasks
from deals.models import DealType, Party
from tesoro.faces import avatar
from tesoro.moments import day_and_month
from tesoro.money import told
from tesoro.templatetags.ui import age, badge
from tesoro.trash import live


@dataclass(frozen=True, slots=True)
class Closing:
    """The day on which an open deal is to be closed, in words, and whether it has passed."""

    text: str
    late: bool


@dataclass(frozen=True, slots=True)
class DealCard:
    """One deal on the board, in words and ready markup."""

    pk: int
    url: str
    name: str
    client: str
    more: int
    clients: str
    value: str
    closing: Closing | None
    badge: str
    cold: bool
    late: LateTask | None
    reason: str
    age: str
    agent: str
    agent_face: SafeString
    place_url: str
    menu: SafeString


def deal_cards(deals: list[Any], account: Any, menu: Callable[..., SafeString]) -> list[DealCard]:
    """Return a card for each deal, which must be loaded with its agent; two queries, for clients and tasks.

    ``menu`` draws the ways of a deal out of its lane.
    """
    ids = [deal.pk for deal in deals]
    clients, late = names_of_clients(ids, account), late_tasks("deal", ids, account)
    urls = [reverse(name, args=[0]) for name in ("deals:detail", "deals:place", "deals:stage")]
    return [_card(deal, account, (clients.get(deal.pk, []), late.get(deal.pk)), urls, menu) for deal in deals]


def _card(
    deal: Any, account: Any, known: tuple[list[str], LateTask | None], urls: list[str], menu: Callable[..., SafeString]
) -> DealCard:
    (clients, late), agent = known, deal.assigned_to
    page, place, ask = (url.replace("0", str(deal.pk)) for url in urls)
    return DealCard(
        pk=deal.pk,
        url=page,
        name=deal.name,
        client=clients[0] if clients else "",
        more=len(clients) - 1 if clients else 0,
        clients=", ".join(clients),
        value=told(deal.value, account.currency),
        closing=closing(deal),
        badge=badge(str(DealType(deal.type).label), deal.type),
        cold=deal.is_cold(account),
        late=late,
        reason=deal.reason,
        age=age(deal.stage_since),
        agent=agent.get_full_name() if agent else "",
        agent_face=avatar(agent, "s"),
        place_url=place,
        menu=menu(deal, name=deal.name, place_url=place, ask_url=ask),
    )


def names_of_clients(deals: list[int], account: Any) -> dict[int, list[str]]:
    """Return the names of the clients of each deal that has any, in the order they came, in one query."""
    rows = Party.objects.for_account(account).filter(live("person"), deal__in=deals).clients().order_by("pk")
    found: dict[int, list[str]] = {}
    for deal, first, last in rows.values_list("deal", "person__first_name", "person__last_name"):
        found.setdefault(deal, []).append(f"{first} {last}")
    return found


def closing(deal: Any) -> Closing | None:
    """Return when a deal is to be closed; of one that is won or lost nothing is due any more."""
    if deal.closing_on is None:
        return None
    late = not deal.is_closed and deal.closing_on < timezone.localdate()
    text = day_and_month(deal.closing_on)
    return Closing(_("Overdue %(day)s") % {"day": text} if late else text, late)
