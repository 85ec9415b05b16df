"""Words of the dashboard: its days, its numbers, and the addresses of the lists that the numbers count."""

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django.urls import get_script_prefix, reverse
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
    path = _path(name, get_script_prefix())
    query = "&".join(_said(word, value) for word, value in words.items() if value)
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=64)
def _path(name: str, _prefix: str) -> str:
    """Return the address of a list, found once for as long as the site lies under one prefix."""
    return reverse(name)


def _said(word: str, value: Any) -> str:
    """Return a word of an address: days and keys, which most are, as they are; several values one by one."""
    if isinstance(value, dt.date | int):
        return f"{word}={value}"
    values = [value] if isinstance(value, str) else value
    return "&".join(f"{word}={quote_plus(str(one))}" for one in values)


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
    months = scope.length or _whole_months(scope)
    if months == 1:
        return date_format(scope.first, "F" if scope.first.year == scope.today.year else "F Y")
    if months != YEAR:
        return ""
    return str(scope.first.year) if scope.first.month == 1 else _("12 months")


def _whole_months(scope: Scope) -> int:
    """Return how many months the days are, 0 where they do not begin and end with one."""
    whole = scope.first.day == 1 and scope.last == last_day(scope.months[-1])
    return len(scope.months) if whole else 0


def period_before(scope: Scope) -> Scope:
    """Return the month, quarter, year or as many whole months before, up to the same day; else as many days before.

    What is left of a period that has not ended yet is not compared.
    """
    last, months = scope.so_far, scope.length or _whole_months(scope)
    if not months:
        days, before = last - scope.first, scope.first - dt.timedelta(days=1)
        return replace(scope, first=before - days, last=before)
    whole = last == last_day(last.replace(day=1))
    end = last_day(back(last.replace(day=1), months)) if whole else back(last, months)
    return replace(scope, first=back(scope.first, months), last=end)


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
