"""Counting at most as far as a person reads: exact to ten thousand, beyond that "10,000+"."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tesoro.prepared import Prepared

COUNTED = 10_000


def bounded_count(rows: Any, limit: int = COUNTED) -> int:
    """Return the number of rows, or ``limit`` + 1 when there are more. Costs the same at any size."""
    return rows.order_by()[: limit + 1].count()


class PreparedCount(Prepared):
    """A count that every page asks for: the row of what is ``told``, rows beyond ``limit`` + 1 not counted.

    ``build`` returns the queryset to be counted, with ``values`` of what ``told`` names; see :class:`Prepared`.
    """

    def __init__(self, build: Callable[..., Any], told: str = "COUNT(*)", limit: int = COUNTED) -> None:
        super().__init__(build)
        self.told, self.limit = told, limit

    def __call__(self, *args: int | str) -> Any:
        """Return the row of what is told."""
        with connection.cursor() as cursor:
            cursor.execute(*self.statement(*args))
            return cursor.fetchone()

    def written(self, rows: Any) -> tuple[str, list[Any]]:
        """Return the SQL of the count and its parameters."""
        sql, params = super().written(rows.order_by()[: self.limit + 1])
        return f"SELECT {self.told} FROM ({sql}) counted", params  # noqa: S608


def capped(count: int, limit: int = COUNTED) -> str:
    """Return the number for a reader; more than ``limit`` is told as that many and a plus."""
    if count > limit:
        return _("%(number)s+") % {"number": number_format(limit, force_grouping=True, use_l10n=True)}
    return number_format(count, force_grouping=True, use_l10n=True)


def capped_count(rows: Any, limit: int = COUNTED) -> str:
    """Count and tell in one."""
    return capped(bounded_count(rows, limit), limit)
