from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "contacts.messaging"
    label = "messaging"
    verbose_name = "SMS and WhatsApp"

    def ready(self) -> None:
        import contacts.messaging.tasks  # noqa: F401  (has the worker look for abandoned messages)
        from accounts import settings_nav
        from contacts.lines.hooks import Address, addresses

        settings_nav.register(settings_nav.Page("messaging:templates", "whatsapp", _("WhatsApp templates")))
        addresses.append(Address(_("A message comes in, by SMS or WhatsApp"), "messaging:incoming"))
