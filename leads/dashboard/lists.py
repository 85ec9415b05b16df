"""The lists that the figures of leads lead to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address, number
from tesoro.charts import Figure


def board(scope: Scope, **words: Any) -> str:
    """Return the address of the board with the period's leads.

    It holds a lane of those who became contacts, whom the list of leads has not, and its heading counts them along and
    apart: it tells the figure, and both numbers of a rate.
    """
    return address("leads:board", scope, **{**days(scope), **words})


def days(scope: Scope) -> Mapping[str, date]:
    """Return the words of an address that ask for the leads who were put down in the period."""
    return {"created_from": scope.first, "created_to": scope.last}


def figure(count: int, url: str) -> Figure:
    """Return a number with the list that it counts; nought leads nowhere."""
    return Figure(count, number(count), url if count else "")
