from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "contacts.calls"
    label = "calls"
    verbose_name = "Calls"

    def ready(self) -> None:
        import contacts.calls.tasks  # noqa: F401  (has the worker look after what is on its way)
        from contacts.lines import hooks

        hooks.addresses.append(hooks.Address(_("Voice, “A call comes in”"), "calls:incoming"))
