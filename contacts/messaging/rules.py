"""Whether a message may be sent: asked by the page, by the server when it is queued, and again by the worker."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts.lines.client import line_of
from contacts.lines.models import Line
from contacts.messaging.models import Channel
from contacts.messaging.window import free_until


def number_of(person: Any, channel: str) -> str:
    """Return the number, in E.164, that the person is reached at, or nothing."""
    if channel == Channel.WHATSAPP:
        return str(person.whatsapp_number)
    return str(getattr(person.phone, "as_e164", "") or "")


def sender_of(line: Line | None, channel: str) -> str:
    """Return the office's number for a channel, in E.164, or nothing."""
    number = line and (line.whatsapp_number if channel == Channel.WHATSAPP else line.call_number)
    return str(getattr(number, "as_e164", "") or "")


def demand_sendable(person: Any, channel: str, *, templated: bool = False) -> Line:
    """Return the line over which the person may be written to, or raise ValidationError, whose code says why not.

    Codes: "in_trash", "do_not_contact", "no_number", "no_line", "no_sender", "window_closed".
    """
    if person.in_trash:
        raise ValidationError(_("%(name)s is in the trash."), "in_trash", {"name": person.full_name})
    person.demand_contactable()
    if not number_of(person, channel):
        raise ValidationError(_("%(name)s has no number."), "no_number", {"name": person.full_name})
    line = line_of(person.account_id)
    if line is None:
        raise ValidationError(_("The office has no telephone line. An admin connects Twilio."), "no_line")
    if not sender_of(line, channel):
        raise ValidationError(_("The office's line has no number for this. An admin adds one."), "no_sender")
    if channel == Channel.WHATSAPP and not templated and free_until(person) is None:
        text = _("More than 24 hours have passed since %(name)s last wrote. Choose a template.")
        raise ValidationError(text, "window_closed", {"name": person.full_name})
    return line
