"""Work in the background: the one place that knows which package runs it.

A task takes only the key of a row that says what to do, and is queued in the transaction that writes that row: both
commit, or neither. After ``kill -9`` the package leaves a task running for ever and retries nothing, so whoever owns
the row owns its lease too, and registers with :func:`due` what finds it again.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import close_old_connections
from django_tasks import task
from django_tasks.base import Task

__all__ = ["due", "ending", "forget", "queued", "task", "tick"]

logger = logging.getLogger(__name__)

# Set when this process was asked to end. Long tasks look at it after each chunk, and hand over.
ending = threading.Event()
_due: list[Callable[[], None]] = []


def due(function: Callable[[], None]) -> Callable[[], None]:
    """Have ``function`` called every half minute by each worker, and once when one starts. It must be cheap and safe
    to call by several workers at once.
    """
    _due.append(function)
    return function


def queued(of: Task, *, later: bool = False) -> list[list[Any]]:
    """Return the positional arguments of each call of a task that waits for a worker. One query.

    With ``later`` also of those whose time has not come.
    """
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    calls = DBTaskResult.objects
    waiting = (calls.filter(status=TaskResultStatus.READY) if later else calls.ready()).filter(task_path=of.module_path)
    return [call["args"] for call in waiting.order_by().values_list("args_kwargs", flat=True)]


def forget(of: Task, before: datetime) -> None:
    """Delete what the package keeps about calls of a task that ended before then: one that runs every minute fills
    its table.
    """
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.finished().filter(task_path=of.module_path, finished_at__lt=before).delete()


def tick() -> None:
    """Do what is due. What fails is logged and does not keep the rest from being done."""
    for function in _due:
        try:
            function()
        except Exception:
            logger.exception("%s failed", function.__qualname__)
        finally:
            close_old_connections()
