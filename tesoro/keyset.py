"""Pages of a list by key, so that page one thousand costs what page one costs.

A cursor is the sort value and id of the row at the edge. ``a <= x AND (a < x OR id < y)`` is read from one index on
both databases; the form everyone writes, with the OR outside, scans. Every sort column is not null.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q


@dataclass(frozen=True)
class Sort:
    """An order of a list: the address bar's word, and the column behind it."""

    key: str
    column: str

    @property
    def descending(self) -> bool:
        """Whether the largest comes first."""
        return self.key.startswith("-")


@dataclass(frozen=True)
class Page:
    """One page of rows, and the cursors of its neighbours; an empty cursor means there is none."""

    rows: list[Any] = field(default_factory=list)
    previous: str = ""
    next: str = ""


def page(rows: Any, sort: Sort, size: int, *, after: str = "", before: str = "", scope: str = "") -> Page:
    """Return ``size`` rows of a queryset in the order of ``sort``, after or before a cursor.

    ``scope`` is whatever the cursor is bound to (the filters): a cursor of another scope, or a damaged one, gives the
    first page. One row more than shown is read, to know whether there is a next page.
    """
    backward = bool(before)
    edge = _read(before or after, sort, scope)
    backward = backward and edge is not None
    descending = sort.descending != backward
    if edge is not None:
        rows = rows.filter(_beyond(sort.column, edge, descending))
    sign = "-" if descending else ""
    found = list(rows.order_by(f"{sign}{sort.column}", f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    if not found:
        return Page()
    return Page(
        found,
        _cursor(found[0], sort, scope) if (more if backward else edge is not None) else "",
        _cursor(found[-1], sort, scope) if (backward or more) else "",
    )


def merged(sources: Sequence[tuple[Any, str]], size: int, *, after: str = "", scope: str = "") -> Page:
    """Return ``size`` rows of several querysets in one order, the latest first; each comes with its column of moments.

    Of rows of one moment those of an earlier queryset come first. A cursor leads on, never back: ``previous`` says no
    more than that there is something before. Each queryset is asked once.
    """
    order = Sort("-", "|".join(column for _rows, column in sources))
    edge = _read(after, order, scope)
    found: list[tuple[Any, int, Any]] = []
    for place, (rows, column) in enumerate(sources):
        further = rows if edge is None else rows.filter(_further(column, edge, place))
        ordered = further.order_by(f"-{column}", "-pk")[: size + 1]
        found += [(value(row, column), place, row) for row in ordered]
    found.sort(key=lambda one: (one[0], -one[1], one[2].pk), reverse=True)
    shown, following = found[:size], ""
    if len(found) > size:
        at, place, row = shown[-1]
        following = _signed((at, [place, row.pk]), order, scope)
    return Page([row for _at, _place, row in shown], after if edge is not None else "", following)


def _further(column: str, edge: tuple[Any, Any], place: int) -> Q:
    """Return what lies beyond an edge in the queryset of this place."""
    at, (edge_place, pk) = edge
    if place == edge_place:
        return _beyond(column, (at, pk), descending=True)
    return Q(**{f"{column}__{'lte' if place > edge_place else 'lt'}": at})


def neighbour(rows: Any, sort: Sort, row: Any, *, forward: bool) -> int | None:
    """Return the key of the row after (or before) ``row`` in the order of ``sort``, None at the end.

    ``row`` need not be among ``rows`` any more: what counts is where it would stand.
    """
    descending = sort.descending == forward
    edge = (value(row, sort.column), row.pk)
    sign = "-" if descending else ""
    found = rows.filter(_beyond(sort.column, edge, descending)).order_by(f"{sign}{sort.column}", f"{sign}pk")
    key: int | None = found.values_list("pk", flat=True).first()
    return key


def value(row: Any, column: str) -> Any:
    """Return what a row has in a column, which may be that of a row beside it: "lead__rank"."""
    return attrgetter(column.replace("__", "."))(row)


def first_page(found: list[Any], sort: Sort, size: int, *, scope: str = "") -> Page:
    """Return the first page of rows that were read in the order of ``sort``: ``size`` of them, or one more."""
    rows = found[:size]
    return Page(rows, "", _cursor(rows[-1], sort, scope) if len(found) > size else "")


def _beyond(column: str, edge: tuple[Any, int], descending: bool) -> Q:
    at, pk = edge
    op = "lt" if descending else "gt"
    return Q(**{f"{column}__{op}e": at}) & (Q(**{f"{column}__{op}": at}) | Q(**{f"pk__{op}": pk}))


def _cursor(row: Any, sort: Sort, scope: str) -> str:
    return _signed((value(row, sort.column), row.pk), sort, scope)


def _signed(edge: tuple[Any, Any], sort: Sort, scope: str) -> str:
    at, key = edge
    return _signer(sort, scope).sign_object([{"at": at.isoformat()} if isinstance(at, datetime) else at, key])


def _read(cursor: str, sort: Sort, scope: str) -> tuple[Any, Any] | None:
    """Return what a cursor of ours says. It is signed, so nobody else's reaches the database."""
    try:
        value, pk = _signer(sort, scope).unsign_object(cursor)
    except (BadSignature, ValueError):
        return None
    return (datetime.fromisoformat(value["at"]) if isinstance(value, dict) else value), pk


def _signer(sort: Sort, scope: str) -> Signer:
    return Signer(salt=f"keyset|{sort.key}|{scope}")


def chosen_sort(sorts: Sequence[Sort], key: str) -> Sort:
    """Return the sort of the address bar's word, or the first, which is the default."""
    return next((sort for sort in sorts if sort.key == key), sorts[0])
