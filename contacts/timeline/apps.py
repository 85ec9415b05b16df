from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "contacts.timeline"
    label = "timeline"
    verbose_name = "Timeline"
