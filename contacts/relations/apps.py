from django.apps import AppConfig


class RelationsConfig(AppConfig):
    name = "contacts.relations"
    label = "relations"
    verbose_name = "Relations"
