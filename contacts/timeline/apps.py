from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "contacts.timeline"
    label = "timeline"
    verbose_name = "Timeline"

    def ready(self) -> None:
        from contacts.finder import groups
        from contacts.timeline.found import NOTES

        groups.register(NOTES)
