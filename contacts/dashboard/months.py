"""Months of an account as the database counts by them: compared with the moments at which they begin.

Truncating a moment in SQL would ask for the time zone row by row, which SQLite does in Python.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Func, IntegerField

from contacts.dashboard.asked import Asked
from contacts.dashboard.period import following
from contacts.dashboard.scope import Scope

Span = tuple[dt.datetime, dt.datetime]


def last_day(month: dt.date) -> dt.date:
    """Return the last day of the month that begins on ``month``."""
    return following(month) - dt.timedelta(days=1)


def back(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months earlier, or the last of that month where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = dt.date(years, month + 1, 1)
    return min(first.replace(day=1) + dt.timedelta(days=day.day - 1), last_day(first))


def edges(scope: Scope, months: Sequence[dt.date]) -> list[dt.datetime]:
    """Return the moments at which months that follow on one another begin, and the one at which the last ends."""
    return [scope.midnight(month) for month in [*months, following(months[-1])]]


def counts(between: Asked, whose: Sequence[Any], spans: Sequence[Span]) -> list[int]:
    """Return how many rows ``between`` finds in each span of time, in one query.

    Each is a stretch of the index that holds the moment, and nothing is sorted.
    """
    asked = [between.statement(*whose, *span) for span in spans]
    told = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) counted)" for sql, _params in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {told}", [param for _sql, params in asked for param in params])
        return list(cursor.fetchone())


class PlaceAmong(Func):
    """The place of the month, 0 for the first, in which the moment of a column lies; ``moments`` are their edges.

    It asks whether that is in the one half of the months or in the other, and so on: among many rows that is felt. It
    writes its own SQL, for Django takes longer to put so many conditions together than the database to answer.
    """

    def __init__(self, field: str, moments: Sequence[dt.datetime]) -> None:
        super().__init__(F(field), output_field=IntegerField())
        self.moments = tuple(moments)

    @property
    def identity(self) -> Any:
        """What tells it from another expression."""
        return (type(self), *self.source_expressions, self.moments)

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the conditions, one within another."""
        column, params = compiler.compile(self.source_expressions[0])
        edges = [connection.ops.adapt_datetimefield_value(moment) for moment in self.moments]
        asked: list[Any] = []
        return _nested(column, list(params), edges, 0, asked), asked


def _nested(column: str, params: list[Any], edges: list[Any], first: int, asked: list[Any]) -> str:
    """Return the SQL for the months between these edges, the first of which has the place ``first``."""
    if len(edges) <= 2:
        return str(first)
    half = len(edges) // 2
    asked += [*params, edges[half]]
    earlier = _nested(column, params, edges[: half + 1], first, asked)
    later = _nested(column, params, edges[half:], first + half, asked)
    return f"CASE WHEN {column} < %s THEN {earlier} ELSE {later} END"
