"""The card "My tasks" of the dashboard: what is overdue and what today asks for, then what today has seen done."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from contacts.dashboard.asked import Asked
from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.tasks.models import Task
from contacts.tasks.models.due import key_of
from tesoro.counting import COUNTED, capped

SHOWN, DONE_SHOWN = 8, 3


@dataclass(frozen=True)
class MyTasks:
    """The first tasks that are due, how many there are in all, and the last ones done."""

    due: list[Task]
    count: int
    done: list[Task]

    @property
    def tally(self) -> str:
        """How many are due, in words; nothing when none is."""
        return capped(self.count) if self.count else ""

    @property
    def hidden(self) -> int:
        """How many that are due are not shown."""
        return self.count - len(self.due)


def load(scope: Scope) -> MyTasks:
    """Return what whoever looks has to do by the end of the day where the account is; in four queries at most."""
    mine, by = (scope.account.pk, scope.user.pk), key_of(scope.today, None)
    due, done = FIRST_DUE(*mine, by), FIRST_DONE(*mine, scope.midnight(scope.today))
    count = len(due) if len(due) <= SHOWN else MANY_DUE.count(*mine, by)
    loaded = _loaded([pk for (pk,) in [*due[:SHOWN], *done]])
    return MyTasks([task for task in loaded if not task.is_done], count, [task for task in loaded if task.is_done])


def _loaded(ids: list[int]) -> list[Task]:
    """Return tasks in the order of their keys here; most days ask for a few, and many for none."""
    if not ids:
        return []
    found = Task.objects.filter(pk__in=ids).select_related("person", "deal").defer("details")
    return sorted(found, key=lambda task: ids.index(task.pk))


def _mine(account: int, user: int) -> Any:
    return Task.objects.for_account(account).of_living().filter(assigned_to=user).values_list("pk")


def _due(account: int, user: int, by: str) -> Any:
    return _mine(account, user).open().filter(due_key__lte=by)


def _done(account: int, user: int, since: dt.datetime) -> Any:
    return _mine(account, user).done().filter(done_at__gte=since).order_by("-done_at", "-pk")


FIRST_DUE = Asked(lambda *args: _due(*args).order_by("due_key", "pk")[: SHOWN + 1])
MANY_DUE = Asked(lambda *args: _due(*args).order_by()[: COUNTED + 1])
FIRST_DONE = Asked(lambda *args: _done(*args)[:DONE_SHOWN])
CARD = Card("my-tasks", 2, load, "tasks/day.html", aside=True)
