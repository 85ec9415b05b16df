"""Many rows in one statement: the fast ways of both databases into a table.

Names of tables and columns come from models, never from a file; values are always parameters.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

# Rows in one transaction. SQLite is locked meanwhile: 1,000 are a tenth of a second.
CHUNK_ROWS = 2000 if connection.vendor == "postgresql" else 1000

Rows = Sequence[tuple[Any, ...]]


def insert(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Insert rows of values as the database takes them. Runs no model code: no defaults, no save, no signals."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, model._meta.db_table, columns, rows)
        else:
            cursor.executemany(_insert(model._meta.db_table, columns), rows)


def insert_at_once(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Insert as ``insert`` does, into a table whose triggers keep a search index.

    On SQLite the rows go through a temporary table: with one statement the full-text index is flushed once, which
    costs 10 microseconds a row; with one statement a row it costs 90. Call it inside a transaction.
    """
    if connection.vendor == "postgresql" or not rows:
        insert(model, columns, rows)
        return
    table, names = model._meta.db_table, ", ".join(_quoted(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS incoming_{table} ({names})")
        cursor.execute(f"DELETE FROM incoming_{table}")  # noqa: S608
        cursor.executemany(_insert(f"incoming_{table}", columns), rows)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming_{table}")  # noqa: S608
        cursor.execute(f"DELETE FROM incoming_{table}")  # noqa: S608


def update(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """Update rows by primary key, the last value of each; the same columns for all."""
    if not rows:
        return
    changes = ", ".join(f"{name} = %s" for name in _quoted(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {model._meta.db_table} SET {changes} WHERE {_key(model)} = %s", rows)  # noqa: S608


def analyze(*tables: type[models.Model]) -> None:
    """Tell PostgreSQL how its tables have grown: filled by one import, they look empty to the planner."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in tables)}")


def moment(value: Any) -> Any:
    """Return an aware datetime as the database takes it from raw statements."""
    return connection.ops.adapt_datetimefield_value(value)


def _quoted(columns: Iterable[str]) -> list[str]:
    return [connection.ops.quote_name(name) for name in columns]


def _key(model: type[models.Model]) -> str:
    key: Any = model._meta.pk
    return connection.ops.quote_name(key.column)


def _insert(table: str, columns: Sequence[str]) -> str:
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(_quoted(columns))}) VALUES ({marks})"  # noqa: S608


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Rows) -> None:
    """Copy rows into a table. Django does not know of COPY: what it breaks is raised as Django's error here."""
    statement = f"COPY {table} ({', '.join(_quoted(columns))}) FROM STDIN"
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
