"""Delivering: a worker hands a claimed message to Twilio and stores how that ended. Nothing is tried twice."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contacts.lines.client import FAULTS, connect, ended
from contacts.lines.hooks import hook_url
from contacts.lines.models import Line
from contacts.messaging.models import Channel, Message
from contacts.messaging.reasons import REASONS, reason
from contacts.messaging.rules import demand_sendable, sender_of
from tesoro.outbox import State

REFUSED = {"failed", "undelivered", "canceled"}  # states in which Twilio may answer at once


def deliver(message: Message) -> None:
    """Send a claimed message and settle it: sent, failed with the reason, or of unknown state."""
    with translation.override(message.account.language), timezone.override(message.account.zone):
        state, failure, sid = _outcome(message)
    message.settle(state, failure, sid=sid, moved_at=timezone.now())


def _outcome(message: Message) -> tuple[State, str, str]:
    """Return state, reason and Twilio's name of the message. All is asked again: the page's answer may be hours old."""
    try:
        if message.in_trash:
            return State.FAILED, _("Deleted before it was sent."), ""
        line = demand_sendable(message.person, message.channel, templated=message.templated)
        answer = connect(line).messages.create(**_request(message, line))
    except ValidationError as refusal:
        return State.FAILED, " ".join(refusal.messages), ""
    except FAULTS as fault:
        state, words = ended(fault)
        code = getattr(fault, "code", None)
        return state, (reason(code) if code in REASONS else words), ""
    if answer.status in REFUSED:
        return State.FAILED, reason(answer.error_code, answer.error_message or ""), answer.sid
    return State.SENT, "", answer.sid


def _request(message: Message, line: Line) -> dict[str, Any]:
    """Return what Twilio's SDK is asked. The address for its news names this sending, so that no other is meant."""
    prefix = "whatsapp:" if message.channel == Channel.WHATSAPP else ""
    what = (
        {"content_sid": message.content_sid, "content_variables": json.dumps(message.variables)}
        if message.content_sid
        else {"body": message.body}
    )
    news = hook_url("messaging:status", line, pk=message.pk, attempt=message.attempt)
    sender = sender_of(line, message.channel)
    return {"to": f"{prefix}{message.number}", "from_": f"{prefix}{sender}", "status_callback": news, **what}
