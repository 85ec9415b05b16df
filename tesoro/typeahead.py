"""Search as one types: the first few matches at once, however many rows there are.

Two looks, each bounded. The first goes over the rows that come first anyhow and compares their texts: what many rows
hold is found there, and nothing is sorted. Only what is rarer asks the search index, which then hands over little.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connections
from django.db.models import F
from django.db.models.expressions import OrderBy

from tesoro.counting import bounded_count
from tesoro.search import likenesses, sqlite_hits, terms

# How far the first look goes: PostgreSQL is slow with an index that hands over tens of thousands.
FIRST_LOOK = {"sqlite": 200, "postgresql": 500}
MOST_HITS = 1_000


@dataclass(frozen=True)
class Glimpse:
    """Keys of matching rows in their order. ``whole`` is False where rows that neither look came to may match, too."""

    keys: list[int]
    whole: bool = True


def glimpse(
    rows: Any, account: Any, query: str, *, by: str, limit: int, asked: dict[str, list[int]] | None = None
) -> Glimpse:
    """Return the first ``limit`` of ``rows`` that match ``query``, latest first by the moment ``by``.

    ``rows`` must be limited to ``account`` and to live rows, have no order, and be of a searchable model with an index
    that leads to ``by`` and the key. A query without a word is answered with those that come first.
    ``asked`` remembers the hits of a table, for several calls with the same words.
    """
    ordered = rows.order_by(f"-{by}", "-pk")
    wanted = terms(query)
    if not wanted:
        return Glimpse(list(ordered.values_list("pk", flat=True)[:limit]))
    first = _first_look(ordered, wanted, by, limit)
    if len(first) == limit:
        return Glimpse(first)
    if connections[rows.db].vendor == "sqlite":
        hits = _hits(rows, account, wanted, {} if asked is None else asked)
        return _among_hits(rows, hits, by, limit, first)
    return Glimpse(_asked_of_postgres(rows, wanted, by, limit))


def _first_of(rows: Any) -> int:
    return FIRST_LOOK[connections[rows.db].vendor]


def _first_look(ordered: Any, wanted: list[str], by: str, limit: int) -> list[int]:
    """Return the matches among the rows that come first. Their texts are compared in the database, not sent."""
    looked_at = ordered.values_list("pk", by, "search_text")[: _first_of(ordered)]
    sql, params = looked_at.query.get_compiler(ordered.db).as_sql()
    likes, texts = likenesses("search_text", wanted)
    sql = f"SELECT pk FROM ({sql}) looked WHERE {likes} ORDER BY {by} DESC, pk DESC LIMIT %s"  # noqa: S608
    with connections[ordered.db].cursor() as cursor:
        cursor.execute(sql, [*params, *texts, limit])
        return [row[0] for row in cursor.fetchall()]


def _hits(rows: Any, account: Any, wanted: list[str], asked: dict[str, list[int]]) -> list[int]:
    """Return the newest hits of SQLite's index, asked once for all sections of a table."""
    table = rows.model._meta.db_table
    if table not in asked:
        asked[table] = sqlite_hits(rows, account.pk, wanted, MOST_HITS)
    return asked[table]


def _among_hits(rows: Any, hits: list[int], by: str, limit: int, first: list[int]) -> Glimpse:
    """Return the latest of the newest hits. The index knows accounts and no sections, so ``rows`` may leave all out."""
    keys = _in_order(rows, by, [*hits, *first])[:limit] if hits else first
    first_of = _first_of(rows)
    seen_all = len(hits) < MOST_HITS or len(keys) == limit or bounded_count(rows, first_of) <= first_of
    return Glimpse(keys, seen_all)


def _in_order(rows: Any, by: str, keys: list[int]) -> list[int]:
    """Return the keys that are among ``rows``, latest first.

    Each is looked up by itself. Asked for all of them by IN, SQLite, which keeps no statistics of ours, takes the
    account for the rarer condition and walks the whole of it.
    """
    sql, params = rows.order_by().values_list("pk", by).query.get_compiler(rows.db).as_sql()
    sql = f"SELECT hit.value, (SELECT {by} FROM ({sql}) r WHERE r.pk = hit.value) FROM json_each(%s) hit"  # noqa: S608
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, [*params, json.dumps(list(set(keys)))])
        found = [(moment, key) for key, moment in cursor.fetchall() if moment is not None]
    return [key for _moment, key in sorted(found, reverse=True)]


def _asked_of_postgres(rows: Any, wanted: list[str], by: str, limit: int) -> list[int]:
    """Return the first matches by the search index: an order that no other index gives keeps the planner to it."""
    for word in wanted:
        rows = rows.filter(search_text__contains=word)
    order = [OrderBy(F(by) + timedelta(0), descending=True), "-pk"]
    return list(rows.order_by(*order).values_list("pk", flat=True)[:limit])
