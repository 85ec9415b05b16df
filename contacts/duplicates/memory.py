"""What a merge has to remember so that it can be undone: columns as they were, and rows that were changed."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps


def stored(row: Any, name: str) -> Any:
    """Return one column of a row as a merge remembers it: plain JSON, by which two states are compared."""
    field = row._meta.get_field(name)
    value = field.get_prep_value(getattr(row, field.attname))
    return json.loads(json.dumps(value, default=str))  # a moment to the microsecond, an amount to the last figure


def put(row: Any, name: str, value: Any) -> None:
    """Give a column of a row what a merge remembers of it."""
    field = row._meta.get_field(name)
    setattr(row, field.attname, None if value is None else field.to_python(value))


def columns(row: Any, names: Iterable[str] = ()) -> dict[str, Any]:
    """Return columns of a row by name; without ``names`` all but its key."""
    wanted = list(names) or [field.name for field in row._meta.concrete_fields if not field.primary_key]
    return {name: stored(row, name) for name in wanted}


def differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Return what changed from one state to the other: the columns, each with both values."""
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


class Patches:
    """Rows of others that a merge changes, remembered as it does. ``staying`` are events that do not move."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.made: list[list[Any]] = []
        self.staying: set[int] = set()

    def patch(self, row: Any, **values: Any) -> None:
        """Change columns of a row."""
        before = columns(row, values)
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        for name, value in values.items():
            setattr(row, name, value)
        self.made.append([row._meta.label, row.pk, differing(before, columns(row, values))])


def unpatch(made: list[list[Any]]) -> None:
    """Give the rows back what they had; what changed since stays, and what is gone is gone."""
    for label, pk, changes in reversed(made):
        row = apps.get_model(label)._base_manager.filter(pk=pk).first()
        if row is None or any(stored(row, name) != after for name, (_before, after) in changes.items()):
            continue
        for name, (before, _after) in changes.items():
            put(row, name, before)
        values = {
            row._meta.get_field(name).attname: getattr(row, row._meta.get_field(name).attname) for name in changes
        }
        type(row)._base_manager.filter(pk=pk).update(**values)
