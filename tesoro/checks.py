"""System checks: of settings that make no sense, and of what a running database must have."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.utils import DatabaseError

from tesoro.geocoding.services import SERVICES
from tesoro.search import is_installed, searchable_models


@register(Tags.database)
def search_index_is_kept(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Find a table whose search triggers a migration has dropped: search would go stale without an error."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            tables = set(connections[alias].introspection.table_names())
        except DatabaseError:
            continue
        for model in searchable_models():
            if model._meta.db_table in tables and not is_installed(model, alias):
                found.append(
                    Error(
                        f"The search index of {model._meta.label} is missing or no longer kept.",
                        hint="Run: manage.py rebuild_search",
                        id="tesoro.E001",
                    )
                )
    return found


@register()
def places_are_set_up(**_: Any) -> list[CheckMessage]:
    """Find settings of places that would fail without a word: a service nobody knows, a name no header can hold."""
    found: list[CheckMessage] = []
    if settings.GEOCODER and settings.GEOCODER not in SERVICES:
        hint = f"It is one of {', '.join(SERVICES)}, or empty: then no service is asked."
        found.append(Error(f"GEOCODER names no service: {settings.GEOCODER!r}", hint=hint, id="tesoro.E002"))
    if not _fits_a_header(settings.GEOCODER_USER_AGENT):
        hint = "A header holds Latin letters in one line: write a hyphen for a dash."
        found.append(Error("GEOCODER_USER_AGENT cannot be sent.", hint=hint, id="tesoro.E003"))
    missing = [name for name in ("{z}", "{x}", "{y}") if name not in settings.MAP_TILES]
    if settings.MAP_TILES and missing:
        hint = "For instance https://tile.openstreetmap.org/{z}/{x}/{y}.png; empty, maps are a grid."
        found.append(
            Error(f"MAP_TILES is no address of tiles: {', '.join(missing)} is missing.", hint=hint, id="tesoro.E004")
        )
    return found


def _fits_a_header(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return text.isprintable() and text == text.strip()
