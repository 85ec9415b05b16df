"""The card "Leads and conversions by month"."""

from datetime import date
from itertools import pairwise

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from contacts.dashboard import months
from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import YEAR, address, number, percent
from leads.dashboard.counting import came, conversions, turned_in
from leads.dashboard.lists import board, figure
from tesoro.charts import Chart, Figure, Line, Shape


def by_month(scope: Scope) -> Chart:
    """Return new leads and conversions of each month that the period touches, whole months.

    Whoever is converted counts in the month in which that was, however long ago they came; beside it stands the share
    of the month's own leads who are contacts by now.
    """
    spans, converted = list(pairwise(months.edges(scope, scope.months))), conversions(scope)
    since = [sum(one.leads for one in turned_in(scope, span)) for span in spans]
    new = [came(scope)[span] + turned for span, turned in zip(spans, since, strict=True)]
    pattern = "M" if len(scope.months) <= YEAR else "M Y"
    return Chart(
        title=_("Leads and conversions by month"),
        shape=Shape.COLUMNS,
        heading=_("Month"),
        series=[_("New leads"), _("Converted in the month"), _("Of the new leads, converted by now")],
        lines=[
            Line(
                date_format(month, pattern),
                [
                    figure(new[place], _made_in(scope, month)),
                    figure(converted[place], _converted_in(scope, month)),
                    _rate(scope, month, since[place], new[place]),
                ],
            )
            for place, month in enumerate(scope.months)
        ],
        drawn=(0, 1),
        summary=_("New leads in these months: %(new)s. Converted in them: %(converted)s.")
        % {"new": number(sum(new)), "converted": number(sum(converted.values()))},
        empty=_("No leads came in these months, and none were converted."),
    )


def _rate(scope: Scope, month: date, won: int, new: int) -> Figure:
    """Return the share of a month's leads who are contacts by now; it leads to all of them, whose board tells both."""
    return Figure(won, percent(won, new) or "–", _made_in(scope, month) if new else "")


def _made_in(scope: Scope, month: date) -> str:
    return board(scope, created_from=month, created_to=months.last_day(month))


def _converted_in(scope: Scope, month: date) -> str:
    return address("contacts:list", scope, converted_from=month, converted_to=months.last_day(month))


CARD = Card("leads-months", 10, by_month)
