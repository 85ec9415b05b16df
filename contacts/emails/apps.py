from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmailsConfig(AppConfig):
    name = "contacts.emails"
    label = "emails"
    verbose_name = "Emails"

    def ready(self) -> None:
        import contacts.emails.inbound_tasks
        import contacts.emails.tasks  # noqa: F401  (has the worker look after what is on its way)
        from accounts import settings_nav

        settings_nav.register(settings_nav.Page("emails:settings", "send", _("Mail")))
