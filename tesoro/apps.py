"""The foundations as a Django app: checks, search triggers, template tags."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class TesoroConfig(AppConfig):
    name = "tesoro"
    verbose_name = "Tesoro"

    def ready(self) -> None:
        from tesoro import checks, search  # noqa: F401  (registers the checks)

        post_migrate.connect(search.install, dispatch_uid="tesoro.search")


class SupportConfig(AdminConfig):
    """Django admin, with the site that support staff work in."""

    default_site = "tesoro.support.site.SupportSite"
