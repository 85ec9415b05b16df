"""Questions that every page asks. Their SQL is built once: building it costs ten times what the answer costs."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection


class Prepared:
    """A queryset whose SQL is kept.

    ``build`` is called with a stand-in for each argument, an int or a str, and returns the queryset; it must use each
    argument as it is, in conditions only.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self._built: dict[Any, tuple[str, list[Any]]] = {}

    def statement(self, *args: int | str) -> tuple[str, list[Any]]:
        """Return the SQL and its parameters."""
        kinds = tuple(map(type, args))
        stand_ins = [_stand_in(kind, place) for place, kind in enumerate(kinds)]
        if (connection.vendor, kinds) not in self._built:
            self._built[connection.vendor, kinds] = self.written(self.build(*stand_ins))
        sql, params = self._built[connection.vendor, kinds]
        given = dict(zip(stand_ins, args, strict=True))
        return sql, [given.get(param, param) for param in params]

    def written(self, rows: Any) -> tuple[str, list[Any]]:
        """Return a queryset as SQL and parameters."""
        sql, params = rows.query.sql_with_params()
        return sql, list(params)


class PreparedRows(Prepared):
    """Rows of a model, with what the queryset annotates; related rows are not loaded with them."""

    def __call__(self, *args: int | str) -> Iterable[Any]:
        """Return the rows."""
        sql, params = self.statement(*args)
        return self._model.raw(sql, params)

    def written(self, rows: Any) -> tuple[str, list[Any]]:
        """Return the SQL, and remember of which model the rows are."""
        self._model = rows.model._base_manager
        return super().written(rows)


def _stand_in(kind: type, place: int) -> int | str:
    """Return a value that no query holds by itself."""
    return 2**60 + place if issubclass(kind, int) else f"\N{SYMBOL FOR SUBSTITUTE}{place}"
