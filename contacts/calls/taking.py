"""Calls that come in: onto the caller's timeline, or as a stranger's into the inbox."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from contacts.calls.models import Call, Progress
from contacts.calls.models.progress import FAR_ENDED
from contacts.timeline.recording import record
from tesoro.outbox import State


def take(
    person: Any, *, number: str, sid: str, at: datetime | None = None, over: bool = False, seconds: int | None = None
) -> Call:
    """Put an incoming call onto the timeline of ``person``, once for each ``sid``.

    ``over`` says that no more news will come: it was a talk of ``seconds``, or without them it was missed. The
    person's agent is its author, who says afterwards what came of it.
    """
    calls = Call.with_trash.for_account(person.account_id).filter(sid=sid)
    progress = Progress.NO_ANSWER if seconds is None else Progress.COMPLETED
    ending = {"progress": progress, "step": FAR_ENDED, "seconds": seconds} if over else {}
    try:
        with transaction.atomic():
            if known := calls.first():
                return known
            event = record("call_received", by=None, person=person, at=at, name=person.full_name)
            return Call.objects.create(
                account_id=person.account_id, event=event, person=person, author=person.assigned_to, incoming=True,
                number=number, sid=sid, started_at=event.at, state=State.RECEIVED, **ending,
            )  # fmt: skip
    except IntegrityError:  # delivered twice at once
        return calls.get()
