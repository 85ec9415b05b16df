"""What messages are drawn with: ``{% load messaging %}``."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.messaging import segments, window
from contacts.messaging.models import Message
from tesoro.outbox import State

register = template.Library()
STATE_ICONS = {
    State.QUEUED: "clock",
    State.SENDING: "send-horizontal",
    State.SENT: "check",
    State.DELIVERED: "check-check",
    State.READ: "check-check",
    State.FAILED: "circle-alert",
    State.UNKNOWN: "circle-question-mark",
}


@register.filter
def state_icon(message: Message) -> str:
    """Return the icon of how far a message has come."""
    return STATE_ICONS.get(State(message.state), "check")


@register.filter
def until(moment: Any) -> str:
    """Return "Free text until tomorrow, 11:48"."""
    return window.told(moment) if moment else ""


@register.filter
def window_of(event: Any) -> Any:
    """Return until when the message of an event lets the office write freely; None when a later one does, or none.

    Only messages of the last 24 hours ask the database, once for all cards of a page.
    """
    message = event.message
    if not message.window_closes_at or event.person.do_not_contact:
        return None
    opener = window.opened_by(event.person)
    return opener.window_closes_at if opener and opener.pk == message.pk else None


@register.filter
def thread_url(person: Any, channel: str) -> str:
    """Return the address of the person's tab of a channel."""
    return reverse(f"{person.namespace}:{channel}", args=[person.pk])


@register.filter
def filling(thread: Any, chosen: Any) -> str:
    """Return the address of the tab where the variables of a template are filled in."""
    return str(thread.url_with(template=chosen.pk))


@register.filter
def sms_count(text: str) -> str:
    """Return what a text takes: "142 characters, 1 SMS, 18 left"; the script counts on in the same words."""
    told = segments.count((text or "").strip())
    words = _("%(used)d characters, %(segments)d SMS, %(room)d left")
    return words % {"used": told.used, "segments": told.segments or 1, "room": told.room}


@register.filter
def media_word(kind: str) -> str:
    """Return what a file that came along is called, by its type."""
    words = {"image": _("Picture"), "video": _("Video"), "audio": _("Recording"), "text": _("Text")}
    if kind in ("text/vcard", "text/x-vcard"):
        return _("Contact card")
    return words.get(kind.partition("/")[0], _("File"))
