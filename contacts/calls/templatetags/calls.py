"""What the cards of calls are drawn with: ``{% load calls %}``."""

from django import template
from django.utils.translation import gettext as _

from contacts.calls.models import Call, Outcome, Progress
from tesoro.outbox import State
from tesoro.phones import format_phone

register = template.Library()
HUES: dict[str, str] = {
    **{Outcome.REACHED: "green", Outcome.VOICEMAIL: "blue", Outcome.WRONG_NUMBER: "red"},
    **dict.fromkeys([Outcome.NO_ANSWER, Outcome.BUSY], "amber"),
    **dict.fromkeys([Progress.NO_ANSWER, Progress.BUSY, Progress.CANCELED], "amber"),
    **{Progress.FAILED: "red", State.UNKNOWN: "amber"},
}


register.filter("phone", format_phone)


@register.filter
def duration(seconds: int | None) -> str:
    """Return how long: "6 min 20 s", "1 h 5 min", "40 s"; nothing where it is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, left = divmod(minutes, 60)
    if hours:
        return _("%(h)d h %(min)d min") % {"h": hours, "min": left}
    if minutes and rest:
        return _("%(min)d min %(s)d s") % {"min": minutes, "s": rest}
    return _("%(min)d min") % {"min": minutes} if minutes else _("%(s)d s") % {"s": rest}


@register.filter
def call_hue(call: Call) -> str:
    """Return the colour of what is told of a call."""
    if call.outcome:
        return HUES.get(call.outcome, "grey")
    if call.is_running:
        return "violet"
    return HUES.get(call.state) or HUES.get(call.progress, "grey")
