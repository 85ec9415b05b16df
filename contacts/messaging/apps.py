from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "contacts.messaging"
    label = "messaging"
    verbose_name = "SMS and WhatsApp"
