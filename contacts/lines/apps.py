from django.apps import AppConfig


class LinesConfig(AppConfig):
    name = "contacts.lines"
    label = "lines"
    verbose_name = "Telephone line"
