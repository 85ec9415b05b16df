"""The drop-downs of an office: language, time zone, currency."""

from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models.account import CURRENCIES, time_zones

# What the time zone database keeps for old programs: abbreviations, and offsets with their signs turned round.
_PLACES = ("Europe", "Atlantic", "Africa", "America", "Asia", "Australia", "Indian", "Pacific", "Antarctica", "Arctic")


@lru_cache(maxsize=1)
def time_zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the time zones by part of the world, Europe first."""
    grouped: dict[str, list[tuple[str, str]]] = {place: [] for place in _PLACES}
    for name in sorted(time_zones()):
        place, _slash, city = name.partition("/")
        if city and place in grouped:
            grouped[place].append((name, city.replace("_", " ").replace("/", ", ")))
    return [(place, zones) for place, zones in grouped.items() if zones] + [("UTC", [("UTC", "UTC")])]


def language_field(**options: Any) -> forms.ChoiceField:
    """Return the languages the screens can have."""
    return forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en", **options)


def time_zone_field() -> forms.ChoiceField:
    """Return all time zones, by part of the world."""
    return forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, initial="Europe/Madrid")


def currency_field() -> forms.ChoiceField:
    """Return the currencies deals are kept in."""
    return forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES], initial="EUR")
