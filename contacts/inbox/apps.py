from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "contacts.inbox"
    label = "inbox"
    verbose_name = "Inbox"

    def ready(self) -> None:
        from contacts.dashboard import cards
        from contacts.inbox import dashboard
        from contacts.inbox.waiting import tally
        from tesoro.navigation import waiting

        waiting["inbox"] = tally
        cards.register(dashboard.CARD)
