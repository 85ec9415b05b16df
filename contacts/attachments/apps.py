from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "contacts.attachments"
    label = "attachments"
    verbose_name = "Attachments"
