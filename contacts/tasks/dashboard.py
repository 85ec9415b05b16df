"""The card "My tasks" of the dashboard: what is overdue and what today asks for, then what today has seen done."""

from dataclasses import dataclass
from typing import Any

from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.tasks.models import Task
from contacts.tasks.models.due import key_of
from tesoro.counting import bounded_count, capped

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
    """Return what whoever looks has to do by the end of the day where the account is; in three queries at most."""
    mine = Task.objects.for_account(scope.account).of_living().filter(assigned_to=scope.user)
    due = mine.open().filter(due_key__lte=key_of(scope.today, None)).order_by("due_key", "pk")
    done = mine.done().filter(done_at__gte=scope.midnight(scope.today)).order_by("-done_at", "-pk")
    first = _few(due, SHOWN + 1)
    count = len(first) if len(first) <= SHOWN else bounded_count(due)
    return MyTasks(first[:SHOWN], count, _few(done, DONE_SHOWN))


def _few(rows: Any, many: int) -> list[Task]:
    return list(rows.select_related("person", "deal").defer("details")[:many])


CARD = Card("my-tasks", 2, load, "tasks/day.html", aside=True)
