from django.apps import AppConfig


class EmailsConfig(AppConfig):
    name = "contacts.emails"
    label = "emails"
    verbose_name = "Emails"
