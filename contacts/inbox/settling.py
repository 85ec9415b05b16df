"""Settling: what waits in the inbox goes to a person, with its event at the time it came, or is dismissed."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts.calls.taking import take
from contacts.lines.models import Stray, StrayKind
from contacts.messaging.receiving import receive


class AlreadySettled(Exception):
    """Somebody else has dealt with these meanwhile."""


def give(stray: Stray, person: Any, *, by: Any) -> int:
    """Give everything open from the stray's number to ``person``, in one transaction; return how many there were.

    Messages become messages, calls become calls, each at its own time. Raises AlreadySettled when nothing is open any
    more: of two who click at once, one gets it.
    """
    with transaction.atomic():
        waiting = demand_open(stray)
        for one in waiting:
            _become_entry(one, person)
        _settle(waiting, by, person)
    return len(waiting)


def dismiss(stray: Stray, *, by: Any) -> tuple[int, dt.datetime]:
    """Take everything open from the stray's number out of the inbox; return how many, and the moment, for Undo.

    Raises AlreadySettled as ``give`` does.
    """
    with transaction.atomic():
        waiting = demand_open(stray)
        return len(waiting), _settle(waiting, by)


def bring_back(stray: Stray, moment: dt.datetime | None) -> int:
    """Put what was dismissed at this moment back into the inbox; return how many."""
    dismissed = stray.together.filter(person=None, settled_at=moment, settled_at__isnull=False)
    return int(dismissed.update(settled_at=None, settled_by=None))


def demand_open(stray: Stray) -> list[Stray]:
    """Return, locked and oldest first, what is open from the stray's number, or raise AlreadySettled."""
    waiting = list(stray.together.open().select_for_update().order_by("at", "pk"))
    if not waiting:
        raise AlreadySettled
    return waiting


def _settle(waiting: list[Stray], by: Any, person: Any = None) -> dt.datetime:
    now = timezone.now()
    rows = Stray.objects.filter(pk__in=[one.pk for one in waiting])
    rows.update(settled_at=now, settled_by=by, person=person)
    return now


def _become_entry(stray: Stray, person: Any) -> None:
    """Write a stray down as what it is. What the person has already, by its ``sid``, stays as it is."""
    if stray.kind == StrayKind.CALL:
        how = {"ended": stray.data.get("ended", ""), "seconds": stray.data.get("seconds")}
        take(person, number=stray.number, sid=stray.sid, at=stray.at, **how)
        return
    media, wish = stray.data.get("media"), stray.data.get("wish")
    receive(
        person,
        stray.kind,
        stray.body,
        number=stray.number,
        sid=stray.sid,
        media=media if isinstance(media, list) else [],
        wish=wish if isinstance(wish, str) else "",
        at=stray.at,
    )
