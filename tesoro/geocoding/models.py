"""When a service may be asked again: one row a service, for all processes of the installation together."""

import time
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Now

# More than the second that is promised: on a busy machine a question leaves late, and the next one on time.
APART = timedelta(seconds=1.25)
LONGEST_NAME = 200


class Turn(models.Model):
    """The moment from which the next question may be sent to a service, by the clock of the database."""

    service = models.CharField(max_length=LONGEST_NAME, primary_key=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.service


def take_turn(service: str, patience: timedelta) -> float | None:
    """Return in how many seconds ``service`` may be asked, and keep that second for the caller.

    None, and nothing is kept, where it would be longer than ``patience``. Whoever asks has to wait for it: of all
    callers, in however many processes, no two are given moments less than a second apart.
    """
    with transaction.atomic():
        turn, now = _held(service)
        read = time.monotonic()
        at = max(turn.free_at, now)
        if at - now > patience:
            return None
        turn.free_at = at + APART
        turn.save(update_fields=["free_at"])
    # A commit may take its time: it is part of the waiting.
    return max(0.0, (at - now).total_seconds() - (time.monotonic() - read))


def rest(service: str, seconds: float) -> None:
    """Leave a service alone for so long: it said that it is asked too much."""
    with transaction.atomic():
        turn, now = _held(service)
        turn.free_at = max(turn.free_at, now + timedelta(seconds=seconds))
        turn.save(update_fields=["free_at"])


def is_resting(service: str, patience: timedelta) -> bool:
    """Whether a service is left alone for longer than questions of such ``patience`` could make one wait."""
    turn = Turn.objects.annotate(now=_Clock()).filter(service=service[:LONGEST_NAME]).first()
    return turn is not None and turn.free_at - turn.now > patience + APART


def _held(service: str) -> tuple[Turn, Any]:
    """Return the row of a service, locked until the transaction ends, and what time it is in the database."""
    service = service[:LONGEST_NAME]
    Turn.objects.bulk_create([Turn(service=service, free_at=Now())], ignore_conflicts=True)
    turn = Turn.objects.select_for_update().get(service=service)
    # Read once the lock is had: the time that passed in waiting for it has passed.
    return turn, Turn.objects.annotate(now=_Clock()).values_list("now", flat=True).get(service=service)


class _Clock(models.Func):
    """The time now. PostgreSQL's NOW() stands still within a transaction."""

    template = "CLOCK_TIMESTAMP()"
    output_field = models.DateTimeField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Ask SQLite, in the spelling in which it stores moments."""
        template = "STRFTIME('%%%%Y-%%%%m-%%%%d %%%%H:%%%%M:%%%%f', 'NOW')"  # twice: for as_sql, then for parameters
        return self.as_sql(compiler, connection, template=template, **context)
