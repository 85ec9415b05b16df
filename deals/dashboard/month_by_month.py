"""The card "Won by month against the year before"."""

import datetime as dt
from decimal import Decimal

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.dashboard import months
from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import YEAR, number
from deals.dashboard.counting import won_months
from deals.dashboard.lists import won_between
from tesoro.charts import Chart, Figure, Line, Shape
from tesoro.money import brief, told


def won_by_month(scope: Scope) -> Chart:
    """Return what was won in each month that the period touches, whole months, and in the same month a year before."""
    pairs = [(months.back(month, YEAR), month) for month in scope.months]
    lines = [
        Line(
            date_format(month, "M" if len(pairs) <= YEAR else "M Y"),
            [_worth_figure(scope, earlier), _worth_figure(scope, month)],
        )
        for earlier, month in pairs
    ]
    was, now = (sum((Decimal(line.figures[place].size) for line in lines), Decimal(0)) for place in (0, 1))
    told = {"now": brief(now, scope.account.currency), "was": brief(was, scope.account.currency)}
    return Chart(
        title=_("Won by month against the year before"),
        shape=Shape.COLUMNS,
        heading=_("Month"),
        series=[_("A year before"), _("Won")],
        lines=lines,
        summary=_("Won in these months: %(now)s. In the same months of the year before: %(was)s.") % told,
        empty=_empty(scope, {month for pair in pairs for month in pair}),
    )


def _worth_figure(scope: Scope, month: dt.date) -> Figure:
    found = won_months(scope).get(month)
    url = won_between(scope, month, months.last_day(month)) if found else ""
    worth = found.worth if found else Decimal(0)
    return Figure(worth, told(worth, scope.account.currency), url)


def _empty(scope: Scope, shown: set[dt.date]) -> str:
    """Return why there is nothing to draw: nothing was won, or only deals whose value is not known."""
    found = won_months(scope)
    count = sum(found[month].deals for month in shown if month in found)
    if not count:
        return _("No deal was won in these months, nor in those of the year before.")
    text = ngettext(
        "%(n)s deal was won in these months or those of the year before, but its value was not entered.",
        "%(n)s deals were won in these months or those of the year before, but their value was not entered.",
        count,
    )
    return text % {"n": number(count)}


CARD = Card("deals-won", 60, won_by_month)
