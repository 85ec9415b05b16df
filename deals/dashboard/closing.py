"""The card of the open deals that are past their closing date, or close within two weeks."""

import datetime as dt
from typing import Any

from contacts.dashboard.asked import AskedRows, whose
from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address
from deals.dashboard.counting import SOON, still_open, tallies
from deals.dashboard.lists import Rows, first_of, shown

MOST = 8  # as many are shown


def _closing_by(account: int, agent: int | None, last: dt.date) -> Any:
    return first_of(still_open(account, agent).filter(closing_on__lte=last), "closing_on", MOST)


CLOSING_BY = AskedRows(_closing_by)


def closing(scope: Scope) -> Rows:
    """Return the open deals that should be closed within two weeks; those that should have been come first."""
    last = scope.today + SOON
    rows = shown(scope, CLOSING_BY(*whose(scope), last))
    count = sum(tally.soon for tally in tallies(scope))
    return Rows(rows, count, address("deals:list", scope, state="open", closing_to=last))


CARD = Card("deals-closing", 70, closing, "deals/dashboard_closing.html")
