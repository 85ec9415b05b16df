"""What comes in from Twilio: messages of people in the books, and news of those that were sent."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.messaging.models import Channel, Message, Wish
from contacts.messaging.reasons import reason
from contacts.timeline.recording import record
from tesoro.outbox import State

# The words by which Twilio, unless told otherwise, stops and resumes SMS to a number.
WISHES = {
    **dict.fromkeys(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"], Wish.STOP),
    **dict.fromkeys(["START", "UNSTOP", "YES"], Wish.START),
}
NEWS = {
    "accepted": State.SENT,
    "scheduled": State.SENT,
    "queued": State.SENT,
    "sending": State.SENT,
    "sent": State.SENT,
    "delivered": State.DELIVERED,
    "read": State.READ,
    "failed": State.FAILED,
    "undelivered": State.FAILED,
    "canceled": State.FAILED,
}
# From which states a message moves on: never back, and never out of one that is final.
BEFORE: dict[State, Collection[State]] = {
    State.SENT: [State.SENDING, State.UNKNOWN],
    State.DELIVERED: [State.SENDING, State.UNKNOWN, State.SENT],
    State.READ: [State.SENDING, State.UNKNOWN, State.SENT, State.DELIVERED],
    State.FAILED: [State.SENDING, State.UNKNOWN, State.SENT],
}


def wish_in(channel: str, body: str, told: str = "") -> str:
    """Return what an incoming SMS asks of Twilio: by what Twilio ``told`` about it, else by its one word."""
    if channel != Channel.SMS:
        return ""
    return WISHES.get(told.upper()) or WISHES.get(body.strip().upper()) or ""


def receive(
    person: Any,
    channel: str,
    body: str,
    *,
    number: str,
    sid: str,
    media: Collection[str] = (),
    wish: str = "",
    at: dt.datetime | None = None,
) -> Message:
    """Write down a message from ``person``, with its event at its moment; a second delivery changes nothing."""
    try:
        with transaction.atomic():
            event = record(f"{Channel(channel).value}_received", by=None, person=person, at=at, name=person.full_name)
            return Message.objects.create(
                account_id=person.account_id,
                event=event,
                person=person,
                created_at=event.at,
                channel=channel,
                incoming=True,
                state=State.RECEIVED,
                queued_at=None,
                number=number,
                body=body,
                sid=sid,
                media=list(media),
                wish=wish,
            )
    except IntegrityError:
        known = Message.with_trash.filter(account_id=person.account_id, sid=sid).first()
        if known is None:
            raise
        return known


def move(account: Any, pk: int, attempt: int, *, sid: str, status: str, code: str = "") -> bool:
    """Move a sent message on to what Twilio says; False when that changes nothing.

    News of an earlier sending, of another message, or older than what is known, are ignored. A message whose worker
    died before Twilio's answer learns here that it was sent, and its ``sid``.
    """
    state = NEWS.get(status)
    message = Message.with_trash.for_account(account).filter(pk=pk, claimed_at__isnull=False).first()
    if state is None or message is None or not sid or message.attempt != attempt:
        return False
    rows = Message.with_trash.filter(pk=pk, claimed_at=message.claimed_at, sid__in=["", sid], state__in=BEFORE[state])
    failure = reason(code) if state == State.FAILED else ""
    return bool(rows.update(state=state, sid=sid, failure=failure, moved_at=timezone.now()))
