"""Counting at most as far as a person reads: exact to ten thousand, beyond that "10,000+"."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext as _

COUNTED = 10_000


def bounded_count(rows: Any, limit: int = COUNTED) -> int:
    """Return the number of rows, or ``limit`` + 1 when there are more. Costs the same at any size."""
    return rows.order_by()[: limit + 1].count()


class PreparedCount:
    """A count that every page asks for. Its SQL is built once: building it costs ten times what the answer costs.

    ``build`` is called with a stand-in for each argument, an int or a str, and returns the queryset to be counted, with
    ``values`` of what ``told`` names; it must use each argument as it is, in conditions only.
    """

    def __init__(self, build: Callable[..., Any], told: str = "COUNT(*)", limit: int = COUNTED) -> None:
        self.build, self.told, self.limit = build, told, limit
        self._built: dict[Any, tuple[str, list[Any]]] = {}

    def __call__(self, *args: int | str) -> Any:
        """Return the row of what is told, rows beyond ``limit`` + 1 not counted."""
        kinds = tuple(map(type, args))
        stand_ins = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
        if (connection.vendor, kinds) not in self._built:
            rows = self.build(*stand_ins).order_by()[: self.limit + 1]
            sql, params = rows.query.sql_with_params()
            self._built[connection.vendor, kinds] = f"SELECT {self.told} FROM ({sql}) counted", list(params)  # noqa: S608
        sql, params = self._built[connection.vendor, kinds]
        given = dict(zip(stand_ins, args, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(param, param) for param in params])
            return cursor.fetchone()


def _stand_in(kind: type, place: int) -> int | str:
    """Return a value that no query holds by itself."""
    return 2**60 + place if issubclass(kind, int) else f"\N{SYMBOL FOR SUBSTITUTE}{place}"


def capped(count: int, limit: int = COUNTED) -> str:
    """Return the number for a reader; more than ``limit`` is told as that many and a plus."""
    if count > limit:
        return _("%(number)s+") % {"number": number_format(limit, force_grouping=True, use_l10n=True)}
    return number_format(count, force_grouping=True, use_l10n=True)


def capped_count(rows: Any, limit: int = COUNTED) -> str:
    """Count and tell in one."""
    return capped(bounded_count(rows, limit), limit)
