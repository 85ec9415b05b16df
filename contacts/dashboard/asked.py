"""Questions of the dashboard. Their SQL is built once: for most of them that takes longer than the answer."""

import datetime as dt
import re
from typing import Any

from django.db import connection

from contacts.dashboard.scope import Scope
from tesoro.prepared import Prepared, PreparedRows

_WORD = re.compile(r"[a-z_ ]*")


def whose(scope: Scope) -> tuple[int, int | None]:
    """Return the keys of the account and of the agent, None for all, with which the questions begin."""
    return scope.account.pk, scope.agent.pk if scope.agent else None


class Asked(Prepared):
    """A queryset of ``values_list`` whose SQL is kept; beside numbers and text it is asked with days and moments.

    ``build`` gets a stand-in for each argument, and None for None: it is called once for each number and kinds of
    arguments, so that these may be as many as there are months. The answers are what the driver makes of them: ask for
    numbers and text alone.
    """

    def __call__(self, *args: Any) -> list[tuple[Any, ...]]:
        """Return the rows."""
        with connection.cursor() as cursor:
            cursor.execute(*self.statement(*args))
            return list(cursor.fetchall())

    def count(self, *args: Any) -> int:
        """Return how many rows there are."""
        sql, params = self.statement(*args)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) counted", params)  # noqa: S608
            return int(cursor.fetchone()[0])

    def statement(self, *args: Any) -> tuple[str, list[Any]]:
        """Return the SQL and its parameters."""
        kinds = tuple(map(type, args))
        if (connection.vendor, kinds) not in self._built:
            stand_ins = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
            self._built[connection.vendor, kinds] = _with_words(*self.written(self.build(*stand_ins)), stand_ins)
        sql, places = self._built[connection.vendor, kinds]
        return sql, [_adapted(args[place]) for place in places]


class AskedRows(Asked, PreparedRows):
    """Rows of a model; related rows are not loaded with them."""

    def __call__(self, *args: Any) -> list[Any]:
        """Return the rows."""
        sql, params = self.statement(*args)
        return list(self._model.raw(sql, params))


def _with_words(sql: str, params: list[Any], stand_ins: list[Any]) -> tuple[str, list[int]]:
    """Return the SQL with its words written in, and the places of the arguments that remain to be given.

    Where a word is a condition of an index, SQLite would plan the query anew each time it is given.
    """
    places = {_adapted(stand_in): place for place, stand_in in enumerate(stand_ins) if stand_in is not None}
    first, *pieces = sql.split("%s")
    written = [first]
    for param, piece in zip(params, pieces, strict=True):
        written += ["%s" if param in places else _literal(param), piece]
    return "".join(written), [places[param] for param in params if param in places]


def _literal(param: Any) -> str:
    """Return a number or a word of the program as SQL. Raises ValueError for anything else."""
    if isinstance(param, int):
        return str(param)
    if not isinstance(param, str) or not _WORD.fullmatch(param):
        raise ValueError(param)
    return f"'{param}'"


def _adapted(value: Any) -> Any:
    """Return a value as the database takes it."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def _stand_in(kind: type, place: int) -> Any:
    """Return a value that no query holds by itself."""
    if issubclass(kind, dt.datetime):
        return dt.datetime(3000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=place)
    if issubclass(kind, dt.date):
        return dt.date(4000, 1, 1) + dt.timedelta(days=place)
    if issubclass(kind, int):
        return 2**60 + place
    return None if kind is type(None) else f"\N{SYMBOL FOR SUBSTITUTE}{place}"
