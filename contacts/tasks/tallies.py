"""What waits for a user: the number beside "Tasks" in the frame of every page."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from contacts.tasks.models import Task, key_at
from contacts.tasks.models.due import END_OF_DAY
from tesoro.counting import COUNTED


def waiting(user: Any) -> tuple[int, bool]:
    """Return how many tasks of ``user`` are overdue or due today, up to 10,001, and whether any is overdue.

    One query on one index, whatever the office holds.
    """
    now = timezone.localtime(timezone=user.account.zone)
    until = f"{now.date().isoformat()} {END_OF_DAY}"
    rows = Task.objects.for_account(user.account).open().of_living().filter(assigned_to=user, due_key__lte=until)
    first = rows.order_by("due_key", "pk").values("due_key")[: COUNTED + 1]
    told = first.aggregate(count=Count("due_key"), late=Count("due_key", filter=Q(due_key__lt=key_at(now))))
    return told["count"], told["late"] > 0
