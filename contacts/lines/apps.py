from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinesConfig(AppConfig):
    name = "contacts.lines"
    label = "lines"
    verbose_name = "Telephone line"

    def ready(self) -> None:
        from accounts import settings_nav
        from contacts.lines.waiting import tally
        from tesoro.navigation import waiting

        settings_nav.register(settings_nav.Page("lines:settings", "phone", _("Telephone")))
        waiting["lines"] = tally
