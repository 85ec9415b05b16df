"""The mail on the morning of the day a task is due: one for each assignee.

Every half minute whoever has something due is queued, and a task writes to them. It marks what it tells before the mail
is sent: what a worker dies over in between is told to nobody, not twice. What the mail server refused is told later.
"""

import datetime as dt
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts import mail
from accounts.models import Account, User
from contacts.tasks.models import Task
from contacts.tasks.models.task import REMINDED_FROM
from tesoro.tasks import due, ending, queued, task

# How long to wait after the first refusal, the second, …; after the last nobody tries again.
WAITS = [dt.timedelta(minutes=minutes) for minutes in (2, 10, 30, 120)]


@due
def remind() -> None:
    """Queue a mail for everybody with something due today, once it is seven where their office is, and all day long."""
    for day, zones in _mornings(timezone.now()).items():
        readers = list(_untold(day, zones).order_by().values_list("assigned_to", flat=True).distinct())
        waiting = {arguments[0] for arguments in queued(tell, later=True)} if readers else set()
        for reader in readers:
            if ending.is_set():
                return
            if reader not in waiting:
                tell.enqueue(reader)


@task
def tell(reader_id: int) -> None:
    """Mail a user what they have to do today, unless they know."""
    reader = User.objects.select_related("account").filter(pk=reader_id).first()
    local = timezone.localtime(timezone=reader.account.zone) if reader else None
    if reader is None or local is None or local.time() < REMINDED_FROM:
        return
    tasks = _take(_untold(local.date(), [reader.account.time_zone]).filter(assigned_to=reader))
    if tasks and _send(tasks, reader) is mail.Outcome.REFUSED:
        _give_back(tasks, reader)


def _mornings(now: dt.datetime) -> dict[dt.date, list[str]]:
    """Return the time zones in which the hour has come, by the day that it is there."""
    days = defaultdict(list)
    for zone in Account.objects.order_by().values_list("time_zone", flat=True).distinct():
        local = now.astimezone(ZoneInfo(zone))
        if local.time() >= REMINDED_FROM:
            days[local.date()].append(zone)
    return days


def _untold(day: dt.date, zones: list[str]) -> Any:
    """Return the tasks of the day that their assignees have not been reminded of, and may still be."""
    tasks = Task.objects.open().of_living().filter(due_on=day, reminded_on=None, reminders_refused__lte=len(WAITS))
    return tasks.filter(account__time_zone__in=zones, assigned_to__is_active=True)


def _take(untold: Any) -> list[Task]:
    """Mark the tasks of one reader and return them; of two workers at once one gets them, the other none."""
    with transaction.atomic():
        rows = untold.select_related("account", "person", "deal").select_for_update(of=("self",))
        tasks = list(rows.order_by("due_key", "pk"))
        Task.objects.filter(pk__in=[task.pk for task in tasks]).update(reminded_on=F("due_on"))
    return tasks


def _send(tasks: list[Task], reader: User) -> mail.Outcome:
    account = tasks[0].account
    context = {"tasks": tasks, "reader": reader, "url": mail.absolute(reverse("tasks:mine"))}
    return mail.send("tasks_today", reader.email, context, account=account, language=reader.language)


def _give_back(tasks: list[Task], reader: User) -> None:
    """Take the marks off again, unless the task has moved on since, and try later: nothing has left."""
    refused = min(task.reminders_refused for task in tasks)
    with transaction.atomic():
        mine = Task.objects.filter(pk__in=[task.pk for task in tasks], assigned_to=reader, reminded_on=F("due_on"))
        mine.update(reminded_on=None, reminders_refused=F("reminders_refused") + 1)
        if refused < len(WAITS):
            tell.using(run_after=timezone.now() + WAITS[refused]).enqueue(reader.pk)
