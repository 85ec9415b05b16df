"""What merges are drawn with: ``{% load duplicates %}``."""

from typing import Any

from django import template

from contacts import info

register = template.Library()


@register.filter
def change_label(change: Any) -> str:
    """Return the label of the field that a change is of; a field that is gone keeps its name."""
    name = str(change.get("field", "")) if isinstance(change, dict) else ""
    return str(info.LABELS.get(name, name.replace("_", " ").capitalize()))


@register.filter
def left_over(event: Any) -> list[dict[str, str]]:
    """Return what a merge did not take over, as its event tells it; rows that tell nothing are left out."""
    left = event.data.get("left")
    rows = [row for row in left if isinstance(row, dict)] if isinstance(left, list) else []
    return [{"label": str(row.get("label", "")), "value": str(row.get("value", ""))} for row in rows]


@register.filter
def merge_key(event: Any) -> int | None:
    """Return the key of the merge that an event tells of."""
    key = event.data.get("merge")
    return key if isinstance(key, int) and not isinstance(key, bool) and key > 0 else None
