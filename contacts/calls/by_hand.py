"""A call logged by hand: what was said on another telephone."""

from datetime import datetime
from typing import Any

from django.db import transaction

from contacts.calls.models import Call
from contacts.calls.placing import move
from contacts.timeline.recording import record
from tesoro.outbox import State


def log_call(
    person: Any, *, by: Any, started_at: datetime, incoming: bool, seconds: int | None, outcome: str, note: str
) -> Call:
    """Log a call that took place, with its event at that time, in one transaction.

    Also of somebody who is not to be contacted: it asks for nothing, it says what was.
    """
    with transaction.atomic():
        event = record("call_logged", by=by, person=person, at=started_at)
        return Call.objects.create(
            account_id=person.account_id, event=event, person=person, author=by, by_hand=True, incoming=incoming,
            number=str(person.phone.as_e164), started_at=started_at, seconds=seconds, outcome=outcome, note=note,
            state=State.RECEIVED if incoming else State.SENT,
        )  # fmt: skip


def revise(row: Call, *, by: Any, outcome: str, note: str, **by_hand: Any) -> None:
    """Say anew what came of a call; of one that was logged by hand also when it was, whose and how long.

    Raises PermissionDenied unless ``by`` may change it.
    """
    row.demand(by)
    row.outcome, row.note = outcome, note
    with transaction.atomic():
        row.save(update_fields=["outcome", "note"])  # no more: Twilio may be telling something of it just now
        if row.by_hand:
            row.incoming, row.seconds = by_hand["incoming"], by_hand["seconds"]
            row.state = State.RECEIVED if row.incoming else State.SENT
            row.save(update_fields=["incoming", "seconds", "state"])
            move(row, by_hand["started_at"])
