"""What lies ahead: tasks and meetings around today, so that Tasks and Calendar have something to show."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from contacts.demo.chronicle import ZONE, Fact, office_moment
from contacts.demo.exchanges import meeting
from contacts.demo.talk import TASKS
from contacts.tasks.models import Priority, Task

# Days from today, and the time of day where there is one.
DUE = [
    (-3, None), (-1, time(12, 0)), (0, None), (0, time(17, 30)), (0, time(10, 0)), (1, None), (2, time(9, 30)),
    (4, None), (7, None), (12, time(16, 0)), (None, None),
]  # fmt: skip
MEETING_DAYS = [-6, -2, -1, 0, 0, 1, 1, 2, 3, 6, 9, 14]


def ahead(rng: Random, person: Any, agent: Any, now: datetime, place: int) -> list[Fact]:
    """Return the task and the meeting of one of the first people, each with the moment it was noted down."""
    last = person.last_activity_at
    at = office_moment(rng, max(person.created_at, last - timedelta(days=20)), last)
    days, clock = DUE[place % len(DUE)]
    today = now.astimezone(ZONE)
    task = Task(
        title=TASKS[place % len(TASKS)],
        due_on=(today + timedelta(days=days)).date() if days is not None else None,
        due_time=clock,
        priority=Priority.HIGH if place % 4 == 0 else Priority.NORMAL,
        assigned_to=agent,
    )
    day = today + timedelta(days=MEETING_DAYS[place % len(MEETING_DAYS)])
    planned = meeting(rng, person.account, agent, day)
    return [Fact(at, "task_added", agent, row=task), Fact(at, "meeting_planned", agent, row=planned)]
