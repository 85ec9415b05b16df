"""When a colleague leaves, what they had to do is passed on."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts.tasks.models import Task
from contacts.timeline.models import Event

CHUNK = 1000


def tasks_of(user: Any) -> Any:
    """Return what ``user`` still has to do, with people and deals in the trash too: they may come back."""
    return Task.objects.for_account(user.account).open().filter(assigned_to=user)


def assign_tasks(tasks: Any, to: Any, *, by: Any) -> int:
    """Assign every task of a queryset to ``to``, each with an event; return how many changed hands."""
    now = timezone.now()
    with transaction.atomic():
        rows = list(tasks.exclude(assigned_to=to).select_for_update().order_by("pk"))
        anew = {"assigned_to": to, "reminded_on": None, "reminders_refused": 0}
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            Event.objects.bulk_create([_passed_on(task, to, by, now) for task in part])
            Task.objects.filter(pk__in=[task.pk for task in part]).update(**anew)
    return len(rows)


def _passed_on(task: Task, to: Any, by: Any, at: Any) -> Event:
    data = {"title": task.title, "to": to.get_full_name()}
    whose = {"person_id": task.person_id, "deal_id": task.deal_id}
    return Event(account_id=task.account_id, verb="task_changed", actor=by, at=at, data=data, **whose)
