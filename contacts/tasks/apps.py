from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "contacts.tasks"
    label = "tasks"
    verbose_name = "Tasks"

    def ready(self) -> None:
        import contacts.tasks.reminding  # noqa: F401  (has the worker send the morning's mails)
        from accounts import handover
        from contacts.dashboard import cards
        from contacts.tasks import dashboard, tallies
        from contacts.tasks.handover import assign_tasks, tasks_of
        from tesoro.navigation import waiting

        waiting["tasks"] = tallies.waiting
        cards.register(dashboard.CARD)
        handover.register(
            "tasks",
            _("open tasks"),
            lambda user: tasks_of(user).count(),
            lambda user, to, by: assign_tasks(tasks_of(user), to, by=by),
        )
