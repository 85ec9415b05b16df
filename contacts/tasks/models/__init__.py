"""The task."""

from contacts.tasks.models.task import Priority, Task

__all__ = ["Priority", "Task"]
