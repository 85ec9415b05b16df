"""Doing what waits for a worker."""

from django_tasks_db.models import DBTaskResult


def work_on(task):
    """Run each call of a task whose time has come, once; what it queues for later stays."""
    for call in DBTaskResult.objects.ready().filter(task_path=task.module_path):
        task.call(*call.args_kwargs["args"])
        call.delete()
