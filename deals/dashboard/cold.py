"""The card "Going cold": the open deals in which nothing happened for long."""

import datetime as dt
from typing import Any

from django.db.models.functions import Greatest

from contacts.dashboard.asked import AskedRows, whose
from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address
from deals.dashboard.counting import silent_since, still_open, tallies
from deals.dashboard.lists import Rows, first_of, shown

MOST = 5  # as many are shown


def _cold_since(account: int, agent: int | None, moment: dt.datetime) -> Any:
    # By an expression, so that the open deals are asked and not all deals in the order of their activity.
    silence = Greatest("last_activity_at", "last_activity_at")
    return first_of(still_open(account, agent).alias(silence=silence).filter(silence__lt=moment), silence, MOST)


SILENT_SINCE = AskedRows(_cold_since)


def cold(scope: Scope) -> Rows | None:
    """Return the open deals in which nothing happened for as long as the account's threshold, the quietest first."""
    count = sum(tally.cold for tally in tallies(scope))
    if not count:
        return None
    rows = shown(scope, SILENT_SINCE(*whose(scope), silent_since(scope)))
    return Rows(rows, count, address("deals:list", scope, state="cold"))


CARD = Card("deals-cold", 80, cold, "deals/dashboard_cold.html")
