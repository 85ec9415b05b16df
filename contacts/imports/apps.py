"""The import engine: files of people, companies and deals, from upload to undo."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Finds, when all apps are loaded, the kinds that their ``importing`` modules register."""

    name = "contacts.imports"
    label = "imports"
    verbose_name = _("imports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("importing")
        import contacts.imports.tasks  # noqa: F401  (has the worker look for abandoned runs)
