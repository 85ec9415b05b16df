"""The task."""

from contacts.tasks.models.due import key_at, key_now
from contacts.tasks.models.task import Priority, Task

__all__ = ["Priority", "Task", "key_at", "key_now"]
