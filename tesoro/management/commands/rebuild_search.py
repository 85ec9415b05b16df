"""``manage.py rebuild_search``: drop and refill the search index."""

from typing import Any

from django.core.management.base import BaseCommand

from tesoro.search import make_index, searchable_models


class Command(BaseCommand):
    help = "Drop and refill the search index of people and companies. Whoever writes meanwhile waits."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for model in searchable_models():
            make_index(model)
            self.stdout.write(f"{model._meta.verbose_name_plural}: search index rebuilt")
