"""WhatsApp's window: for 24 hours after a person's last message the office may write freely, then only templates."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.messaging.models import WINDOW, Channel, Message
from tesoro import moments


def opened_by(person: Any) -> Message | None:
    """Return the message that keeps the person's window open, or None when it is closed. One query a person object.

    A message in the trash keeps it open too: WhatsApp does not know of our trash.
    """
    if not hasattr(person, "_window_opened_by"):
        recent = Message.with_trash.filter(person_id=person.pk, created_at__gt=timezone.now() - WINDOW)
        person._window_opened_by = recent.received(Channel.WHATSAPP).first()
    opener: Message | None = person._window_opened_by
    return opener


def free_until(person: Any) -> dt.datetime | None:
    """Return until when the office may write freely to the person on WhatsApp; None when it may not."""
    opener = opened_by(person)
    return opener.window_closes_at if opener else None


def told(moment: dt.datetime) -> str:
    """Return "Free text until tomorrow, 11:48", in the time zone that is active."""
    today = timezone.localtime(moment).date() == timezone.localdate()
    text = _("Free text until today, %(time)s") if today else _("Free text until tomorrow, %(time)s")
    return text % {"time": moments.clock(moment)}
