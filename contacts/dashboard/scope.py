"""Whose figures a dashboard shows, and of which days."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from contacts.dashboard.period import following


@dataclass(frozen=True)
class Scope:
    """The days from ``first`` to ``last``, both counted in, as the account's clock has them; ``agent`` is None for all.

    ``user`` is who looks: what is to be done today is theirs, whatever the filters say.
    """

    account: Any
    user: Any
    agent: Any
    first: dt.date
    last: dt.date
    now: dt.datetime
    # How many months the period has when it is over; 0 where its days were chosen one by one.
    length: int = 0

    @property
    def today(self) -> dt.date:
        """The day it is in the account's time zone."""
        return self.now.astimezone(self.account.zone).date()

    @cached_property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """The moment the first day begins, and the moment the day after the last does."""
        return self.midnight(self.first), self.midnight(self.last + dt.timedelta(days=1))

    def midnight(self, day: dt.date) -> dt.datetime:
        """Return the moment a day of the account begins."""
        return dt.datetime.combine(day, dt.time(), self.account.zone)

    def once(self, name: str, ask: Callable[["Scope"], Any]) -> Any:
        """Return what ``ask`` returns of this scope, asked once for all cards that share ``name``."""
        known = self.__dict__.setdefault("_asked", {})
        if name not in known:
            known[name] = ask(self)
        return known[name]

    @cached_property
    def months(self) -> list[dt.date]:
        """The first day of each month that the period touches."""
        months = [self.first.replace(day=1)]
        while (month := following(months[-1])) <= self.last:
            months.append(month)
        return months

    @property
    def so_far(self) -> dt.date:
        """The last day that has come, or the first one when none has."""
        return max(min(self.last, self.today), self.first)

    @cached_property
    def year_before(self) -> "Scope":
        """The same days a year earlier, as far as they have come this year; 29 February becomes the 28th."""
        return replace(self, first=_a_year_before(self.first), last=_a_year_before(self.so_far))


def _a_year_before(day: dt.date) -> dt.date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
