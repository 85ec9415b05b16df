from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "contacts.calls"
    label = "calls"
    verbose_name = "Calls"
