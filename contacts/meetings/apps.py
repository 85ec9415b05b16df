from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "contacts.meetings"
    label = "meetings"
    verbose_name = "Meetings"

    def ready(self) -> None:
        from accounts import settings_nav
        from contacts.dashboard import cards
        from contacts.meetings import dashboard

        page = settings_nav.Page("meetings:feed-settings", "calendar", _("Calendar"), admin_only=False)
        settings_nav.register(page, before="settings:account")
        cards.register(dashboard.CARD)
