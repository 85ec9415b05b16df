from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinesConfig(AppConfig):
    name = "contacts.lines"
    label = "lines"
    verbose_name = "Telephone line"

    def ready(self) -> None:
        from accounts import settings_nav

        settings_nav.register(settings_nav.Page("lines:settings", "phone", _("Telephone")))
