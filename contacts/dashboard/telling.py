"""Words of the dashboard: its days, its numbers, and the addresses of the lists that the numbers count."""

import datetime as dt
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contacts.dashboard.months import back, last_day
from contacts.dashboard.scope import Scope
from tesoro.moments import day_and_month

YEAR = 12


def address(name: str, scope: Scope | None = None, **words: Any) -> str:
    """Return the address of a list with these words, and with the agent of ``scope``; empty words are left out."""
    if scope is not None and scope.agent is not None:
        words["agent"] = scope.agent.pk
    query = urlencode({word: value for word, value in words.items() if value}, doseq=True)
    return f"{reverse(name)}?{query}" if query else reverse(name)


def number(count: int) -> str:
    """Return a whole number for a reader: "1,024"."""
    return number_format(count, force_grouping=True)


def percent(part: float, whole: float, places: int = 0) -> str:
    """Return a share for a reader: "26.5%"; "" of nothing."""
    return _("%(n)s%%") % {"n": number_format(round(100 * part / whole, places), places)} if whole else ""


def arrow(tone: str) -> str:
    """Return the icon that goes with a good or a bad turn."""
    return {"good": "arrow-up", "bad": "arrow-down"}.get(tone, "")


def tone_of(change: float) -> str:
    """Return the tone in which a change is told of which more is better."""
    return "good" if change > 0 else "bad" if change < 0 else ""


def named(scope: Scope) -> str:
    """Return the name of the period where it has a short one: "November", "2026", "12 months"; else ""."""
    months = len(scope.months)
    if scope.first.day != 1:
        return ""
    if months == 1:
        return date_format(scope.first, "F" if scope.first.year == scope.today.year else "F Y")
    if scope.first.month == 1 and scope.last.year == scope.first.year and _ends(scope):
        return str(scope.first.year)
    return _("12 months") if months == YEAR and _ends(scope) else ""


def _ends(scope: Scope) -> bool:
    """Whether the period lasts to the end of a month, as far as that has come."""
    return scope.last in (scope.today, last_day(scope.months[-1]))


def period_before(scope: Scope) -> Scope:
    """Return the month, quarter, year or as many months before, up to the same day; else as many days before it.

    What is left of a period that has not ended yet is not compared.
    """
    last = max(min(scope.last, scope.today), scope.first)
    if scope.first.day != 1:
        days = last - scope.first
        before = scope.first - dt.timedelta(days=1)
        return replace(scope, first=before - days, last=before)
    months = _length(scope.first, len(replace(scope, last=last).months))
    whole = last == last_day(last.replace(day=1))
    end = last_day(back(last.replace(day=1), months)) if whole else back(last, months)
    return replace(scope, first=back(scope.first, months), last=end)


def _length(first: dt.date, months: int) -> int:
    """Return how many months a period has that has come so far: a quarter has three, and a year twelve."""
    if first.month % 3 == 1 and 1 < months <= 3:
        return 3
    return YEAR if first.month == 1 and 1 < months <= YEAR else months


def compared_with(scope: Scope, before: Scope) -> str:
    """Return the end of "23 fewer than": "in October", "a year before", "from 1 Oct to 19 Oct"."""
    month = before.first.replace(day=1)
    if before.first == month and before.last == last_day(month):
        name = date_format(month, "F" if month.year == scope.today.year else "F Y")
        return _("in %(month)s") % {"month": name}
    if (before.first, before.last) == (scope.year_before.first, scope.year_before.last):
        return _("a year before")
    days = {"first": day_and_month(before.first, scope.now), "last": day_and_month(before.last, scope.now)}
    return _("from %(first)s to %(last)s") % days
