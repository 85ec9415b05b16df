"""What tasks are drawn with: ``{% load tasks %}``."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tesoro import moments
from tesoro.templatetags import ui

register = template.Library()


@register.filter
def due(task: Any) -> str:
    """Draw when a task is due: "Today", "Tomorrow, 14:30", "Tue 17 Nov"; exact on hover. Nothing without a date."""
    if not task.has_date:
        return ""
    told = moments.relative(task.due_on)
    if task.due_time is None:
        return ui._time(task.due_on, told)
    moment = dt.datetime.combine(task.due_on, task.due_time, timezone.get_current_timezone())
    return ui._time(moment, f"{told}, {due_clock(task)}")


@register.filter
def due_clock(task: Any) -> str:
    """Return the time of day a task is due at: "14:30"."""
    return f"{task.due_time:%H:%M}" if task.due_time else ""


@register.filter
def lateness(task: Any) -> str:
    """Return for how long a task is overdue: "2 days late", or "Since 14:30" on its day."""
    days = (timezone.localdate() - task.due_on).days
    if days < 1:
        return _("Since %(time)s") % {"time": due_clock(task)}
    return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
