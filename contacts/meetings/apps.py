from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "contacts.meetings"
    label = "meetings"
    verbose_name = "Meetings"
