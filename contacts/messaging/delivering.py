"""Delivering: a worker hands a claimed message to Twilio and stores how that ended. Nothing is tried twice."""

import json

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contacts.lines.asking import NotSent, Sending, ask
from contacts.lines.client import connect
from contacts.lines.hooks import hook_url
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
    """Return state, reason and Twilio's name of the message."""
    try:
        answer = ask(lambda: _sending(message), f"Message {message.pk}")
    except NotSent as how:
        return how.state, (reason(how.code) if how.code in REASONS else how.words), ""
    if answer.status in REFUSED:
        return State.FAILED, reason(answer.error_code, answer.error_message or ""), answer.sid
    return State.SENT, "", answer.sid


def _sending(message: Message) -> Sending:
    """Return what sends the message, and what it is given; the address for Twilio's news names this sending.

    All is asked again, because the page's answer may be hours old. Raises ValidationError when it must not be sent.
    """
    if message.in_trash:
        raise ValidationError(_("Deleted before it was sent."))
    line = demand_sendable(message.person, message.channel, templated=message.templated)
    prefix = "whatsapp:" if message.channel == Channel.WHATSAPP else ""
    what = (
        {"content_sid": message.content_sid, "content_variables": json.dumps(message.variables)}
        if message.content_sid
        else {"body": message.body}
    )
    news = hook_url("messaging:status", line, pk=message.pk, attempt=message.attempt)
    sender = sender_of(line, message.channel)
    numbers = {"to": f"{prefix}{message.number}", "from_": f"{prefix}{sender}"}
    return connect(line).messages.create, {**numbers, "status_callback": news, **what}
