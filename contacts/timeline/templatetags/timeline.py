"""What the cards of the timeline are drawn with: ``{% load timeline %}``."""

import datetime as dt
from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contacts.timeline.models import Event
from contacts.timeline.models.event import SUBJECTS
from tesoro import markdown, moments
from tesoro.geocoding.places import PLACE, PLACE_LABEL
from tesoro.templatetags import ui

register = template.Library()
HOUR = dt.timedelta(hours=1)


@register.filter(name="markdown")
def as_markdown(text: str) -> SafeString:
    """Draw a note as its author formatted it, made safe."""
    return markdown.render(text)


@register.filter
def changeable_by(note: Any, user: Any) -> bool:
    """Whether ``user`` may edit and delete the note."""
    return bool(note.may_change(user))


@register.filter
def when(moment: dt.datetime) -> str:
    """Draw a time under the heading of its day: "12 min ago" within the hour, else "10:05"; exact on hover."""
    return ui.ago(moment) if timezone.now() - moment < HOUR else ui.clock(moment)


@register.filter
def midsentence(moment: dt.datetime) -> SafeString:
    """Draw a time as it is said within a sentence: "Active yesterday"."""
    return ui._time(moment, _inside(moments.relative(moment)))


@register.filter
def lately(moment: dt.datetime) -> SafeString:
    """Draw how long ago something was, within a sentence: "Last activity 3 days ago"."""
    return ui._time(moment, _inside(moments.since(moment)))


def _inside(told: str) -> str:
    """Return words that began a line as they stand within one."""
    begun = told in {_("Yesterday"), _("Today"), pgettext("moment", "Just now")}
    return told[:1].lower() + told[1:] if begun else told


@register.filter
def changes(event: Event) -> list[dict[str, str]]:
    """Return what a "changed" event tells, each with the label of its field; rows that tell nothing are left out."""
    told = event.data.get("changes")
    rows = [row for row in told if isinstance(row, dict)] if isinstance(told, list) else []
    subject = next(name for name in SUBJECTS if getattr(event, f"{name}_id"))
    return [
        {
            "label": _label(subject, str(row.get("field", ""))),
            "old": _word(row.get("old")),
            "new": _word(row.get("new")),
        }
        for row in rows
    ]


def _label(subject: str, name: str) -> str:
    """Return the label of a field of the event's subject; a field that is gone keeps its name."""
    if name == PLACE:
        return str(PLACE_LABEL)
    model: Any = Event._meta.get_field(subject).related_model
    try:
        return str(capfirst(str(model._meta.get_field(name).verbose_name)))
    except FieldDoesNotExist:
        return str(capfirst(name.replace("_", " ")))


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""
