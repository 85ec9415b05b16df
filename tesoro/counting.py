"""Counting at most as far as a person reads: exact to ten thousand, beyond that "10,000+"."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

COUNTED = 10_000


def bounded_count(rows: Any, limit: int = COUNTED) -> int:
    """Return the number of rows, or ``limit`` + 1 when there are more. Costs the same at any size."""
    return rows.order_by()[: limit + 1].count()


def capped(count: int, limit: int = COUNTED) -> str:
    """Return the number for a reader; more than ``limit`` is told as that many and a plus."""
    if count > limit:
        return _("%(number)s+") % {"number": number_format(limit, force_grouping=True, use_l10n=True)}
    return number_format(count, force_grouping=True, use_l10n=True)


def capped_count(rows: Any, limit: int = COUNTED) -> str:
    """Count and tell in one."""
    return capped(bounded_count(rows, limit), limit)
