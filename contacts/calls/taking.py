"""Calls that come in: onto the caller's timeline, or as a stranger's into the inbox."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from contacts.calls.models import Call, Progress
from contacts.calls.models.progress import ENDED, FAR_ENDED
from contacts.lines.models import Stray, StrayKind
from contacts.timeline.recording import record
from tesoro.outbox import State


def take(
    person: Any, *, number: str, sid: str, at: datetime | None = None, ended: str = "", seconds: int | None = None
) -> Call:
    """Put an incoming call onto the timeline of ``person``, once for each ``sid``.

    ``ended`` says how it came out, after ``seconds`` of talk, when no more news will come. The person's agent is its
    author, who says afterwards what came of it.
    """
    calls = Call.with_trash.for_account(person.account_id).filter(sid=sid)
    ending = {"progress": ended, "step": FAR_ENDED, "seconds": seconds} if ended in ENDED else {}
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


def end_stray(account: Any, sid: str, told: str, seconds: int | None) -> None:
    """Keep how a stranger's call came out, for the timeline it will stand on, or stands on by now. The first holds."""
    if told not in ENDED:
        return
    with transaction.atomic():
        calls = Stray.objects.for_account(account).filter(sid=sid, kind=StrayKind.CALL)
        stray = calls.select_for_update().first()
        if stray is None or "ended" in stray.data:
            return
        stray.data |= {"ended": told, "seconds": seconds}
        stray.save(update_fields=["data"])
        call = Call.with_trash.for_account(account).filter(sid=sid).first() if stray.person_id else None
        if call is not None:
            call.follow(Progress(told), far=True, seconds=seconds)
