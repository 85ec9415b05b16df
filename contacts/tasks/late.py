"""Tasks that are overdue, as a card of a board tells of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.tasks.models import Task, key_now
from tesoro.moments import day_and_month


@dataclass(frozen=True, slots=True)
class LateTask:
    """The task of a card that should have been done first: what, and since when."""

    title: str
    due: str


def late_tasks(subject: str, ids: list[int], account: Any) -> dict[int, LateTask]:
    """Return the task that has been overdue longest of each that has one, in one query.

    ``subject`` says of what the ids are: "person" or "deal".
    """
    tasks = Task.objects.for_account(account).filter(**{f"{subject}__in": ids}).overdue(key_now())
    rows = tasks.order_by("-due_key", "-pk").values_list(subject, "title", "due_on")
    return {key: LateTask(title, _due(due_on)) for key, title, due_on in rows}


def _due(day: dt.date) -> str:
    """Return the end of "Call back due yesterday"."""
    days = (timezone.localdate() - day).days
    if days <= 1:
        return _("due today") if days == 0 else _("due yesterday")
    return _("due %(day)s") % {"day": day_and_month(day)}
