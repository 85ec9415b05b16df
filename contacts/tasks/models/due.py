"""When a task is due, as the office's own calendar and clock say it, and as it sorts.

A day and a time of day are stored as they were typed, not a moment: when the office moves to another time zone, or the
clocks change, nine o'clock stays nine o'clock. The key makes one column of both, for order and for "is it past".
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 16
END_OF_DAY = "24:00"
# The key of a task without a date: behind every date, and made of figures, so that every collation agrees.
SOME_DAY = "9999-99-99 99:99"
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


def key_of(day: dt.date | None, time: dt.time | None) -> str:
    """Return the key: "2026-11-19 14:30", or "2026-11-19 24:00" without a time."""
    if day is None:
        return SOME_DAY
    return f"{day.isoformat()} {f'{time:%H:%M}' if time else END_OF_DAY}"


def key_at(now: dt.datetime) -> str:
    """Return the key of a moment, given where the office is: what lies below it is past."""
    return key_of(now.date(), now.time())


def key_now() -> str:
    """Return the key of this moment in the active time zone."""
    return key_at(timezone.localtime())


class DueKeyField(models.CharField):
    """Drawn from the row's day and time whenever it is written, in bulk too. ``update()`` on a queryset does not."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": KEY_LENGTH, "editable": False, **kwargs})

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """Return the key as the row stands."""
        key = key_of(model_instance.due_on, model_instance.due_time)
        setattr(model_instance, self.attname, key)
        return key


def validate_day(day: dt.date) -> None:
    """Refuse a year that nobody means, such as one that was typed halfway."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("This date lies too far away. Is the year right?"), code="year")
