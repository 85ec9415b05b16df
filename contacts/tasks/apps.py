from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "contacts.tasks"
    label = "tasks"
    verbose_name = "Tasks"
