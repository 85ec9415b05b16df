from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    name = "contacts.duplicates"
    label = "duplicates"
    verbose_name = _("Duplicates")

    def ready(self) -> None:
        import contacts.duplicates.tasks  # noqa: F401  (has the worker find searches whose worker has died)
        from contacts.duplicates.forgetting import forget
        from contacts.duplicates.holding import hold_back
        from contacts.models.trashing import forgetting, holding_back

        forgetting.append(forget)
        holding_back.append(hold_back)
