"""The lists that the figures of deals lead to, and the first deals of such a list as a card shows them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address, number
from deals.cards import names_of_clients
from deals.models import Deal, Stage
from deals.rows import STAGE_HUES
from tesoro.moments import day_and_month
from tesoro.money import told

SHOWN = ["account", "name", "stage", "value", "closing_on", "last_activity_at"]


def won_between(scope: Scope, first: dt.date, last: dt.date) -> str:
    """Return the address of the deals that were won from ``first`` to ``last``."""
    return address("deals:list", scope, stage=Stage.WON, closed_from=first, closed_to=last)


@dataclass(frozen=True)
class Row:
    """A deal in a card: whose it is, where it stands, what it is worth, and the day or the silence that matters."""

    deal: Deal
    clients: str
    stage: str
    hue: str
    value: str
    day: str
    late: bool = False

    @classmethod
    def of(cls, deal: Deal, clients: list[str], scope: Scope) -> "Row":
        """Return a deal and its clients as the card shows them."""
        stage, closes = Stage(deal.stage), deal.closing_on
        return cls(
            deal=deal,
            clients=", ".join(clients),
            stage=str(stage.label),
            hue=STAGE_HUES[stage] or "grey",
            value=told(deal.value, scope.account.currency),
            day=day_and_month(closes, scope.now) if closes else "",
            late=bool(closes and closes < scope.today),
        )


@dataclass(frozen=True)
class Rows:
    """The first deals of a card, how many there are in all, and the list that holds them."""

    rows: list[Row]
    count: int
    url: str

    @property
    def tally(self) -> str:
        """How many there are, for a reader."""
        return number(self.count) if self.count else ""

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


def first_of(deals: Any, order: Any, many: int) -> Any:
    """Return the first of some deals; which they are is found in an index alone."""
    first = deals.order_by(order, "pk").values("pk")[:many]
    # By their keys alone, which were found in the account: with more to go by, SQLite reads all its deals.
    return Deal.with_trash.filter(pk__in=first).order_by(order, "pk").only(*SHOWN)


def shown(scope: Scope, deals: list[Deal]) -> list[Row]:
    """Return deals as a card shows them."""
    clients = names_of_clients([deal.pk for deal in deals], scope.account)
    return [Row.of(deal, clients.get(deal.pk, []), scope) for deal in deals]
