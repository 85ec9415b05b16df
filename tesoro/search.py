"""Search: parts of words, any order, accents and case ignored, phone digits in any spelling.

A searchable row stores ``search_text``: its folded words, each after two blanks, and its phone numbers as digits.
A word of three letters or more matches anywhere in it, a shorter one the beginning of a word. Both databases give the
same answers: PostgreSQL from a trigram GIN index over (account, search_text), SQLite from a contentless FTS5 trigram
table kept by triggers. Django rebuilds a table it alters on SQLite and drops its triggers silently, so they are made
after every migration and looked for by a check (:mod:`tesoro.checks`).
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.models.expressions import RawSQL

from tesoro.text import fold

# Up to this many hits SQLite hands the list over as ids; beyond, hits are so dense that walking the sort order and
# looking at each text finds a page at once.
MANY_HITS = 2_000
LONGEST_QUERY = 200
_ACCOUNT_SHIFT = 40
_PHONE_RUN = re.compile(r"(?<!\S)[+(]?\d[\d\s().\-/+]*(?!\S)")
# In prose a number is followed by a comma, or stands in brackets.
_NUMBER_IN_PROSE = re.compile(r"\d[\d \t().\-/+]+\d")
_OPENING = re.compile(r"[\W_]+")


class Searchable(models.Model):
    """A row that search finds by its ``search_text``; the account stands in the index too."""

    search_text = models.TextField(editable=False, default="")

    class Meta:
        abstract = True


def text_for(words: Iterable[str], phones: Iterable[str] = ()) -> str:
    """Return the ``search_text`` of a row: its folded words and the digits of its phone numbers."""
    pieces = " ".join(fold(word) for word in words if word).split()
    numbers = [number.lstrip("+") for number in phones if number]
    return "".join(f"  {piece}" for piece in pieces + numbers)


def text_of_prose(text: str) -> str:
    """Return the ``search_text`` of a text of many lines.

    Beside its words as they stand it holds what is looked for as if it stood otherwise: a word without the mark before
    it ("**terrace**" begins with "te"), and numbers as their digits ("612 34 56 78").
    """
    folded = fold(text)
    words = folded.split()
    opened = [word[mark.end() :] for word in words if (mark := _OPENING.match(word))]
    numbers = [_digits(run) for run in _NUMBER_IN_PROSE.findall(folded)]
    return "".join(f"  {piece}" for piece in [*words, *filter(None, opened), *numbers])


def terms(query: str) -> list[str]:
    """Return the pieces a row's text must contain, as they are looked for.

    Neighbouring pieces made of digits and phone punctuation count as one number, without ``+``, leading ``00`` and one
    leading trunk ``0``: "0034 612-34", "+34 612 34" and "612 34" are found alike.
    """
    text = fold(query.replace("\0", " ")[:LONGEST_QUERY])
    numbers = [_digits(run) for run in _PHONE_RUN.findall(text)]
    words = _PHONE_RUN.sub(" ", text).split()
    return [word if len(word) > 2 else f"  {word}" for word in dict.fromkeys([*words, *filter(None, numbers)])]


def _digits(run: str) -> str:
    number = re.sub(r"\D", "", run)
    if number.startswith("00"):
        return number[2:]
    return number[1:] if number.startswith("0") and len(number) > 3 else number


def search(queryset: Any, account: Any, query: str) -> Any:
    """Return the rows of ``queryset`` that match ``query``; all of them when it holds no word.

    ``queryset`` must already be limited to ``account`` and to live rows. On SQLite this asks one query of its own.
    """
    wanted = terms(query)
    if not wanted or account is None:
        return queryset
    if connections[queryset.db].vendor == "sqlite":
        ids = sqlite_hits(queryset, account.pk, wanted, MANY_HITS + 1)
        if len(ids) <= MANY_HITS:
            return queryset.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)]))
    for word in wanted:
        queryset = queryset.filter(search_text__contains=word)
    return queryset


def sqlite_hits(queryset: Any, account_id: int, wanted: list[str], most: int) -> list[int]:
    """Return the ids of up to ``most`` matching rows, newest first, whatever ``queryset`` leaves out beside.

    CROSS JOIN keeps the index outside: left to choose, SQLite once walked it inside and took a minute. The index knows
    no neighbourhood (detail=none), so the text itself is compared too.
    """
    table = queryset.model._meta.db_table
    base = account_id << _ACCOUNT_SHIFT
    likes, texts = likenesses("p.search_text", wanted)
    sql = (
        f"SELECT p.id FROM {table}_fts f CROSS JOIN {table} p ON p.id = f.rowid - %s "  # noqa: S608
        f"WHERE f.{table}_fts MATCH %s AND f.rowid BETWEEN %s AND %s AND {likes} "
        f"ORDER BY f.rowid DESC LIMIT {int(most)}"
    )
    match = " AND ".join(f'"{piece}"' for piece in dict.fromkeys(_trigrams(wanted)))
    params: list[Any] = [base, match, base, base + (1 << _ACCOUNT_SHIFT) - 1, *texts]
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def likenesses(column: str, wanted: list[str]) -> tuple[str, list[str]]:
    """Return the SQL condition that ``column`` holds every piece, and its parameters."""
    likes = " AND ".join([f"{column} LIKE %s ESCAPE '\\'"] * len(wanted))
    return likes, [f"%{_escaped(word)}%" for word in wanted]


def _trigrams(words: Iterable[str]) -> Iterator[str]:
    """Yield what the index is asked for. Of a number each digit once: any three digits are of thousands of people."""
    for word in words:
        last = len(word) - 3
        for start in [*range(0, last, 3), last] if word.isdecimal() else range(last + 1):
            yield word[start : start + 3].replace('"', '""')


def _escaped(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)


def searchable_models() -> list[type[models.Model]]:
    """Return the models that keep a search index, proxies left out."""
    return [model for model in apps.get_models() if issubclass(model, Searchable) and not model._meta.proxy]


def install(using: str = "default", **_: Any) -> None:
    """Make whatever the search index still lacks; runs after each migration and costs nothing when all is there."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    for model in searchable_models():
        if model._meta.db_table in present and not is_installed(model, using):
            make_index(model, using)


def is_installed(model: type[models.Model], using: str = "default") -> bool:
    """Return whether the index of ``model`` is there and kept."""
    table = model._meta.db_table
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN (%s, %s, %s, %s)",
                [f"{table}_fts", *(f"{table}_fts_{event}" for event in ("insert", "update", "delete"))],
            )
            return cursor.fetchone()[0] == 4
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = %s", [f"{table}_search"])
        return cursor.fetchone()[0] == 1


def make_index(model: type[models.Model], using: str = "default") -> None:
    """Drop, make and fill the search index of ``model`` in one transaction; who writes meanwhile waits."""
    statements = _sqlite_index if connections[using].vendor == "sqlite" else _postgres_index
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for statement in statements(model._meta.db_table):
            cursor.execute(statement)


def _postgres_index(table: str) -> list[str]:
    return [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE EXTENSION IF NOT EXISTS btree_gin",
        f"DROP INDEX IF EXISTS {table}_search",
        f"CREATE INDEX {table}_search ON {table} USING gin (account_id, search_text gin_trgm_ops) "
        "WHERE deleted_at IS NULL",
    ]


def _sqlite_index(table: str) -> list[str]:
    fts = f"{table}_fts"
    rowid = f"({{row}}.account_id << {_ACCOUNT_SHIFT}) | {{row}}.id"
    new, old = rowid.format(row="new"), rowid.format(row="old")
    add = f"INSERT INTO {fts} (rowid, search_text) SELECT {new}, new.search_text WHERE new.deleted_at IS NULL"
    drop = (
        f"INSERT INTO {fts} ({fts}, rowid, search_text) "
        f"SELECT 'delete', {old}, old.search_text WHERE old.deleted_at IS NULL"
    )
    changed = (
        "new.search_text IS NOT old.search_text OR new.account_id <> old.account_id "
        "OR (new.deleted_at IS NULL) <> (old.deleted_at IS NULL)"
    )
    return [
        *(f"DROP TRIGGER IF EXISTS {fts}_{event}" for event in ("insert", "update", "delete")),
        f"DROP TABLE IF EXISTS {fts}",
        f"CREATE VIRTUAL TABLE {fts} USING fts5("
        "search_text, tokenize='trigram', content='', detail='none', columnsize=0)",
        f"INSERT INTO {fts} (rowid, search_text) "  # noqa: S608
        f"SELECT {rowid.format(row=table)}, search_text FROM {table} WHERE deleted_at IS NULL",
        f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {add}; END",
        f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {drop}; END",
        f"CREATE TRIGGER {fts}_update AFTER UPDATE OF search_text, deleted_at, account_id ON {table} "
        f"WHEN {changed} BEGIN {drop}; {add}; END",
    ]
