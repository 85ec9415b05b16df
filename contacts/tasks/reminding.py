"""The mail on the morning of the day a task is due: one for each assignee, at most once."""

import datetime as dt
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts import mail
from accounts.models import Account
from contacts.tasks.models import Task
from contacts.tasks.models.task import REMINDED_FROM
from tesoro.tasks import due, ending


@due
def remind() -> None:
    """Tell everybody what they have to do today, once it is seven where their office is, and from then on all day.

    Tasks are marked before their mail is sent: what a worker dies over in between is told to nobody, not twice.
    """
    for day, zones in _mornings(timezone.now()).items():
        for reader in _untold(day, zones).order_by().values_list("assigned_to", flat=True).distinct():
            if ending.is_set():
                return
            if tasks := _take(_untold(day, zones).filter(assigned_to=reader)):
                _send(tasks)


def _mornings(now: dt.datetime) -> dict[dt.date, list[str]]:
    """Return the time zones in which the hour has come, by the day that it is there."""
    days = defaultdict(list)
    for zone in Account.objects.order_by().values_list("time_zone", flat=True).distinct():
        local = now.astimezone(ZoneInfo(zone))
        if local.time() >= REMINDED_FROM:
            days[local.date()].append(zone)
    return days


def _untold(day: dt.date, zones: list[str]) -> Any:
    """Return the tasks of the day that their assignees have not been reminded of."""
    tasks = Task.objects.open().of_living().filter(due_on=day, reminded_on=None)
    return tasks.filter(account__time_zone__in=zones, assigned_to__is_active=True)


def _take(untold: Any) -> list[Task]:
    """Mark the tasks of one reader and return them; of two workers at once one gets them, the other none."""
    with transaction.atomic():
        rows = untold.select_related("assigned_to", "account", "person").select_for_update(of=("self",))
        tasks = list(rows.order_by("due_key", "pk"))
        Task.objects.filter(pk__in=[task.pk for task in tasks]).update(reminded_on=F("due_on"))
    return tasks


def _send(tasks: list[Task]) -> None:
    reader: Any = tasks[0].assigned_to
    account = tasks[0].account
    context = {"tasks": tasks, "reader": reader, "url": mail.absolute(reverse("tasks:mine"))}
    mail.send("tasks_today", reader.email, context, account=account, language=reader.language)
