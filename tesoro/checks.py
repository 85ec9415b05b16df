"""System checks that a running database must pass."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.utils import DatabaseError

from tesoro.search import is_installed, searchable_models


@register(Tags.database)
def search_index_is_kept(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Find a table whose search triggers a migration has dropped: search would go stale without an error."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            tables = set(connections[alias].introspection.table_names())
        except DatabaseError:
            continue
        for model in searchable_models():
            if model._meta.db_table in tables and not is_installed(model, alias):
                found.append(
                    Error(
                        f"The search index of {model._meta.label} is missing or no longer kept.",
                        hint="Run: manage.py rebuild_search",
                        id="tesoro.E001",
                    )
                )
    return found
