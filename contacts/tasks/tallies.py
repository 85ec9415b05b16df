"""What waits for a user: the number beside "Tasks" in the frame of every page."""

from typing import Any

from django.utils import timezone

from contacts.tasks.models import Task, key_at
from contacts.tasks.models.due import END_OF_DAY
from tesoro.counting import PreparedCount


def _due(account: int, user: int, until: str) -> Any:
    rows = Task.objects.for_account(account).open().of_living()
    return rows.filter(assigned_to=user, due_key__lte=until).values("due_key")


DUE = PreparedCount(_due, told="COUNT(*), MIN(due_key)")


def waiting(user: Any) -> tuple[int, bool]:
    """Return how many tasks of ``user`` are overdue or due today, up to 10,001, and whether any is overdue.

    One query on one index, whatever the office holds.
    """
    now = timezone.localtime(timezone=user.account.zone)
    until = f"{now.date().isoformat()} {END_OF_DAY}"
    count, first = DUE(user.account_id, user.pk, until)
    return count, count > 0 and first < key_at(now)
